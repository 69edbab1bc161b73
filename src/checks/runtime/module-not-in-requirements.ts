import { defineCheck } from "../../check.ts";
import { namedModules } from "../../facts/django/named-modules.ts";
import type { Settings, SettingsView } from "../../facts/django/settings.ts";
import { switchedOffBy } from "../../facts/django/switches.ts";
import { unlessOptional } from "../../facts/packages.ts";
import { cannotTell, evidence, type Finding, fails } from "../../finding.ts";

const project = {
  ".python-version": "3.13\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "stack": "heroku-24" }\n',
  "shop/settings.py":
    'import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nINSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes", "corsheaders"]\nMIDDLEWARE = ["corsheaders.middleware.CorsMiddleware"]\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
  "shop/wsgi.py":
    'import os\n\nfrom django.core.wsgi import get_wsgi_application\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
};

export default defineCheck({
  id: "module-not-in-requirements",
  title: "Every package that the settings name is installed",
  area: "runtime",
  severity: "error",
  needs: ["settings", "packages"],
  docs: {
    why: "A package that was installed by hand, or for development only, is not there in production: Django ends with `ModuleNotFoundError` before it answers the first request.",
    fix: "Add the package to those of production, under the name that it has on PyPI:\n\n```\ndjango-cors-headers\n```",
    bad: { ...project, "requirements.txt": "django\ngunicorn\n" },
    good: { ...project, "requirements.txt": "django\ndjango-cors-headers\ngunicorn\n" },
    notReported: [
      "Modules of Python and of the project itself, also below a folder that the settings put on `sys.path`.",
      "Imports in a `try` that catches `ImportError`, and apps that are added only when DEBUG is on.",
      "What the settings add unless a variable such as `$ENVIRONMENT` says that this is production is a warning.",
      "Packages that come along: a lock lists them, and well-known ones are known to bring others.",
      "Without a lock, libraries that many packages bring are unknown, and so is a name of which no package is known.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#installed-apps"],
  },
  *run({ settings, packages }) {
    const [list = "the list of packages"] = packages.sources;
    const asked = [
      ...namedModules(settings).map(({ setting, text, module, at }) => ({
        module,
        at,
        by: `${setting} names "${text}"`,
      })),
      ...settings.imports
        // One without a place is an import inside a library.
        .filter(({ guarded, at }) => !guarded && at !== undefined)
        .map(({ module, at }) => ({ module, at, by: `${at?.file ?? settings.file} imports ${module}` })),
    ];
    const seen = new Set<string>();
    const unknown = new Map<string, (typeof asked)[number]>();
    let installed = 0;
    for (const { module, at, by } of asked) {
      const answer = packages.provides(module);
      if (answer === "yes") installed += 1;
      const distributions = packages.distributionsFor(module);
      const key = distributions[0] ?? module.split(".")[0] ?? module;
      if (answer === "yes" || seen.has(key)) continue;
      if (answer === "unknown") {
        if (!unknown.has(key)) unknown.set(key, { module, at, by });
        continue;
      }
      seen.add(key);
      yield fails(`${by}, and ${list} does not install ${distributions.slice(0, 2).join(" or ")}`, {
        at,
        fix: packages.addition(distributions[0] ?? key),
        ...unlessOptional(packages, distributions),
        ...unlessSwitchedOff(settings, module),
      });
    }
    const [first] = unknown.values();
    if (first) {
      const names = [...unknown.keys()];
      const what =
        names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
      const them = names.length > 1 ? "them" : "it";
      const why =
        packages.incomplete ?? `${list} does not name ${them}, and another package may bring ${them}`;
      yield cannotTell(`it is not known whether ${what} will be installed: ${why}`, { at: first.at });
    }
    const apps = settings.get("INSTALLED_APPS").value;
    if (apps.kind === "opaque") {
      yield cannotTell(`INSTALLED_APPS cannot be read statically: it ${apps.because}`, { at: apps.at });
    } else if (!first) yield evidence(`${list} installs all ${installed} modules that the settings name`);
  },
});

/** Code for development that a default switches on: whoever deploys may set the variable that switches it off. */
function unlessSwitchedOff(settings: Settings, module: string): Pick<Finding, "when" | "severity"> {
  const holds = (view: SettingsView) => namedModules(view).some((named) => named.module === module);
  const variable = holds(settings) ? switchedOffBy(settings, holds) : undefined;
  return variable === undefined ? {} : { when: [`$${variable} is unset`], severity: "warning" };
}
