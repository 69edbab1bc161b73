import { defineCheck } from "../../check.ts";
import { asDjango } from "../told-by-django.ts";

export default defineCheck({
  id: "staticfiles-dirs-contains-root",
  title: "STATICFILES_DIRS does not hold STATIC_ROOT",
  area: "static",
  severity: "error",
  django: ["staticfiles.E002"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "collectstatic copies from STATICFILES_DIRS to STATIC_ROOT. Where both are the same folder Django refuses to run it: `staticfiles.E002: The STATICFILES_DIRS setting should not contain the STATIC_ROOT setting`.",
    fix: 'Collect into a folder of its own, which git ignores:\n\n```python\nSTATIC_ROOT = BASE_DIR / "staticfiles"\n```',
    bad: {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/app/static"\nSTATICFILES_DIRS = ["/app/static"]\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/app/staticfiles"\nSTATICFILES_DIRS = ["/app/static"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ["A project without django.contrib.staticfiles."],
    links: ["https://docs.djangoproject.com/en/stable/ref/contrib/staticfiles/#collectstatic"],
  },
  *run({ settings, systemChecks }) {
    yield* asDjango({ settings, systemChecks }, ["staticfiles.E002"], {
      setting: "STATICFILES_DIRS",
      fails:
        "STATICFILES_DIRS holds the folder that STATIC_ROOT names, so collectstatic ends in staticfiles.E002",
      passes: "STATIC_ROOT is none of STATICFILES_DIRS",
      fix: 'STATIC_ROOT = BASE_DIR / "staticfiles"',
    });
  },
});
