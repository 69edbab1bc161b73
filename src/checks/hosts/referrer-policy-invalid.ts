import { defineCheck } from "../../check.ts";
import { asDjango, withoutMiddleware } from "../told-by-django.ts";

export default defineCheck({
  id: "referrer-policy-invalid",
  title: "The referrer policy is one that browsers know",
  area: "hosts",
  severity: "error",
  django: ["security.E023"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Browsers ignore a policy that they do not know, and Django refuses it: `migrate` and every other command that runs the system checks with `--deploy` ends in security.E023.",
    fix: "Name one of the policies of the standard, or several, separated by commas.",
    bad: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = "strict"\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_REFERRER_POLICY = "strict-origin, same-origin"\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ["Several policies in one text, separated by commas, or in a list."],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secure-referrer-policy"],
  },
  *run({ settings, systemChecks }) {
    const off = withoutMiddleware({ settings, systemChecks }, "SecurityMiddleware");
    if (off) return yield off;
    yield* asDjango({ settings, systemChecks }, ["security.E023"], {
      setting: "SECURE_REFERRER_POLICY",
      fails: "SECURE_REFERRER_POLICY names a policy that browsers do not know",
      passes: "SECURE_REFERRER_POLICY names a policy that browsers know, or none",
      fix: 'SECURE_REFERRER_POLICY = "same-origin"',
    });
  },
});
