import { defineCheck } from "../../check.ts";
import { isProbablyUnset } from "../../facts/declaration.ts";
import { defaultEngine, serverVariables } from "../../facts/django/databases.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";

const settings = (value: string) => ({
  "shop/settings.py": `import os\n\nimport dj_database_url\n\nDATABASES = {"default": ${value}}\nROOT_URLCONF = "shop.urls"\n`,
});

export default defineCheck({
  id: "database-config-empty",
  title: "A missing database variable fails at the start, and by its name",
  area: "database",
  severity: "warning",
  needs: ["settings", "deployment"],
  docs: {
    why: "Without DATABASE_URL `dj_database_url.config()` is an empty dictionary, and Django starts with it: `check` passes, the server listens. The first query fails with `settings.DATABASES is improperly configured. Please supply the ENGINE value.`, which names neither the variable nor the place.",
    fix: "Insist on the variable, so that its name is in the error.",
    bad: settings("dj_database_url.config(conn_max_age=60, conn_health_checks=True)"),
    good: settings(
      'dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True)',
    ),
    notReported: [
      "A variable that a manifest declares, or a service that it orders sets.",
      "`DATABASES = {}` in a project without a database.",
      "It is a warning where a manifest declares the environment without the variable, and advice elsewhere, as for a `DATABASE_URL` that comes with a database: `heroku-addon-assumed` tells whether one is ordered.",
    ],
    links: ["https://pypi.org/project/dj-database-url/"],
  },
  *run({ settings, deployment }) {
    const databases = settings.get("DATABASES");
    const engine = defaultEngine(settings);
    if (engine.kind !== "none") return yield evidence("the default database has an ENGINE", databases.at);
    const variables =
      databases.env.length === 0 ? [] : serverVariables(settings, deployment.platform.database.variable);
    const [variable] = variables;
    if (variable === undefined) return yield notApplicable("no variable names the default database");
    const isUnset = variables.every((name) => isProbablyUnset(name, deployment));
    yield fails(
      `DATABASES names no database unless $${variables.join(" or $")} is set, and only the first query tells`,
      {
        at: databases.at,
        when: variables.map((name) => `$${name} is unset`),
        ...(!isUnset && { severity: "info" }),
        fix: assignment(settings, "DATABASES", "database", variable),
      },
    );
  },
});
