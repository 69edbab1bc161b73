import { expect, test } from "vitest";
import { factOf } from "../../support/facts.ts";

const settings = "DEBUG = False\nINSTALLED_APPS = []\n";
const entry = (module: string) => `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n`;
const wsgi = (module: string) =>
  `${entry(module)}from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n`;
const modules = {
  "config/__init__.py": "",
  "config/settings/__init__.py": "",
  "config/settings/base.py": settings,
  "config/settings/local.py": settings,
  "config/settings/staging.py": settings,
  "config/settings/production.py": settings,
};

async function located(files: Record<string, string>, options = {}) {
  const { module, evidence } = await factOf("settingsModule", { ...modules, ...files }, options);
  return `${module}: ${evidence}`;
}

// The order of evidence, strongest first (catalogue §8.1): each case adds what outweighs the ones below it.
const byManage = { "manage.py": entry("config.settings.local") };
const byWsgi = { ...byManage, "config/wsgi.py": wsgi("config.settings.staging") };
const byDockerfile = {
  ...byWsgi,
  Dockerfile: "FROM python:3.13\nENV DJANGO_SETTINGS_MODULE=config.settings.base\nCMD gunicorn config.wsgi\n",
};
const byManifest = {
  ...byWsgi,
  "render.yaml":
    "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn config.wsgi\n    envVars:\n      - key: DJANGO_SETTINGS_MODULE\n        value: config.settings.base\n",
};
const byCommand = {
  ...byWsgi,
  Procfile: "web: DJANGO_SETTINGS_MODULE=config.settings.base gunicorn config.wsgi\n",
};

test.each<[string, Record<string, string>, string]>([
  [
    "manage.py",
    { "manage.py": entry("config.settings.staging") },
    "config.settings.staging: manage.py defaults to it",
  ],
  ["wsgi.py", byWsgi, "config.settings.staging: config/wsgi.py defaults to it"],
  ["the Dockerfile", byDockerfile, "config.settings.base: Dockerfile sets DJANGO_SETTINGS_MODULE"],
  ["the platform's manifest", byManifest, "config.settings.base: render.yaml sets DJANGO_SETTINGS_MODULE"],
  ["the start command", byCommand, "config.settings.base: the web command in Procfile names it"],
])("%s decides", async (_, files, expected) => {
  expect(await located(files)).toBe(expected);
});

test("an assignment in wsgi.py beats the environment", async () => {
  const forced = wsgi("config.settings.staging").replace(
    '.setdefault("DJANGO_SETTINGS_MODULE", ',
    '["DJANGO_SETTINGS_MODULE"] = (',
  );
  expect(await located({ ...byCommand, "config/wsgi.py": forced })).toBe(
    "config.settings.staging: config/wsgi.py sets it",
  );
});

test("--settings beats everything, --env everything but that", async () => {
  const env = new Map([["DJANGO_SETTINGS_MODULE", "config.settings.local"]]);
  expect(await located(byCommand, { env })).toBe("config.settings.local: --env sets DJANGO_SETTINGS_MODULE");
  expect(await located(byCommand, { env, settings: "config.settings.production" })).toBe(
    "config.settings.production: --settings names it",
  );
});

test("a module for development by its name gives way to the one for production beside it", async () => {
  expect(await located(byManage)).toBe(
    "config.settings.production: its name says so, though manage.py defaults to config.settings.local",
  );
});

test("the name may be computed", async () => {
  const computed = `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings." + os.environ.get("STAGE", "staging"))\n`;
  expect(await located({ "manage.py": computed })).toBe("config.settings.staging: manage.py defaults to it");
});

test("without an entry point names decide", async () => {
  expect(await located({})).toBe("config.settings.production: its name says so");
  const { module, evidence } = await factOf("settingsModule", { "shop/settings.py": settings });
  expect(`${module}: ${evidence}`).toBe("shop.settings: it is the only settings module");
});
