import { defineCheck } from "../../check.ts";
import { connectionsIn, optionOf, sslWordOf } from "../../facts/django/connections.ts";
import { serverVariables } from "../../facts/django/databases.ts";
import type { Settings, SettingsView } from "../../facts/django/settings.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const project = (ssl: string) => ({
  ...shop,
  "requirements.txt": "dj-database-url>=3,<4\ndjango>=5.2,<6\ngunicorn>=23,<27\npsycopg[binary]>=3.2,<4\n",
  "shop/settings.py": `import os\n\nimport dj_database_url\n\nALLOWED_HOSTS = ["shop.example.com"]\nDATABASES = {"default": dj_database_url.config(default="sqlite:////data/db.sqlite3", ssl_require=${ssl})}\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`,
});

export default defineCheck({
  id: "sslmode-on-sqlite",
  title: "SSL is asked for of databases that have it",
  area: "database",
  severity: "error",
  needs: ["settings", "deployment"],
  docs: {
    why: "`ssl_require=True` puts `sslmode` into OPTIONS whatever the URL names, and SQLite takes no such word: the first query ends in `TypeError: 'sslmode' is an invalid keyword argument for Connection()`. It shows where DATABASE_URL is missing: in CI, in a build, on somebody's own machine.",
    fix: 'Ask for SSL where there is a server:\n\n```python\nDATABASES = {"default": dj_database_url.config(ssl_require="DATABASE_URL" in os.environ)}\n```',
    bad: project("True"),
    good: project('"DATABASE_URL" in os.environ'),
    notReported: [
      "`ssl_require` with a URL that the settings insist on.",
      "SSL that only production asks for (`ssl_require=not DEBUG`), where SQLite is for development.",
      "Where a variable replaces SQLite by a server it is a warning.",
    ],
    links: ["https://github.com/jazzband/dj-database-url/issues/107"],
  },
  *run({ settings, deployment }) {
    const { platform } = deployment;
    const all = connectionsIn(settings);
    if (all.length === 0) return yield notApplicable("no database is known without the environment");
    for (const one of all.filter(({ sqlite }) => sqlite)) {
      const word = sslWordOf(one);
      if (word === undefined || onlyInProduction(one.alias, settings)) continue;
      const variables = one.alias === "default" ? serverVariables(settings, platform.database.variable) : [];
      if (variables.length === 0 && platform.disk !== "persistent" && one.alias === "default")
        return yield notApplicable("the database is SQLite for good: sqlite-on-ephemeral-disk");
      yield fails(
        `the database "${one.alias}" is SQLite with ${word} in its OPTIONS, which SQLite does not take`,
        {
          at: optionOf(one, word)?.at ?? one.at,
          when: variables.map((name) => `$${name} is unset`),
          ...(variables.length > 0 && { severity: "warning" }),
        },
      );
    }
    yield evidence("no SQLite database is asked for SSL", all[0]?.at);
  },
});

/** `ssl_require=not DEBUG`: wherever SQLite is meant to be used, nothing asks for SSL. */
function onlyInProduction(alias: string, settings: Settings): boolean {
  const asks = (view: SettingsView) =>
    connectionsIn(view).some((one) => one.alias === alias && one.sqlite && sslWordOf(one) !== undefined);
  if (settings.debugHeld || settings.assumed.size > 0) return !asks(settings.declared);
  const [variable] = settings.get("DEBUG").env;
  return variable !== undefined && !asks(settings.under({ [variable]: "True" }));
}
