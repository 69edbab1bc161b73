import { describe, expect, test } from "vitest";
import { flaskShop } from "../../../src/checks/example-apps.ts";
import secretKey from "../../../src/checks/frameworks/flask-secret-key.ts";
import { brief, runOn } from "../../support/run-on.ts";

const app = flaskShop["app.py"] ?? "";

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
