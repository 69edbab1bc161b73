import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { sourceOf } from "../../src/report/mask.ts";
import { maskKnownSecrets, maskRandom, namesSecret } from "../../src/report/secret-text.ts";

/** All lines, as any finding would show them, or as one about a secret on that line would. */
function shownWith(text: string, file: string, secretLine?: number): string {
  const source = sourceOf(memoryFiles({ [file]: text }), file);
  return text
    .split("\n")
    .map((_, at) => source?.masked(at + 1, at + 1 === secretLine))
    .join("\n");
}
const shown = (text: string, file = "shop/settings.py") => shownWith(text, file);
const shownAsSecret = (text: string, line = 1, file = "shop/settings.py") => shownWith(text, file, line);

describe("names of secrets", () => {
  test.each([
    "SECRET_KEY",
    "DJANGO_SECRET_KEY",
    "dbPassword",
    "api-key",
    "AWS_SECRET_ACCESS_KEY",
    "EMAIL_HOST_PASSWORD",
    "PGPASSWORD",
    "STRIPE_APIKEY",
    "github_token",
    "SENTRY_DSN",
    "KEY",
    "pwd",
    "SALT",
    "JWT_SIGNING_KEY",
  ])("%s is one", (name) => expect(namesSecret(name)).toBe(true));

  test.each([
    "DEBUG",
    "ALLOWED_HOSTS",
    "ENGINE",
    "NAME",
    "MONKEY_PATCH",
    "TOKENIZER",
    "compass",
    "AUTHOR",
    "keyboard",
    "PASSWORD_HASHERS",
    "AUTH_USER_MODEL",
  ])("%s is none", (name) => expect(namesSecret(name)).toBe(false));
});

