import { defineCheck } from "../../check.ts";
import { asDjango, withoutMiddleware } from "../told-by-django.ts";

export default defineCheck({
  id: "referrer-policy-unset",
  title: "A referrer policy is set",
  area: "hosts",
  severity: "warning",
  django: ["security.W022"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "With the policy set to None the browser decides what other sites learn of the addresses that visitors come from, tokens in them included. Django sends `same-origin` unless it is told not to.",
    fix: 'Delete the line: the default is `"same-origin"`.',
    bad: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = None\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = "same-origin"\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ['The default, which has been `"same-origin"` since Django 3.1.'],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secure-referrer-policy"],
  },
  *run({ settings, systemChecks }) {
    const off = withoutMiddleware({ settings, systemChecks }, "SecurityMiddleware");
    if (off) return yield off;
    yield* asDjango({ settings, systemChecks }, ["security.W022"], {
      setting: "SECURE_REFERRER_POLICY",
      fails: "SECURE_REFERRER_POLICY is None, so SecurityMiddleware sends no Referrer-Policy",
      passes: "a Referrer-Policy is sent",
      fix: 'SECURE_REFERRER_POLICY = "same-origin"',
    });
  },
});
