import { defineCheck } from "../../check.ts";
import type { App } from "../../facts/apps.ts";
import type { DeploySteps } from "../../facts/deploy-steps.ts";
import { defaultEngine } from "../../facts/django/databases.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { itemsOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const withOrders = {
  ...shop,
  "shop/settings.py": `${shop["shop/settings.py"]}INSTALLED_APPS = ["orders"]\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"}}\n`,
  "orders/__init__.py": "",
  "orders/models.py":
    "from django.db import models\n\n\nclass Order(models.Model):\n    paid = models.BooleanField(default=False)\n",
};

export default defineCheck({
  id: "migrations-missing",
  title: "Every app with models has its migrations in the repository",
  area: "database",
  severity: "error",
  needs: ["apps", "settings", "deploySteps"],
  wants: ["repository"],
  docs: {
    why: '`migrate` makes only the tables that migrations tell it of. For an app without them it says "No migrations to apply", the deployment looks fine, and the first page that reads the model ends in `relation "orders_order" does not exist`. Mostly a line in `.gitignore` keeps them out; migrations are code, and are committed.',
    fix: "Make them and commit them:\n\n```\npython manage.py makemigrations orders\ngit add orders/migrations\n```",
    bad: withOrders,
    good: {
      ...withOrders,
      "orders/migrations/__init__.py": "",
      "orders/migrations/0001_initial.py":
        'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    initial = True\n    dependencies = []\n    operations = [\n        migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True)), ("paid", models.BooleanField(default=False))]),\n    ]\n',
    },
    notReported: [
      "An app whose models are abstract, proxies or unmanaged, or that a library may make something else of.",
      "Packages with models that INSTALLED_APPS does not name, and apps for tests.",
      "Migrations that MIGRATION_MODULES puts elsewhere, or turns off with None.",
      "Migrations that .gitignore names and that are committed anyway.",
      "A deployment that makes its tables by `migrate --run-syncdb`, or its migrations by `makemigrations`, which is a mistake with a check of its own.",
      "A SQLite database that is in the repository, tables and all.",
      "With a database router it is a warning: the tables may be another's.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/topics/migrations/#version-control",
      "https://docs.djangoproject.com/en/stable/topics/migrations/#adding-migrations-to-apps",
    ],
  },
  *run({ apps, settings, deploySteps, repository }) {
    const having = apps.own.filter(({ models }) => models.some(({ kind }) => kind === "concrete"));
    if (having.length === 0) return yield notApplicable("no app of the project's is known to have tables");
    const engine = defaultEngine(settings);
    if (engine.kind === "none" || (engine.kind === "named" && engine.name === "django.db.backends.dummy"))
      return yield notApplicable("no default database is configured");
    const bare = having.flatMap((app) => {
      const lack = lackOf(app);
      return lack === undefined ? [] : [{ app, lack }];
    });
    if (bare.length === 0)
      return yield evidence(`${inWords(having.map(({ name }) => name))}: migrations are there`);
    if (runs(deploySteps, "makemigrations"))
      return yield notApplicable("the deployment makes its migrations: makemigrations-in-deploy");
    if (runs(deploySteps, "migrate", "--run-syncdb"))
      return yield evidence("migrate --run-syncdb makes the tables of apps without migrations");
    const [tracked] = engine.kind === "named" && engine.sqlite ? (repository?.databases ?? []) : [];
    if (tracked !== undefined) return yield evidence(`the tables come with ${tracked}: sqlite-tracked`);

    const routed = itemsOf(settings.get("DATABASE_ROUTERS").value)?.length !== 0;
    const reasons = bare.map(({ app, lack }) => ({
      app,
      lack: lack === none && repository?.ignores(`${app.folder}/migrations/0001_initial.py`) ? ignored : lack,
    }));
    for (const lack of new Set(reasons.map((each) => each.lack))) {
      const these = reasons.filter((each) => each.lack === lack).map(({ app }) => app);
      const [verb, them] = these.length > 1 ? ["have", "them"] : ["has", "it"];
      const model = these[0]?.models.find(({ kind }) => kind === "concrete");
      yield fails(
        `${inWords(these.map(({ name }) => name))} ${verb} models and ${lack}, so migrate makes no tables for ${them}`,
        {
          at: model?.at,
          ...(routed && { severity: "warning" }),
          fix: fixFor(these, lack),
        },
      );
    }
  },
});

const none = "no migrations in the repository";
const ignored = "migrations that .gitignore keeps out of the repository";
const unseen = "a folder of migrations without __init__.py, which Django does not look into";

/** What it has instead of migrations that Django finds, to finish "has models and …"; undefined where it finds one, or is told not to look. */
function lackOf({ migrations }: App): string | undefined {
  switch (migrations.kind) {
    case "absent":
      return none;
    case "namespace":
      return unseen;
    case "module":
      return "a plain module where Django looks for a package of migrations";
    case "package":
      return migrations.migrations.length === 0 ? none : undefined;
    case "disabled":
    case "unclear":
      return undefined;
  }
}

function runs({ all, pipeline }: DeploySteps, kind: "migrate" | "makemigrations", option?: string): boolean {
  return [...all, ...pipeline.filter(({ through }) => through !== undefined)].some(
    (step) =>
      step.kind === kind &&
      (option === undefined
        ? !step.launch.args.some(({ text }) => /^--(?:check|dry-run)$/.test(text))
        : step.launch.args.some(({ text }) => text === option)),
  );
}

/** As many as can be read at once. */
function inWords(names: readonly string[]): string {
  const shown = names.slice(0, 4);
  const more = names.length - shown.length;
  const [last, ...before] = more > 0 ? [`${more} more`, ...shown.reverse()] : [...shown].reverse();
  return before.length === 0 ? (last ?? "") : `${before.reverse().join(", ")} and ${last}`;
}

function fixFor(apps: readonly App[], lack: string): string {
  const labels = apps.map(({ label, name }) => label ?? name);
  if (lack === unseen) return apps.map(({ folder }) => `touch ${folder}/migrations/__init__.py`).join("\n");
  return [
    ...(lack === ignored ? ["# .gitignore: take out the line that names migrations"] : []),
    `python manage.py makemigrations ${labels.join(" ")}`,
    `git add ${apps.map(({ folder }) => `${folder}/migrations`).join(" ")}`,
  ].join("\n");
}