describe("Python", () => {
  test.each([
    ["an assignment", `SECRET_KEY = "hunter2"`, `SECRET_KEY = "*******"`],
    [
      "a fallback",
      `SECRET_KEY = os.environ.get("SECRET_KEY", "dev")`,
      `SECRET_KEY = os.environ.get("SECRET_KEY", "***")`,
    ],
    [
      "a fallback with or",
      `SECRET_KEY = os.getenv("SECRET_KEY") or 'dev'`,
      `SECRET_KEY = os.getenv("SECRET_KEY") or '***'`,
    ],
    [
      "a fallback of a lookup",
      `X = os.getenv("SECRET_KEY") or 'dev'`,
      `X = os.getenv("SECRET_KEY") or '***'`,
    ],
    [
      "an item",
      `DATABASES["default"]["PASSWORD"] = "hunter2"`,
      `DATABASES["default"]["PASSWORD"] = "*******"`,
    ],
    ["a fallback by name", `KEY = config("KEY", default="dev")`, `KEY = config("KEY", default="***")`],
    ["the fallback of another name", `X = env.str("API_KEY", "dev")`, `X = env.str("API_KEY", "***")`],
    [
      "a key of a dict",
      `X = {"ENGINE": "sqlite3", "PASSWORD": "hunter2"}`,
      `X = {"ENGINE": "sqlite3", "PASSWORD": "*******"}`,
    ],
    ["a subscript", `os.environ["SECRET_KEY"] = "hunter2"`, `os.environ["SECRET_KEY"] = "*******"`],
    ["an argument", `connect(host="db", password="hunter2")`, `connect(host="db", password="*******")`],
    [
      "what follows the argument",
      `connect(password="hunter2", host="db")`,
      `connect(password="*******", host="db")`,
    ],
    ["all of a dict of secrets", `SECRETS = {"a": ["x", ("y",)]}`, `SECRETS = {"a": ["*", ("*",)]}`],
    ["a comparison", `if SECRET_KEY == "hunter2":`, `if SECRET_KEY == "*******":`],
    ["a comparison the other way round", `if "hunter2" == SECRET_KEY:`, `if "*******" == SECRET_KEY:`],
    ["prefixes and other quotes", `SECRET_KEY = rb'hunter2'`, `SECRET_KEY = rb'*******'`],
    ["an f-string", `SECRET_KEY = f"hunter{2}"`, `SECRET_KEY = f"*********"`],
    [
      "strings within f-strings",
      `SECRET_KEY = f"{x.get("a", "hunter2")}"`,
      `SECRET_KEY = f"*********** ***********"`,
    ],
    ["neighbouring literals", `SECRET_KEY = "hunt" 'er2'`, `SECRET_KEY = "****" '***'`],
    ["escaped quotes", `SECRET_KEY = "hu\\"nter2"`, `SECRET_KEY = "*********"`],
    ["a literal that is not closed", `SECRET_KEY = "hunter2`, `SECRET_KEY = "*******`],
    ["a comment", `SECRET_KEY = get()  # was hunter2`, `SECRET_KEY = get()  # *** *******`],
    [
      "a commented assignment",
      `# SECRET_KEY = "django-insecure-abc"`,
      `# SECRET_KEY = "django-insecure-***"`,
    ],
    ["a walrus, and what is typed", `SECRET_KEY: str = "hunter2"`, `SECRET_KEY: str = "*******"`],
    ["tuples", `USER, PASSWORD = "shop", "hunter2"`, `USER, PASSWORD = "****", "*******"`],
    [
      "a semicolon ends a statement",
      `PASSWORD = "hunter2"; DEBUG = "on"`,
      `PASSWORD = "*******"; DEBUG = "on"`,
    ],
  ])("masks %s", (_, text, masked) => expect(shown(text)).toBe(masked));

  test("masks a statement that goes over several lines", () => {
    const text = 'SECRET_KEY = os.environ.get(\n    "SECRET_KEY",\n    "hunter2",\n)\nDEBUG = "on"';
    expect(shown(text)).toBe(
      'SECRET_KEY = os.environ.get(\n    "SECRET_KEY",\n    "*******",\n)\nDEBUG = "on"',
    );
  });

  test("masks the inside of a long literal, whichever line is shown", () => {
    const text = 'PRIVATE_KEY = """\nabc\ndef\n"""\nDEBUG = True';
    expect(shown(text)).toBe('PRIVATE_KEY = """\n***\n***\n"""\nDEBUG = True');
  });

  test("masks in nested brackets what only an inner name makes a secret", () => {
    const text =
      'DATABASES = {\n  "default": {\n    "ENGINE": "sqlite3",\n    "PASSWORD": env("PW", "x"),\n  }\n}';
    expect(shown(text)).toContain('"ENGINE": "sqlite3"');
    expect(shown(text)).toContain('"PASSWORD": env("PW", "*")');
  });

  test.each([
    [`DEBUG = os.environ.get("DEBUG", "True") == "True"`],
    [`ALLOWED_HOSTS = ["*", "shop.example.com"]`],
    [`MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]`],
    [`STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}`],
    [`SECRET_KEY = os.environ["SECRET_KEY"]`],
    [`DATABASES = {"default": dj_database_url.config(default="sqlite:///db.sqlite3")}`],
    [`x = f"{name!r:>10}"  # fine`],
    [`path("accounts/", include("django.contrib.auth.urls"))`],
    [`INSTALLED_APPS = ["django.contrib.auth", "rest_framework.authtoken", "shop.auth.apps.AuthConfig"]`],
  ])("leaves %s alone", (text) => expect(shown(text)).toBe(text));

  test("masks every text on a line that a finding about a secret points to", () => {
    expect(shownAsSecret(`X = load("hunter2")  # hunter2`)).toBe(`X = load("*******")  # *******`);
    expect(shownAsSecret(`X = os.environ.get("SIGNING", "hunter2")`)).toBe(
      `X = os.environ.get("SIGNING", "*******")`,
    );
    expect(shownAsSecret('X = """hun\nter2"""', 2)).toBe('X = """hun\n****"""');
  });

  test("keeps every column", () => {
    const text = `SECRET_KEY = "hünter 日本 🎉"  # x`;
    expect(shownAsSecret(text)).toHaveLength(text.length);
  });

  test("ends soon on hostile text", { timeout: 30_000 }, () => {
    const started = performance.now();
    const deep = `${"(".repeat(200_000)}"a"`;
    expect(shown(deep)).toBe(deep);
    expect(shown(`f"${'{"'.repeat(100_000)}`)).toHaveLength(200_002);
    for (const unit of [
      "x",
      ".b",
      "1_",
      "eyJ-",
      "a://b:",
      "://",
      "SG.aaaaaaaa",
      "-",
      "a=",
      "sk-",
      " ",
      "SECRET_KEY ",
    ]) {
      const text = `X = "${unit.repeat(50_000)}"`;
      for (const file of ["a.py", "a.yaml", ".env"]) expect(shown(text, file)).toHaveLength(text.length);
    }
    expect(shown(`X = a${".b".repeat(50_000)}`)).toHaveLength(100_005);
    expect(performance.now() - started).toBeLessThan(15_000);
  });
});

test("whatever a key is, no part of it is shown, wherever it stands in a statement about a secret", () => {
  const key = fc
    .string({ unit: "grapheme-ascii", minLength: 4, maxLength: 60 })
    .filter((text) => /\w{4}/.test(text));
  const forms: readonly ((literal: string) => string)[] = [
    (literal) => `SECRET_KEY = ${literal}`,
    (literal) => `SECRET_KEY = os.environ.get("SECRET_KEY", ${literal})`,
    (literal) => `SECRET_KEY = (\n    "a"\n    ${literal}\n)`,
    (literal) => `SECRET_KEY = env("KEY", default=${literal})  # ${literal}`,
    (literal) => `DATABASES = {"default": {"PASSWORD": ${literal}, "NAME": "shop"}}`,
    (literal) => `os.environ.setdefault("API_TOKEN", ${literal})`,
    (literal) => `SECRET_KEY = f"{x or ${literal.replaceAll('"', "'")}}"`,
    (literal) => `if SECRET_KEY in (${literal}, "x"): raise E(${literal})`,
  ];
  fc.assert(
    fc.property(key, fc.constantFrom(...forms), (text, form) => {
      const lines = shown(form(JSON.stringify(text))).split("\n");
      const parts = text.match(/\w{4,}/g) ?? [];
      const words = form('""');
      for (const part of parts.filter((each) => !words.includes(each))) {
        for (const line of lines) expect(line).not.toContain(part);
      }
    }),
    { numRuns: 2000 },
  );
});

