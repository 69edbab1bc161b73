import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { flaskShop } from "../example-apps.ts";

/** What is told the outside world with the scheme and the host of the request. */
const external =
  /\b_external\s*=\s*True|\bflask_dance\b|authlib\.integrations\.flask_client|\brequest\.(?:url_root|host_url|base_url)\b/;
/** What counts requests by the address that they come from. */
const byAddress = /\bget_remote_address\b|\bget_ipaddr\b/;

export default defineCheck({
  id: "flask-proxyfix",
  title: "Flask learns from the proxy how it was asked",
  area: "frameworks",
  severity: "warning",
  needs: ["pythonApp", "deployment", "webServer", "code"],
  docs: {
    why: "The platform's router ends TLS and asks the application by plain HTTP. Unless the server or the application believes its headers, addresses that Flask makes for others begin with `http://`: links in mails, and callbacks that a login provider then refuses. And every visitor has the router's address, so a limit of requests for each counts them all as one.",
    fix: "Wrap the application, with as many proxies as stand before it:\n\n```\nfrom werkzeug.middleware.proxy_fix import ProxyFix\n\napp.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)\n```",
    bad: {
      ...flaskShop,
      "fly.toml": 'app = "shop"\n\n[http_service]\ninternal_port = 8080\n',
      Dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:8080", "app:app"]\n',
      "app.py": `${flaskShop["app.py"]}\n\n@app.get("/invite")\ndef invite():\n    return url_for("index", _external=True)\n`,
    },
    good: {
      ...flaskShop,
      "fly.toml": 'app = "shop"\n\n[http_service]\ninternal_port = 8080\n',
      Dockerfile:
        'FROM python:3.13\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:8080", "app:app"]\n',
      "app.py": `${flaskShop["app.py"]}\nfrom werkzeug.middleware.proxy_fix import ProxyFix\n\napp.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)\n\n\n@app.get("/invite")\ndef invite():\n    return url_for("index", _external=True)\n`,
    },
    notReported: [
      "An application that makes no address for others and asks for nobody's: redirects are relative.",
      "A server that believes the router: gunicorn with `forwarded_allow_ips`, or on Heroku, which sets it.",
      "A platform of which it is not known that its router sets the header.",
      "An application that is wrapped into something else, which may do the same.",
    ],
    links: ["https://flask.palletsprojects.com/en/stable/deploying/proxy_fix/"],
  },
  *run({ pythonApp, deployment, webServer, code }) {
    if (pythonApp.framework !== "flask") return yield notApplicable("this is no Flask project");
    const { platform } = deployment;
    const { endsAt, header } = platform.tls;
    if (endsAt !== "edge" || header === undefined)
      return yield notApplicable(`${platform.name} is not known to set X-Forwarded-Proto`);
    const { flask } = pythonApp;
    if (!flask) return yield notApplicable("it is not known which application is served");
    if (flask.wrapped === "proxy-fix")
      return yield evidence("the application is wrapped in ProxyFix", flask.at);
    if (flask.wrapped !== undefined || code.mentioning(/\bProxyFix\b/).length > 0)
      return yield evidence("the application is wrapped, and what wraps it may read the headers", flask.at);
    if (webServer.development) return yield notApplicable(`${webServer.program} is a development server`);
    const fix =
      "from werkzeug.middleware.proxy_fix import ProxyFix\n\napp.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)";
    const [limiter] = code.mentioning(byAddress);
    const [maker] = code.mentioning(external);
    const { kind, because } = webServer.proxyTrust;
    const isDeaf = kind === "nobody" || kind === "same-machine";
    if (maker && isDeaf)
      return yield fails(
        `${maker.path} makes whole addresses, and Flask takes every request for http://: ${because}, and nothing wraps the application in ProxyFix`,
        { at: flask.at, fix },
      );
    if (limiter && webServer.program === "gunicorn")
      return yield fails(
        `${limiter.path} counts requests by address, and each has that of ${platform.name}'s router: nothing wraps the application in ProxyFix`,
        { at: flask.at, fix },
      );
    yield evidence(
      maker
        ? `the scheme is known without ProxyFix: ${because}`
        : "nothing is seen that needs the visitor's scheme or address",
      flask.at,
    );
  },
});
