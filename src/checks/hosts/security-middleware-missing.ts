import { defineCheck } from "../../check.ts";
import { substitute } from "../../facts/django/middleware.ts";
import { asDjango } from "../told-by-django.ts";

export default defineCheck({
  id: "security-middleware-missing",
  title: "SecurityMiddleware is installed",
  area: "hosts",
  severity: "warning",
  django: ["security.W001"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Without it SECURE_HSTS_SECONDS, SECURE_SSL_REDIRECT, SECURE_CONTENT_TYPE_NOSNIFF, SECURE_REFERRER_POLICY and SECURE_CROSS_ORIGIN_OPENER_POLICY have no effect, whatever they say.",
    fix: 'Put it first in MIDDLEWARE:\n\n```python\nMIDDLEWARE = [\n    "django.middleware.security.SecurityMiddleware",\n    ...\n]\n```',
    bad: { "shop/settings.py": 'MIDDLEWARE = []\nROOT_URLCONF = "shop.urls"\n' },
    good: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "What depends on this middleware is not reported beside it.",
      "A middleware of the project's own with the same name is advice: what it does cannot be seen.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/middleware/#security-middleware"],
  },
  *run({ settings, systemChecks }) {
    const own = substitute(settings, /\bSecurityMiddleware$/);
    yield* asDjango({ settings, systemChecks }, ["security.W001"], {
      setting: "MIDDLEWARE",
      fails: own
        ? `MIDDLEWARE has ${own} in place of Django's SecurityMiddleware`
        : "MIDDLEWARE lacks SecurityMiddleware, so none of the SECURE_… settings has an effect",
      passes: "SecurityMiddleware is in MIDDLEWARE",
      fix: '"django.middleware.security.SecurityMiddleware",  # first in MIDDLEWARE',
      ...(own && { severity: "info" }),
    });
  },
});
