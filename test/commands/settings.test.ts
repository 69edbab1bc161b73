import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { type SettingsRequest, settings } from "../../src/commands/settings.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { plain } from "../report/sample.ts";

const schema = JSON.parse(readFileSync("docs/settings-json.schema.json", "utf8"));
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);

const manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const key = "q7xv2m0w9r8y6i5p4a3d1gjzlcbnQWERTYUIOPASDFGHJKLZXCVBN";

function request(code: string, details: Partial<SettingsRequest> = {}): SettingsRequest {
  return {
    files: memoryFiles({ "manage.py": manage, "shop/settings.py": code, "shop/__init__.py": "" }),
    path: ".",
    settings: undefined,
    django: "5.2",
    env: undefined,
    all: false,
    only: [],
    format: "json",
    paint: plain,
    ...details,
  };
}

/** The document, which is valid, and the exit code. */
async function shown(code: string, details: Partial<SettingsRequest> = {}) {
  const { stdout, stderr, code: exit } = await settings(request(code, details));
  expect(stderr).toBe("");
  const document = JSON.parse(stdout);
  expect(validate(document), JSON.stringify(validate.errors, undefined, 2)).toBe(true);
  return { ...document, exit };
}

async function value(code: string, name: string, details: Partial<SettingsRequest> = {}) {
  return (await shown(code, details)).settings[name].value;
}

describe("what hangs on a test that cannot be known", () => {
  const code = (body: string) => `import os
import socket
from pathlib import Path
SECRET_KEY = "${key}"
local = socket.gethostname() == "laptop"
${body}`;
  const when = "depends on whether `local` is true";

  test("is not known, or the part of it that hangs on it is not", async () => {
    const { settings: all, django } = await shown(
      code(`
A = 1 if local else 2
B = ["a", "b"]
C = {"x": 1, "y": 2, "z": {"p": 1, "q": 2}}
D = ("a", "b")
E = [{"NAME": "a", "OPTIONS": {"k": 1}}]
F = Path("/one")
G = ["a"]
SAME = 1
SECURE_SSL_REDIRECT = True
MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]
if local:
    B.append("c")
    C["y"] = 3
    C["z"]["r"] = 4
    D = D + ("c",)
    E[0]["OPTIONS"]["k"] = 2
    F = Path("/two")
    G = ["b"]
    SAME = 1
    EXTRA = 1
    SECURE_SSL_REDIRECT = False
`),
    );
    const opaque = { $opaque: when };
    const values = Object.fromEntries("ABCDEFG".split("").map((name) => [name, all[name].value]));
    expect(values).toEqual({
      A: null,
      B: ["a", "b", opaque],
      C: { x: 1, y: opaque, z: { p: 1, q: 2, r: opaque } },
      D: { $tuple: ["a", "b", opaque] },
      E: [{ NAME: "a", OPTIONS: { k: opaque } }],
      F: null,
      G: null,
    });
    for (const name of ["A", "B", "C", "D", "E", "F", "G", "SECURE_SSL_REDIRECT"])
      expect(all[name]).toMatchObject({ state: "opaque", reason: when, explicit: true });
    expect(all.SAME).toMatchObject({ state: "known", value: 1, reason: null });
    // Set only there, it is one of the project's settings all the same.
    expect(all.EXTRA).toMatchObject({ state: "opaque", reason: when, explicit: true, at: { line: 26 } });
    expect(django.reasons["security.W008"]).toBe(`it ${when}`);
  });

  test("also behind a test that is only reached so", async () => {
    const { settings: all } = await shown(
      code(
        `A = B = 1\nif local:\n    if os.path.exists("/run/x"):\n        A = 2\n    else:\n        B = 2\n`,
      ),
    );
    expect(all.A.reason).toBe(`${when} and \`os.path.exists("/run/x")\` is true`);
    expect(all.B.reason).toBe(when);
  });

  test("in a table", async () => {
    const { stdout } = await settings(
      request(code('A = 1\nB = ["a"]\nif local:\n    A = 2\n    B += ["b"]\n'), { format: "table" }),
    );
    expect(stdout).toContain(`A = <unknown: it ${when}>`);
    expect(stdout).toContain(`B = ["a", <unknown: it ${when}>]`);
  });

  test("is known where the environment decides it: a variable that is unset, or was given", async () => {
    const asked = `import os\nSECRET_KEY = "${key}"\nA = "on" if os.environ.get("FLAG") else "off"\nif os.environ.get("MODE", "x") == "y":\n    B = 1\nelse:\n    B = 2\n`;
    const open = await shown(asked);
    expect([open.settings.A.value, open.settings.B.value]).toEqual(["off", 2]);
    const closed = await shown(asked, { env: new Map(Object.entries({ FLAG: "1", MODE: "y" })) });
    expect([closed.settings.A.value, closed.settings.B.value]).toEqual(["on", 1]);
    expect([open.settings.A.state, closed.settings.B.state]).toEqual(["known", "known"]);
  });

  test("is known where production fixed the test, because DEBUG is off then, and the head says so", async () => {
    const {
      settings: all,
      production,
      django,
    } = await shown(code("if local:\n    DEBUG = False\n    A = 2\nelse:\n    DEBUG = True\n    A = 1\n"));
    expect(production).toBe("that `local` is true, which cannot be known from the files");
    expect(all.DEBUG).toMatchObject({ state: "known", value: false });
    expect(all.A).toMatchObject({ state: "known", value: 2 });
    expect(django.unknown).not.toContain("security.W018");
  });

  test("is known in a given environment, where the other way does not import", async () => {
    const guarded = code('A = 1\nif local:\n    A = os.environ["B"]\n');
    const open = await shown(guarded);
    expect(open.settings.A.state).toBe("opaque");
    const closed = await shown(guarded, { env: new Map([["C", "1"]]) });
    expect(closed.settings.A).toMatchObject({ state: "known", value: 1 });
  });
});

