import { expect, test } from "vitest";
import check from "../../../src/checks/exposure/debug-toolbar-in-production.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports the middleware", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["debug_toolbar.middleware.DebugToolbarMiddleware"]\nINSTALLED_APPS = ["debug_toolbar"]',
        ),
      ),
    ),
  ).toEqual([
    "warning certain shop/settings.py:1:15 production loads the debug toolbar (debug_toolbar.middleware.DebugToolbarMiddleware)",
  ]);
});

test("says which variable leaves it on", async () => {
  const text =
    'import os\nMIDDLEWARE = []\nif os.environ.get("DEVELOPMENT", "1") == "1":\n    MIDDLEWARE.append("debug_toolbar.middleware.DebugToolbarMiddleware")';
  const { findings } = await runOn(check, settingsOnly(text));
  expect(findings.map(({ when }) => when)).toEqual([["$DEVELOPMENT is unset"]]);
});

test("reports the app as advice", async () => {
  expect(brief(await runOn(check, settingsOnly('INSTALLED_APPS = ["debug_toolbar"]')))).toEqual([
    "info certain shop/settings.py:1:19 production loads the debug toolbar (debug_toolbar)",
  ]);
});

test("reports everybody sees it", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'MIDDLEWARE = ["debug_toolbar.middleware.DebugToolbarMiddleware"]\nDEBUG_TOOLBAR_CONFIG = {"SHOW_TOOLBAR_CALLBACK": lambda request: True}',
        ),
      ),
    ),
  ).toEqual([
    "error certain shop/settings.py:1:15 production loads the debug toolbar (debug_toolbar.middleware.DebugToolbarMiddleware), and SHOW_TOOLBAR_CALLBACK shows it to everybody",
  ]);
});

test.each([
  [
    "DEBUG",
    "passed",
    settingsOnly(
      'import os\nDEBUG = os.environ.get("DEBUG") == "1"\nMIDDLEWARE = []\nif DEBUG:\n    MIDDLEWARE += ["debug_toolbar.middleware.DebugToolbarMiddleware"]',
    ),
    {},
  ],
  [
    "what is taken out",
    "passed",
    settingsOnly(
      'DEBUG = False\nINSTALLED_APPS = ["debug_toolbar"]\nif not DEBUG:\n    INSTALLED_APPS.remove("debug_toolbar")',
    ),
    {},
  ],
  ["django_extensions", "passed", settingsOnly('INSTALLED_APPS = ["django_extensions"]'), {}],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: a test that cannot be known", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'from elsewhere import something\nINSTALLED_APPS = []\nif something():\n    INSTALLED_APPS.append("debug_toolbar")',
        ),
      ),
    ),
  ).toEqual(["unknown shop/settings.py:4:27 production loads the debug toolbar if `something()` is true"]);
});
