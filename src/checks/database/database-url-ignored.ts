import { defineCheck } from "../../check.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { hostOf, ignoredDatabase } from "../../facts/django/provided-database.ts";
import { onThisMachine } from "../../facts/queues/celery-text.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const project = (databases: string) => ({
  ...shop,
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "addons": ["heroku-postgresql:essential-0"] }\n',
  "requirements.txt": "dj-database-url>=3,<4\ndjango>=5.2,<6\ngunicorn>=23,<27\npsycopg[binary]>=3.2,<4\n",
  "shop/settings.py": `import os\n\nimport dj_database_url\n\nALLOWED_HOSTS = ["shop.example.com"]\nDATABASES = {"default": ${databases}}\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`,
});

export default defineCheck({
  id: "database-url-ignored",
  title: "The settings use the database that the platform provides",
  area: "database",
  severity: "error",
  needs: ["settings", "deployment"],
  docs: {
    why: 'The manifest orders a database, and the platform puts its address into a variable. Settings that never read it look for a database where none is, such as on localhost: `connection to server at "localhost" (127.0.0.1), port 5432 failed: Connection refused`. The one that is paid for stays empty.',
    fix: 'Read the variable that holds it:\n\n```python\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True)}\n```',
    bad: project('{"ENGINE": "django.db.backends.postgresql", "NAME": "shop", "HOST": "localhost"}'),
    good: project(
      'dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True)',
    ),
    notReported: [
      "Parts in variables of their own, which the manifest declares (`fromDatabase` with `property: host`).",
      "A database that no manifest hands to the app, and one for another service of it.",
      "SQLite on a disk that is thrown away: `sqlite-on-ephemeral-disk` tells.",
      "A host of somebody else's, or variables that somebody may fill by hand, are a warning.",
    ],
    links: ["https://devcenter.heroku.com/articles/connecting-heroku-postgres#connecting-in-python"],
  },
  *run({ settings, deployment }) {
    const { platform, env } = deployment;
    const ignored = ignoredDatabase(settings, deployment);
    if (!ignored) {
      const [first] = settings.get("DATABASES").env;
      if (first === undefined || env.length === 0)
        return yield notApplicable("no manifest hands over a database");
      return yield evidence(`the settings read $${first}`, settings.get("DATABASES").at);
    }
    const { variable, instead, reads, at } = ignored;
    if (instead.sqlite && (platform.disk !== "persistent" || reads.length > 0))
      return yield notApplicable(
        `the database is SQLite: ${reads.length > 0 ? "database-fail-open-sqlite" : "sqlite-on-ephemeral-disk"}`,
      );
    const host = hostOf(instead);
    const isElsewhere =
      !instead.sqlite && host !== "" && (host === undefined || onThisMachine(host) === undefined);
    yield fails(
      `${variable.at.file} provides a database in $${variable.name}, and the settings do not read it`,
      {
        at,
        when: reads.length > 0 ? [`nobody copies its address to $${reads.join(", $")}`] : [],
        ...((isElsewhere || reads.length > 0) && { severity: "warning" }),
        fix: assignment(settings, "DATABASES", "database", variable.name),
      },
    );
  },
});
