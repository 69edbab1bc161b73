import { expect, test } from "vitest";
import check from "../../../src/checks/static/staticfiles-dirs-contains-root.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as staticfiles.E002", async () => {
  const result = await runOn(
    check,
    project(
      'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/app/static"\nSTATICFILES_DIRS = ["/app/static"]\n',
    ),
  );
  expect(result.severity).toBe("error");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "STATICFILES_DIRS holds the folder that STATIC_ROOT names, so collectstatic ends in staticfiles.E002",
  ]);
});

test.each([
  [
    "the good example",
    'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/app/staticfiles"\nSTATICFILES_DIRS = ["/app/static"]\n',
  ],
  [
    "other folders",
    'from pathlib import Path\nBASE_DIR = Path(__file__).parent\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = BASE_DIR / "out"\nSTATICFILES_DIRS = [BASE_DIR / "static"]\n',
  ],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text =
    'from elsewhere import something\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/app/static"\nSTATICFILES_DIRS = something()\n';
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
