import { defineCheck } from "../../check.ts";
import { asDjango } from "../told-by-django.ts";

export default defineCheck({
  id: "csp-not-dict",
  title: "The content security policy is a dictionary",
  area: "hosts",
  severity: "error",
  django: ["security.E026"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Django 6.0 makes the Content-Security-Policy header from a dictionary. With anything else each response ends in an exception, and every command that runs the system checks stops with security.E026.",
    fix: 'Write a dictionary of directives:\n\n```python\nfrom django.utils.csp import CSP\n\nSECURE_CSP = {"default-src": [CSP.SELF]}\n```',
    bad: {
      "requirements.txt": "django==6.0\n",
      "shop/settings.py": 'SECURE_CSP = "default-src \'self\'"\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "requirements.txt": "django==6.0\n",
      "shop/settings.py": 'SECURE_CSP = {"default-src": ["\'self\'"]}\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ["Django before 6.0, which has no such setting."],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secure-csp"],
  },
  *run({ settings, systemChecks }) {
    yield* asDjango({ settings, systemChecks }, ["security.E026"], {
      setting: "SECURE_CSP",
      fails: "SECURE_CSP or SECURE_CSP_REPORT_ONLY is no dictionary, which Django refuses with security.E026",
      passes: "SECURE_CSP and SECURE_CSP_REPORT_ONLY are dictionaries",
      fix: 'SECURE_CSP = {"default-src": ["\'self\'"]}',
    });
  },
});
