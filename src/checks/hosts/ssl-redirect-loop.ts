import { defineCheck } from "../../check.ts";
import { redirectsToHttps } from "../../facts/django/middleware.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const settings = `${shop["shop/settings.py"]}MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_SSL_REDIRECT = True\n`;
const railway = { "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}\n' };

export default defineCheck({
  id: "ssl-redirect-loop",
  title: "The redirect to HTTPS comes to an end",
  area: "hosts",
  severity: "error",
  needs: ["settings", "httpsSeen", "deployment"],
  docs: {
    why: "A router that takes HTTPS talks plain HTTP to the app. SECURE_SSL_REDIRECT then sends every request to the address that it came from, and browsers give up with ERR_TOO_MANY_REDIRECTS, unless Django learns from a header of the router's that the request was HTTPS.",
    fix: 'Name the header:\n\n```python\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n```',
    bad: { ...shop, ...railway, "shop/settings.py": settings },
    good: {
      ...shop,
      ...railway,
      "shop/settings.py": `${settings}SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n`,
    },
    notReported: [
      "A server that believes the router: gunicorn and uvicorn with `--forwarded-allow-ips='*'` or $FORWARDED_ALLOW_IPS, which Heroku's buildpack sets, daphne with `--proxy-headers`, uWSGI.",
      "A redirect at the edge besides Django's own.",
      "A proxy on the same machine, and a middleware or an application that may set the scheme itself, cannot be told.",
      "Where a proxy of one's own takes HTTPS, it is a warning.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secure-proxy-ssl-header"],
  },
  *run({ settings, httpsSeen, deployment: { platform } }) {
    const redirect = settings.get("SECURE_SSL_REDIRECT");
    const redirects = redirectsToHttps(settings);
    if (redirects === false) return yield notApplicable("Django does not redirect to HTTPS");
    switch (httpsSeen.kind) {
      case "yes":
        return yield evidence(`Django sees HTTPS: ${httpsSeen.because}`, httpsSeen.at);
      case "plain":
        return yield notApplicable(`${httpsSeen.because}: secure-cookies-without-https`);
      case "unknown":
        // A header that never matches is one finding, and its own check has it.
        if (httpsSeen.because.endsWith(": proxy-header-unsafe"))
          return yield notApplicable(httpsSeen.because);
        return yield cannotTell(`whether SECURE_SSL_REDIRECT loops is not to be told: ${httpsSeen.because}`, {
          at: redirect.at,
        });
      case "no":
    }
    if (redirects === undefined)
      return yield cannotTell("whether Django redirects to HTTPS cannot be read statically", {
        at: redirect.at,
      });
    const own = platform.tls.endsAt === "own-proxy";
    yield fails(`SECURE_SSL_REDIRECT sends every request round in a circle: ${httpsSeen.because}`, {
      at: redirect.at,
      fix: 'SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")',
      ...(own && { severity: "warning", when: ["a proxy in front takes HTTPS"] }),
    });
  },
});
