import { defineCheck } from "../../check.ts";
import { bad, good, judge, unclear, type Verdict } from "../../facts/django/judge.ts";
import { isInstalled, staticStorage } from "../../facts/django/static-files.ts";
import { staticElsewhereWith } from "../../facts/django/switches.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
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
      "A project without `django.contrib.staticfiles`, unless the platform runs collectstatic all the same.",
      "A `manage.py` deeper than the platform looks for it.",
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
    const { collectstatic } = platform;
    // It is run only where a manage.py is found, and that may be another project's.
    const automatic =
      collectstatic.runs === "automatic" &&
      deployment.managePy !== undefined &&
      deployment.managePy === project?.managePy;
    const switchedOff = deployment.env.find(
      ({ name, value }) => name === collectstatic.disabledBy && value !== "0" && value !== "",
    );
    const installed = isInstalled(settings, "django.contrib.staticfiles");
    if (installed === false) {
      if (!automatic || switchedOff || collectstatic.withoutApp !== "fails")
        return yield notApplicable("django.contrib.staticfiles is not installed");
      const apps = settings.get("INSTALLED_APPS");
      return yield fails(
        `django.contrib.staticfiles is not installed, and the collectstatic that ${platform.name} runs at every build is no command then`,
        { at: apps.at, fix: 'INSTALLED_APPS += ["django.contrib.staticfiles"]' },
      );
    }
    const storage = staticStorage(settings);
    if (storage.kind === "remote") return yield evidence(`static files are stored by ${storage.backend}`);
    const disabled = switchedOff ?? settings.given.get(collectstatic.disabledBy ?? "DISABLE_COLLECTSTATIC");
    if (disabled && collectstatic.runs !== "never")
      return yield evidence(`collectstatic is turned off for ${platform.name}`, disabled.at);
    const setting = settings.get("STATIC_ROOT");
    if ((installed === undefined || storage.kind === "unknown") && truthOf(setting.value) === false) {
      return yield cannotTell(
        "STATIC_ROOT is not set, and whether collectstatic needs it cannot be told from the settings",
        { at: setting.at },
      );
    }
    const breaks = automatic && collectstatic.failure === "fails";
    const says = breaks
      ? `so collectstatic has nowhere to write and the ${platform.name} build fails`
      : "so collectstatic has nowhere to write";
    const elsewhere = truthOf(setting.value) === false ? staticElsewhereWith(settings) : undefined;
    yield* judge(setting, (value) => verdict(value, setting.explicit, says), {
      fix: 'STATIC_ROOT = BASE_DIR / "staticfiles"',
      ...(!breaks || elsewhere !== undefined ? { severity: "warning" } : {}),
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
