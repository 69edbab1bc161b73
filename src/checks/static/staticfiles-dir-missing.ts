import { defineCheck } from "../../check.ts";
import { isInstalled, isOpen } from "../../facts/django/static-files.ts";
import { staticFolders } from "../../facts/django/static-folders.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";

const start =
  'from pathlib import Path\n\nBASE_DIR = Path(__file__).resolve().parent.parent\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nROOT_URLCONF = "shop.urls"\nSTATICFILES_DIRS = [BASE_DIR / "static"]\n';

/** Folders that a build of the front end writes, by their names. */
const built =
  /(?:^|\/)(?:dist|build|bundles?|out|output|public|compiled|generated|node_modules|webpack\w*|frontend|client|\.\w+)(?:\/|$)/i;

export default defineCheck({
  id: "staticfiles-dir-missing",
  title: "The folders in STATICFILES_DIRS are there",
  area: "static",
  severity: "warning",
  django: ["staticfiles.W004"],
  needs: ["settings", "systemChecks"],
  wants: ["repository"],
  docs: {
    why: "collectstatic finds nothing in a folder that is not there, and Django reports staticfiles.W004 with every command. Git keeps no empty folders, so one that is there on the machine where it was made is missing where the project is deployed. Before Django 4.0 collectstatic fails.",
    fix: "Put a file into it (`static/.gitkeep`), or take it out of STATICFILES_DIRS.",
    bad: { "shop/settings.py": start },
    good: { "shop/settings.py": start, "static/.gitkeep": "" },
    notReported: [
      "A folder that a build of the front end writes (`frontend/dist`), or that git ignores, and any in a project with a package.json: advice.",
      "A folder outside of the project, which is not to be seen.",
      "A project without django.contrib.staticfiles.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#staticfiles-dirs"],
  },
  *run({ settings, systemChecks, repository }) {
    if (isInstalled(settings, "django.contrib.staticfiles") === false)
      return yield notApplicable("django.contrib.staticfiles is not installed");
    const setting = settings.get("STATICFILES_DIRS");
    const folders = staticFolders(setting, systemChecks.absolute);
    for (const { path, inProject, at } of folders) {
      if (!inProject || systemChecks.isFolder(path)) continue;
      yield fails(`STATICFILES_DIRS names ${inProject}, and the repository has no such folder`, {
        at,
        fix: `mkdir -p ${inProject} && touch ${inProject}/.gitkeep`,
        ...((systemChecks.buildsFrontEnd ||
          built.test(inProject) ||
          repository?.ignores(`${inProject}/file`)) && { severity: "info" }),
      });
    }
    if (folders.length === 0)
      yield notApplicable(
        isOpen(setting.value) ? "the folders in STATICFILES_DIRS are not known" : "STATICFILES_DIRS is empty",
      );
    else yield evidence("the known folders in STATICFILES_DIRS are there", setting.at);
  },
});