describe("files of names and values", () => {
  test.each([
    [
      "every value of a .env",
      ".env",
      "DEBUG=True\n# OLD=x\nKEY='a b'\nrest of it",
      "DEBUG=****\n# OLD=*\nKEY=** **\n**** ** **",
    ],
    ["every value of deploy.env", "config/deploy.env", "export A=b", "export A=*"],
    ["a value of YAML", "render.yaml", "secret_key: hunter2 x", "secret_key: ******* *"],
    [
      "a value below its name",
      "render.yaml",
      "- key: SECRET_KEY\n  value: hunter2",
      "- key: SECRET_KEY\n  value: *******",
    ],
    [
      "a value above its name",
      "render.yaml",
      "- value: hunter2\n  key: SECRET_KEY",
      "- value: *******\n  key: SECRET_KEY",
    ],
    ["a value of JSON", "app.json", `"SECRET_KEY": "hunter2",`, `"SECRET_KEY": **********`],
    [
      "a nested value of JSON",
      "app.json",
      `"SECRET_KEY": {\n  "value": "hunter2"`,
      `"SECRET_KEY": *\n  "value": *********`,
    ],
    [
      "a variable of a command",
      "Procfile",
      "web: SECRET_KEY=hunter2 gunicorn shop.wsgi",
      "web: SECRET_KEY=******* gunicorn shop.wsgi",
    ],
    [
      "a quoted variable of a command",
      "Procfile",
      "web: SECRET_KEY='hun ter2' gunicorn",
      "web: SECRET_KEY=**** ***** gunicorn",
    ],
    [
      "an option of a command",
      "Procfile",
      "web: run --password hunter2 --token=x y",
      "web: run --password ******* --token=* y",
    ],
    ["a variable of a Dockerfile", "Dockerfile", "ENV SECRET_KEY hunter2", "ENV SECRET_KEY *******"],
    [
      "a password in a URL",
      "Procfile",
      "web: run postgres://u:p4ss/w@rd@db/x",
      "web: run postgres://u:*********@db/x",
    ],
  ])("%s is masked", (_, file, text, masked) => expect(shown(text, file)).toBe(masked));

  test.each([
    ["Procfile", "web: gunicorn shop.wsgi --bind 0.0.0.0:$PORT"],
    ["requirements.txt", "Django==5.2.17 ; python_version >= '3.10'"],
    ["runtime.txt", "python-3.11.4"],
    ["render.yaml", "- key: DEBUG\n  value: 'True'"],
    ["pyproject.toml", 'requires-python = ">=3.12"'],
  ])("%s: %s is left alone", (file, text) => expect(shown(text, file)).toBe(text));

  test("the line of a finding about a secret keeps its name only", () => {
    expect(shownAsSecret("web: hunter2 x\nrelease: y", 1, "Procfile")).toBe("web: ******* *\nrelease: y");
  });
});

describe("secrets by their form", () => {
  test.each([
    ["postgres://shop:hunter2@db/shop", "postgres://shop:*******@db/shop"],
    ["redis://:hunter2@cache:6379", "redis://:*******@cache:6379"],
    ["django-insecure-a)b$c", "django-insecure-*****"],
    ["AKIAIOSFODNN7EXAMPLE", "********************"],
    [`sk_${"live"}_abcdefghijklmnop`, "************************"],
    [`ghp_${"a1B2".repeat(9)}`, "*".repeat(40)],
    ["-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END", "-----BEGIN RSA PRIVATE KEY-----\n****\n-----END"],
    ["eyJhbGciOiJI.eyJzdWIi.c2ln", "**************************"],
  ])("%s", (text, masked) => expect(maskKnownSecrets(text)).toBe(masked));

  test.each([
    "postgres://$USER:$PASSWORD@host/db",
    "postgres://USER:PASSWORD@HOST/NAME",
    "http://localhost:8000/",
    "postgres://u:<password>@h",
    "task-sk-short",
  ])("%s is none", (text) => expect(maskKnownSecrets(text)).toBe(text));

  test("random text is masked, words and paths are not", () => {
    expect(maskRandom("x = '9f86d081884c7d659a2feaa0c55ad015'")).toBe(`x = '${"*".repeat(32)}'`);
    expect(maskRandom("wJalrXUtnFEMI/K7MDENG/bPxRfiCY3x1")).toBe("*".repeat(33));
    const words =
      "django.contrib.auth.password_validation NUMERIC_PASSWORD_VALIDATOR2 libs/python3/site-packages/x2";
    expect(maskRandom(words)).toBe(words);
  });
});
