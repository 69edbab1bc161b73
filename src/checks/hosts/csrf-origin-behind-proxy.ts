import { defineCheck } from "../../check.ts";
import { csrfMiddleware, middlewareIn, redirectsToHttps } from "../../facts/django/middleware.ts";
import { originVariables } from "../../facts/django/origins.ts";
import { isInstalled } from "../../facts/django/static-files.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const settings = `${shop["shop/settings.py"]}INSTALLED_APPS = ["django.contrib.admin"]\nMIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\n`;
const railway = { "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}\n' };

export default defineCheck({
  id: "csrf-origin-behind-proxy",
  title: "Forms that are sent over HTTPS are accepted",
  area: "hosts",
  severity: "error",
  needs: ["settings", "httpsSeen", "deployment", "systemChecks"],
  docs: {
    why: "Since 4.0 Django compares the Origin header with the address of the request. Behind a router that takes HTTPS, Django thinks that it was asked over HTTP, so `https://…` is another origin: every form answers 403, the login of the admin too.",
    fix: 'Name the router\'s header, or the origins:\n\n```python\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\nCSRF_TRUSTED_ORIGINS = ["https://shop.example.com"]\n```',
    bad: { ...shop, ...railway, "shop/settings.py": settings },
    good: {
      ...shop,
      ...railway,
      "shop/settings.py": `${settings}CSRF_TRUSTED_ORIGINS = ["https://shop.example.com"]\n`,
    },
    notReported: [
      "A server that believes the router, or a header that Django is told of.",
      "CSRF_TRUSTED_ORIGINS that names an origin, or that a variable holds which the code insists on.",
      "Django before 4.0, and a project without CsrfViewMiddleware.",
      "A redirect that loops hides it: `ssl-redirect-loop`.",
      "Without the admin it is a warning: an API may have no forms.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#csrf-trusted-origins"],
  },
  *run({ settings, httpsSeen, deployment: { platform }, systemChecks }) {
    if (systemChecks.answer("4_0.E001") === undefined)
      return yield notApplicable("Django before 4.0 does not look at the Origin header");
    if (middlewareIn(settings).has(csrfMiddleware) !== true)
      return yield notApplicable("CsrfViewMiddleware is not known to be installed");
    if (httpsSeen.kind === "yes")
      return yield evidence(`Django sees HTTPS: ${httpsSeen.because}`, httpsSeen.at);
    if (httpsSeen.kind !== "no")
      return yield notApplicable(`whether Django sees HTTPS is not known: ${httpsSeen.because}`);
    if (redirectsToHttps(settings) === true)
      return yield notApplicable("no request gets as far as a form: ssl-redirect-loop");
    const origins = settings.get("CSRF_TRUSTED_ORIGINS");
    const trusted = [origins.value, ...origins.otherwise.map(({ value }) => value)].some(
      (value) => truthOf(value) !== false,
    );
    if (trusted) return yield evidence("CSRF_TRUSTED_ORIGINS names what is trusted", origins.at);
    const variables = originVariables(settings, "CSRF_TRUSTED_ORIGINS");
    const forms = isInstalled(settings, "django.contrib.admin") === true;
    const certain = forms && variables.length === 0 && platform.tls.endsAt === "edge";
    yield fails(`every form that is sent over HTTPS is answered with 403: ${httpsSeen.because}`, {
      when: variables.map((name) => `$${name} is unset`),
      fix: 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',
      ...(!certain && { severity: "warning" }),
    });
  },
});
