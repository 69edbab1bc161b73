import { describe, expect, test } from "vitest";
import { evaluate, result, type Setting, world } from "./evaluation.ts";

// What no real library can be asked: values that nobody sees, and where they come from.

const prelude = `import os, sys, json, re, datetime, environ, dj_database_url, socket, secrets, uuid
from pathlib import Path
from decouple import config, Csv, Choices
from environs import Env
from configurations import values
env = environ.Env()
e = Env()
`;

function run(code: string, setting: Setting = {}) {
  return evaluate(`${prelude}${code.includes("RESULT") ? code : `RESULT = ${code}`}\n`, setting);
}

const set: Setting = { env: { X: null } };
const unseen = (type?: string) => ({
  $opaque: "is read from the environment variable X",
  cause: "environment",
  ...(type !== undefined && { type }),
});

describe("a variable that is set to something", () => {
  test.each([
    ['os.environ["X"]', "str"],
    ['os.environ.get("X", "d")', "str"],
    ['env("X")', "str"],
    ['env.bool("X", default=False)', "bool"],
    ['env("X", default=True)', "bool"],
    ['env.int("X")', "int"],
    ['env.list("X", default=[])', "list"],
    ['env.tuple("X")', "tuple"],
    ['env.dict("X")', "dict"],
    ['env.cache("X")', "dict"],
    ['env.url("X")', "ParseResult"],
    ['environ.Env(X=(bool, True))("X")', "bool"],
    ['config("X")', "str"],
    ['config("X", cast=bool)', "bool"],
    ['config("X", cast=int)', "int"],
    ['config("X", default="a,b", cast=Csv())', "list"],
    ['config("X", cast=Csv(post_process=tuple))', "tuple"],
    ['e.str("X")', "str"],
    ['e.bool("X", False)', "bool"],
    ['e.list("X")', "list"],
    ['values.BooleanValue(False, environ_name="X", environ_prefix=None)', "bool"],
    ['values.ListValue([], environ_name="X", environ_prefix=None)', "list"],
    ['os.path.join("/a", os.environ["X"])', "str"],
    ['Path(os.environ["X"])', "PosixPath"],
    ['Path("/a") / os.environ["X"]', "PosixPath"],
  ])("%s is a %s that is not known", (code, type) => {
    const ended = run(code, set);
    expect(result(ended)).toEqual(unseen(type));
    expect(ended.names.get("RESULT")?.env).toEqual(["X"]);
  });

  test("a database keeps what the arguments decide", () => {
    const ended = run('dj_database_url.config("X", conn_max_age=600, ssl_require=True)', set);
    const database = Object.fromEntries((result(ended) as { $dict: [string, unknown][] }).$dict);
    expect(database).toMatchObject({ ENGINE: unseen("str"), CONN_MAX_AGE: 600, CONN_HEALTH_CHECKS: false });
    const value = ended.names.get("RESULT")?.value;
    expect(value?.kind === "dict" && value.open?.cause).toBe("environment");
  });

  test("a database of django-environ can be added to", () => {
    const ended = run('DB = env.db("X"); DB["ATOMIC_REQUESTS"] = True; RESULT = DB["ATOMIC_REQUESTS"]', set);
    expect(result(ended)).toBe(true);
  });
});

describe("a variable that is unset", () => {
  test.each([
    ['os.environ.get("X", "d")', "d"],
    ['os.environ.get("X", default="d")', "d"],
    ['env("X", default="d")', "d"],
    ['env.list("X", default=["d"])', ["d"]],
    ['config("X", default="d")', "d"],
    ['config("X", default="True", cast=bool)', true],
    ['e.str("X", "d")', "d"],
  ])("%s is the default, where it stands", (code, answer) => {
    const ended = run(code);
    const column = `RESULT = ${code}`.search(/\["d"\]|"d"|"True"/) + 1;
    expect(result(ended)).toEqual(answer);
    expect(ended.names.get("RESULT")?.value).toMatchObject({
      env: ["X"],
      at: { line: 8, column },
    });
  });

  test.each([
    ['os.environ["X"]', "KeyError", "'X'"],
    ['env("X")', "ImproperlyConfigured", "Set the X environment variable"],
    ['env.db("X")', "ImproperlyConfigured", "Set the X environment variable"],
    ['config("X")', "UndefinedValueError", "X not found. Declare it as envvar or define a default value."],
    ['e("X")', "EnvNotSetError", 'Environment variable "X" not set'],
    [
      'values.SecretValue(environ_name="X", environ_prefix=None)',
      "ValueError",
      "Value 'X' is required to be set as the environment variable 'X'",
    ],
  ])("%s raises, because of that variable", (code, error, message) => {
    const ended = run(code);
    expect(ended.outcome).toMatchObject({ kind: "raised", error, message, env: ["X"] });
    expect(ended.reads).toContainEqual(expect.objectContaining({ name: "X", fallback: undefined }));
  });

  test("a default is not changed through what was made of it", () => {
    const ended = run('D = ["d"]\nHOSTS = env.list("X", default=D)\nHOSTS.append("e")\nRESULT = (D, HOSTS)');
    expect(result(ended)).toEqual({ $tuple: [["d"], ["d", "e"]] });
  });
});

