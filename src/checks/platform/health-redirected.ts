import { defineCheck } from "../../check.ts";
import { answersHealthFirst, middlewareIn, securityMiddleware } from "../../facts/django/middleware.ts";
import { proxyHeader } from "../../facts/django/proxy-header.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { healthHeader } from "../../platforms/rules.ts";
import { textsIn, truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const settings = (exempt: string) =>
  `import os\n\nALLOWED_HOSTS = ["shop.example.com", "healthcheck.railway.app"]\nMIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nSECURE_SSL_REDIRECT = True\n${exempt}WSGI_APPLICATION = "shop.wsgi.application"\n`;

const railway = {
  "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi", "healthcheckPath": "/healthz"}}\n',
};

export default defineCheck({
  id: "health-redirected",
  title: "The health check gets an answer, not a redirect",
  area: "platform",
  severity: "error",
  needs: ["settings", "deployment"],
  wants: ["httpsSeen", "urls"],
  docs: {
    why: "A health check comes over plain HTTP, from inside the platform. SECURE_SSL_REDIRECT sends it to https:// with a 301, which a platform that wants a 200 counts as a failure: the new version never goes live. So does APPEND_SLASH with a path that lacks its slash.",
    fix: 'Exempt the path. The pattern is matched against the path without its leading slash:\n\n```python\nSECURE_REDIRECT_EXEMPT = [r"^healthz$"]\n```',
    bad: { ...shop, ...railway, "shop/settings.py": settings("") },
    good: { ...shop, ...railway, "shop/settings.py": settings('SECURE_REDIRECT_EXEMPT = [r"^healthz$"]\n') },
    notReported: [
      "A health check that counts redirects as well (Kubernetes), or that only connects.",
      "One that sends `X-Forwarded-Proto: https` while SECURE_PROXY_SSL_HEADER names that header, or the server believes it.",
      "A path that SECURE_REDIRECT_EXEMPT matches, and a middleware in front that is there for health checks.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secure-redirect-exempt"],
  },
  *run({ settings, deployment: { platform }, httpsSeen, urls }) {
    const { kind, path, at, accepts } = platform.health;
    if (kind !== "http" || path === undefined)
      return yield notApplicable(
        `no health check of ${platform.name} asks for a path, as far as the files tell`,
      );
    if (!accepts) return yield notApplicable(`which answers ${platform.name} counts as well is not settled`);
    if (accepts[0] <= 301 && accepts[1] >= 301)
      return yield evidence(`${platform.name} counts a redirect as well`, at);
    const middleware = middlewareIn(settings);
    const wants = `${platform.name} wants a ${accepts[0] === accepts[1] ? accepts[0] : `status of ${accepts[0]} to ${accepts[1]}`}`;
    if (urls?.answers(path) === "slash" && !answersHealthFirst(middleware))
      return yield fails(
        `APPEND_SLASH answers the health check of ${path} with a 301 to ${path}/, and ${wants}`,
        { at, fix: `${path}/` },
      );
    if (middleware.has(securityMiddleware) === false)
      return yield evidence("SecurityMiddleware is not installed, so nothing redirects", at);
    const redirect = settings.get("SECURE_SSL_REDIRECT");
    const redirects = truthOf(redirect.value);
    if (redirects === false) return yield evidence("SECURE_SSL_REDIRECT is off", redirect.at);
    if (answersHealthFirst(middleware)) return yield evidence("a middleware answers health checks first", at);
    if (healthHeader(platform.health, "x-forwarded-proto") === "https") {
      const header = proxyHeader(settings.get("SECURE_PROXY_SSL_HEADER").value);
      const believed =
        header.kind === "header" ? header.name === "HTTP_X_FORWARDED_PROTO" : httpsSeen?.kind === "yes";
      if (believed) return yield evidence("the health check says that it came over HTTPS", at);
      if (header.kind === "opaque" || httpsSeen?.kind === "unknown")
        return yield notApplicable(
          "whether Django learns that the health check came over HTTPS is not known",
        );
    }
    const exempt = settings.get("SECURE_REDIRECT_EXEMPT");
    const patterns = textsIn(exempt.value).map((text) => matcher(text));
    if (patterns.some((pattern) => pattern?.test(path.replace(/^\//, ""))))
      return yield evidence("SECURE_REDIRECT_EXEMPT matches its path", exempt.at);
    if (redirects === undefined || patterns.includes(undefined) || exempt.value.kind === "opaque") {
      const by = redirect.value.kind === "opaque" && redirect.value.cause === "environment";
      if (by) return yield evidence("SECURE_SSL_REDIRECT is decided by the environment", redirect.at);
      return yield cannotTell("whether the health check is redirected cannot be read statically", {
        at: redirect.at,
      });
    }
    const name = path.replace(/^\//, "").replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    yield fails(`SECURE_SSL_REDIRECT answers the health check of ${path} with a 301, and ${wants}`, {
      at: at ?? redirect.at,
      fix: `SECURE_REDIRECT_EXEMPT = [r"^${name}$"]`,
    });
  },
});

/** A pattern of Python as one of JavaScript, where both mean the same. */
function matcher(pattern: string): RegExp | undefined {
  if (/\(\?(?!:)|\\[AZz]/.test(pattern)) return undefined;
  try {
    return new RegExp(pattern);
  } catch {
    return undefined;
  }
}
