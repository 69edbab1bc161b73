import { expect, test } from "vitest";
import { factOf } from "../../support/facts.ts";
import { settingsOnly } from "../../support/settings.ts";

const text = `from pathlib import Path
from platformshconfig import Config

config = Config()
VALID = config.is_valid_platform()
BUILD = config.in_build()
RUNTIME = bool(config.in_runtime())
if VALID:
    ROOT = Path(config.appDir) / "static"
    SECRET_KEY = config.projectEntropy
    if not config.in_build():
        credentials = config.credentials("database")
        DATABASES = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": credentials["path"]}}
`;
const files = settingsOnly(text);
const settings = (environment: Record<string, string>) =>
  factOf("settings", files, {
    env: new Map(Object.entries(environment)),
    closed: true,
  });

// What platformshconfig 2.4.0 says: is_valid_platform, in_build and in_runtime of config.py.
test.each<[string, Record<string, string>, boolean[]]>([
  ["elsewhere", {}, [false, false, false]],
  [
    "in a build",
    { PLATFORM_APPLICATION_NAME: "shop", PLATFORM_APP_DIR: "/app", PLATFORM_PROJECT_ENTROPY: "x" },
    [true, true, false],
  ],
  [
    "at run time",
    {
      PLATFORM_APPLICATION_NAME: "shop",
      PLATFORM_APP_DIR: "/app",
      PLATFORM_PROJECT_ENTROPY: "x",
      PLATFORM_ENVIRONMENT: "main",
      PLATFORM_RELATIONSHIPS: "e30=",
    },
    [true, false, true],
  ],
])("where the app is, %s", async (_name, environment, expected) => {
  const view = await settings(environment);
  const told = ["VALID", "BUILD", "RUNTIME"].map((name) => view.get(name).value);
  expect(told).toMatchObject(expected.map((value) => ({ kind: "bool", value })));
});

test("properties are variables, and what is encoded is not known", async () => {
  const view = await settings({
    PLATFORM_APPLICATION_NAME: "shop",
    PLATFORM_APP_DIR: "/app",
    PLATFORM_PROJECT_ENTROPY: "entropy",
    PLATFORM_ENVIRONMENT: "main",
    PLATFORM_RELATIONSHIPS: "e30=",
  });
  expect(view.get("SECRET_KEY").value).toMatchObject({ kind: "str", value: "entropy" });
  const { value } = view.get("DATABASES");
  expect(value.kind).toBe("dict");
});
