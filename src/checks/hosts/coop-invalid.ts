import { defineCheck } from "../../check.ts";
import { asDjango, withoutMiddleware } from "../told-by-django.ts";

export default defineCheck({
  id: "coop-invalid",
  title: "The cross-origin opener policy is one that browsers know",
  area: "hosts",
  severity: "error",
  django: ["security.E024"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Browsers ignore a Cross-Origin-Opener-Policy that they do not know, so that a page which opens yours keeps a hold of its window; Django reports security.E024.",
    fix: 'Use `"same-origin"`, `"same-origin-allow-popups"`, `"unsafe-none"` or None.',
    bad: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CROSS_ORIGIN_OPENER_POLICY = "same_origin"\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin-allow-popups"\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ["None, with which no header is sent."],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secure-cross-origin-opener-policy"],
  },
  *run({ settings, systemChecks }) {
    const off = withoutMiddleware({ settings, systemChecks }, "SecurityMiddleware");
    if (off) return yield off;
    yield* asDjango({ settings, systemChecks }, ["security.E024"], {
      setting: "SECURE_CROSS_ORIGIN_OPENER_POLICY",
      fails: "SECURE_CROSS_ORIGIN_OPENER_POLICY is a value that browsers do not know",
      passes: "SECURE_CROSS_ORIGIN_OPENER_POLICY is a value that browsers know, or None",
      fix: 'SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"',
    });
  },
});
