import { defineCheck } from "../../check.ts";
import { removedSettings } from "../../facts/django/removed-settings.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { seriesFor, seriesOfDjango } from "../../facts/django-releases.ts";
import type { Packages } from "../../facts/packages.ts";
import { compareSeries } from "../../facts/python-releases.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const settingsFile = shop["shop/settings.py"] ?? "";

export default defineCheck({
  id: "setting-removed-in-version",
  title: "Django reads every setting that is set",
  area: "settings",
  severity: "error",
  needs: ["settings"],
  wants: ["packages"],
  docs: {
    why: "Django ignores a name that it does not know, without a word. After the update to 5.1 `DEFAULT_FILE_STORAGE` is such a name: uploads go to the local disk, which most platforms throw away, and no error tells.",
    fix: 'Say it under the new name:\n\n```python\nSTORAGES = {\n    "default": {"BACKEND": "storages.backends.s3.S3Storage"},\n    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},\n}\n```',
    bad: {
      ...shop,
      "requirements.txt": "django==5.2.17\ndjango-storages[s3]==1.14.6\ngunicorn==23.0.0\n",
      "shop/settings.py": `${settingsFile}DEFAULT_FILE_STORAGE = "storages.backends.s3.S3Storage"\n`,
    },
    good: {
      ...shop,
      "requirements.txt": "django==5.2.17\ndjango-storages[s3]==1.14.6\ngunicorn==23.0.0\n",
      "shop/settings.py": `${settingsFile}STORAGES = {\n    "default": {"BACKEND": "storages.backends.s3.S3Storage"},\n    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},\n}\n`,
    },
    notReported: [
      "A version of Django that still reads it.",
      "The old name beside the new one, for a project that runs on several versions.",
      "A name whose value is what Django does anyway, such as `USE_L10N = True`.",
      "Where nothing holds Django's version, it depends on the release that is the newest: a warning.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/releases/5.1/#features-removed-in-5-1",
      "https://docs.djangoproject.com/en/stable/internals/deprecation/",
    ],
  },
  *run({ settings, packages }) {
    const django = djangoOf(settings, packages);
    if (!django) return yield notApplicable("nothing tells which Django will be installed");
    let kept = 0;
    for (const [name, removed] of Object.entries(removedSettings)) {
      const setting = settings.get(name);
      if (!setting.explicit) continue;
      const harm =
        compareSeries(django.series, removed.since) < 0 || isReplaced(settings, name)
          ? undefined
          : removed.harm(setting, settings);
      if (harm === undefined) {
        kept += 1;
        continue;
      }
      const which = django.certain ? `Django ${django.series}` : `Django ${removed.since} and newer`;
      const severity = harm === "error" && !django.certain ? "warning" : harm;
      yield fails(`${name} is set, and ${which} does not read it: ${removed.so}`, {
        at: setting.assignedAt ?? setting.at,
        severity,
        ...(django.certain ? {} : { when: [django.because] }),
        fix: fixFor(settings, name, removed.instead),
      });
    }
    yield evidence(
      kept > 0
        ? `Django ${django.series} reads the ${kept} old names that are set, or needs them no more`
        : "no name is set that Django has dropped",
    );
  },
});

/** Both storages at once, because STORAGES replaces both defaults. */
function fixFor(settings: Settings, name: string, instead: string | undefined): string {
  if (!/STORAGE$/.test(name))
    return instead === undefined ? `# without ${name}` : `# rename ${name} to ${instead}`;
  const backend = (setting: string) => textOf(settings.get(setting).value);
  const uploads = backend("DEFAULT_FILE_STORAGE") ?? "django.core.files.storage.FileSystemStorage";
  const files = backend("STATICFILES_STORAGE") ?? "django.contrib.staticfiles.storage.StaticFilesStorage";
  return `STORAGES = {\n    "default": {"BACKEND": "${uploads}"},\n    "staticfiles": {"BACKEND": "${files}"},\n}`;
}

/** Both names are there, so that the project runs on older versions too. */
function isReplaced(settings: Settings, name: string): boolean {
  const alias = { STATICFILES_STORAGE: "staticfiles", DEFAULT_FILE_STORAGE: "default" }[name];
  const storages = settings.get("STORAGES");
  if (alias === undefined || !storages.explicit) return false;
  return storages.value.kind === "opaque" || entryOf(storages.value, alias) !== undefined;
}

/** The series that will be installed; not certain where a range leaves it to the day of the build. */
function djangoOf(settings: Settings, packages: Packages | undefined) {
  const known = settings.djangoVersion === undefined ? undefined : seriesOfDjango(settings.djangoVersion);
  if (known) return { series: known.name, certain: true, because: "" };
  const required = packages?.get("django");
  const series = required ? seriesFor(required) : [];
  const [newest] = series;
  if (!newest || !required) return undefined;
  const which =
    required.specifier === "" ? "names no version of Django" : `asks for Django ${required.specifier}`;
  return {
    series: newest.name,
    certain: series.length === 1,
    because: `the newest release of Django is installed: ${required.at.file} ${which}`,
  };
}
