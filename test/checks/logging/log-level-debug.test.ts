import { expect, test } from "vitest";
import check from "../../../src/checks/logging/log-level-debug.ts";
import { brief, runOn } from "../../support/run-on.ts";

const run = (settings: string) =>
  runOn(check, {
    "manage.py": "import django\n",
    "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
  });
const logging = (loggers: string, handler = "") =>
  `LOGGING = {"version": 1, "filters": {"dev": {"()": "django.utils.log.RequireDebugTrue"}}, "handlers": {"c": {"class": "logging.StreamHandler"${handler}}}, ${loggers}}\n`;
const root = '"root": {"handlers": ["c"], "level": "DEBUG"}';

test("root at DEBUG prints what every library says", async () => {
  expect(brief(await run(logging(root)))).toEqual([
    expect.stringMatching(/^warning certain \S+ LOGGING's root logger has the level DEBUG in production/),
  ]);
  expect(brief(await run(logging(`"loggers": {"": {"handlers": ["c"], "level": "DEBUG"}}`)))).toHaveLength(1);
});

test("django at DEBUG is advice", async () => {
  expect(brief(await run(logging('"loggers": {"django": {"handlers": ["c"], "level": "DEBUG"}}')))).toEqual([
    expect.stringMatching(/^info certain/),
  ]);
});

test.each([
  ["INFO", logging('"root": {"handlers": ["c"], "level": "INFO"}')],
  ["a handler that lets nothing below INFO through", logging(root, ', "level": "INFO"')],
  ["a handler for development", logging(root, ', "filters": ["dev"]')],
  ["a logger of the project's own", logging('"loggers": {"shop": {"handlers": ["c"], "level": "DEBUG"}}')],
  [
    "a level that the environment gives",
    logging('"root": {"handlers": ["c"], "level": os.environ["LEVEL"]}'),
  ],
])("fine: %s", async (_name, settings) => {
  expect((await run(settings)).status).toBe("passed");
});
