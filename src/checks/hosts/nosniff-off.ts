import { defineCheck } from "../../check.ts";
import { asDjango, withoutMiddleware } from "../told-by-django.ts";

export default defineCheck({
  id: "nosniff-off",
  title: "Browsers do not guess content types",
  area: "hosts",
  severity: "warning",
  django: ["security.W006"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Without `X-Content-Type-Options: nosniff` a browser may take an uploaded file for a script or a page, whatever type the server says that it has. Django sends the header unless it is told not to.",
    fix: "Delete the line: the default is True.",
    bad: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CONTENT_TYPE_NOSNIFF = False\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'MIDDLEWARE = ["django.middleware.security.SecurityMiddleware"]\nSECURE_CONTENT_TYPE_NOSNIFF = True\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ["The default, which has been True since Django 3.0."],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secure-content-type-nosniff"],
  },
  *run({ settings, systemChecks }) {
    const off = withoutMiddleware({ settings, systemChecks }, "SecurityMiddleware");
    if (off) return yield off;
    yield* asDjango({ settings, systemChecks }, ["security.W006"], {
      setting: "SECURE_CONTENT_TYPE_NOSNIFF",
      fails: "SECURE_CONTENT_TYPE_NOSNIFF is not True, so browsers may take an upload for a script",
      passes: "browsers are told not to guess content types",
      fix: "SECURE_CONTENT_TYPE_NOSNIFF = True",
    });
  },
});
