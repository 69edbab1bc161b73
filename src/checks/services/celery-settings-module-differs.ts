import { defineCheck } from "../../check.ts";
import { settingsVariable } from "../../facts/django/settings-names.ts";
import { isImportedFirst } from "../../facts/queues/broker.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { celeryShop, withCelery } from "../example-celery.ts";

const split = {
  ...Object.fromEntries(Object.entries(celeryShop).filter(([path]) => path !== "shop/settings.py")),
  "shop/__init__.py": "",
  "shop/settings/__init__.py": "",
  "shop/settings/local.py": withCelery(""),
  "shop/settings/production.py": withCelery(""),
  "shop/wsgi.py": (celeryShop["shop/wsgi.py"] ?? "").replace("shop.settings", "shop.settings.production"),
};
const celery = celeryShop["shop/celery.py"] ?? "";

export default defineCheck({
  id: "celery-settings-module-differs",
  title: "Celery's workers load the settings that the web process loads",
  area: "services",
  // A dashboard may set the variable for every process: a warning, where the catalogue has an error.
  severity: "warning",
  needs: ["settingsModule", "deployment", "taskQueues"],
  wants: ["deploySteps", "code", "application"],
  docs: {
    why: "celery.py names settings of its own. With those of development a worker has another database and prints mails instead of sending them, and its tasks succeed. And where `__init__.py` imports it, `os.environ.setdefault` of celery.py comes before that of wsgi.py: the site itself then runs with the settings that celery.py names.",
    fix: 'Name the same settings in both files:\n\n```python\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.production")\n```',
    bad: { ...split, "shop/celery.py": celery.replace("shop.settings", "shop.settings.local") },
    good: { ...split, "shop/celery.py": celery.replace("shop.settings", "shop.settings.production") },
    notReported: [
      "A variable in a manifest or in the worker's command, and files for the environment that are not in the repository.",
      "A celery.py that nothing of the deployment starts, and no package imports.",
      "Where the variable has to be set for the web process too.",
    ],
    links: ["https://docs.celeryq.dev/en/stable/django/first-steps-with-django.html"],
  },
  *run({
    settingsModule: { module, defaults, given },
    deployment,
    taskQueues: { celery },
    deploySteps,
    code,
    application,
  }) {
    const named = celery?.settings;
    if (!celery || !named) return yield notApplicable("no Celery application names a settings module");
    if (named.module === module || named.module === defaults.entry)
      return yield evidence(`${celery.file.path} names ${named.module}, as the web process does`, named.at);
    const fix = `os.environ.setdefault("${settingsVariable}", "${module}")`;
    const works =
      deploySteps?.all.filter(({ phase, launch }) => phase === "start" && launch.program === "celery") ?? [];
    if (named.insists && works.length > 0)
      return yield fails(
        `${celery.file.path} makes every worker load ${named.module}, and the web process loads ${module}`,
        { at: named.at, fix, severity: "error" },
      );
    if (
      defaults.entry !== module ||
      given.has(settingsVariable) ||
      deployment.env.some(({ name }) => name === settingsVariable)
    )
      return yield notApplicable(`a variable names the settings: ${module}`);
    if (deployment.envElsewhere !== undefined)
      return yield notApplicable(`variables are kept in ${deployment.envElsewhere} too`);
    const when = [`$${settingsVariable} is unset`];
    const worker = works.find(({ launch }) => !launch.env.has(settingsVariable));
    const first = code && application && isImportedFirst(celery, code, application.file);
    const who = first ? "the web process" : worker && (worker.process ?? "the worker");
    if (who === undefined)
      return yield evidence("nothing of the deployment starts a worker with other settings");
    yield fails(
      first
        ? `${first} imports ${celery.file.path} before wsgi.py is read, so the web process loads ${named.module}, not ${module}`
        : `${who} loads ${named.module}, which ${celery.file.path} names, and the web process loads ${module}`,
      { at: named.at, when, fix },
    );
  },
});
