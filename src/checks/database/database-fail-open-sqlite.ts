import { defineCheck } from "../../check.ts";
import { connectionsIn, sslWordOf } from "../../facts/django/connections.ts";
import { defaultEngine, serverVariables } from "../../facts/django/databases.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";

export default defineCheck({
  id: "database-fail-open-sqlite",
  title: "A missing database variable fails the deployment",
  area: "database",
  severity: "error",
  needs: ["settings", "deployment"],
  docs: {
    why: "The first deploy works without the variable, on a SQLite file nobody asked for; people sign up, and at the next restart they are gone. A variable with a typo in its name looks just the same.",
    fix: "Insist on the variable in production; keep SQLite for development.",
    bad: {
      "shop/settings.py":
        'import dj_database_url\n\nDATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'import os\n\nimport dj_database_url\n\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A fallback that only development reaches (`if DEBUG:`).",
      'A branch that the platform\'s own variable closes, such as `if "DYNO" in os.environ:` on Heroku.',
      "A variable that a manifest in the repository declares.",
      "A fallback that cannot be opened, because SSL is asked for (`ssl_require=True`): `sslmode-on-sqlite`.",
      "`DATABASE_URL`, which platforms set by convention, and a disk we do not know make it a warning.",
    ],
    links: ["https://pypi.org/project/dj-database-url/"],
  },
  *run({ settings, deployment }) {
    const { platform } = deployment;
    const engine = defaultEngine(settings);
    if (engine.kind === "opaque" && engine.value.cause === "environment")
      return yield evidence("the default database is named by the environment", engine.value.at);
    if (engine.kind !== "named")
      return yield notApplicable("no default database is known without the environment");
    if (!engine.sqlite) return yield evidence(`the default database is ${engine.name}`, engine.at);
    const variables = serverVariables(settings, platform.database.variable);
    if (variables.length === 0)
      return yield notApplicable("no variable replaces SQLite by a database server");
    const opens = !connectionsIn(settings).some((one) => one.alias === "default" && sslWordOf(one));
    // The first query ends in a TypeError: `sslmode-on-sqlite` tells where that is not meant.
    if (!opens) return yield evidence("without the variable SQLite is asked for SSL, and fails", engine.at);
    const [variable = "DATABASE_URL"] = variables;
    const byConvention = variables.some(
      (name) => name === platform.database.variable || name === "DATABASE_URL",
    );
    yield fails(`the database is SQLite unless ${variables.map((name) => `$${name}`).join(" or ")} is set`, {
      at: engine.at,
      when: variables.map((name) => `$${name} is unset`),
      fix: byConvention
        ? assignment(settings, "DATABASES", "database", variable)
        : `if not DEBUG and "${variable}" not in os.environ:\n    raise RuntimeError("${variable} is not set")`,
      ...((byConvention || platform.disk !== "ephemeral") && { severity: "warning" }),
    });
  },
});
