import { describe, expect, test } from "vitest";
import { flaskShop } from "../../../src/checks/example-apps.ts";
import debug from "../../../src/checks/frameworks/flask-debug.ts";
import proxyfix from "../../../src/checks/frameworks/flask-proxyfix.ts";
import secretKey from "../../../src/checks/frameworks/flask-secret-key.ts";
import devServer from "../../../src/checks/processes/dev-server-in-production.ts";
import { brief, runOn } from "../../support/run-on.ts";

const app = flaskShop["app.py"] ?? "";
const { Procfile: _procfile, ...withoutProcfile } = flaskShop;
const ends = (run: string) => `${app}\n\nif __name__ == "__main__":\n    ${run}\n`;
const python = (run: string) => ({ ...flaskShop, "app.py": ends(run), Procfile: "web: python app.py\n" });

describe("flask-debug", () => {
  test.each<[string, Record<string, string>]>([
    ["app.run(debug=True)", python('app.run(host="0.0.0.0", debug=True)')],
    ["app.debug before it", python('app.debug = True\n    app.run(host="0.0.0.0")')],
    ["flask run --debug", { ...flaskShop, Procfile: "web: flask run --debug --host 0.0.0.0\n" }],
    ["FLASK_DEBUG before flask run", { ...flaskShop, Procfile: "web: FLASK_DEBUG=1 flask run -h 0.0.0.0\n" }],
    [
      "ENV FLASK_DEBUG in the image",
      {
        ...withoutProcfile,
        Dockerfile:
          'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nENV FLASK_DEBUG=1\nCMD ["flask", "run", "--host", "0.0.0.0"]\n',
      },
    ],
  ])("%s, and one finding for it", async (_, files) => {
    expect(brief(await runOn(debug, files))).toEqual([
      expect.stringMatching(
        /^error certain \S+ the web process starts Flask's development server with its deb/,
      ),
    ]);
    expect((await runOn(devServer, files)).reason).toContain("flask-debug reports it");
  });

  test("debug that is on unless a variable says otherwise", async () => {
    const files = python('app.run(host="0.0.0.0", debug=os.environ.get("APP_DEBUG", "1") == "1")');
    const result = await runOn(debug, files);
    expect(result.findings[0]).toMatchObject({ certainty: "conditional", when: ["$APP_DEBUG is unset"] });
  });

  test("debug behind gunicorn is a warning", async () => {
    const files = { ...flaskShop, "app.py": `${app}\napp.debug = True\n` };
    expect(brief(await runOn(debug, files))).toEqual([
      "warning certain app.py:14:13 Flask's DEBUG is on under gunicorn: an error passes every handler of errors",
    ]);
  });

  test("a configuration for development that a variable replaces", async () => {
    const files = {
      ...flaskShop,
      "config.py":
        'import os\n\nclass Base:\n    SECRET_KEY = os.environ["SECRET_KEY"]\n\nclass Development(Base):\n    DEBUG = True\n\nclass Production(Base):\n    pass\n\nconfig = {"development": Development, "production": Production}\n',
      "app.py":
        'import os\nfrom flask import Flask\nfrom config import config\n\ndef create_app(name):\n    app = Flask(__name__)\n    app.config.from_object(config[name])\n    return app\n\napp = create_app(os.getenv("FLASK_CONFIG") or "development")\n',
    };
    const result = await runOn(debug, files);
    expect(result.findings[0]).toMatchObject({ severity: "warning", when: ["$FLASK_CONFIG is unset"] });
    const command = "web: FLASK_CONFIG=production gunicorn app:app\n";
    expect((await runOn(debug, { ...files, Procfile: command })).status).toBe("passed");
    expect((await runOn(debug, files, { env: { FLASK_CONFIG: "production", SECRET_KEY: "x" } })).status).toBe(
      "passed",
    );
  });

  test.each<[string, Record<string, string>]>([
    [
      "app.run(debug=True) that gunicorn does not start",
      { ...flaskShop, "app.py": ends("app.run(debug=True)") },
    ],
    ["the development server without debug", python('app.run(host="0.0.0.0")')],
    ["debug that is off by default", python('app.run(debug=os.environ.get("APP_DEBUG") == "1")')],
    ["debug without its debugger", python("app.run(debug=True, use_debugger=False)")],
    ["flask run", { ...flaskShop, Procfile: "web: flask run --host 0.0.0.0\n" }],
    ["FLASK_DEBUG=0", { ...flaskShop, Procfile: "web: FLASK_DEBUG=0 flask run --host 0.0.0.0\n" }],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(debug, files)).status).toBe("passed");
  });
});

const keyed = (line: string, more: Record<string, string> = {}) => ({
  ...flaskShop,
  "app.py": app.replace('app.config["SECRET_KEY"] = os.environ["SECRET_KEY"]', line),
  ...more,
});

