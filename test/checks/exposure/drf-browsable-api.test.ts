import { expect, test } from "vitest";
import browsable from "../../../src/checks/exposure/drf-browsable-api.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const shop = (settings = "") => settingsOnly(`import os\nINSTALLED_APPS = ["rest_framework"]\n${settings}`);

test("the browsable API is told as advice", async () => {
  expect(brief(await runOn(browsable, shop()))).toEqual([
    expect.stringMatching(/^info certain .*REST_FRAMEWORK has no DEFAULT_RENDERER_CLASSES/),
  ]);
  const named = (...names: readonly string[]) =>
    shop(
      `REST_FRAMEWORK = {"DEFAULT_RENDERER_CLASSES": [${names.map((name) => `"rest_framework.renderers.${name}"`).join(", ")}]}\n`,
    );
  expect(brief(await runOn(browsable, named("JSONRenderer", "BrowsableAPIRenderer")))).toEqual([
    expect.stringMatching(/^info certain .*DEFAULT_RENDERER_CLASSES shows every API view/),
  ]);
  expect((await runOn(browsable, named("JSONRenderer"))).status).toBe("passed");
  expect((await runOn(browsable, shop("REST_FRAMEWORK = os.listdir()\n"))).status).toBe("skipped");
  expect((await runOn(browsable, settingsOnly("INSTALLED_APPS = []"))).status).toBe("skipped");
});

test("the fix keeps the settings of REST_FRAMEWORK that are there", async () => {
  const entry = '"DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"]';
  expect((await runOn(browsable, shop())).findings).toMatchObject([{ fix: `REST_FRAMEWORK = {${entry}}` }]);
  const other = await runOn(browsable, shop('REST_FRAMEWORK = {"PAGE_SIZE": 10}\n'));
  expect(other.findings).toMatchObject([{ fix: `${entry},` }]);
});
