import { expect, test } from "vitest";
import type { Check } from "../../src/check.ts";
import sqliteOnEphemeralDisk from "../../src/checks/database/sqlite-on-ephemeral-disk.ts";
import bindsLocalhost from "../../src/checks/processes/binds-localhost.ts";
import noStartCommand from "../../src/checks/processes/no-start-command.ts";
import procfileProcessTypes from "../../src/checks/processes/procfile-process-types.ts";
import serverNotInstalled from "../../src/checks/processes/server-not-installed.ts";
import dependencyManifestMissing from "../../src/checks/runtime/dependency-manifest-missing.ts";
import packageManagerConflict from "../../src/checks/runtime/package-manager-conflict.ts";
import pythonEol from "../../src/checks/runtime/python-eol.ts";
import pythonVersionUnspecified from "../../src/checks/runtime/python-version-unspecified.ts";
import staticNotServed from "../../src/checks/static/static-not-served.ts";
import staticRootMissing from "../../src/checks/static/static-root-missing.ts";
import { runOn } from "../support/run-on.ts";
import { settingsOnly } from "../support/settings.ts";

/*
 * What checks that ask a platform's fields say of clouds that differ from a host with a Procfile: a proxy on the same
 * machine, a disk that cannot be written to, a server that comes with the platform.
 */

const wsgi = { "shop/wsgi.py": "application = 1\n", "requirements.txt": "django\n" };

/** "error", "warning", "info", "passed", "skipped" or "unknown". */
async function verdict(check: Check, platform: string, settings: string, files: Record<string, string>) {
  const all = { ...wsgi, ...files };
  const result = await runOn(check, settingsOnly(settings, all), { platform });
  return result.status === "failed" ? result.severity : result.status;
}

const eb = (options: string) => ({ ".ebextensions/a.config": `option_settings:\n${options}` });
const wsgiPath = eb("  aws:elasticbeanstalk:container:python:\n    WSGIPath: shop.wsgi:application\n");
const appYaml = (more: string) => ({ "app.yaml": `runtime: python313\n${more}` });
const upsun = (start: string, more = "") => ({
  ".platform.app.yaml": `type: python:3.13\nweb:\n  commands: {start: "${start}"}\n${more}`,
});
const azure = { ".deployment": "[config]\nSCM_DO_BUILD_DURING_DEPLOYMENT=true\n" };

const site = (root: string) =>
  `from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\nINSTALLED_APPS = ["django.contrib.admin", "django.contrib.staticfiles"]\nMIDDLEWARE = []\nSTATIC_URL = "static/"\nSTATIC_ROOT = ${root}\n`;
const handler = appYaml("entrypoint: x\nhandlers:\n- {url: /static, static_dir: static/}\n");
const location = upsun("gunicorn shop.wsgi", '  locations:\n    "/static": {root: static}\n');

test.each([
  ["elastic-beanstalk", 'BASE_DIR / "static"', wsgiPath, "passed"],
  ["elastic-beanstalk", 'BASE_DIR / "staticfiles"', wsgiPath, "warning"],
  [
    "elastic-beanstalk",
    'BASE_DIR / "staticfiles"',
    eb("  aws:elasticbeanstalk:environment:proxy:staticfiles:\n    /static: staticfiles\n"),
    "passed",
  ],
  ["app-engine", '"static"', handler, "passed"],
  ["app-engine", '"collected"', handler, "warning"],
  ["app-engine", '"static"', appYaml("entrypoint: x\n"), "warning"],
  ["upsun", 'BASE_DIR / "static"', location, "passed"],
  ["pythonanywhere", 'BASE_DIR / "static"', {}, "info"],
  ["cloud-run", 'BASE_DIR / "static"', {}, "error"],
  // A handler of App Engine's serves nothing elsewhere.
  ["heroku", '"static"', { ...handler, Procfile: "web: gunicorn shop.wsgi\n" }, "error"],
] as const)("static-not-served on %s, collected into %s", async (platform, root, files, expected) => {
  expect(await verdict(staticNotServed, platform, site(root), files)).toBe(expected);
});

