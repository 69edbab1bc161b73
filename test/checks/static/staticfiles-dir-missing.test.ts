import { expect, test } from "vitest";
import check from "../../../src/checks/static/staticfiles-dir-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

test("reports a folder that is not there", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(
          'from pathlib import Path\nBASE_DIR = Path(__file__).parent\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATICFILES_DIRS = [BASE_DIR / "assets", ("js", str(BASE_DIR / "frontend/dist"))]',
        ),
      ),
    ),
  ).toEqual([
    "warning certain shop/settings.py:4:21 STATICFILES_DIRS names shop/assets, and the repository has no such folder",
    "info certain shop/settings.py:4:42 STATICFILES_DIRS names shop/frontend/dist, and the repository has no such folder",
  ]);
});

test.each([
  [
    "a folder that is there",
    "passed",
    {
      "shop/settings.py":
        'from pathlib import Path\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATICFILES_DIRS = [Path(__file__).parent / "assets"]\nROOT_URLCONF = "shop.urls"\n',
      "shop/assets/a.css": "",
    },
    {},
  ],
  [
    "a folder outside",
    "passed",
    settingsOnly('INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATICFILES_DIRS = ["/srv/assets"]'),
    {},
  ],
  ["no staticfiles", "skipped", settingsOnly('STATICFILES_DIRS = ["/srv/assets"]'), {}],
  [
    "folders from elsewhere",
    "skipped",
    settingsOnly(
      'from elsewhere import something\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATICFILES_DIRS = something()',
    ),
    {},
  ],
])("is silent about %s", async (_, status, files, options) => {
  const result = await runOn(check, files, options);
  expect([...brief(result), result.status]).toEqual([status]);
});
