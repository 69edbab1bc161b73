import { defineCheck } from "../../check.ts";
import { defaultEngine, serverVariables } from "../../facts/django/databases.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import type { Platform } from "../../platforms/platform.ts";

export default defineCheck({
  id: "sqlite-on-ephemeral-disk",
  title: "The database outlives a deployment",
  area: "database",
  severity: "error",
  needs: ["settings", "deployment"],
  docs: {
    why: "SQLite keeps the database in a file. A platform with an ephemeral disk throws the file away at every deploy and restart, and with it every account and every order; a second process has a database of its own.",
    fix: "Use a database server, named by the variable that the platform sets.",
    bad: {
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{"name": "shop"}\n',
      "shop/settings.py":
        'DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{"name": "shop"}\n',
      "shop/settings.py":
        'import os\n\nimport dj_database_url\n\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True)}\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "SQLite on a disk that is mounted, or on a host that keeps its disk.",
      "SQLite that a variable replaces: that is `database-fail-open-sqlite`.",
      "A platform where a disk can be mounted without the repository saying so (Render's dashboard, `dokku storage:mount`) is a warning.",
      "A platform whose disk we do not know is a warning, and none at all when the file is outside the project (`/data/db.sqlite3`).",
    ],
    links: ["https://devcenter.heroku.com/articles/sqlite3"],
  },
  *run({ settings, deployment }) {
    const { platform } = deployment;
    const engine = defaultEngine(settings);
    if (engine.kind === "none") return yield notApplicable("no default database is configured");
    if (engine.kind === "opaque") {
      if (engine.value.cause === "environment")
        return yield evidence("the database is named by the environment", engine.value.at);
      return yield cannotTell(`DATABASES cannot be read statically: it ${engine.value.because}`, {
        at: engine.value.at,
      });
    }
    if (!engine.sqlite) return yield evidence(`the default database is ${engine.name}`, engine.at);
    if (serverVariables(settings, platform.database.variable).length > 0) {
      return yield evidence("a variable replaces SQLite by a database server", engine.at);
    }
    if (platform.disk === "persistent") return yield evidence(`${platform.name} keeps its disk`, engine.at);
    if (deployment.processes.some(({ command }) => /litestream|litefs/.test(command))) {
      return yield evidence("the SQLite file is replicated", engine.at);
    }
    if (platform.disk === "unknown" && engine.outsideProject)
      return yield evidence("the SQLite file is outside the project", engine.at);
    const losses: Readonly<Record<Exclude<Platform["disk"], "persistent">, string>> = {
      ephemeral: `${platform.name} discards at every deploy and restart`,
      "read-only": engine.outsideProject
        ? `${platform.name} discards with the instance`
        : `${platform.name} does not let the app write`,
      unknown: "is lost wherever the disk does not outlive a deploy",
    };
    const loss = losses[platform.disk];
    const when =
      platform.disk === "unknown" || platform.disksElsewhere === undefined
        ? []
        : [`no disk is mounted at its folder by ${platform.disksElsewhere}`];
    yield fails(`the production database is SQLite, in a file that ${loss}`, {
      at: engine.at,
      fix: `# requirements.txt: dj-database-url and psycopg[binary]\n${assignment(settings, "DATABASES", "database", platform.database.variable ?? "DATABASE_URL")}`,
      when,
      ...((platform.disk === "unknown" || when.length > 0) && { severity: "warning" }),
    });
  },
});
