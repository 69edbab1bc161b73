import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const migration = (name: string, after: string) => ({
  [`orders/migrations/${name}.py`]: `from django.db import migrations\n\n\nclass Migration(migrations.Migration):\n    dependencies = [${after}]\n    operations = []\n`,
});
const orders = {
  ...shop,
  "shop/settings.py": `${shop["shop/settings.py"]}INSTALLED_APPS = ["orders"]\n`,
  "orders/__init__.py": "",
  "orders/migrations/__init__.py": "",
  ...migration("0001_initial", ""),
  ...migration("0002_order_paid", '("orders", "0001_initial")'),
  ...migration("0002_order_note", '("orders", "0001_initial")'),
};

export default defineCheck({
  id: "multiple-leaf-migrations",
  title: "The migrations of every app end in one, and none is missing",
  area: "database",
  severity: "error",
  needs: ["apps", "deploySteps"],
  docs: {
    why: "Two branches that each add a migration leave an app with two last ones, and `migrate` refuses: `CommandError: Conflicting migrations detected; multiple leaf nodes in the migration graph`. A migration that depends on one that was never committed is refused as well: `NodeNotFoundError`. Nobody notices before the release.",
    fix: "Merge them, and commit the result:\n\n```\npython manage.py makemigrations --merge\ngit add orders/migrations\n```",
    bad: orders,
    good: {
      ...orders,
      ...migration("0003_merge", '("orders", "0002_order_paid"), ("orders", "0002_order_note")'),
    },
    notReported: [
      "Squashed migrations beside those that they replace.",
      "Migrations that another one names in `run_before`, and dependencies on a model that can be swapped.",
      "An app with a migration whose dependencies are made by code.",
      "Two migrations of the same number, one behind the other.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/migrations/#version-control"],
  },
  *run({ apps, deploySteps }) {
    const read = apps.own.filter(({ graph, migrations }) => graph && migrations.kind === "package");
    if (read.length === 0)
      return yield notApplicable("no app of the project's has migrations that can be read");
    const merges = deploySteps
      .of("makemigrations")
      .some(({ launch }) => launch.args.some(({ text }) => text === "--merge"));
    for (const { label = "", graph, migrations } of read) {
      if (!graph || migrations.kind !== "package") continue;
      for (const { migration, key } of graph.missing)
        yield fails(
          `the migration ${migration.name} of ${label} depends on ${key.name}, which is not in the repository, so migrate ends in NodeNotFoundError`,
          { at: key.at, fix: `git add -f ${migrations.folder}/${key.name}.py` },
        );
      // What hangs on a missing one would be a leaf by itself.
      if (graph.leaves.length < 2 || graph.missing.length > 0) continue;
      if (merges) {
        yield notApplicable("the deployment merges migrations: makemigrations-in-deploy");
        continue;
      }
      const names = graph.leaves.map(({ name }) => name);
      yield fails(
        `${label} has ${names.length} migrations that none follows (${names.join(", ")}), so migrate refuses to run`,
        {
          at: graph.leaves.at(-1)?.at,
          fix: `python manage.py makemigrations --merge ${label}\ngit add ${migrations.folder}`,
        },
      );
    }
    yield evidence(
      `the migrations of ${read.length === 1 ? `${read[0]?.label} end` : `each of ${read.length} apps end`} in one`,
    );
  },
});
