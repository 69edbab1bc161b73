import { defineCheck } from "../../check.ts";
import { type Collecting, collecting, collectingDisabled, servesCollected } from "../../facts/collecting.ts";
import { manifestStorage } from "../../facts/django/manifest-storage.ts";
import { isInstalled, staticStorage } from "../../facts/django/static-files.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const settings = `import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
ALLOWED_HOSTS = ["shop.example.com"]
INSTALLED_APPS = ["django.contrib.admin", "django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
ROOT_URLCONF = "shop.urls"
SECRET_KEY = os.environ["SECRET_KEY"]
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
`;
const image = (collects: string) =>
  `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\n${collects}CMD ["gunicorn", "--bind", "0.0.0.0:8080", "shop.wsgi"]\n`;
const fly = { "fly.toml": 'app = "shop"\n\n[http_service]\ninternal_port = 8080\n' };

export default defineCheck({
  id: "collectstatic-not-run",
  title: "Something runs collectstatic",
  area: "static",
  severity: "error",
  needs: ["settings", "deployment", "deploySteps", "staticServing"],
  wants: ["project", "staticReferences"],
  docs: {
    why: "WhiteNoise serves what lies in STATIC_ROOT, and a manifest storage looks names up in a file there. Where nothing collects, every style sheet is a 404, or every page with `{% static %}` a 500: `ValueError: Missing staticfiles manifest entry for 'css/base.css'`. Heroku runs collectstatic by itself; most platforms do not, and an image never does.",
    fix: "Collect in the build:\n\n```dockerfile\nRUN SECRET_KEY=build-only python manage.py collectstatic --noinput\n```",
    bad: { ...shop, ...fly, "shop/settings.py": settings, Dockerfile: image("") },
    good: {
      ...shop,
      ...fly,
      "shop/settings.py": settings,
      Dockerfile: image("RUN SECRET_KEY=build-only python manage.py collectstatic --noinput\n"),
    },
    notReported: [
      "A platform that runs it in its own build, and a pipeline that runs it.",
      "A STATIC_ROOT that is committed, a remote storage, and WHITENOISE_USE_FINDERS.",
      "A project whose static files nothing would serve anyway: `static-not-served` says so.",
      "A build that is not in the repository, or runs what we cannot follow, is a warning at most.",
      "A host that keeps its disk, where somebody may collect by hand: a warning.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/howto/static-files/deployment/",
      "https://whitenoise.readthedocs.io/en/stable/django.html",
    ],
  },
  *run(facts) {
    const { settings, deployment, staticServing } = facts;
    const { platform } = deployment;
    if (isInstalled(settings, "django.contrib.staticfiles") !== true)
      return yield notApplicable("django.contrib.staticfiles is not installed");
    if (staticStorage(settings).kind === "remote")
      return yield notApplicable("static files are kept in a remote storage, which is filled elsewhere");
    const manifest = manifestStorage(settings, settings.djangoVersion);
    const serves = servesCollected(settings);
    if (manifest.kind !== "strict" && !serves)
      return yield notApplicable("neither WhiteNoise nor a manifest storage reads what collectstatic writes");
    if (isInstalled(settings, "django.contrib.admin") === false && !staticServing.usedBy)
      return yield notApplicable("nothing asks for static files");
    const root = settings.get("STATIC_ROOT");
    if (truthOf(root.value) === false)
      return yield notApplicable("STATIC_ROOT is not set: static-root-missing");
    const finders = settings.get("WHITENOISE_USE_FINDERS");
    if (manifest.kind !== "strict" && finders.explicit && truthOf(finders.value) !== false)
      return yield evidence("WhiteNoise serves files from where they are written", finders.at);
    const collected = collecting(facts);
    if (collected.kind === "unknown") return yield notApplicable(collected.because);
    if (collected.kind !== "nobody") return yield evidence(says[collected.kind](platform.name), collected.at);
    const disabled = collectingDisabled(facts);
    if (disabled && deployment.image === undefined && platform.collectstatic.runs === "automatic")
      return yield notApplicable(`${disabled.name} is set: collectstatic-suppressed`);
    if (deployment.processes.length === 0)
      return yield notApplicable("nothing in the repository says how the project is started");
    const isWhole = deployment.image !== undefined && platform.disk === "ephemeral";
    const breaks =
      manifest.kind === "strict"
        ? `so every page with {% static %} ends in "Missing staticfiles manifest entry"`
        : "so WhiteNoise has nothing to serve";
    yield fails(`no step of the deployment to ${platform.name} runs collectstatic, ${breaks}`, {
      at: manifest.kind === "strict" ? (manifest.at ?? root.at) : root.at,
      ...(!isWhole && { severity: "warning" }),
      ...(!isWhole && platform.start.elsewhere && { when: [`${platform.start.elsewhere} runs none either`] }),
      fix:
        deployment.image === undefined
          ? "python manage.py collectstatic --noinput  # at the end of the build command"
          : "RUN SECRET_KEY=build-only python manage.py collectstatic --noinput",
    });
  },
});

const says: Readonly<Record<Exclude<Collecting["kind"], "nobody" | "unknown">, (name: string) => string>> = {
  platform: (name) => `${name} runs collectstatic in its build`,
  step: () => "a step of the deployment runs collectstatic",
  committed: () => "what collectstatic writes is in the repository",
};
