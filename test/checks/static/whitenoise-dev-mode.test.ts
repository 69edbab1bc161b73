import { expect, test } from "vitest";
import check from "../../../src/checks/static/whitenoise-dev-mode.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const settings = (text: string) =>
  settingsOnly(`MIDDLEWARE = ["whitenoise.middleware.WhiteNoiseMiddleware"]\n${text}`);

test.each([
  [
    "WHITENOISE_AUTOREFRESH = True",
    "warning certain shop/settings.py:2:26 WHITENOISE_AUTOREFRESH is on in production, so WhiteNoise looks on the disk for a file at every request",
  ],
  [
    "WHITENOISE_USE_FINDERS = True",
    "info certain shop/settings.py:2:26 WHITENOISE_USE_FINDERS is on in production, so files are served that nothing collected, and without their hash",
  ],
])("%s", async (text, line) => {
  expect(brief(await runOn(check, settings(text)))).toEqual([line]);
});

test.each([
  ["neither", "passed", settings("")],
  [
    "what follows DEBUG",
    "passed",
    settings("DEBUG = False\nWHITENOISE_AUTOREFRESH = DEBUG\nWHITENOISE_USE_FINDERS = DEBUG"),
  ],
  [
    "what the operator sets",
    "passed",
    settings('import os\nWHITENOISE_AUTOREFRESH = os.environ["REFRESH"] == "1"'),
  ],
  ["settings without WhiteNoise", "skipped", settingsOnly("WHITENOISE_AUTOREFRESH = True")],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
