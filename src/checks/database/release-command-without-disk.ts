import { defineCheck } from "../../check.ts";
import type { DeployStep } from "../../facts/deploy-steps.ts";
import { defaultEngine, serverVariables } from "../../facts/django/databases.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { staticStorage } from "../../facts/django/static-files.ts";
import { cannotTell, evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import type { Platform } from "../../platforms/platform.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "release-command-without-disk",
  title: "The release step leaves nothing behind on a disk that is thrown away",
  area: "database",
  severity: "error",
  needs: ["deploySteps", "deployment", "settings"],
  docs: {
    why: "A release step runs on a machine of its own, without the app's volumes, and its disk is discarded. Static files that it collects are gone before the first request, and a SQLite file that it migrates is not the one that the app opens.",
    fix: "Collect static files while the app is built; migrate a SQLite file where its volume is mounted, when the app starts.",
    bad: {
      ...shop,
      "app.json": "{}\n",
      Procfile: "release: python manage.py collectstatic --noinput\nweb: gunicorn shop.wsgi\n",
    },
    good: {
      ...shop,
      "app.json": "{}\n",
      Procfile: "release: python manage.py migrate --noinput\nweb: gunicorn shop.wsgi\n",
    },
    notReported: [
      "`collectstatic` into a storage elsewhere (S3).",
      "A platform whose build collects static files too: the release step is then only without effect.",
      "SQLite that a variable replaces by a database server.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/release-phase#design-considerations",
      "https://fly.io/docs/reference/configuration/#run-one-off-commands-before-releasing-a-deployment",
    ],
  },
  *run({ deploySteps, deployment, settings }) {
    const { platform } = deployment;
    const release = deploySteps.all.filter(({ phase }) => phase === "release");
    const [first] = release;
    if (!first) return yield notApplicable("nothing runs in a release step");
    if (platform.release?.keepsFiles !== false)
      return yield notApplicable(
        `what a release step of ${platform.name} writes is kept, or is not known to be lost`,
      );
    const isCollectedInBuild =
      platform.collectstatic.runs === "automatic" ||
      deploySteps.of("collectstatic").some(({ phase }) => phase !== "release");
    for (const step of release) {
      if (step.kind === "collectstatic") yield* collected(step, platform, settings, isCollectedInBuild);
      if (step.kind === "migrate") yield* migrated(step, platform, settings);
    }
    yield evidence("the release step writes nothing that the app needs on its disk", first.launch.at);
  },
});

function* collected(
  { launch }: DeployStep,
  platform: Platform,
  settings: Settings,
  inBuild: boolean,
): Generator<Finding> {
  const storage = staticStorage(settings);
  if (storage.kind === "remote") return;
  if (storage.kind === "unknown")
    return yield cannotTell("the release step collects static files, and where to cannot be told", {
      at: launch.at,
    });
  yield fails(`${platform.release?.name} collects static files on a disk that ${platform.name} discards`, {
    at: launch.at,
    ...(inBuild && { severity: "info" as const }),
  });
}

function* migrated({ launch }: DeployStep, platform: Platform, settings: Settings): Generator<Finding> {
  const engine = defaultEngine(settings);
  if (engine.kind !== "named" || !engine.sqlite || platform.disk !== "persistent") return;
  if (serverVariables(settings, platform.database.variable).length > 0) return;
  yield fails(
    `${platform.release?.name} migrates a SQLite file on a machine without the volume that holds the app's`,
    { at: launch.at },
  );
}
