import { defineCheck } from "../../check.ts";
import { fails, notApplicable } from "../../finding.ts";
import { show, textOf } from "../../python/inspect.ts";
import { asDjango } from "../told-by-django.ts";

const settings = 'CSRF_FAILURE_VIEW = "shop.views.forged"\nROOT_URLCONF = "shop.urls"\n';

export default defineCheck({
  id: "csrf-failure-view-import",
  title: "The view for failed CSRF checks is there",
  area: "hosts",
  severity: "error",
  django: ["security.E102"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "A view that cannot be imported makes every rejected form a 500, and every command that runs the system checks stops, with security.E102 or with ViewDoesNotExist.",
    fix: "Name the view by its full path, as `package.module.function`.",
    bad: { "shop/settings.py": settings, "shop/views.py": "def other(request):\n    ...\n" },
    good: {
      "shop/settings.py": settings,
      "shop/views.py": 'def forged(request, reason=""):\n    ...\n',
    },
    notReported: [
      "Django's own view, which is the default.",
      "A view in a library, or behind a star import, cannot be told.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#csrf-failure-view"],
  },
  *run(facts) {
    const setting = facts.settings.get("CSRF_FAILURE_VIEW");
    if (!setting.explicit) return yield notApplicable("CSRF_FAILURE_VIEW is not set");
    const fix = 'CSRF_FAILURE_VIEW = "django.views.csrf.csrf_failure"';
    if (facts.systemChecks.failureView(textOf(setting.value) ?? "") === "absent")
      return yield fails(`CSRF_FAILURE_VIEW is ${show(setting.value)}, and its module has no such view`, {
        at: setting.at,
        fix,
      });
    yield* asDjango(facts, ["security.E102"], {
      setting: "CSRF_FAILURE_VIEW",
      fails: `CSRF_FAILURE_VIEW is ${show(setting.value)}, which names no module`,
      passes: "CSRF_FAILURE_VIEW is there",
      fix,
    });
  },
});