const sqlite = (name: string) =>
  `DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ${name}}}\n`;
const rds = `import os\nif "RDS_HOSTNAME" in os.environ:\n    DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "HOST": os.environ["RDS_HOSTNAME"]}}\nelse:\n    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "db.sqlite3"}}\n`;

test.each([
  ["app-engine", sqlite('"db.sqlite3"'), {}, "error"],
  ["app-engine", sqlite('"/tmp/db.sqlite3"'), {}, "error"],
  ["upsun", sqlite('"db.sqlite3"'), upsun("x"), "error"],
  [
    "upsun",
    sqlite('"db.sqlite3"'),
    upsun("x", "mounts: {data: {source: local, source_path: data}}\n"),
    "warning",
  ],
  ["pythonanywhere", sqlite('"db.sqlite3"'), {}, "passed"],
  ["azure-app-service", sqlite('"db.sqlite3"'), {}, "warning"],
  ["azure-app-service", sqlite('"/home/data/db.sqlite3"'), {}, "passed"],
  ["elastic-beanstalk", sqlite('"db.sqlite3"'), {}, "error"],
  ["elastic-beanstalk", rds, {}, "passed"],
] as const)("sqlite-on-ephemeral-disk on %s: %s", async (platform, settings, files, expected) => {
  expect(await verdict(sqliteOnEphemeralDisk, platform, settings, files)).toBe(expected);
});

test("what is lost where the app cannot write", async () => {
  const result = await runOn(sqliteOnEphemeralDisk, settingsOnly(sqlite('"db.sqlite3"'), wsgi), {
    platform: "app-engine",
  });
  expect(result.findings[0]?.message).toBe(
    "the production database is SQLite, in a file that App Engine does not let the app write",
  );
});

const main = { "main.py": "from shop.wsgi import application as app\n" };
const web = { Procfile: "web: gunicorn shop.wsgi\n" };

test.each([
  ["elastic-beanstalk", wsgiPath, "passed"],
  ["elastic-beanstalk", web, "passed"],
  ["elastic-beanstalk", { Procfile: "web: uvicorn shop.asgi:application\n" }, "error"],
  ["azure-app-service", azure, "passed"],
  ["app-engine", appYaml("entrypoint: gunicorn shop.wsgi\n"), "error"],
  ["app-engine", { ...appYaml(""), ...main }, "passed"],
  ["cloud-run", web, "error"],
  ["cloud-run", main, "passed"],
] as const)("server-not-installed on %s: %j", async (platform, files, expected) => {
  expect(await verdict(serverNotInstalled, platform, "DEBUG = False", files)).toBe(expected);
});

const loopback = "gunicorn --bind 127.0.0.1:8000 shop.wsgi";

test.each([
  ["elastic-beanstalk", { Procfile: `web: ${loopback}\n` }, "skipped"],
  ["elastic-beanstalk", wsgiPath, "skipped"],
  ["upsun", upsun("gunicorn -b localhost:$PORT shop.wsgi"), "skipped"],
  ["upsun", upsun("gunicorn -b unix:$SOCKET shop.wsgi", "  upstream: {socket_family: unix}\n"), "skipped"],
  ["app-engine", appYaml(`entrypoint: ${loopback}\n`), "skipped"],
  ["cloud-run", { Procfile: `web: ${loopback}\n` }, "error"],
  [
    "azure-app-service",
    { ...azure, "infra/web.bicep": `// Microsoft.Web/sites\nappCommandLine: '${loopback}'\n` },
    "error",
  ],
] as const)("binds-localhost on %s: %j", async (platform, files, expected) => {
  expect(await verdict(bindsLocalhost, platform, "DEBUG = False", files)).toBe(expected);
});

