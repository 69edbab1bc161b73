import { describe, expect, test } from "vitest";
import { flaskShop } from "../../../src/checks/example-apps.ts";
import proxyfix from "../../../src/checks/frameworks/flask-proxyfix.ts";
import { brief, runOn } from "../../support/run-on.ts";

const app = flaskShop["app.py"] ?? "";

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
