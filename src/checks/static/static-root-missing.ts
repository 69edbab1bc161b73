import { defineCheck } from "../../check.ts";
import { bad, good, judge, unclear, type Verdict } from "../../facts/django/judge.ts";
import { isInstalled, staticStorage } from "../../facts/django/static-files.ts";
import { staticElsewhereWith } from "../../facts/django/switches.ts";
import { cannotTell, evidence, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";

export default defineCheck({
  id: "static-root-missing",
  title: "collectstatic has a folder to write to",
  area: "static",
  severity: "error",
  needs: ["settings", "deployment"],
  wants: ["project"],
  docs: {
    why: '`collectstatic` stops with "You\'re using the staticfiles app without having set the STATIC_ROOT setting to a filesystem path". Heroku runs it in every build and rejects the push when it fails.',
    fix: "Give it a folder that nothing else uses.",
    bad: {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_URL = "static/"\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'from pathlib import Path\n\nBASE_DIR = Path(__file__).resolve().parent.parent\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_URL = "static/"\nSTATIC_ROOT = BASE_DIR / "staticfiles"\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A project without `django.contrib.staticfiles`.",
      "Static files in a remote storage (S3, Google Cloud Storage), which ignores STATIC_ROOT.",
      "A deployment that sets DISABLE_COLLECTSTATIC.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/howto/static-files/deployment/",
      "https://devcenter.heroku.com/articles/django-assets",
    ],
  },
  *run({ settings, deployment, project }) {
    const { platform } = deployment;
    const installed = isInstalled(settings, "django.contrib.staticfiles");
    if (installed === false) return yield notApplicable("django.contrib.staticfiles is not installed");
    const storage = staticStorage(settings);
    if (storage.kind === "remote") return yield evidence(`static files are stored by ${storage.backend}`);
    const disabled = settings.given.get("DISABLE_COLLECTSTATIC");
    if (disabled) return yield evidence(`${disabled.by} sets DISABLE_COLLECTSTATIC`, disabled.at);
    const setting = settings.get("STATIC_ROOT");
    if ((installed === undefined || storage.kind === "unknown") && truthOf(setting.value) === false) {
      return yield cannotTell(
        "STATIC_ROOT is not set, and whether collectstatic needs it cannot be told from the settings",
        { at: setting.at },
      );
    }
    // The buildpack only runs collectstatic where it finds a manage.py.
    const automatic = platform.collectstatic.runs === "automatic" && project?.managePy !== undefined;
    const says = automatic
      ? `so collectstatic has nowhere to write and the ${platform.name} build fails`
      : "so collectstatic has nowhere to write";
    const elsewhere = truthOf(setting.value) === false ? staticElsewhereWith(settings) : undefined;
    yield* judge(setting, (value) => verdict(value, setting.explicit, says), {
      fix: 'STATIC_ROOT = BASE_DIR / "staticfiles"',
      ...(!automatic || elsewhere !== undefined ? { severity: "warning" } : {}),
      ...(elsewhere !== undefined && { when: [`$${elsewhere} is unset`] }),
    });
    yield evidence("STATIC_ROOT is set", setting.at);
  },
});

function verdict(value: Value, explicit: boolean, says: string): Verdict {
  if (value.kind === "opaque")
    return value.cause === "environment" || value.type !== undefined ? good : unclear(value);
  if (truthOf(value) !== false) return good;
  return bad(explicit ? `is empty, ${says}` : `is not set, ${says}`);
}
