import { defineCheck } from "../../check.ts";
import { notApplicable } from "../../finding.ts";
import { asDjango, withoutMiddleware } from "../told-by-django.ts";

export default defineCheck({
  id: "csrf-cookie-secure",
  title: "The CSRF cookie is sent over HTTPS only",
  area: "hosts",
  severity: "warning",
  django: ["security.W016"],
  needs: ["settings", "systemChecks"],
  wants: ["deployment"],
  docs: {
    why: "Over plain HTTP everybody on the way can read the token with which forms prove that they come from the site.",
    fix: "Switch it on wherever the site is served over HTTPS:\n\n```python\nCSRF_COOKIE_SECURE = True\n```",
    bad: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.csrf.CsrfViewMiddleware"]\nCSRF_COOKIE_SECURE = True\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "`CSRF_USE_SESSIONS = True`: then there is no such cookie.",
      "A deployment that serves plain HTTP only: there the setting would make every form fail.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#csrf-cookie-secure"],
  },
  *run({ settings, systemChecks, deployment }) {
    const off = withoutMiddleware({ settings, systemChecks }, "CsrfViewMiddleware");
    if (off) return yield off;
    const { tls, name } = deployment?.platform ?? {};
    if (tls?.endsAt === "none" && !systemChecks.alone)
      return yield notApplicable(
        `${name} serves plain HTTP as it stands, over which a secure cookie is never sent`,
      );
    yield* asDjango({ settings, systemChecks }, ["security.W016"], {
      setting: "CSRF_COOKIE_SECURE",
      fails: "CSRF_COOKIE_SECURE is not True, so the CSRF cookie is sent over plain HTTP as well",
      passes: "the CSRF cookie is sent over HTTPS only, or the token is kept in the session",
      fix: "CSRF_COOKIE_SECURE = not DEBUG",
    });
  },
});
