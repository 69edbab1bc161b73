import { expect, test } from "vitest";
import { factOf } from "../../support/facts.ts";
import { settingsOnly } from "../../support/settings.ts";

/** What production means for a settings module, which variables it was assumed to have, and DEBUG in it. */
async function production(text: string, env?: Record<string, string>) {
  const options = env ? { env: new Map(Object.entries(env)), closed: true } : {};
  const settings = await factOf("settings", settingsOnly(`import os\n${text}`), options);
  const debug = settings.get("DEBUG").value;
  return {
    production: settings.production,
    required: settings.required.map(({ name }) => name),
    debug: debug.kind === "bool" ? debug.value : debug.kind,
  };
}

test.each<[string, string, string, readonly string[]]>([
  [
    "off as declared",
    'DEBUG = os.environ.get("DEBUG") == "1"',
    "the repository as it stands, where DEBUG is off",
    [],
  ],
  ["a literal", "DEBUG = True", "the repository as it stands, judged as if DEBUG were off", []],
  [
    "a cast",
    'DEBUG = os.environ.get("DEBUG", "True") == "True"',
    "DEBUG=False, which nothing in this repository sets",
    [],
  ],
  [
    "a comparison",
    'DEBUG = os.environ.get("ENV", "dev") != "production"',
    "ENV=production, which nothing in this repository sets",
    [],
  ],
  [
    "the production name before others",
    'DEBUG = os.environ.get("ENV") not in ("staging", "prod")',
    "ENV=prod, which nothing in this repository sets",
    [],
  ],
  [
    "a branch that assigns",
    'DEBUG = True\nif os.environ.get("ENV") == "live":\n    DEBUG = False',
    "ENV=live, which nothing in this repository sets",
    [],
  ],
  [
    "a required variable beside it",
    'KEY = os.environ["KEY"]\nDEBUG = os.environ.get("DEBUG", "1") == "1"',
    "DEBUG=False, which nothing in this repository sets",
    ["KEY"],
  ],
  [
    "a variable that only production requires",
    'DEBUG = os.environ.get("ENV") != "production"\nif not DEBUG:\n    KEY = os.environ["KEY"]',
    "ENV=production, which nothing in this repository sets",
    ["KEY"],
  ],
])("%s", async (_, text, meaning, required) => {
  expect(await production(text)).toEqual({ production: meaning, required, debug: false });
});

test("a module chosen by a variable is followed", async () => {
  const files = settingsOnly(
    'import os\nif os.environ.get("ENV") == "production":\n    from .live import *\nelse:\n    from .dev import *',
    { "shop/live.py": "DEBUG = False\nNAME = 'live'\n", "shop/dev.py": "DEBUG = True\nNAME = 'dev'\n" },
  );
  const settings = await factOf("settings", files);
  expect(settings.production).toBe("ENV=production, which nothing in this repository sets");
  expect(settings.get("NAME").value).toMatchObject({ kind: "str", value: "live" });
});

test("a closed environment is exactly what was given", async () => {
  const text = 'DEBUG = os.environ.get("DEBUG", "1") == "1"';
  expect(await production(text, {})).toMatchObject({
    production: "exactly the environment that was given",
    debug: true,
  });
  expect(await production(text, { DEBUG: "0" })).toMatchObject({ debug: false });
  await expect(production('KEY = os.environ["KEY"]', {})).rejects.toThrow(
    "missing: the settings module shop.settings does not import",
  );
});

test("experiments are the same project with one change", async () => {
  const settings = await factOf(
    "settings",
    settingsOnly(
      'import os\nDEBUG = os.environ.get("ENV") != "production"\nURL = os.environ.get("URL", "none")',
    ),
  );
  const url = (change: Record<string, string | undefined>) => settings.under(change).get("URL").value;
  expect(url({ URL: "some" })).toMatchObject({ value: "some" });
  expect(url({})).toMatchObject({ value: "none" });
  expect(settings.under({ ENV: undefined }).get("DEBUG").value).toMatchObject({ value: true });
  expect(settings.declared.get("DEBUG").value).toMatchObject({ value: true });
});

test("settings that the module lacks have the default of Django's version", async () => {
  const ask = async (requirement: string) => {
    const files = settingsOnly("X = 1", { "requirements.txt": requirement });
    return (await factOf("settings", files)).get("DEFAULT_AUTO_FIELD").value;
  };
  expect(await ask("Django==5.2.8\n")).toMatchObject({ value: "django.db.models.AutoField" });
  expect(await ask("Django==6.0\n")).toMatchObject({ value: "django.db.models.BigAutoField" });
});

test("a module that sets nothing for a value it does not know is not production", async () => {
  const settings = await factOf("settings", {
    "shop/settings/__init__.py":
      'import os\nstage = os.environ["STAGE"]\nif stage == "live":\n    from .live import *\n',
    "shop/settings/live.py": "DEBUG = False\n",
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  });
  expect(settings.production).toBe("STAGE=live, which nothing in this repository sets");
});

test("a test that cannot be known goes another way before a variable is assumed that the code can do without", async () => {
  const text = [
    "import mystery",
    'if os.getenv("CI"):',
    '    SECRET_KEY = "ci"',
    "elif mystery.in_the_cloud():",
    '    SECRET_KEY = os.environ["SECRET_KEY"]',
    "else:",
    '    raise Exception("no secrets found")',
    "DEBUG = False",
  ].join("\n");
  expect(await production(text)).toMatchObject({ required: ["SECRET_KEY"], debug: false });
});
