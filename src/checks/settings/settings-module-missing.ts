import { defineCheck } from "../../check.ts";
import { lacks } from "../../facts/django/settings-names.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const project = {
  "render.yaml":
    "services:\n  - type: web\n    name: shop\n    runtime: python\n    buildCommand: pip install -r requirements.txt\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: DJANGO_SETTINGS_MODULE\n        value: shop.settings.production\n",
  "shop/settings/__init__.py": "",
};
const { "shop/settings.py": _, ...others } = shop;
const settings = shop["shop/settings.py"] ?? "";

export default defineCheck({
  id: "settings-module-missing",
  title: "The settings module that production names is in the repository",
  area: "settings",
  severity: "error",
  needs: ["settingsModule"],
  wants: ["repository"],
  docs: {
    why: "What is not in the repository is not deployed: collectstatic ends in ModuleNotFoundError during the build, or every process when it starts. Often git ignores the file because secrets were in it.",
    fix: "Commit the module, with its secrets read from the environment, or name the one that is there:\n\n```sh\ngit add -f shop/settings/production.py\n```",
    bad: { ...others, ...project, "shop/settings/base.py": settings },
    good: { ...others, ...project, "shop/settings/production.py": settings },
    notReported: [
      "A host that keeps its disk may have settings that the repository does not: unknown.",
      "A module of that name in another folder, which sys.path may hold, and a name that is put together at run time: unknown.",
      "A module that is there and fails to import: that is `settings-import-fails`.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/settings/#designating-the-settings"],
  },
  *run({ settingsModule: { module, evidence: why, loaded }, repository }) {
    if (loaded.kind === "settings") return yield evidence(`${module} is there`);
    const { outcome, uncertain } = loaded;
    if (!lacks(outcome, module))
      return yield notApplicable(`${module} is there and does not import: settings-import-fails`);
    const message = `${module} is not in the repository, although ${why}`;
    const file = `${module.replaceAll(".", "/")}.py`;
    if (/^\.|\.\.|\.$/.test(module))
      return yield cannotTell(
        `the name of the settings module is put together at run time: ${why.replace(/ it$/, ` "${module}"`)}`,
      );
    const [elsewhere] = repository?.below("").filter((path) => path.endsWith(`/${file}`)) ?? [];
    if (elsewhere !== undefined)
      return yield cannotTell(
        `${why.replace(/ it$/, ` ${module}`)}, and whether that is ${elsewhere} depends on sys.path`,
      );
    yield uncertain ? cannotTell(message) : fails(message, { fix: `git add -f ${file}` });
  },
});
