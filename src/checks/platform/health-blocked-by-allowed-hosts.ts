import { defineCheck } from "../../check.ts";
import { allowedHosts } from "../../facts/django/allowed-hosts.ts";
import {
  answersHealthFirst,
  commonMiddleware,
  middlewareIn,
  securityMiddleware,
} from "../../facts/django/middleware.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { healthHeader } from "../../platforms/rules.ts";
import { shop } from "../example-shop.ts";

const healthMiddleware = `# shop/health.py, and "shop.health.HealthMiddleware" first in MIDDLEWARE
from django.http import HttpResponse


class HealthMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path == "PATH":
            return HttpResponse("ok")
        return self.get_response(request)`;

export default defineCheck({
  id: "health-blocked-by-allowed-hosts",
  title: "ALLOWED_HOSTS lets the platform's health check in",
  area: "platform",
  severity: "error",
  needs: ["settings", "deployment"],
  docs: {
    why: "A health check comes with a Host header of its own: `healthcheck.railway.app`, or the address of the machine. Django answers 400 to every host that ALLOWED_HOSTS does not name, so the platform takes the app for broken and does not switch to the new version.",
    fix: "Allow the host, or answer the path before anything asks for the host.",
    bad: {
      ...shop,
      "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi", "healthcheckPath": "/healthz"}}\n',
      "shop/settings.py":
        'import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nMIDDLEWARE = ["django.middleware.common.CommonMiddleware"]\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n',
    },
    good: {
      ...shop,
      "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi", "healthcheckPath": "/healthz"}}\n',
      "shop/settings.py":
        'import os\n\nALLOWED_HOSTS = ["shop.example.com", "healthcheck.railway.app"]\nMIDDLEWARE = ["django.middleware.common.CommonMiddleware"]\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n',
    },
    notReported: [
      "A wildcard, and a list that a variable of the operator fills.",
      "A health check that only connects, that sends a Host header of its own (`headers`), or whose Host nobody documents.",
      "A middleware in front that is there for health checks.",
      "Projects without CommonMiddleware and SecurityMiddleware, where nothing asks for the host.",
    ],
    links: [
      "https://docs.railway.com/deployments/healthchecks",
      "https://docs.djangoproject.com/en/stable/ref/settings/#allowed-hosts",
    ],
  },
  *run({ settings, deployment: { platform } }) {
    const { kind, path, at } = platform.health;
    if (kind !== "http" || path === undefined)
      return yield notApplicable(
        `no health check of ${platform.name} asks for a path, as far as the files tell`,
      );
    const host = healthHeader(platform.health, "host") ?? platform.health.host;
    if (host === undefined)
      return yield notApplicable(`nobody documents which Host the health check of ${platform.name} sends`);
    const middleware = middlewareIn(settings);
    if (middleware.has(commonMiddleware) === false && middleware.has(securityMiddleware) === false)
      return yield evidence("no middleware asks for the host", at);
    if (answersHealthFirst(middleware)) return yield evidence("a middleware answers health checks first", at);
    const hosts = allowedHosts(settings);
    if (!hosts || hosts.open) {
      return hosts?.variables.length || settings.get("ALLOWED_HOSTS").env.length > 0
        ? yield evidence("ALLOWED_HOSTS is named by the environment", at)
        : yield cannotTell("ALLOWED_HOSTS cannot be read statically", {
            at: settings.get("ALLOWED_HOSTS").at,
          });
    }
    if (host !== "address" && hosts.entries.some(({ text }) => allows(text, host)))
      return yield evidence(`ALLOWED_HOSTS names ${host}`, at);
    if (hosts.entries.some(({ text }) => text === "*"))
      return yield evidence("ALLOWED_HOSTS allows any host", at);
    // Without its mistake the entry would be this host: that is one finding, and allowed-hosts-malformed has it.
    const meant = hosts.entries.find(
      ({ text }) => host !== "address" && /[:/]/.test(text) && withoutScheme(text) === host.toLowerCase(),
    );
    if (meant)
      return yield notApplicable(`ALLOWED_HOSTS has ${JSON.stringify(meant.text)}: allowed-hosts-malformed`);
    const sent = host === "address" ? "the machine's own address" : host;
    yield fails(
      `the health check of ${path} sends the Host ${sent}, which ALLOWED_HOSTS does not name, so Django answers 400`,
      {
        at: at ?? hosts.setting.at,
        when: hosts.variables.map((name) => `$${name} does not name it`),
        ...(hosts.variables.length > 0 && { severity: "warning" }),
        fix:
          host === "address" ? healthMiddleware.replace("PATH", () => path) : `ALLOWED_HOSTS += ["${host}"]`,
      },
    );
  },
});

/** django.http.request.validate_host: an exact name, or a suffix with its dot. */
function allows(entry: string, host: string): boolean {
  const pattern = entry.toLowerCase();
  const name = host.toLowerCase();
  return (
    pattern === name || (pattern.startsWith(".") && (name.endsWith(pattern) || name === pattern.slice(1)))
  );
}

/** "https://shop.example.com:443/" as the host that was meant. */
function withoutScheme(entry: string): string {
  return entry.toLowerCase().replace(/^\w+:\/\/|[:/].*$/g, "");
}
