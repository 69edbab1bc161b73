import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { type PlanRequest, plan } from "../../src/commands/plan.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { platforms } from "../../src/platforms/index.ts";
import { plain } from "../report/sample.ts";

const shop = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\nimport django\n',
  "shop/wsgi.py": "import django\napplication = 1\n",
  "shop/settings.py": [
    "import os",
    "import dj_database_url",
    "DEBUG = False",
    'SECRET_KEY = os.environ["SECRET_KEY"]',
    'STRIPE = os.environ["STRIPE_KEY"]',
    'ALLOWED_HOSTS = ["shop.example.com"]',
    'DATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}',
    'MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]',
    'STATIC_ROOT = "staticfiles"',
    'ROOT_URLCONF = "shop.urls"',
  ].join("\n"),
  "requirements.txt": "django==5.2\ngunicorn\nwhitenoise\ndj-database-url\npsycopg[binary]\n",
  ".python-version": "3.13\n",
};

const onHeroku = {
  ...shop,
  Procfile: "release: python manage.py migrate\nweb: gunicorn shop.wsgi\n",
  "app.json": '{"env": {"SECRET_KEY": {"generator": "secret"}}, "addons": ["heroku-postgresql"]}',
};

async function run(files: Readonly<Record<string, string>>, details: Partial<PlanRequest> = {}) {
  const outcome = await plan({
    checks,
    files: memoryFiles(files),
    path: ".",
    settings: undefined,
    env: undefined,
    platforms: [],
    format: "json",
    paint: plain,
    ...details,
  });
  expect(outcome.code).toBe(0);
  return outcome.stdout;
}

async function planned(files: Readonly<Record<string, string>>, platform?: string) {
  const text = await run(files, platform === undefined ? {} : { platforms: [platform] });
  return JSON.parse(text).plans[0];
}

const schema = JSON.parse(readFileSync("docs/plan-json.schema.json", "utf8"));

describe("the JSON contract", () => {
  const validate = new Ajv2020({ allErrors: true }).compile(schema);

  test.each(platforms.map(({ id }) => id))("the plan for %s fits the schema", async (id) => {
    validate(JSON.parse(await run(onHeroku, { platforms: [id] })));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("the plans of a project that nothing is known of fit it too", async () => {
    validate(JSON.parse(await run({ "manage.py": "import django\n" }, { platforms: ["all"] })));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("another version, or a plan without its Python, does not", () => {
    expect(validate({ schemaVersion: 2, plans: [] })).toBe(false);
    expect(validate({ schemaVersion: 1, plans: [{}] })).toBe(false);
  });
});

test("on Heroku: Python, install, build, release, start, each with its source line", async () => {
  const found = await planned(onHeroku);
  expect(found).toMatchObject({
    platform: "heroku",
    targeted: true,
    python: { version: "3.13", source: ".python-version", at: { line: 1 } },
    install: { command: "pip install -r requirements.txt", source: "Heroku" },
    build: [{ command: "python manage.py collectstatic --noinput", source: "Heroku" }],
    release: [{ command: "python manage.py migrate", source: "Procfile", at: { line: 1 } }],
    processes: [{ name: "web", command: "gunicorn shop.wsgi", source: "Procfile", at: { line: 2 } }],
    port: { variable: "PORT", number: null, server: "gunicorn listens on every interface, port $PORT" },
    database: { engine: "django.db.backends.postgresql", variable: "DATABASE_URL" },
    static: { root: "staticfiles", collectedBy: "Heroku", servedBy: "WhiteNoise" },
  });
  expect(found.environment.declared.map(({ name }: { name: string }) => name)).toEqual([
    "SECRET_KEY",
    "DATABASE_URL",
  ]);
  expect(found.environment.missing).toMatchObject([
    { name: "STRIPE_KEY", at: { file: "shop/settings.py", line: 5 } },
  ]);
});

test("on Render, which the project does not target, the Procfile counts for nothing", async () => {
  const found = await planned(onHeroku, "render");
  expect(found).toMatchObject({
    platform: "render",
    targeted: false,
    install: null,
    build: [],
    processes: [],
  });
  expect(found.problems).toContain("no-start-command");
  expect(found.environment.injected).toContain("RENDER");
});

test("a Python that the platform does not build has no version, and the reason", async () => {
  expect((await planned({ ...onHeroku, ".python-version": "3.9\n" })).python).toMatchObject({
    version: null,
    unless: "Heroku no longer builds Python 3.9",
  });
  expect((await planned({ ...onHeroku, ".python-version": "three\n" })).python).toMatchObject({
    version: null,
    unless: expect.stringContaining('holds "three"'),
  });
});

test("collectstatic that is turned off, or a manage.py too deep, is no build step", async () => {
  const off = { "app.json": '{"env": {"DISABLE_COLLECTSTATIC": "1"}}' };
  expect((await planned({ ...onHeroku, ...off })).build).toEqual([]);
});

test("two package managers install nothing where one is wanted", async () => {
  const found = await planned({ ...onHeroku, "poetry.lock": "" });
  expect(found.install).toBeNull();
  expect(found.problems).toContain("package-manager-conflict");
});

test("the text says the same, with where it comes from, and no secret", async () => {
  const secret = "hunter2-hunter2-hunter2";
  const files = { ...onHeroku, Procfile: `web: SECRET_KEY=${secret} gunicorn shop.wsgi\n` };
  const text = await run(files, { format: "text" });
  expect(text).toContain("Plan for Heroku  app.json is there");
  expect(text).toMatch(/Python +3\.13 {2}\.python-version:1/);
  expect(text).toMatch(/Missing +\$STRIPE_KEY/);
  expect(text).not.toContain(secret);
  expect(await run(files)).not.toContain(secret);
});