describe("deploy-check settings --format json", () => {
  test("is the contract of docs/settings-json.md", async () => {
    const code = `import os
from pathlib import Path
BASE_DIR = Path(__file__).resolve().parent.parent
SECRET_KEY = os.environ["KEY"]
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = ("shop.example.com",)
STATIC_ROOT = BASE_DIR / "static"
MEDIA_ROOT = os.path.join(BASE_DIR, "media")
CACHE_URL = f"redis://{os.environ['HOST']}/0"
small = 1
`;
    const { exit, ...document } = await shown(code, {
      env: new Map([
        ["KEY", key],
        ["HOST", "cache"],
      ]),
    });
    expect(exit).toBe(0);
    expect(document).toMatchInlineSnapshot(`
      {
        "django": {
          "checks": [
            "security.W001",
            "security.W002",
            "security.W003",
          ],
          "reasons": {},
          "silenced": [],
          "unknown": [],
        },
        "djangoVersion": "5.2",
        "environment": {
          "closed": true,
          "variables": {
            "DEBUG": {
              "by": null,
              "state": "unset",
            },
            "HOST": {
              "by": "--env",
              "state": "given",
            },
            "KEY": {
              "by": "--env",
              "state": "given",
            },
          },
        },
        "evidence": "manage.py defaults to it",
        "import": {
          "ok": true,
        },
        "module": "shop.settings",
        "production": "exactly the environment that was given",
        "schemaVersion": 1,
        "settings": {
          "ALLOWED_HOSTS": {
            "at": {
              "column": 17,
              "endColumn": 38,
              "endLine": 6,
              "file": "shop/settings.py",
              "line": 6,
            },
            "env": [],
            "explicit": true,
            "reason": null,
            "state": "known",
            "value": {
              "$tuple": [
                "shop.example.com",
              ],
            },
          },
          "BASE_DIR": {
            "at": {
              "column": 12,
              "endColumn": 50,
              "endLine": 3,
              "file": "shop/settings.py",
              "line": 3,
            },
            "env": [],
            "explicit": true,
            "reason": null,
            "state": "known",
            "value": {
              "$path": ".",
            },
          },
          "CACHE_URL": {
            "at": {
              "column": 13,
              "endColumn": 46,
              "endLine": 9,
              "file": "shop/settings.py",
              "line": 9,
            },
            "env": [
              "HOST",
            ],
            "explicit": true,
            "reason": null,
            "state": "known",
            "value": "redis://cache/0",
          },
          "DEBUG": {
            "at": {
              "column": 9,
              "endColumn": 39,
              "endLine": 5,
              "file": "shop/settings.py",
              "line": 5,
            },
            "env": [
              "DEBUG",
            ],
            "explicit": true,
            "reason": null,
            "state": "known",
            "value": false,
          },
          "MEDIA_ROOT": {
            "at": {
              "column": 14,
              "endColumn": 45,
              "endLine": 8,
              "file": "shop/settings.py",
              "line": 8,
            },
            "env": [],
            "explicit": true,
            "reason": null,
            "state": "known",
            "value": "$REPO/media",
          },
          "SECRET_KEY": {
            "at": {
              "column": 14,
              "endColumn": 31,
              "endLine": 4,
              "file": "shop/settings.py",
              "line": 4,
            },
            "env": [
              "KEY",
            ],
            "explicit": true,
            "reason": null,
            "state": "known",
            "value": {
              "$secret": {
                "length": 53,
                "prefix": null,
                "unique": 53,
              },
            },
          },
          "STATIC_ROOT": {
            "at": {
              "column": 15,
              "endColumn": 34,
              "endLine": 7,
              "file": "shop/settings.py",
              "line": 7,
            },
            "env": [],
            "explicit": true,
            "reason": null,
            "state": "known",
            "value": {
              "$path": "static",
            },
          },
        },
      }
    `);
  });

  test("has what is not known, with the reason and the variables", async () => {
    const { settings: found } = await shown(
      'import os\nSECRET_KEY = os.environ["KEY"]\nHOSTS = [os.environ["HOST"], "a"]\n',
    );
    expect(found.SECRET_KEY).toMatchObject({
      state: "opaque",
      value: null,
      reason: "is read from the environment variable KEY",
      env: ["KEY"],
    });
    expect(found.HOSTS).toMatchObject({
      state: "opaque",
      value: [{ $opaque: "is read from the environment variable HOST" }, "a"],
    });
  });

  test("tells how the variables are taken", async () => {
    const code = `import os
DEBUG = os.environ.get("ENV") != "production"
SECRET_KEY = os.environ["KEY"]
TIER = os.environ.get("TIER", "80")
`;
    const open = await shown(code);
    expect(open.environment).toEqual({
      closed: false,
      variables: {
        ENV: { state: "assumed", by: null },
        KEY: { state: "required", by: null },
        PORT: { state: "given", by: "a Procfile host" },
        TIER: { state: "unset", by: null },
      },
    });
    expect(open.settings.DEBUG.value).toBe(false);
    const closed = await shown(code, { env: new Map([["KEY", key]]) });
    expect(closed.environment.variables.KEY).toEqual({ state: "given", by: "--env" });
    expect(closed.settings.DEBUG.value).toBe(true);
  });

  test("shows DEBUG as the module has it, where it is on whatever the environment", async () => {
    const { settings: found, production, django } = await shown("DEBUG = True\n");
    expect(found.DEBUG.value).toBe(true);
    expect(production).toBe("the repository as it stands, where DEBUG is on");
    expect(django.checks).toContain("security.W018");
  });

  test("has Django's checks of the version that --django names", async () => {
    const code = 'MAILERS = {}\nSECURE_CSP = ""\n';
    expect((await shown(code, { django: "6.1" })).django.checks).toEqual(
      expect.arrayContaining(["mail.W001", "security.E026"]),
    );
    const { django, djangoVersion } = await shown(code, { django: "4.2" });
    expect(djangoVersion).toBe("4.2");
    expect(django.checks).not.toContain("mail.W001");
  });

  test("ends as the traceback would, and with 1, where the import fails", async () => {
    const failed = await shown('import os\nA = 1\nKEY = os.environ["KEY"]\n', { env: new Map() });
    expect(failed.import).toEqual({
      ok: false,
      error: "KeyError",
      message: "'KEY'",
      at: expect.objectContaining({ file: "shop/settings.py", line: 3 }),
      certain: true,
    });
    expect([failed.exit, failed.settings, failed.django.checks]).toEqual([1, {}, []]);
    expect(failed.environment.variables).toEqual({ KEY: { state: "unset", by: null } });
  });

  test("ends as Django does where it refuses what the module sets", async () => {
    const refused = await shown('ALLOWED_HOSTS = "*"\n');
    expect(refused.import).toMatchObject({
      ok: false,
      error: "ImproperlyConfigured",
      message: "The ALLOWED_HOSTS setting must be a list or a tuple.",
      at: { file: "shop/settings.py", line: 1 },
    });
    expect([refused.exit, refused.settings]).toEqual([1, {}]);
  });

  test("takes a given environment at its word, whatever module --settings names", async () => {
    const code = 'import os\nNAMED = os.environ["DJANGO_SETTINGS_MODULE"]\n';
    const env = new Map([["DJANGO_SETTINGS_MODULE", "shop.other"]]);
    expect(await value(code, "NAMED", { settings: "shop.settings", env })).toBe("shop.other");
    expect(await value(code, "NAMED", { settings: "shop.settings", env: new Map() })).toBe("shop.settings");
  });

  test("has the import of a module that is not there fail, too", async () => {
    const { import: outcome } = await shown("A = 1\n", { settings: "shop.absent" });
    expect(outcome).toMatchObject({ error: "ModuleNotFoundError", message: "No module named 'shop.absent'" });
  });

  test("is as the example in its documentation", () => {
    const [, example = ""] =
      /```json\n([\s\S]*?)```/.exec(readFileSync("docs/settings-json.md", "utf8")) ?? [];
    expect(validate(JSON.parse(example)), JSON.stringify(validate.errors)).toBe(true);
  });
});

