import { defineCheck } from "../../check.ts";
import { isBelow, privateFiles, publicFolders } from "../../facts/django/public-folders.ts";
import { isInstalled, staticStorage } from "../../facts/django/static-files.ts";
import { pathIn } from "../../facts/django/system-checks/values.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { projectRoot } from "../../python/machine.ts";

const settings = (dirs: string) => `from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
INSTALLED_APPS = ["django.contrib.staticfiles"]
ROOT_URLCONF = "shop.urls"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [${dirs}]
`;

export default defineCheck({
  id: "public-dir-overlap",
  title: "Nothing private lies in a folder that is served",
  area: "static",
  severity: "error",
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Everything below STATICFILES_DIRS is copied to STATIC_ROOT, and served to everybody from there. Where one of them is the folder of the project, that is the settings with their passwords, as /static/shop/settings.py. The same goes for a database or a log among them. Where uploads share the folder of static files, Django refuses to start, or `collectstatic --clear` deletes them.",
    fix: 'Give each a folder of its own:\n\n```python\nSTATICFILES_DIRS = [BASE_DIR / "static"]\nSTATIC_ROOT = BASE_DIR / "staticfiles"\nMEDIA_ROOT = BASE_DIR / "media"\n```',
    bad: { "shop/settings.py": settings("BASE_DIR"), "static/site.css": "" },
    good: { "shop/settings.py": settings('BASE_DIR / "static"'), "static/site.css": "" },
    notReported: [
      "Uploads in a folder below a static one (`static/media`), which are public anyway, are a warning below STATIC_ROOT and advice below STATICFILES_DIRS.",
      "A database or log below MEDIA_ROOT, which nothing may serve, is a warning.",
      "Folders that share a name only in part (`static` and `staticfiles`).",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#media-root",
      "https://docs.djangoproject.com/en/stable/ref/settings/#staticfiles-dirs",
    ],
  },
  *run({ settings, systemChecks: { absolute } }) {
    const folders = publicFolders(settings, absolute);
    if (folders.length === 0) return yield notApplicable("the folders that are served are not known");
    const fix =
      'STATICFILES_DIRS = [BASE_DIR / "static"]\nSTATIC_ROOT = BASE_DIR / "staticfiles"\nMEDIA_ROOT = BASE_DIR / "media"';
    const code = `${projectRoot}/${settings.file}`;
    const open = folders.filter(({ path }) => isBelow(code, path));
    for (const { setting, path, at } of open) {
      const served = setting !== "MEDIA_ROOT";
      yield fails(
        `${setting} is ${shown(path)}, where the settings lie, ${served ? "and collectstatic makes static files of them" : "so that whatever serves uploads serves them too"}`,
        { at, fix, ...(!served && { severity: "warning" }) },
      );
    }
    const others = folders.filter((folder) => !open.includes(folder));
    for (const { what, path, at, isDatabase } of privateFiles(settings, absolute)) {
      const around = others.find((folder) => isBelow(path, folder.path));
      if (!around) continue;
      const served = around.setting !== "MEDIA_ROOT";
      yield fails(`${what} lies in ${shown(around.path)}, which is ${around.setting} and served`, {
        at,
        ...(!(served && isDatabase) && { severity: "warning" }),
      });
    }
    yield* uploads(others);
    yield evidence("the folders that are served hold nothing private");

    function* uploads(all: typeof folders) {
      const media = all.find(({ setting }) => setting === "MEDIA_ROOT");
      if (!media) return;
      const mediaRoot = settings.get("MEDIA_ROOT").value;
      const staticRoot = settings.get("STATIC_ROOT").value;
      for (const { setting, path } of all) {
        if (setting === "MEDIA_ROOT" || setting === "WHITENOISE_ROOT") continue;
        const isRoot = setting === "STATIC_ROOT";
        if (path === media.path && isRoot) {
          // django/contrib/staticfiles/utils.py, check_settings: a text is not equal to a Path.
          const refused =
            mediaRoot.kind === staticRoot.kind &&
            pathIn(mediaRoot) === pathIn(staticRoot) &&
            staticStorage(settings).kind === "local" &&
            isInstalled(settings, "django.contrib.staticfiles") === true;
          yield fails(
            refused
              ? `MEDIA_ROOT and STATIC_ROOT are both ${shown(path)}, which Django refuses with ImproperlyConfigured wherever static files are asked for`
              : `MEDIA_ROOT and STATIC_ROOT are both ${shown(path)}, so that uploads and static files overwrite each other`,
            {
              at: media.at,
              fix: 'MEDIA_ROOT = BASE_DIR / "media"',
              ...(!refused && { severity: "warning" }),
            },
          );
        } else if (isBelow(media.path, path) || (isRoot && isBelow(path, media.path))) {
          const inner = isBelow(media.path, path);
          yield fails(
            inner
              ? `MEDIA_ROOT (${shown(media.path)}) lies in ${setting} (${shown(path)}), ${isRoot ? "where `collectstatic --clear` deletes uploads" : "so that collectstatic copies uploads"}`
              : `STATIC_ROOT (${shown(path)}) lies in MEDIA_ROOT (${shown(media.path)}), so that an upload may replace a static file`,
            {
              at: media.at,
              fix: 'MEDIA_ROOT = BASE_DIR / "media"',
              severity: isRoot ? "warning" : "info",
            },
          );
        }
      }
    }
  },
});

function shown(path: string): string {
  if (path === projectRoot) return "the project's own folder";
  return path.startsWith(`${projectRoot}/`) ? path.slice(projectRoot.length + 1) : path;
}
