import { defineCheck } from "../../check.ts";
import { settingsVariable } from "../../facts/django/settings-names.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const { "shop/settings.py": base = "", ...others } = shop;
const split = {
  ...others,
  "app.json": '{ "name": "shop" }\n',
  "manage.py": (shop["manage.py"] ?? "").replace("shop.settings", "shop.settings.local"),
  "shop/settings/__init__.py": "",
  "shop/settings/local.py": base,
  "shop/settings/production.py": base,
  "shop/wsgi.py": (shop["shop/wsgi.py"] ?? "").replace("shop.settings", "shop.settings.production"),
};

export default defineCheck({
  id: "settings-module-mismatch",
  title: "Every command of a deployment loads the settings that the web process loads",
  area: "settings",
  severity: "warning",
  needs: ["settingsModule", "deploySteps", "deployment"],
  docs: {
    why: "wsgi.py and manage.py may name different settings, as many templates do. A deployment that runs manage.py without saying which then migrates another database than the one that the site uses, or fails for want of a tool that only development installs.",
    fix: "Say it in the command, or set the variable for the whole deployment:\n\n```\nrelease: DJANGO_SETTINGS_MODULE=shop.settings.production python manage.py migrate --noinput\n```",
    bad: {
      ...split,
      Procfile: "web: gunicorn shop.wsgi\nrelease: python manage.py migrate\n",
    },
    good: {
      ...split,
      Procfile:
        "web: gunicorn shop.wsgi\nrelease: DJANGO_SETTINGS_MODULE=shop.settings.production python manage.py migrate\n",
    },
    notReported: [
      "wsgi.py and manage.py that differ, as long as no step of the deployment runs manage.py.",
      "DJANGO_SETTINGS_MODULE in the command, in a manifest, or as `--settings`.",
      "Where the variable has to be set for the web process too.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/settings/#envvar-DJANGO_SETTINGS_MODULE"],
  },
  *run({ settingsModule: { module, defaults }, deploySteps, deployment }) {
    const { entry, manage } = defaults;
    if (entry === undefined || manage === undefined || entry === manage)
      return yield notApplicable("manage.py and the entry point of the server name no different settings");
    if (entry !== module || deployment.env.some(({ name }) => name === settingsVariable))
      return yield notApplicable(`a variable names the settings: ${module}`);
    for (const { launch, kind } of deploySteps.all) {
      const said =
        launch.env.has(settingsVariable) || launch.args.some(({ text }) => text.startsWith("--settings"));
      if (said || launch.program !== "manage.py" || kind === "install") continue;
      yield fails(
        `manage.py ${launch.args.map(({ text }) => text).join(" ")} loads ${manage}, and the web process loads ${module}`,
        {
          at: launch.at,
          when: [`$${settingsVariable} is unset`],
          fix: `${settingsVariable}=${module}`,
        },
      );
    }
    yield evidence("no step of the deployment runs manage.py with other settings");
  },
});
