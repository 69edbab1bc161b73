import { defineCheck } from "../../check.ts";
import { middlewareIn, substitute } from "../../facts/django/middleware.ts";
import { asDjango } from "../told-by-django.ts";

export default defineCheck({
  id: "xframe-middleware-missing",
  title: "Other sites cannot put pages into a frame",
  area: "hosts",
  severity: "warning",
  django: ["security.W002"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "A page in a frame of another site can be made to look like something else, so that a visitor who is logged in clicks what the other site wants.",
    fix: 'Add it to MIDDLEWARE:\n\n```python\nMIDDLEWARE = [\n    ...,\n    "django.middleware.clickjacking.XFrameOptionsMiddleware",\n]\n```',
    bad: { "shop/settings.py": 'MIDDLEWARE = []\nROOT_URLCONF = "shop.urls"\n' },
    good: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.clickjacking.XFrameOptionsMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A Content-Security-Policy middleware (Django's own or django-csp's) makes it advice: `frame-ancestors` does the same.",
      "A middleware of the project's own with such a name makes it advice.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/clickjacking/"],
  },
  *run({ settings, systemChecks }) {
    const other =
      substitute(settings, /XFrame|Frame\w*Options|Clickjack|\bcsp\b|CSP|ContentSecurityPolicy/i) ??
      (middlewareIn(settings).has("django.middleware.csp.ContentSecurityPolicyMiddleware")
        ? "ContentSecurityPolicyMiddleware"
        : undefined);
    yield* asDjango({ settings, systemChecks }, ["security.W002"], {
      setting: "MIDDLEWARE",
      fails: other
        ? `MIDDLEWARE has ${other} and no XFrameOptionsMiddleware, so only its own policy keeps pages out of frames`
        : "MIDDLEWARE lacks XFrameOptionsMiddleware, so any site can put pages of this one into a frame",
      passes: "XFrameOptionsMiddleware is in MIDDLEWARE",
      fix: '"django.middleware.clickjacking.XFrameOptionsMiddleware",  # in MIDDLEWARE',
      ...(other && { severity: "info" }),
    });
  },
});