test.each([
  ["pythonanywhere", {}, "skipped"],
  ["elastic-beanstalk", {}, "warning"],
  ["azure-app-service", azure, "passed"],
  ["upsun", { ".platform.app.yaml": "type: python:3.13\n" }, "error"],
  ["app-engine", appYaml("entrypoint: gunicorn shop.wsgi\n"), "passed"],
] as const)("no-start-command on %s: %j", async (platform, files, expected) => {
  expect(await verdict(noStartCommand, platform, "DEBUG = False", files)).toBe(expected);
});

test.each([
  ["elastic-beanstalk", {}, "skipped"],
  ["azure-app-service", azure, "skipped"],
  ["pythonanywhere", {}, "skipped"],
  ["app-engine", appYaml(""), "passed"],
  ["cloud-run", {}, "warning"],
  ["cloud-run", { ".python-version": "3.13\n" }, "passed"],
  ["upsun", upsun("x"), "passed"],
] as const)("python-version-unspecified on %s: %j", async (platform, files, expected) => {
  expect(await verdict(pythonVersionUnspecified, platform, "DEBUG = False", files)).toBe(expected);
});

test.each([
  ["app-engine", { "app.yaml": "runtime: python39\n" }, "error"],
  ["app-engine", { "app.yaml": "runtime: python27\n" }, "error"],
  ["app-engine", appYaml(""), "passed"],
  [
    "elastic-beanstalk",
    { ".elasticbeanstalk/config.yml": "global:\n  default_platform: Python 3.8\n" },
    "warning",
  ],
  ["upsun", { ".platform.app.yaml": "type: python:3.9\n" }, "warning"],
] as const)("python-eol on %s: %j", async (platform, files, expected) => {
  expect(await verdict(pythonEol, platform, "DEBUG = False", files)).toBe(expected);
});

const lock = '{"_meta": {}, "default": {"django": {"version": "==5.2"}}}';
const poetry = { "pyproject.toml": '[tool.poetry.dependencies]\ndjango = "5.2"\n', "poetry.lock": "" };

test("packages: the first file counts, and what is not read is none", async () => {
  const both = { "Pipfile.lock": lock, Pipfile: "", "requirements.txt": "django\n" };
  for (const platform of ["elastic-beanstalk", "app-engine", "cloud-run", "azure-app-service"])
    expect(await verdict(packageManagerConflict, platform, "DEBUG = False", both)).toBe("skipped");
  const only = async (platform: string, files: Record<string, string>) => {
    const { "requirements.txt": _, ...rest } = { ...wsgi, ...files };
    const result = await runOn(dependencyManifestMissing, settingsOnly("DEBUG = False", rest), { platform });
    return result.status === "failed" ? result.severity : result.status;
  };
  expect(await only("elastic-beanstalk", poetry)).toBe("error");
  expect(await only("elastic-beanstalk", { "Pipfile.lock": lock })).toBe("passed");
  expect(await only("cloud-run", { "Pipfile.lock": lock })).toBe("error");
  expect(await only("cloud-run", poetry)).toBe("passed");
  expect(await only("azure-app-service", poetry)).toBe("passed");
  expect(await only("upsun", {})).toBe("skipped");
});

test("App Service collects by itself, and only warns when that fails", async () => {
  const settings = 'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_URL = "static/"\n';
  expect(await verdict(staticRootMissing, "azure-app-service", settings, azure)).toBe("warning");
});

test("Google's Procfile: names have no hyphen, and the first of two counts", async () => {
  const result = await runOn(
    procfileProcessTypes,
    settingsOnly("DEBUG = False", {
      ...wsgi,
      Procfile: "celery-worker: x\nweb: gunicorn shop.wsgi\nweb: y\n",
    }),
    { platform: "cloud-run" },
  );
  expect(result.findings.map(({ message }) => message)).toEqual([
    'the line "celery-worker…" is not of the form "type: command"',
    "Procfile declares web more than once, and only the first of the commands runs",
  ]);
});
