import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/secret-key-fallback.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onRender, settingsOnly } from "../../support/settings.ts";

const os = "import os\n";

test.each([
  ["positional", 'SECRET_KEY = os.environ.get("SECRET_KEY", "zebra")'],
  ["or", 'SECRET_KEY = os.environ.get("SECRET_KEY") or "zebra"'],
  [
    "overridden",
    'SECRET_KEY = "zebra"\nif "SECRET_KEY" in os.environ:\n    SECRET_KEY = os.environ["SECRET_KEY"]',
  ],
  ["try", 'try:\n    SECRET_KEY = os.environ["SECRET_KEY"]\nexcept KeyError:\n    SECRET_KEY = "zebra"'],
  ["decouple", 'from decouple import config\nSECRET_KEY = config("SECRET_KEY", default="zebra")'],
  ["environ", 'import environ\nenv = environ.Env()\nSECRET_KEY = env("SECRET_KEY", default="zebra")'],
])("reports a fallback, written as %s, without showing it", async (_, text) => {
  const result = await runOn(check, settingsOnly(os + text));
  expect(result.findings.map(({ message }) => message)).toEqual([
    "SECRET_KEY is a text of 5 characters from the code when $SECRET_KEY is unset",
  ]);
  expect(result.findings[0]?.when).toEqual(["$SECRET_KEY is unset"]);
  expect(result.findings[0]?.at).toBeDefined();
  expect(JSON.stringify(result.findings)).not.toContain("zebra");
});

test.each([
  ["a required variable", 'SECRET_KEY = os.environ["SECRET_KEY"]'],
  ["nothing without the variable", 'SECRET_KEY = os.environ.get("SECRET_KEY")'],
  [
    "a fallback for development",
    'DEBUG = os.environ.get("DEBUG") == "1"\nSECRET_KEY = os.environ.get("SECRET_KEY", "dev" if DEBUG else None)',
  ],
  [
    "a guard that raises",
    'DEBUG = os.environ.get("DEBUG") == "1"\nSECRET_KEY = os.environ.get("SECRET_KEY", "dev")\nif not DEBUG and SECRET_KEY == "dev":\n    raise RuntimeError("set SECRET_KEY")',
  ],
  [
    "a generated fallback",
    'import secrets\nSECRET_KEY = os.environ.get("SECRET_KEY", default=secrets.token_urlsafe(64))',
  ],
  ["a literal, which is another check's", 'SECRET_KEY = "zebra"'],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(os + text)))).toEqual([]);
});

test("a manifest that sets the variable makes it a warning", async () => {
  const text = `${os}SECRET_KEY = os.environ.get("SECRET_KEY", "zebra")`;
  const result = await runOn(check, settingsOnly(text, onRender({ SECRET_KEY: "something-else" })));
  expect(brief(result)).toEqual([
    "warning conditional shop/settings.py:2:43 SECRET_KEY is a text of 5 characters from the code where render.yaml does not set SECRET_KEY",
  ]);
});

test("a key for development, where the platform's own variable switches development off, is none of production", async () => {
  const text = `${os}DEBUG = "RENDER" not in os.environ\nif DEBUG:\n    SECRET_KEY = "zebra"\nelse:\n    SECRET_KEY = os.environ["SECRET_KEY"]\n`;
  expect(brief(await runOn(check, settingsOnly(text, onRender({}))))).toEqual([]);
});

test("the text to paste asks for a key, not for the variable that says where the code runs", async () => {
  const text = `${os}SECRET_KEY = os.environ["SECRET_KEY"] if "RENDER" in os.environ else "zebra"\n`;
  const { findings } = await runOn(check, settingsOnly(text, onRender({})));
  expect(findings.map(({ fix }) => fix)).toEqual(['SECRET_KEY = os.environ["SECRET_KEY"]']);
});

test("a variable that a host always sets makes it a warning", async () => {
  const result = await runOn(
    check,
    settingsOnly('import os\nSECRET_KEY = os.environ.get("PLATFORM_PROJECT_ENTROPY", "dev")'),
  );
  expect(brief(result)).toEqual([expect.stringMatching(/^warning conditional /)]);
});
