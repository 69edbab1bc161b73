import { defineCheck } from "../../check.ts";
import type { DeploySteps } from "../../facts/deploy-steps.ts";
import { startedProcesses } from "../../facts/deploy-steps.ts";
import { defaultEngine, serverVariables } from "../../facts/django/databases.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import type { Deployment } from "../../platforms/platform.ts";
import { releaseNames } from "../../platforms/rules.ts";
import { shop } from "../example-shop.ts";

const withOrders = {
  ...shop,
  "app.json": '{ "name": "shop" }\n',
  "requirements.txt": "django>=5.2,<6\ngunicorn>=23,<27\npsycopg[binary]>=3.2,<4\n",
  "shop/settings.py": `${shop["shop/settings.py"]}INSTALLED_APPS = ["orders"]\nDATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "HOST": os.environ["DB_HOST"]}}\n`,
  "orders/__init__.py": "",
  "orders/models.py":
    "from django.db import models\n\n\nclass Order(models.Model):\n    paid = models.BooleanField(default=False)\n",
  "orders/migrations/__init__.py": "",
  "orders/migrations/0001_initial.py":
    'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    initial = True\n    dependencies = []\n    operations = [\n        migrations.CreateModel("Order", [("id", models.BigAutoField(primary_key=True)), ("paid", models.BooleanField(default=False))]),\n    ]\n',
};

/** An error by the catalogue; but somebody may migrate by hand after each deployment, as every tutorial begins with. */
export default defineCheck({
  id: "migrations-not-run",
  title: "A deployment migrates the database",
  area: "database",
  severity: "warning",
  needs: ["apps", "settings", "deploySteps", "deployment"],
  wants: ["code", "repository"],
  docs: {
    why: 'New code meets the old tables, if there are any: `relation "orders_order" does not exist`, `column orders_order.paid does not exist`, from the first request after the deployment until somebody remembers to migrate.',
    fix: "Let the platform migrate before a new version gets requests:\n\n```\nrelease: python manage.py migrate --noinput\n```",
    bad: { ...withOrders, Procfile: "web: gunicorn shop.wsgi\n" },
    good: {
      ...withOrders,
      Procfile: "release: python manage.py migrate --noinput\nweb: gunicorn shop.wsgi\n",
    },
    notReported: [
      'Migrations at the start of a process, in a build, in a script or a pipeline that deploys, or from the project\'s own code (`call_command("migrate")`).',
      "Platforms that keep such a command outside the repository, unless the project has the file that declares it (render.yaml, railway.json, .do/app.yaml).",
      "A step that cannot be followed.",
      "Projects whose own apps have no migrations.",
      "Where a text of the project says to migrate by hand it is advice.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/release-phase",
      "https://render.com/docs/deploys#deploy-steps",
    ],
  },
  *run({ apps, settings, deploySteps, deployment, code, repository }) {
    const { platform } = deployment;
    const migrating = apps.own.filter(
      ({ migrations }) => migrations.kind === "package" && migrations.migrations.length > 0,
    );
    const [app] = migrating;
    if (!app) return yield notApplicable("no app of the project's is known to have migrations");
    const step =
      deploySteps.of("migrate").find(({ declaredBy }) => declaredBy.onlyOnce !== true) ??
      inPipeline(deploySteps);
    if (step) return yield evidence("the deployment migrates the database", step.launch.at);
    const [caller] =
      code?.mentioning(
        /call_command\(\s*["']migrate["']|["']manage\.py["'],\s*["']migrate["']|manage\.py migrate/,
      ) ?? [];
    if (caller) return yield evidence(`${caller.path} migrates the database`);
    const engine = defaultEngine(settings);
    if (engine.kind === "none") return yield notApplicable("no default database is configured");
    if (
      engine.kind === "named" &&
      engine.sqlite &&
      serverVariables(settings, platform.database.variable).length === 0
    ) {
      if (platform.disk !== "persistent")
        return yield notApplicable(
          "the database is SQLite on a disk that is thrown away: sqlite-on-ephemeral-disk",
        );
      const [tracked] = repository?.databases ?? [];
      if (tracked !== undefined)
        return yield notApplicable(`the tables come with ${tracked}: sqlite-tracked`);
    }
    const open = unknownSteps(deploySteps, deployment);
    if (open !== undefined) return yield notApplicable(open);
    const byHand = deploySteps.migratedBy;
    if (byHand?.kind === "script") return yield evidence(`${byHand.path} migrates the database`);
    const once = deploySteps.of("migrate")[0]?.launch.at;
    const whose =
      migrating.length === 1
        ? `${app.name} has migrations`
        : `${app.name} and ${migrating.length - 1} more have migrations`;
    yield fails(
      once === undefined
        ? `nothing that ${platform.name} runs migrates the database, and ${whose}`
        : `${once.file} migrates the database of a new app only, and ${whose}`,
      {
        at: once ?? deployment.processes[0]?.at,
        when: [
          "nobody migrates by hand after each deployment",
          ...(platform.release?.elsewhere === undefined
            ? []
            : [`${platform.release.elsewhere} has no command for it`]),
        ],
        ...(byHand && { severity: "info" }),
        ...(platform.release && { fix: platform.release.fix("python manage.py migrate --noinput") }),
      },
    );
  },
});

/** A pipeline's step on the platform, or on its own machine where it is one that deploys. */
function inPipeline({ pipeline }: DeploySteps) {
  const deploys = /deploy|release|prod|publish|\bcd\b|main\.ya?ml/i;
  return pipeline.find(
    ({ kind, through, declaredBy }) =>
      kind === "migrate" && (through !== undefined || deploys.test(declaredBy.at.file)),
  );
}

/** Why nobody can tell what a deployment runs; undefined where its files tell. */
function unknownSteps({ unclear }: DeploySteps, deployment: Deployment): string | undefined {
  const { platform, processes, manifests, unread = [] } = deployment;
  const { release } = platform;
  const [first] = unclear;
  const [other] = unread;
  if (startedProcesses(deployment).length === 0) return "nothing is known to start";
  if (!release) return `nothing tells who migrates on ${platform.name}`;
  if (release.elsewhere !== undefined && !manifests.some((path) => release.declaredIn?.test(path)))
    return `a command for it may be in ${release.elsewhere}`;
  if (first !== undefined) return `a step cannot be followed: ${first}`;
  if (other !== undefined) return `${other} may tell more`;
  // It was meant as the release step, and waits for nobody.
  const meant = processes.find(
    ({ name, command }) =>
      name !== platform.procfile?.release?.name && releaseNames.includes(name) && /\bmigrate\b/.test(command),
  );
  return meant && `${meant.name} of the Procfile is never started: procfile-process-types`;
}