describe("texts worth trying", () => {
  test.each([
    ['env.bool("X", default=False)', ["True", "False"]],
    ['env("X", default=False)', ["True", "False"]],
    ['config("X", default=False, cast=bool)', ["True", "False"]],
    ['e.bool("X", False)', ["True", "False"]],
    ['values.BooleanValue(False, environ_name="X", environ_prefix=None)', ["True", "False"]],
    ['json.loads(os.environ["X"])', ["true", "false"]],
    ['config("X", default="dev", cast=Choices(["dev", "prod"]))', ["dev", "prod"]],
    ['env.str("X", choices=("dev", "prod"), default="dev")', ["dev", "prod"]],
  ])("%s", (code, texts) => {
    const scenario = code.includes("environ[") ? set : {};
    expect([...(run(code, scenario).candidates.get("X") ?? [])]).toEqual(texts);
  });
});

describe("what the machine decides", () => {
  test.each([
    [
      'Path("/run/secrets/key").exists()',
      "depends on whether /run/secrets/key exists on the machine it runs on",
    ],
    ['os.path.isdir("/var/log")', "depends on whether /var/log exists on the machine it runs on"],
    ["socket.gethostname()", "depends on the machine it runs on"],
    ["os.cpu_count()", "depends on the machine it runs on"],
    ['os.path.expanduser("~/x")', "depends on the machine it runs on"],
    ["Path.home()", "depends on the machine it runs on"],
    ["secrets.token_urlsafe(50)", "is generated anew at every start"],
    ["str(uuid.uuid4())", "is generated anew at every start"],
    ["datetime.datetime.now()", "is generated anew at every start"],
    ['__import__("subprocess").check_output(["git"])', "runs another program"],
    ['__import__("requests").get("http://x")', "asks a server"],
  ])("%s %s", (code, because) => {
    expect(result(run(code))).toMatchObject({ $opaque: because, cause: "unmodelled" });
  });

  test("the folders above the project exist", () => {
    expect(result(run('os.path.isdir("/")'))).toBe(true);
  });
});

