import { expect, test } from "vitest";
import check from "../../../src/checks/settings/settings-import-fails.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";

const os = "import os\n";

test("tells the exception as Django's traceback would end", async () => {
  expect(brief(await runOn(check, settingsOnly("DEBUG = False\nX = UNDEFINED")))).toEqual([
    "error certain shop/settings.py:2:5 importing shop.settings ends in NameError: name 'UNDEFINED' is not defined",
  ]);
});

test("a syntax error is one", async () => {
  const result = await runOn(check, settingsOnly("DEBUG = = False"));
  expect(result.findings[0]?.message).toMatch(/^importing shop.settings ends in SyntaxError: /);
  expect(result.findings[0]?.at).toMatchObject({ file: "shop/settings.py", line: 1 });
});

test("a module that is not in the repository is another check's", async () => {
  const files = {
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n',
  };
  const result = await runOn(check, settingsOnly("DEBUG = False", { ...files, ...onHeroku }));
  expect([result.status, result.reason]).toEqual([
    "skipped",
    "shop.settings.production is not there: settings-module-missing",
  ]);
});

test("what Django refuses in settings that import", async () => {
  expect(brief(await runOn(check, settingsOnly('ALLOWED_HOSTS = "shop.example.com"')))).toEqual([
    "error certain shop/settings.py:1:1 Django does not start with shop.settings: ImproperlyConfigured: The ALLOWED_HOSTS setting must be a list or a tuple.",
  ]);
});

test("in a closed environment a missing variable is one", async () => {
  const files = settingsOnly(`${os}SECRET_KEY = os.environ["SECRET_KEY"]`);
  expect((await runOn(check, files)).status).toBe("passed");
  const result = await runOn(check, files, { env: { DEBUG: "0" } });
  expect(result.findings[0]?.message).toBe("importing shop.settings ends in KeyError: 'SECRET_KEY'");
});

test.each([
  ["required variables", `${os}A = os.environ["A"]\nB = int(os.environ["B"])`],
  ["a guard", `${os}if not os.environ.get("A"):\n    raise RuntimeError("set A")`],
  ["a library that is not modelled", "from acme import thing\nthing.configure()"],
  ["an optional module", "try:\n    from .local import *\nexcept ImportError:\n    pass"],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, settingsOnly(text)))).toEqual([]);
});

test.each(["if not acme.ready():", "if acme.ready():\n    pass\nelse:"])(
  "a guard that cannot be known lets pass: %s",
  async (guard) => {
    const files = settingsOnly(`import acme\n${guard}\n    raise RuntimeError("no")`);
    expect((await runOn(check, files)).status).toBe("passed");
  },
);

test("a failure that depends on what cannot be known is unknown", async () => {
  const files = settingsOnly("import acme\nX = 1 if acme.ready() else UNDEFINED\nY = UNDEFINED_TOO");
  expect((await runOn(check, files)).status).toBe("unknown");
});

test("a file that .gitignore names may be put there: a warning", async () => {
  const files = {
    ...settingsOnly("from .local_settings import *"),
    ".gitignore": "local_settings.py\n",
  };
  expect(brief(await runOn(check, files, { tracked: Object.keys(files) }))).toEqual([
    "warning conditional shop/settings.py:1:1 importing shop.settings ends in ModuleNotFoundError: No module named 'shop.local_settings'",
  ]);
});

test("a dictionary that is made of the environment is unknown", async () => {
  const files = settingsOnly(
    `${os}ENV = {k: v for k, v in os.environ.items()}\nSECRET_KEY = ENV["SECRET_KEY"]`,
  );
  expect((await runOn(check, files)).status).not.toBe("failed");
});
