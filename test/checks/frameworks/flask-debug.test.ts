import { describe, expect, test } from "vitest";
import { flaskShop } from "../../../src/checks/example-apps.ts";
import debug from "../../../src/checks/frameworks/flask-debug.ts";
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
