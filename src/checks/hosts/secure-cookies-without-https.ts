import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const names = ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"];
const project = (ssl: string) => ({
  ...shop,
  Dockerfile:
    'FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["gunicorn", "--bind", "0.0.0.0:80", "shop.wsgi"]\n',
  "config/deploy.yml": `service: shop\nimage: shop/shop\nservers:\n  - 192.0.2.1\n${ssl}`,
  "shop/settings.py": `${shop["shop/settings.py"]}SESSION_COOKIE_SECURE = True\n`,
});

export default defineCheck({
  id: "secure-cookies-without-https",
  title: "What needs HTTPS is served over HTTPS",
  area: "hosts",
  severity: "error",
  needs: ["settings", "httpsSeen"],
  docs: {
    why: "A browser sends a secure cookie over HTTPS only. Where the deployment serves plain HTTP, the login form comes back without an error, forms answer 403 because their cookie is missing, and SECURE_SSL_REDIRECT leads to a port on which nobody listens.",
    fix: "Let the deployment take HTTPS. With Kamal:\n\n```yaml\nproxy:\n  ssl: true\n  host: shop.example.com\n```",
    bad: project("proxy:\n  ssl: false\n  forward_headers: false\n"),
    good: project("proxy:\n  ssl: true\n  host: shop.example.com\n"),
    notReported: [
      "A deployment of which no file says where HTTPS ends: a load balancer may take it.",
      "Settings that are off, which is right over plain HTTP.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/security/#ssl-https"],
  },
  *run({ settings, httpsSeen }) {
    if (httpsSeen.kind !== "plain")
      return yield httpsSeen.kind === "unknown"
        ? notApplicable(`no file says that plain HTTP is served: ${httpsSeen.because}`)
        : evidence("HTTPS is served");
    for (const name of names) {
      const setting = settings.get(name);
      if (truthOf(setting.value) !== true || setting.otherwise.length > 0) continue;
      yield fails(
        name === "SECURE_SSL_REDIRECT"
          ? `${name} leads away from the only address that answers: ${httpsSeen.because}`
          : `${name} keeps the cookie from ever being sent: ${httpsSeen.because}`,
        { at: setting.at },
      );
    }
    yield evidence("no setting asks for HTTPS");
  },
});