describe("which settings", () => {
  test("those that the project sets, sorted; with --all Django's defaults, too", async () => {
    const code = "B = 1\nA = 2\n_C = 3\nlower = 4\nMixed = 5\n";
    expect(Object.keys((await shown(code)).settings)).toEqual(["A", "B", "_C"]);
    const { settings: all } = await shown(code, { all: true });
    expect(all.X_FRAME_OPTIONS).toEqual({
      state: "known",
      value: "DENY",
      reason: null,
      at: null,
      env: [],
      explicit: false,
    });
    expect(all.A.explicit).toBe(true);
    expect(all.SECURE_CSP).toBeUndefined();
  });

  test("just those that --only names, set or not", async () => {
    const { settings: found } = await shown("A = 1\nB = 2\n", { only: ["USE_TZ", "A"] });
    expect(Object.keys(found)).toEqual(["A", "USE_TZ"]);
  });

  test("without any database Django has a dummy", async () => {
    const dummy = { default: { ENGINE: "django.db.backends.dummy" } };
    expect(await value("A = 1\n", "DATABASES", { all: true })).toEqual(dummy);
    expect(await value("DATABASES = {}\n", "DATABASES")).toEqual(dummy);
  });
});

describe("secrets are not shown", () => {
  const masked = { $secret: { length: 12, unique: 12, prefix: null } };
  const text = "hunter2-abcd";

  test.each([
    ["SECRET_KEY", `"${text}"`, masked],
    ["SECRET_KEY", `b"${text}"`, masked],
    [
      "SECRET_KEY",
      '"django-insecure-a"',
      { $secret: { length: 17, unique: 13, prefix: "django-insecure-" } },
    ],
    ["SECRET_KEY_FALLBACKS", `["${text}"]`, [masked]],
    ["EMAIL_HOST_PASSWORD", `"${text}"`, masked],
    ["STRIPE", `{"api-key": "${text}", "account": "me"}`, { "api-key": masked, account: "me" }],
    ["API_KEYS", `{"maps": "${text}"}`, { maps: masked }],
    [
      "SIMPLE_JWT",
      `{"signingKey": "${text}", "ALGORITHM": "HS256"}`,
      { signingKey: masked, ALGORITHM: "HS256" },
    ],
    ["SOME_API", '"k3j4h5g6f7d8"', masked],
    ["THING", '"AKIAABCDEFGHIJKLMNOP"', { $secret: { length: 20, unique: 16, prefix: null } }],
    ["BROKER", `"amqp://me:${text}@mq/x"`, "amqp://me:************@mq/x"],
    ["CONNECTION", `"Host=db;Password=${text};Port=1"`, "Host=db;Password=************;Port=1"],
    ["LINK", `"https://example.com/?token=${text}&a=1"`, "https://example.com/?token=************&a=1"],
  ])("%s = %s", async (name, code, wanted) => {
    const { stdout } = await settings(request(`${name} = ${code}\n`));
    expect(stdout).not.toContain("hunter2");
    expect(await value(`${name} = ${code}\n`, name)).toEqual(wanted);
    const table = await settings(request(`${name} = ${code}\n`, { format: "table" }));
    expect(table.stdout).not.toContain("hunter2");
  });

  test.each([
    ["SECRET_KEY", '""', ""],
    [
      "PASSWORD_HASHERS",
      '["django.contrib.auth.hashers.Argon2PasswordHasher"]',
      ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    ],
    ["CSRF_HEADER_NAME", '"HTTP_X_CSRFTOKEN"', "HTTP_X_CSRFTOKEN"],
    ["CACHES", '{"default": {"KEY_PREFIX": "shop"}}', { default: { KEY_PREFIX: "shop" } }],
    ["API_URL", '"https://api.example.com/v1"', "https://api.example.com/v1"],
    ["PASSWORD_RESET_TIMEOUT", "3600", 3600],
    ["AUTH_USER_MODEL", '"shop.User"', "shop.User"],
  ])("but %s = %s is none", async (name, code, wanted) => {
    expect(await value(`${name} = ${code}\n`, name)).toEqual(wanted);
  });

  test("nor in what an exception says, nor where a given one comes up", async () => {
    const raised = await shown('raise ValueError("cannot reach postgres://me:hunter2-abcd@db/x")\n');
    expect(JSON.stringify(raised)).not.toContain("hunter2");
    const given = await settings(
      request('import os\nLABEL = "v" + os.environ["TOKEN"]\n', {
        env: new Map([["TOKEN", "hunter2-1234"]]),
      }),
    );
    expect(given.stdout).not.toContain("hunter2");
  });
});

