import { defineCheck } from "../../check.ts";
import { asDjango } from "../told-by-django.ts";

export default defineCheck({
  id: "cache-inside-public-dir",
  title: "No file cache lies in a folder that is served",
  area: "services",
  severity: "error",
  django: ["caches.W002"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Django keeps pickled objects in a file cache. Whoever can fetch them reads what is cached; whoever can upload into the folder (a cache in MEDIA_ROOT) runs code in the process that unpickles them.",
    fix: "Give the cache a folder of its own, outside of MEDIA_ROOT, STATIC_ROOT and STATICFILES_DIRS.",
    bad: {
      "shop/settings.py":
        'MEDIA_ROOT = "/srv/shop/media"\nCACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/srv/shop/media/cache"}}\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'MEDIA_ROOT = "/srv/shop/media"\nCACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/srv/shop/cache"}}\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ["A cache of another kind, and a file cache beside the served folder."],
    links: ["https://docs.djangoproject.com/en/stable/topics/cache/#filesystem-caching"],
  },
  *run({ settings, systemChecks }) {
    yield* asDjango({ settings, systemChecks }, ["caches.W002"], {
      setting: "CACHES",
      fails:
        "the LOCATION of a file cache in CACHES overlaps MEDIA_ROOT, STATIC_ROOT or STATICFILES_DIRS, so that cached objects are public",
      passes: "no file cache lies in a folder that is served",
      fix: '"LOCATION": "/var/tmp/shop-cache",  # of the file cache in CACHES',
    });
  },
});
