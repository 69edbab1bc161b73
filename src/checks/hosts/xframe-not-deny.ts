import { defineCheck } from "../../check.ts";
import { asDjango, withoutMiddleware } from "../told-by-django.ts";

export default defineCheck({
  id: "xframe-not-deny",
  title: "No other page may put the site into a frame",
  area: "hosts",
  severity: "info",
  django: ["security.W019"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: '`X_FRAME_OPTIONS = "SAMEORIGIN"` lets pages of the same site frame each other. Editors and the admin themes of Wagtail, Grappelli and TinyMCE need that, so this is advice.',
    fix: 'Delete the line unless a part of the site is shown in a frame of its own: the default is `"DENY"`.',
    bad: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.clickjacking.XFrameOptionsMiddleware"]\nX_FRAME_OPTIONS = "SAMEORIGIN"\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.clickjacking.XFrameOptionsMiddleware"]\nX_FRAME_OPTIONS = "DENY"\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ['The default, which has been `"DENY"` since Django 3.0.'],
    links: ["https://docs.djangoproject.com/en/stable/ref/clickjacking/"],
  },
  *run({ settings, systemChecks }) {
    const off = withoutMiddleware({ settings, systemChecks }, "XFrameOptionsMiddleware");
    if (off) return yield off;
    yield* asDjango({ settings, systemChecks }, ["security.W019"], {
      setting: "X_FRAME_OPTIONS",
      fails: 'X_FRAME_OPTIONS is not "DENY", so some pages may put this site into a frame',
      passes: 'X_FRAME_OPTIONS is "DENY"',
      fix: 'X_FRAME_OPTIONS = "DENY"',
    });
  },
});
