import { defineCheck } from "../../check.ts";
import { evidence, notApplicable } from "../../finding.ts";
import { asDjango, withoutMiddleware } from "../told-by-django.ts";

const security =
  'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nROOT_URLCONF = "shop.urls"\n';

export default defineCheck({
  id: "ssl-redirect-off",
  title: "HTTP is sent on to HTTPS",
  area: "hosts",
  severity: "warning",
  django: ["security.W008"],
  needs: ["settings", "systemChecks"],
  wants: ["deployment"],
  docs: {
    why: "Where neither Django nor the router in front of it sends plain HTTP on to HTTPS, a visitor who types the address logs in without encryption.",
    fix: 'Redirect in Django, and tell it how the router says that a request was HTTPS; or redirect at the edge.\n\n```python\nSECURE_SSL_REDIRECT = True\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n```',
    bad: { "shop/settings.py": security },
    good: {
      "shop/settings.py": `SECURE_SSL_REDIRECT = True\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")\n${security}`,
    },
    notReported: [
      "A platform that redirects by itself (Render, Railway, `force_https` of Fly.io, `secure: always` of App Engine).",
      "A deployment that serves plain HTTP only.",
      "A redirect that is configured in a dashboard, such as Cloudflare's, is in no file; silence security.W008 in SILENCED_SYSTEM_CHECKS then.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secure-ssl-redirect"],
  },
  *run({ settings, systemChecks, deployment }) {
    const off = withoutMiddleware({ settings, systemChecks }, "SecurityMiddleware");
    if (off) return yield off;
    const { tls, name } = deployment?.platform ?? {};
    if (!systemChecks.alone) {
      if (tls?.redirects === "always") return yield evidence(`${name} sends HTTP on to HTTPS by itself`);
      if (tls?.endsAt === "none") return yield notApplicable(`${name} serves plain HTTP as it stands`);
    }
    const elsewhere = tls?.redirects === "never" ? `, and ${name} does not redirect` : "";
    yield* asDjango({ settings, systemChecks }, ["security.W008"], {
      setting: "SECURE_SSL_REDIRECT",
      fails: `SECURE_SSL_REDIRECT is not True, so Django answers plain HTTP as it is${elsewhere}`,
      passes: "SECURE_SSL_REDIRECT is True",
      fix: 'SECURE_SSL_REDIRECT = True\nSECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")  # behind a proxy',
    });
  },
});
