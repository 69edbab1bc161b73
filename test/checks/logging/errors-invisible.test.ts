import { expect, test } from "vitest";
import check from "../../../src/checks/logging/errors-invisible.ts";
import { brief, runOn } from "../../support/run-on.ts";

const base = {
  "manage.py": "import django\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  "requirements.txt": "django==5.2\ngunicorn\n",
};
const project = (settings: string, files: Readonly<Record<string, string>> = {}) => ({
  ...base,
  "shop/__init__.py": "",
  "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
  ...files,
});
const stream = '"handlers": {"console": {"class": "logging.StreamHandler"}}';

test("without LOGGING nobody sees an error", async () => {
  expect(brief(await runOn(check, project("")))).toEqual([
    "warning certain LOGGING is not set, so the traceback of a failed request goes nowhere: Django mails it to ADMINS, and there are none",
  ]);
});

test.each([
  [
    "the project's own logger alone",
    `LOGGING = {"version": 1, "disable_existing_loggers": False, ${stream}, "loggers": {"shop": {"handlers": ["console"]}}}\n`,
  ],
  [
    "a handler for development",
    'LOGGING = {"version": 1, "disable_existing_loggers": False, "filters": {"dev": {"()": "django.utils.log.RequireDebugTrue"}}, "handlers": {"c": {"class": "logging.StreamHandler", "filters": ["dev"]}}, "root": {"handlers": ["c"]}}\n',
  ],
])("%s is not enough", async (_name, settings) => {
  expect(brief(await runOn(check, project(settings)))).toEqual([
    expect.stringMatching(
      /^warning certain \S+ LOGGING gives django\.request no handler that works with DEBUG off/,
    ),
  ]);
});

test("a test that cannot be known is a condition", async () => {
  const settings = `if os.path.exists("/etc/shop"):\n    LOGGING = {"version": 1, "disable_existing_loggers": False, ${stream}, "root": {"handlers": ["console"]}}\n`;
  const result = await runOn(check, project(settings));
  expect(result.findings.map(({ certainty }) => certainty)).not.toContain("certain");
});

test.each<[string, string, Readonly<Record<string, string>>?]>([
  [
    "root that prints",
    `LOGGING = {"version": 1, "disable_existing_loggers": False, ${stream}, "root": {"handlers": ["console"]}}\n`,
  ],
  [
    "a log file",
    'LOGGING = {"version": 1, "disable_existing_loggers": False, "handlers": {"f": {"class": "logging.FileHandler", "filename": "/var/log/shop.log"}}, "root": {"handlers": ["f"]}}\n',
  ],
  [
    "a handler of another package",
    'LOGGING = {"version": 1, "disable_existing_loggers": False, "handlers": {"r": {"class": "rich.logging.RichHandler"}}, "root": {"handlers": ["r"]}}\n',
  ],
  ["ADMINS", 'ADMINS = [("Ops", "ops@example.com")]\n'],
  ["ADMINS that the environment gives", 'ADMINS = os.environ["ADMINS"].split(",")\n'],
  ["Sentry", "import sentry_sdk\nsentry_sdk.init()\n"],
  ["an agent", "", { "requirements.txt": "django==5.2\ngunicorn\nnewrelic\n" }],
  ["an app that keeps errors", 'INSTALLED_APPS = ["error_tracker"]\n'],
  ["logging.basicConfig", "import logging\nlogging.basicConfig(level=logging.INFO)\n"],
  [
    "a middleware that logs",
    "",
    { "shop/mw.py": "class M:\n    def process_exception(self, request, exception):\n        pass\n" },
  ],
  ["a configuration of the server", "", { Procfile: "web: gunicorn --log-config logging.ini shop.wsgi\n" }],
  [
    "waitress, which prints by itself",
    "",
    {
      Procfile: "web: waitress-serve shop.wsgi:application\n",
      "requirements.txt": "django==5.2\nwaitress\n",
    },
  ],
])("%s is enough", async (_name, settings, files) => {
  expect((await runOn(check, project(settings, files))).status).toBe("passed");
});

test.each([
  ["LOGGING_CONFIG that is switched off", "LOGGING_CONFIG = None\n"],
  [
    "LOGGING that cannot be known",
    "from shop.logs import make\nimport nothing_known\nLOGGING = nothing_known.make()\n",
  ],
  [
    "loggers that are disabled, which is another check's",
    `LOGGING = {"version": 1, ${stream}, "root": {"handlers": ["console"]}}\n`,
  ],
  [
    "LOGGING that cannot be configured, which is another check's",
    'LOGGING = {"version": 1, "root": {"handlers": ["x"]}}\n',
  ],
])("%s is not asked", async (_name, settings) => {
  const files = { "shop/logs.py": "def make():\n    return {}\n" };
  expect((await runOn(check, project(settings, files))).status).toBe("skipped");
});