describe("deploy-check settings --format table", () => {
  test("is as Python writes it, with where it comes from", async () => {
    const code = `import os
from pathlib import Path
SECRET_KEY = "${key}"
DEBUG = False
ROOT = Path("/opt/shop")
PAIR = (1, None)
ONE = (1,)
NOTHING = set()
NAMES = {"a"}
HOST = os.environ["HOST"]
LONG = ["one.long.dotted.name.of.something", "another.long.dotted.name.of.something"]
NESTED = {"default": {"ENGINE": "django.db.backends.postgresql", "NAME": os.environ.get("DB", "shop")}}
EVIL = "\\x1b[2J"
`;
    const { stdout, code: exit } = await settings(request(code, { format: "table" }));
    expect(exit).toBe(0);
    expect(stdout).toMatchInlineSnapshot(`
      "  Settings       shop.settings: manage.py defaults to it
        Django         5.2
        Environment    the repository as it stands, where DEBUG is off
        Taken as set   $HOST
        System checks  security.W001, security.W002, security.W003, security.W020

      DEBUG = False  # shop/settings.py:4
      EVIL = "\\u001b[2J"  # shop/settings.py:13
      HOST = <unknown: it is read from the environment variable HOST>
          # shop/settings.py:10 $HOST
      LONG = [
          "one.long.dotted.name.of.something",
          "another.long.dotted.name.of.something",
      ]  # shop/settings.py:11
      NAMES = {"a"}  # shop/settings.py:9
      NESTED = {
          "default": {"ENGINE": "django.db.backends.postgresql", "NAME": "shop"},
      }  # shop/settings.py:12 $DB
      NOTHING = set()  # shop/settings.py:8
      ONE = (1,)  # shop/settings.py:7
      PAIR = (1, None)  # shop/settings.py:6
      ROOT = Path("/opt/shop")  # shop/settings.py:5
      SECRET_KEY = <a secret of 53 characters>  # shop/settings.py:3
      "
    `);
  });

  test("says why the import fails", async () => {
    const { stdout, code } = await settings(request("A = B\n", { format: "table", env: new Map() }));
    expect(stdout).toContain("shop/settings.py:1: NameError: name 'B' is not defined");
    expect(code).toBe(1);
  });
});

describe("wrong usage", () => {
  test.each([
    [{ django: "2.2" }, "--django wants a version from 3.2 on"],
    [{ django: "five" }, "--django wants a version from 3.2 on"],
    [{ only: ["NOTHING"] }, "--only names NOTHING, which neither the project nor Django sets"],
  ])("%j", async (details, message) => {
    await expect(settings(request("A = 1\n", details))).rejects.toThrow(message);
  });

  test("nothing recognised is 4, a project without settings too", async () => {
    const nothing = await settings(request("", { files: memoryFiles({ "index.html": "" }) }));
    expect([nothing.code, nothing.stdout]).toEqual([4, ""]);
    const none = await settings(request("", { files: memoryFiles({ "requirements.txt": "django\n" }) }));
    expect([none.code, none.stdout]).toEqual([4, ""]);
    expect(none.stderr).toContain("no settings module was found");
  });
});
