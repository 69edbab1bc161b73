import { expect, test } from "vitest";
import check from "../../../src/checks/logging/logging-config-invalid.ts";
import { brief, runOn } from "../../support/run-on.ts";

const run = (settings: string, files: Readonly<Record<string, string>> = {}) =>
  runOn(check, {
    "manage.py": "import django\n",
    "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
    ...files,
  });

const level = 'LOGGING = {"version": 1, "root": {"level": "verbose"}}\n';

test("what dictConfig refuses is an error; test/facts/django/logging/problems.test.ts has them all", async () => {
  expect(brief(await run(level))).toEqual([
    expect.stringMatching(
      /^error certain \S+ LOGGING's root logger has the level "verbose", which is none, so nothing starts$/,
    ),
  ]);
});

test("what is set only where a test goes one way is conditional", async () => {
  const settings = `if not os.path.exists("/etc/shop"):\n    ${level}`;
  const result = await run(settings);
  expect(result.findings.every(({ certainty }) => certainty !== "certain")).toBe(true);
});

test.each([
  ["LOGGING that works", 'LOGGING = {"version": 1}\n', "passed"],
  ["a level from a variable", 'LOGGING = {"version": 1, "root": {"level": os.environ["LEVEL"]}}\n', "passed"],
  ["another way to configure", `LOGGING_CONFIG = None\n${level}`, "skipped"],
  ["no LOGGING", "", "skipped"],
])("fine: %s", async (_name, settings, status) => {
  expect((await run(settings)).status).toBe(status);
});

test("a project may have levels of its own", async () => {
  const files = { "shop/logs.py": 'import logging\nlogging.addLevelName(5, "verbose")\n' };
  expect((await run(level, files)).findings).toEqual([]);
});
