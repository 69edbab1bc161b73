import { defineCheck } from "../../check.ts";
import { notApplicable } from "../../finding.ts";
import { show, textOf } from "../../python/inspect.ts";
import { asDjango } from "../told-by-django.ts";

const settings = 'CSRF_FAILURE_VIEW = "shop.views.forged"\nROOT_URLCONF = "shop.urls"\n';

export default defineCheck({
  id: "csrf-failure-view-args",
  title: "The view for failed CSRF checks takes what Django gives it",
  area: "hosts",
  severity: "error",
  django: ["security.E101"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Django calls the view with the request and a reason. One that takes no reason makes every rejected form a 500, and every command that runs the system checks stops with security.E101.",
    fix: 'Take the reason:\n\n```python\ndef forged(request, reason=""):\n```',
    bad: {
      "shop/settings.py": settings,
      "shop/views.py": "def forged(request):\n    ...\n",
    },
    good: {
      "shop/settings.py": settings,
      "shop/views.py": 'def forged(request, reason=""):\n    ...\n',
    },
    notReported: [
      "Django's own view, which is the default.",
      "A view of a library, or one with a decorator, cannot be told.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#csrf-failure-view"],
  },
  *run(facts) {
    const setting = facts.settings.get("CSRF_FAILURE_VIEW");
    if (!setting.explicit) return yield notApplicable("CSRF_FAILURE_VIEW is not set");
    if (facts.systemChecks.failureView(textOf(setting.value) ?? "") === "absent")
      return yield notApplicable("the view is not there: csrf-failure-view-import");
    yield* asDjango(facts, ["security.E101"], {
      setting: "CSRF_FAILURE_VIEW",
      fails: `CSRF_FAILURE_VIEW is ${show(setting.value)}, which cannot be called with a request and a reason`,
      passes: "CSRF_FAILURE_VIEW takes a request and a reason",
      fix: `def ${textOf(setting.value)?.split(".").at(-1) ?? "forged"}(request, reason=""):`,
    });
  },
});
