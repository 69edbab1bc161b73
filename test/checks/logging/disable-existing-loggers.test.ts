import { expect, test } from "vitest";
import check from "../../../src/checks/logging/disable-existing-loggers.ts";
import { brief, runOn } from "../../support/run-on.ts";

const run = (settings: string) =>
  runOn(check, {
    "manage.py": "import django\n",
    "requirements.txt": "django==5.2\n",
    "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
  });
const logging = (rest: string) =>
  `LOGGING = {"version": 1, ${rest}, "handlers": {"c": {"class": "logging.StreamHandler"}}, "root": {"handlers": ["c"]}}\n`;

test("a root that prints does not help a logger that is off", async () => {
  expect(brief(await run(logging('"disable_existing_loggers": True')))).toEqual([
    expect.stringMatching(
      /^warning certain \S+ disable_existing_loggers is True, so django\.request is switched off/,
    ),
  ]);
  expect(brief(await run(logging('"filters": {}')))).toEqual([
    expect.stringMatching(/^warning certain \S+ LOGGING has no disable_existing_loggers, which is True then/),
  ]);
});

test("where django prints by name it is advice", async () => {
  const settings = logging('"disable_existing_loggers": True, "loggers": {"django": {"handlers": ["c"]}}');
  expect(brief(await run(settings))).toEqual([expect.stringMatching(/^info certain/)]);
});

test.each([
  ["it is off", logging('"disable_existing_loggers": False')],
  // Catalogue §10: deliberate with Sentry, as in cookiecutter-django's own settings.
  [
    "Sentry hooks exceptions itself",
    `import sentry_sdk\nsentry_sdk.init()\n${logging('"disable_existing_loggers": True')}`,
  ],
])("fine: %s", async (_name, settings) => {
  expect((await run(settings)).status).toBe("passed");
});

test.each([
  ["no LOGGING", ""],
  ["another way to configure", `LOGGING_CONFIG = None\n${logging('"disable_existing_loggers": True')}`],
  ["the operator decides", logging('"disable_existing_loggers": os.environ["OFF"] == "1"')],
])("not asked: %s", async (_name, settings) => {
  expect((await run(settings)).findings).toEqual([]);
});