describe("what does not end", () => {
  test.each([
    ['re.match(r"(a+)+$", "a" * 40 + "b")'],
    ['re.match(r"(a|aa)+$", "a" * 60 + "b")'],
    ['re.match(r"(?:a?){40}a{40}", "a" * 40)'],
    ['re.search(r"a*a*a*a*a*a*b", "a" * 3000)'],
  ])("%s is not evaluated", (code) => {
    const started = performance.now();
    expect(result(run(code))).toMatchObject({ cause: "unmodelled" });
    expect(performance.now() - started).toBeLessThan(2000);
  });

  test("aliases of a YAML file that multiply", () => {
    const levels = Array.from(
      { length: 12 },
      (_, n) => `l${n + 1}: &l${n + 1} [${Array(9).fill(`*l${n}`).join(", ")}]`,
    );
    const bomb = ["l0: &l0 [x, x]", ...levels].join("\n");
    const ended = run('import yaml\nRESULT = len(yaml.safe_load(open("bomb.yaml")))', {
      files: { "bomb.yaml": bomb },
    });
    expect(result(ended)).toMatchObject({ $opaque: "repeats parts of a YAML file too often" });
  });

  test("an option of an INI file that fills itself in", () => {
    const text = "[a]\nx = %(y)s%(y)s\ny = %(x)s%(x)s\n";
    const ended = run(
      'import configparser\nc = configparser.ConfigParser()\nc.read("a.ini")\nRESULT = c["a"]["x"]',
      { files: { "a.ini": text } },
    );
    expect(result(ended)).toMatchObject({ cause: "unmodelled" });
  });

  test("deep JSON", () => {
    expect(result(run('json.loads("[" * 100000)'))).toMatchObject({ $stopped: expect.anything() });
  });

  test("a pattern with many stars", () => {
    const started = performance.now();
    run('import fnmatch\nRESULT = fnmatch.fnmatch("a" * 2000, "*a" * 30 + "b")');
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe("versions", () => {
  const import_ = "from django.utils.translation import ugettext_lazy as _\nRESULT = _('x')";
  test("a name that Django 4 dropped cannot be imported", () => {
    expect(result(run(import_))).toMatchObject({ $raises: "ImportError" });
  });
  test("before, it can", () => {
    expect(result(run(import_, { world: { djangoVersion: "3.2.1" } }))).toBe("x");
  });
  test("if the version is not known, it is taken to be old enough", () => {
    expect(result(run(import_, { world: { djangoVersion: undefined } }))).toBe("x");
  });
  test("Python's version decides by its first two numbers", () => {
    expect(result(run("(sys.version_info >= (3, 8), sys.version_info.minor, sys.version_info[:2])"))).toEqual(
      {
        $tuple: [true, 11, { $tuple: [3, 11] }],
      },
    );
    expect(
      result(run("sys.version_info >= (3, 8)", { world: { ...world, pythonVersion: undefined } })),
    ).toMatchObject({ cause: "unmodelled" });
  });
  test.each([
    "sys.version_info >= (3, 9)",
    "sys.version_info[:2] > (3, 9)",
    "(3, 8) <= sys.version_info",
    "sys.version_info.minor > 9",
    "sys.version_info[1] > 9 and sys.version_info[0] == 3",
    "not sys.version_info < (3, 12)",
  ])("a Python that is not known is taken to be a modern one: %s", (asked) => {
    const code = `import sys\nif ${asked}:\n    RESULT = 'modern'\nelse:\n    raise RuntimeError('old')`;
    expect(result(evaluate(code, { world: { pythonVersion: undefined } }))).toBe("modern");
  });
  test("names that nobody knows come through locals() as through a star import", () => {
    const code =
      "from shop_settings import common\nA = 1\nlocals().update(common(project='x'))\nHERE = MIDDLEWARE\nRESULT = 1";
    const { outcome, names, open } = evaluate(code);
    expect(outcome.kind).toBe("completed");
    expect(names.get("A")?.value).toMatchObject({ value: 1n });
    expect(names.get("HERE")?.value.kind).toBe("opaque");
    expect(open).toBeDefined();
  });
  test("a library that brings its own settings brings none of Django's", () => {
    const code = "from oscar.defaults import *\nRESULT = OSCAR_DASHBOARD_NAVIGATION";
    const { names, open } = evaluate(code);
    expect(names.get("RESULT")?.value.kind).toBe("opaque");
    expect(open).toBeUndefined();
  });
  test("a class may derive from what a library's object holds", () => {
    const code =
      "import celery\napp = celery.Celery('x')\nclass Task(app.Task):\n    retries = 5\napp.Task = Task\nRESULT = Task.retries";
    expect(result(evaluate(code))).toBe(5);
  });
  test.each([
    ["SPACE", { SPACE: "prod" }, "prod"],
    ["SPACE", {}, "fallback"],
    ["KEY", { KEY: "of the environment" }, "of a service"],
  ])("cfenv looks for %s in the services and then in %o", (key, env, expected) => {
    const VCAP_SERVICES = JSON.stringify({ "user-provided": [{ credentials: { KEY: "of a service" } }] });
    const code = `import cfenv\nRESULT = cfenv.AppEnv().get_credential("${key}", "fallback")`;
    expect(result(evaluate(code, { env: { ...env, VCAP_SERVICES } }))).toBe(expected);
  });
  test("cfenv's default may be unknown where it is not needed", () => {
    const code = "import cfenv, secrets\nRESULT = cfenv.AppEnv().get_credential('KEY', secrets.token_hex())";
    expect(result(evaluate(code, { env: { KEY: "k" } }))).toBe("k");
  });
  test.each([
    [{}, "/tmp"],
    [
      { TMPDIR: "/scratch" },
      { $opaque: "depends on the machine it runs on", cause: "unmodelled", type: "str" },
    ],
  ])("the temporary folder with %o", (env, expected) => {
    expect(result(evaluate("import tempfile\nRESULT = tempfile.gettempdir()", { env }))).toEqual(expected);
  });
  describe("dynaconf", () => {
    const code = "import dynaconf\nRESULT = True\nsettings = dynaconf.DjangoDynaconf(__name__)";
    test("a variable that is set to something decides", () => {
      expect(result(evaluate(code, { env: { DJANGO_RESULT: null } }))).toMatchObject({
        cause: "environment",
      });
    });
    test("one that is not given leaves what the module sets, and is named", () => {
      const value = evaluate(code).names.get("RESULT")?.value;
      expect(value).toMatchObject({ kind: "bool", value: true });
      expect(value?.env).toContain("DJANGO_RESULT");
    });
    test("an environment that nobody sees hides what its tables set", () => {
      const files = { "shop/settings.toml": "[production]\nRESULT = false\n[default]\nOTHER = 1\n" };
      const run = evaluate(code, { files, env: { DJANGO_ENV: null } });
      expect(result(run)).toMatchObject({ cause: "environment" });
      expect(run.names.get("OTHER")?.value).toMatchObject({ kind: "int" });
      expect([...(run.candidates.get("DJANGO_ENV") ?? [])]).toEqual(["production"]);
    });
    test("a setting that dynaconf lacks names the variable that would set it", () => {
      const { outcome } = evaluate(
        "from dynaconf import Dynaconf\nRESULT = Dynaconf(envvar_prefix='APP').KEY",
      );
      expect(outcome).toMatchObject({ kind: "raised", error: "AttributeError", env: ["APP_KEY"] });
    });
    test.each([
      ["Dynaconf(A='@jinja {% if x %}y{% endif %}').A", "is written by a Jinja template"],
      ["Dynaconf(A=1).inspect_settings", "uses inspect_settings of dynaconf, which is not modelled"],
    ])("%s is unknown", (expression, because) => {
      expect(result(evaluate(`from dynaconf import Dynaconf\nRESULT = ${expression}`))).toMatchObject({
        $opaque: because,
      });
    });
  });
});

describe("files of the project", () => {
  test("the working folder is where manage.py is", () => {
    const setting: Setting = {
      world: { path: ["backend", ""] },
      files: { "backend/manage.py": "", "backend/x.txt": "" },
    };
    expect(result(run('(os.getcwd(), os.path.exists("x.txt"))', setting))).toEqual({
      $tuple: ["/srv/deploy-check/project/backend", true],
    });
  });
  test("a .env file above the project is nobody's", () => {
    const ended = run("from dotenv import load_dotenv\nRESULT = load_dotenv()");
    expect(result(ended)).toBe(false);
  });
  test("a settings class is the settings", () => {
    const code = `class Base(__import__("configurations").Configuration):
    DEBUG = values.BooleanValue(True)
    HOSTS = values.ListValue(["a"])
    @property
    def LOUD(self):
        return not self.DEBUG
class Production(Base):
    DEBUG = False
    SECRET_KEY = values.SecretValue()
RESULT = 1`;
    const setting: Setting = {
      env: { DJANGO_CONFIGURATION: "Production", DJANGO_SECRET_KEY: "s3cret", DJANGO_HOSTS: "x,y" },
    };
    const ended = run(code, setting);
    const names = Object.fromEntries(
      ["DEBUG", "HOSTS", "LOUD", "SECRET_KEY"].map((name) => [name, ended.names.get(name)?.value]),
    );
    expect(names).toMatchObject({
      DEBUG: { value: false },
      HOSTS: { items: [{ value: "x" }, { value: "y" }] },
      LOUD: { value: true },
      SECRET_KEY: { value: "s3cret" },
    });
    expect(ended.candidates.get("DJANGO_CONFIGURATION")).toEqual(new Set(["Base", "Production"]));
  });
});
