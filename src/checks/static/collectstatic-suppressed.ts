import { defineCheck } from "../../check.ts";
import { collecting, collectingDisabled, servesCollected } from "../../facts/collecting.ts";
import type { DeployStep } from "../../facts/deploy-steps.ts";
import { manifestStorage } from "../../facts/django/manifest-storage.ts";
import { isInstalled, staticStorage } from "../../facts/django/static-files.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const settings = `import os
from pathlib import Path

ALLOWED_HOSTS = ["shop.example.com"]
INSTALLED_APPS = ["django.contrib.staticfiles"]
ROOT_URLCONF = "shop.urls"
SECRET_KEY = os.environ["SECRET_KEY"]
STATIC_URL = "static/"
STATIC_ROOT = Path(__file__).resolve().parent.parent / "staticfiles"
`;
const render = (build: string) => ({
  "render.yaml": `services:\n  - type: web\n    name: shop\n    runtime: python\n    buildCommand: ${build}\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: SECRET_KEY\n        generateValue: true\n`,
});

export default defineCheck({
  id: "collectstatic-suppressed",
  title: "A collectstatic that fails stops the deployment",
  area: "static",
  severity: "warning",
  needs: ["settings", "deployment", "deploySteps"],
  wants: ["project", "staticReferences"],
  docs: {
    why: "A collectstatic that fails leaves the site without style sheets, or with a manifest storage with a 500 on every page. Stopped in the build, it costs nothing: the old version stays up. With `|| true` behind it, or turned off by DISABLE_COLLECTSTATIC after a first failure, nobody hears of it.",
    fix: "Let it fail the build, and mend what it says:\n\n```\nheroku config:unset DISABLE_COLLECTSTATIC\n```",
    bad: {
      ...shop,
      "shop/settings.py": settings,
      ...render("pip install -r requirements.txt && python manage.py collectstatic --noinput || true"),
    },
    good: {
      ...shop,
      "shop/settings.py": settings,
      ...render("pip install -r requirements.txt && python manage.py collectstatic --noinput"),
    },
    notReported: [
      "A project without django.contrib.staticfiles, or with a remote storage.",
      "DISABLE_COLLECTSTATIC where a step of the project's own collects, where STATIC_ROOT is committed, or where static files are served from elsewhere.",
      "`2>/dev/null` alone, which hides what it says, not that it failed.",
      "`--ignore`, which leaves files out on purpose.",
    ],
    links: ["https://devcenter.heroku.com/articles/django-assets#disabling-collectstatic"],
  },
  *run(facts) {
    const { settings, deployment, deploySteps } = facts;
    if (isInstalled(settings, "django.contrib.staticfiles") === false)
      return yield notApplicable("django.contrib.staticfiles is not installed");
    if (staticStorage(settings).kind === "remote")
      return yield notApplicable("static files are kept in a remote storage, which is filled elsewhere");
    const steps = [
      ...deploySteps.of("collectstatic"),
      ...deploySteps.pipeline.filter(
        ({ kind, through }) => kind === "collectstatic" && through !== undefined,
      ),
    ];
    const manifest = manifestStorage(settings, settings.djangoVersion).kind === "strict";
    let found = false;
    for (const step of steps) {
      const says = suppressed(step, manifest);
      if (says === undefined) continue;
      found = true;
      yield fails(says, { at: step.launch.at, fix: "python manage.py collectstatic --noinput" });
    }
    if (found) return;
    const [step] = steps;
    if (step) return yield evidence("collectstatic stops what it fails in", step.launch.at);
    const disabled = collectingDisabled(facts);
    if (!disabled || deployment.platform.collectstatic.runs !== "automatic" || deployment.image)
      return yield notApplicable("no step of the deployment runs collectstatic");
    if (!manifest && !servesCollected(settings))
      return yield notApplicable("the app itself does not read what collectstatic writes");
    if (collecting(facts).kind === "committed")
      return yield evidence("what collectstatic writes is in the repository", disabled.at);
    yield fails(
      `${disabled.name} turns off the collectstatic that ${deployment.platform.name} runs, and no other step runs it`,
      { at: disabled.at },
    );
  },
});

/** Why a step collects nothing, or nobody hears that it failed. */
function suppressed({ launch }: DeployStep, manifest: boolean): string | undefined {
  const has = (...options: readonly string[]) => launch.args.some(({ text }) => options.includes(text));
  if (has("--dry-run", "-n")) return "collectstatic is run with --dry-run, so that it writes nothing";
  if (manifest && has("--no-post-process"))
    return "collectstatic is run with --no-post-process, so that it writes no manifest, and the storage needs one";
  if (launch.forgiven === undefined) return undefined;
  return `a failure of collectstatic counts as success (\`${launch.forgiven}\`), so the deployment goes on without static files`;
}
