import { defineCheck } from "../../check.ts";
import type { DeployStep } from "../../facts/deploy-steps.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { type ImageFile, variablesAt } from "../../facts/image-file.ts";
import { subcommand } from "../../facts/steps/kind.ts";
import {
  always,
  type GivenVariables,
  givenTo,
  moduleLoaded,
  settingsWithOnly,
} from "../../facts/steps/loaded-settings.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const image = (collect: string) =>
  `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -r requirements.txt\nRUN ${collect}\nCMD ["gunicorn", "--bind", "0.0.0.0:8080", "shop.wsgi"]\n`;
const fly = { "fly.toml": 'app = "shop"\n\n[http_service]\ninternal_port = 8080\n' };
const settings = `import os
from pathlib import Path

ALLOWED_HOSTS = ["shop.example.com"]
INSTALLED_APPS = ["django.contrib.staticfiles"]
ROOT_URLCONF = "shop.urls"
SECRET_KEY = os.environ["SECRET_KEY"]
STATIC_URL = "static/"
STATIC_ROOT = Path(__file__).resolve().parent.parent / "staticfiles"
`;

export default defineCheck({
  id: "collectstatic-needs-secrets",
  title: "Commands of the image's build get the variables that the settings insist on",
  area: "static",
  severity: "error",
  needs: ["settings", "settingsModule", "deploySteps", "imageFile"],
  wants: ["code"],
  docs: {
    why: "An image is built without the variables of the app: neither `fly secrets` nor `environment:` of Compose reach a RUN. Settings that insist on SECRET_KEY, as they should, then end `manage.py collectstatic` with a KeyError, and the build with it.",
    fix: "Give this one command a value of its own, which is in no way secret and does not stay in the image:\n\n```dockerfile\nRUN SECRET_KEY=build-only python manage.py collectstatic --noinput\n```",
    bad: {
      ...shop,
      ...fly,
      "shop/settings.py": settings,
      Dockerfile: image("python manage.py collectstatic --noinput"),
    },
    good: {
      ...shop,
      ...fly,
      "shop/settings.py": settings,
      Dockerfile: image("SECRET_KEY=build-only python manage.py collectstatic --noinput"),
    },
    notReported: [
      "A platform that builds without an image, and gives its builds the app's variables (Heroku).",
      "A RUN with `--mount=type=secret`, and an ARG that whoever builds the image gives a value.",
      "Other settings for the build (`--settings=config.settings.build`).",
      "Settings that look for `collectstatic` in sys.argv.",
      "Where settings read a .env that .dockerignore does not name, it is a warning: one may be copied from where the image is built.",
    ],
    links: ["https://docs.docker.com/build/building/secrets/"],
  },
  *run({ settings, settingsModule, deploySteps, imageFile, code }) {
    const steps = deploySteps.all.filter(
      (step) => loadsSettings(step) && step.launch.at.file === imageFile.path,
    );
    if (steps.length === 0) return yield notApplicable("no step of the image's build loads the settings");
    if (code?.file(settings.file)?.text.includes("collectstatic"))
      return yield notApplicable("the settings ask whether collectstatic runs");
    for (const { launch } of steps) {
      const { at } = launch;
      if (imageFile.stages.some(({ secretRuns }) => secretRuns.some(({ line }) => line === at.line))) {
        yield evidence("the step is given a secret", at);
        continue;
      }
      const given = givenTo(launch, variablesAt(imageFile, at.line));
      const module = moduleLoaded(launch, given, settingsModule);
      if (module !== settings.module) {
        yield evidence(
          module === undefined ? "the step loads other settings" : `the step loads ${module}`,
          at,
        );
        continue;
      }
      if (given.has("DJANGO_CONFIGURATION")) {
        yield evidence("the step chooses a configuration of its own", at);
        continue;
      }
      const failure = failureWith(settings, given);
      if (failure === undefined || launch.forgiven !== undefined) {
        yield evidence("the settings import in the build", at);
        continue;
      }
      const lacking = [...new Set([...failure.env, ...settings.required.map(({ name }) => name)])].filter(
        (name) => !given.has(name),
      );
      const command = `manage.py ${subcommand(launch) ?? ""}`;
      const dotenv = mayHaveDotenv(settings, imageFile);
      yield fails(
        `the image's build runs ${command} without $${failure.env[0]}, and the settings end in ${failure.error} without it`,
        {
          at,
          fix: `RUN ${lacking.map((name) => `${name}=${dummy(name)} `).join("")}python ${command} ${launch.args.some(({ text }) => text === "--noinput") ? "--noinput" : ""}`.trim(),
          ...(dotenv && { severity: "warning", when: ["no .env is where the image is built"] }),
        },
      );
    }
  },
});

/** Commands that stop where the settings cannot be imported; Django's own few that need none are not among them. */
function loadsSettings({ phase, kind, launch }: DeployStep): boolean {
  if (phase !== "build" || launch.conditional) return false;
  if (kind === "collectstatic") return true;
  return (
    launch.program === "manage.py" && /^(?:compress|compilescss|tailwind)$/.test(subcommand(launch) ?? "")
  );
}

/** How the import ends with these variables and no others, if a variable that is missing ends it. */
function failureWith(
  settings: Settings,
  given: GivenVariables,
): { readonly error: string; readonly env: readonly string[] } | undefined {
  const { outcome } = settingsWithOnly(settings, given);
  if (outcome.kind !== "raised" || outcome.env.length === 0) return undefined;
  return outcome.env.some((name) => given.has(name) || always.has(name)) ? undefined : outcome;
}

/** A .env beside the Dockerfile goes into the image with `COPY . .`, unless .dockerignore keeps it out. */
function mayHaveDotenv(settings: Settings, { stages, ignoreFile, context }: ImageFile): boolean {
  const reads = settings.imports.some(({ module }) => /^(?:decouple|environ|environs|dotenv)\b/.test(module));
  const copies = stages.some(({ copies }) =>
    copies.some(({ sources }) => sources.some((one) => /^\.?\/?(?:\*|\.env.*)?$/.test(one))),
  );
  return reads && copies && !ignoreFile.keepsOut(context === "" ? ".env" : `${context}/.env`);
}

function dummy(name: string): string {
  return /DATABASE_URL|DB_URL/.test(name) ? "sqlite://:memory:" : "build-only";
}
