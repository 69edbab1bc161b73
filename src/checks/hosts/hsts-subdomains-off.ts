import { defineCheck } from "../../check.ts";
import { notApplicable } from "../../finding.ts";
import { asDjango, withoutMiddleware } from "../told-by-django.ts";

export default defineCheck({
  id: "hsts-subdomains-off",
  title: "HSTS covers subdomains",
  area: "hosts",
  severity: "info",
  django: ["security.W005"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Without `includeSubDomains` a browser still talks to the subdomains over plain HTTP, where cookies of the parent domain can be set and read. With it, a subdomain that has no HTTPS cannot be reached any more. So this is advice: whether it is right depends on hosts that no file here names.",
    fix: "Switch it on once every subdomain serves HTTPS:\n\n```python\nSECURE_HSTS_INCLUDE_SUBDOMAINS = True\n```",
    bad: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 3600\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_HSTS_SECONDS = 3600\nSECURE_HSTS_INCLUDE_SUBDOMAINS = True\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ["HSTS that is off altogether: that is `hsts-unset`."],
    links: ["https://docs.djangoproject.com/en/stable/ref/middleware/#http-strict-transport-security"],
  },
  *run({ settings, systemChecks }) {
    const off = withoutMiddleware({ settings, systemChecks }, "SecurityMiddleware");
    if (off) return yield off;
    if (systemChecks.answer("security.W004") === true)
      return yield notApplicable("SECURE_HSTS_SECONDS is not set: hsts-unset");
    yield* asDjango({ settings, systemChecks }, ["security.W005"], {
      setting: "SECURE_HSTS_INCLUDE_SUBDOMAINS",
      fails: "SECURE_HSTS_INCLUDE_SUBDOMAINS is off, so browsers still ask subdomains over plain HTTP",
      passes: "HSTS covers subdomains, or is off itself",
      fix: "SECURE_HSTS_INCLUDE_SUBDOMAINS = True  # once every subdomain serves HTTPS",
    });
  },
});
