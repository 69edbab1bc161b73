import { expect, test } from "vitest";
import check from "../../../src/checks/settings/debug-enabled.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, onRender, settingsOnly } from "../../support/settings.ts";

test("points at the literal, also through a star import", async () => {
  const result = await runOn(
    check,
    settingsOnly("from .base import *", { "shop/base.py": "import os\nDEBUG = True\n" }),
  );
  expect(brief(result)).toEqual(["error certain shop/base.py:2:9 DEBUG is True"]);
});

test("the last assignment counts", async () => {
  expect((await runOn(check, settingsOnly("DEBUG = True\nDEBUG = False"))).status).toBe("passed");
  expect((await runOn(check, settingsOnly("DEBUG = False\nDEBUG = 1"))).status).toBe("failed");
});

test("says who turns it on", async () => {
  const files = settingsOnly('import os\nDEBUG = os.environ.get("DEBUG") == "1"', onRender({ DEBUG: "1" }));
  expect(brief(await runOn(check, files))).toEqual([
    "error certain shop/settings.py:2:9 DEBUG is on, because render.yaml sets DEBUG",
  ]);
});

test.each([
  ["not set: Django's default is False", "X = 1"],
  ["off", "DEBUG = False"],
  ["on only while a variable is unset", 'import os\nDEBUG = os.environ.get("DEBUG", "1") == "1"'],
  ["a switch that is off", 'import os\nDEBUG = os.environ.get("DEBUG", "") == "1"'],
  [
    "turned off for production",
    'import os\nDEBUG = True\nif os.environ.get("ENV") == "production":\n    DEBUG = False',
  ],
  ["a variable that must be set", 'import os\nDEBUG = bool(int(os.environ["DEBUG"]))'],
  [
    "an optional local override",
    "DEBUG = False\ntry:\n    from .local_settings import *\nexcept ImportError:\n    pass",
  ],
])("accepts DEBUG that is %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(text)))).toEqual([]);
});

test("a later guard for the platform turns it off there, and only there", async () => {
  const text = 'import os\nDEBUG = True\nif "DYNO" in os.environ:\n    DEBUG = False';
  const result = await runOn(check, settingsOnly(text, onHeroku));
  expect(result.status).toBe("passed");
});

test("a development module beside production is not judged", async () => {
  const result = await runOn(check, {
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.dev")\n',
    "shop/settings/__init__.py": "",
    "shop/settings/dev.py": "DEBUG = True\nINSTALLED_APPS = []\n",
    "shop/settings/production.py": "DEBUG = False\nINSTALLED_APPS = []\n",
  });
  expect(result.status).toBe("passed");
});

test("a value that cannot be read is unknown, with the reason", async () => {
  const result = await runOn(check, settingsOnly("import acme_flags\nDEBUG = acme_flags.is_on('debug')"));
  expect(result.status).toBe("unknown");
  expect(result.reason).toMatch(/^DEBUG cannot be read statically: it .*acme_flags/);
});

test("settings that do not import are not judged", async () => {
  const result = await runOn(check, settingsOnly("DEBUG = False\nX = UNDEFINED"));
  expect(result.status).toBe("skipped");
  expect(result.reason).toBe("the settings module shop.settings does not import");
});

test.each([
  ["render.yaml", onRender({ DEBUG: "True" }), '# render.yaml\n- key: DEBUG\n  value: "False"'],
  ["Dockerfile", { Dockerfile: "FROM python:3.13\nENV DEBUG=True\n" }, "# Dockerfile\nENV DEBUG=False"],
  ["fly.toml", { "fly.toml": '[env]\nDEBUG = "True"\n' }, '# fly.toml\nDEBUG = "False"'],
])("what %s turns on is turned off there", async (_, files, fix) => {
  const text = 'import os\nDEBUG = os.environ.get("DEBUG", "False") == "True"';
  expect((await runOn(check, settingsOnly(text, files))).findings[0]?.fix).toBe(fix);
});