describe("flask-secret-key", () => {
  test.each<[string, string]>([
    [
      'app.secret_key = "dev"',
      "error certain app.py:6:18 Flask's SECRET_KEY is written in the code: a text of 3 characters",
    ],
    [
      'app.secret_key = b"abc"',
      "error certain app.py:6:18 Flask's SECRET_KEY is written in the code: a text of 3 characters",
    ],
    [
      'app.config.update(SECRET_KEY="dev")',
      "error certain app.py:6:30 Flask's SECRET_KEY is written in the code: a text of 3 characters",
    ],
    [
      'app.secret_key = os.environ.get("APP_KEY", "dev")',
      "error conditional app.py:6:44 Flask's SECRET_KEY is from the code when $APP_KEY is unset: a text of 3 characters",
    ],
    [
      "app.secret_key = os.urandom(24)",
      "warning certain app.py:6:18 Flask's SECRET_KEY is made anew by each process and at each start",
    ],
    [
      "pass",
      "error certain app.py:5:7 Flask has no SECRET_KEY, and app.py writes to the session, which then fails",
    ],
  ])("%s", async (line, expected) => {
    expect(brief(await runOn(secretKey, keyed(line)))).toEqual([expected]);
  });

  test("the fix is the line as it is written there", async () => {
    const files = keyed('app.config.from_object("config")', {
      "config.py": 'import os\nSECRET_KEY = "dev"\n',
    });
    const [finding] = (await runOn(secretKey, files)).findings;
    expect(finding).toMatchObject({
      at: { file: "config.py", line: 2 },
      fix: 'SECRET_KEY = os.environ["SECRET_KEY"]',
    });
  });

  test("a key that signs nothing is advice", async () => {
    const files = {
      ...flaskShop,
      "app.py": 'from flask import Flask\n\napp = Flask(__name__)\napp.secret_key = "dev"\n',
    };
    expect(brief(await runOn(secretKey, files))[0]).toMatch(/^info certain/);
  });

  test.each<[string, Record<string, string>]>([
    ["a variable that may be unset", keyed('app.secret_key = os.environ.get("SECRET_KEY")')],
    ["a file that is not there", keyed('app.config.from_pyfile("secret.cfg")')],
    [
      "another configuration, chosen by a variable of the platform",
      keyed('app.secret_key = os.environ["KEY"] if "PORT" in os.environ else "dev"'),
    ],
    [
      "a key that is replaced later",
      keyed('app.secret_key = "dev"\napp.config["SECRET_KEY"] = os.environ["SECRET_KEY"]'),
    ],
    [
      "a key that a function of the project fetches",
      keyed("import vault\napp.secret_key = vault.read('key')"),
    ],
    [
      "a key that a library brings",
      keyed("from keys import load\napp.secret_key = load()", {
        "keys.py": "import boto3\ndef load():\n    return boto3.client('x').get()\n",
      }),
    ],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(secretKey, files)).findings).toEqual([]);
  });

  test("no session, no key", async () => {
    const files = { ...flaskShop, "app.py": "from flask import Flask\n\napp = Flask(__name__)\n" };
    expect((await runOn(secretKey, files)).reason).toBe("nothing is seen to keep a session");
  });

  test("a key in a factory that the server calls", async () => {
    const files = {
      ...flaskShop,
      "app.py":
        'from flask import Flask, session\n\ndef create_app():\n    app = Flask(__name__)\n    app.secret_key = "dev"\n    return app\n\ndef view():\n    session["a"] = 1\n',
      Procfile: "web: gunicorn 'app:create_app()'\n",
    };
    expect(brief(await runOn(secretKey, files))[0]).toMatch(/^error certain app.py:5:22/);
  });
});

describe("flask-proxyfix", () => {
  const invite = '\n\n@app.get("/invite")\ndef invite():\n    return url_for("index", _external=True)\n';
  const limited =
    "\nfrom flask_limiter import Limiter\nfrom flask_limiter.util import get_remote_address\nlimiter = Limiter(get_remote_address, app=app)\n";
  const fly = {
    "fly.toml": 'app = "shop"\n\n[http_service]\ninternal_port = 8080\n',
    Dockerfile:
      'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:8080", "app:app"]\n',
  };
  const heroku = { "app.json": '{ "stack": "heroku-24" }\n' };
  const with_ = (more: string, on: Record<string, string>) => ({ ...flaskShop, ...on, "app.py": app + more });

  test.each<[string, Record<string, string>, RegExp]>([
    [
      "whole addresses",
      with_(invite, fly),
      /^warning certain app.py:5:7 app.py makes whole addresses, and Flask takes/,
    ],
    [
      "a limit by address",
      with_(limited, heroku),
      /^warning certain app.py:5:7 app.py counts requests by address/,
    ],
  ])("%s", async (_, files, expected) => {
    expect(brief(await runOn(proxyfix, files))[0]).toMatch(expected);
  });

  test.each<[string, Record<string, string>]>([
    ["Heroku, whose server believes the router", with_(invite, heroku)],
    ["nothing that needs it", with_("", fly)],
    ["no platform that is known", with_(invite, {})],
    [
      "ProxyFix",
      with_(
        `${invite}\nfrom werkzeug.middleware.proxy_fix import ProxyFix\napp.wsgi_app = ProxyFix(app.wsgi_app)\n`,
        fly,
      ),
    ],
    [
      "something else around it",
      with_(`${invite}\nimport other\napp.wsgi_app = other.Wrap(app.wsgi_app)\n`, fly),
    ],
  ])("%s is not reported", async (_, files) => {
    expect((await runOn(proxyfix, files)).findings).toEqual([]);
  });
});
