import { expect, test } from "vitest";
import check from "../../../src/checks/platform/heroku-addon-assumed.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const database =
  'import os\nimport dj_database_url\nDATABASES = {"default": dj_database_url.parse(os.environ["DATABASE_URL"])}\n';
const managePy = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const redis = 'import os\nCACHES = {"default": {"LOCATION": os.environ["REDIS_URL"]}}\n';

const judge = (settings: string, files: Record<string, string>, platform = "heroku") =>
  runOn(check, settingsOnly(settings, { Procfile: "web: gunicorn shop.wsgi\n", ...files }), { platform });

test.each([
  ["heroku", database, { "app.json": '{"addons": ["heroku-redis:mini"]}' }, "DATABASE_URL", "app.json"],
  ["heroku", redis, { "app.json": '{"addons": ["heroku-postgresql"]}' }, "REDIS_URL", "app.json"],
  ["scalingo", redis, { "scalingo.json": '{"addons": ["postgresql:x"]}' }, "REDIS_URL", "scalingo.json"],
  [
    "digitalocean",
    redis,
    { ".do/app.yaml": "services: []\ndatabases:\n- name: db\n  engine: PG\n" },
    "REDIS_URL",
    ".do/app.yaml",
  ],
])("on %s a list without what the settings read", async (platform, settings, files, variable, file) => {
  const result = await judge(settings, files, platform);
  expect(result.findings[0]).toMatchObject({
    certainty: "conditional",
    message: `the settings read $${variable}, and ${file} orders no service that sets it`,
  });
  expect(result.severity).toBe("warning");
});

test("psycopg 3 gets no database from Heroku, which is advice where nothing lists any", async () => {
  const files = { "requirements.txt": "django\npsycopg[binary]\ndj-database-url\n", "manage.py": managePy };
  const result = await judge(database, files);
  expect(result.severity).toBe("info");
  expect(result.findings[0]?.fix).toBe("heroku addons:create heroku-postgresql:essential-0");
});

test.each<[string, string, Record<string, string>, string]>([
  ["an add-on", database, { "app.json": '{"addons": ["heroku-postgresql:essential-0"]}' }, "heroku"],
  ["a variable", database, { "app.json": '{"addons": ["x:y"], "env": {"DATABASE_URL": "x"}}' }, "heroku"],
  ["no list", database, { "app.json": '{"env": {}}' }, "heroku"],
  [
    "psycopg2",
    database,
    {
      "app.json": '{"addons": ["x:y"]}',
      "requirements.txt": "django\npsycopg2-binary\n",
      "manage.py": managePy,
    },
    "heroku",
  ],
  ["settings that read neither", "DEBUG = False\n", { "app.json": '{"addons": []}' }, "heroku"],
  ["Scalingo's add-on", database, { "scalingo.json": '{"addons": [{"plan": "postgresql:x"}]}' }, "scalingo"],
  ["a platform without such lists", database, { "app.json": '{"addons": []}' }, "koyeb"],
])("%s is not reported", async (_name, settings, files, platform) => {
  expect(brief(await judge(settings, files, platform))).toEqual([]);
});

test("settings that cannot be read leave the question open", async () => {
  const files = { "app.json": '{"addons": []}' };
  expect((await judge("raise SystemExit", files)).status).toBe("skipped");
});
