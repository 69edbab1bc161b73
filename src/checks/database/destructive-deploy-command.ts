import { defineCheck } from "../../check.ts";
import type { DeployStep, PipelineStep } from "../../facts/deploy-steps.ts";
import { subcommand } from "../../facts/steps/kind.ts";
import { evidence, type Finding, fails, notApplicable, type Severity } from "../../finding.ts";
import type { Launch } from "../../platforms/commands/follow.ts";
import { shop } from "../example-shop.ts";

/**
 * The catalogue counts `sqlflush` and `rm -rf media` too: the first prints SQL and runs none, and what `rm` takes away
 * on a disk that is thrown away, or in an image, was not the people's. `--fake-initial` is Django's own advice for
 * tables that are there before their first migration.
 */
export default defineCheck({
  id: "destructive-deploy-command",
  title: "No step of the deployment deletes or overwrites data",
  area: "database",
  severity: "error",
  needs: ["deploySteps", "deployment"],
  docs: {
    why: "What a deployment runs, it runs on the data of production, each time: `flush` empties every table, `migrate shop zero` drops an app's tables, `loaddata` writes the rows of its file over what was edited since, and `migrate --fake` says of migrations that they ran, so that their columns never come.",
    fix: "Keep only what is safe to repeat; run the rest by hand, once:\n\n```\nrelease: python manage.py migrate --noinput\n```",
    bad: {
      ...shop,
      Procfile:
        "release: python manage.py flush --noinput && python manage.py migrate --noinput\nweb: gunicorn shop.wsgi\n",
    },
    good: { ...shop, Procfile: "release: python manage.py migrate --noinput\nweb: gunicorn shop.wsgi\n" },
    notReported: [
      "`sqlflush`, which only prints, and `migrate --fake-initial`.",
      "What runs once for a new app, such as the `postdeploy` of a review app in app.json.",
      "What an image's build runs, where no database is.",
      "`loaddata` that a test in a script guards; without one it is a warning, as is anything else behind a test.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/django-admin/#flush",
      "https://docs.djangoproject.com/en/stable/ref/django-admin/#loaddata",
      "https://docs.djangoproject.com/en/stable/ref/django-admin/#cmdoption-migrate-fake",
    ],
  },
  *run({ deploySteps, deployment }) {
    // No image is built with the database of production at hand.
    const buildHasData = deployment.platform.buildSees === "all" && deployment.image === undefined;
    const steps = deploySteps.all.filter(
      ({ phase, declaredBy }) => declaredBy.onlyOnce !== true && (phase !== "build" || buildHasData),
    );
    const [first] = steps;
    const remote = deploySteps.pipeline.filter(reachesProduction);
    if (!first && remote.length === 0) return yield notApplicable("no step of the deployment is known");
    for (const step of steps) yield* harmful(step, step.launch.conditional ? "warning" : undefined);
    for (const step of remote) yield* harmful(step, "warning");
    yield evidence("no step of the deployment deletes data", first?.launch.at);
  },
});

/** Pipelines also reset what is there to be tried. */
function reachesProduction({ through, declaredBy }: PipelineStep): boolean {
  const forTrying = /stag|review|preview|demo|test|\bqa\b|\bdev|reset/i;
  return through !== undefined && !forTrying.test(`${declaredBy.at.file} ${declaredBy.command}`);
}

function* harmful(step: DeployStep, severity: Severity | undefined): Generator<Finding> {
  const harm = harmOf(step.launch);
  // A test beside rows to load is there so that they are loaded once.
  if (!harm || (harm.severity === "warning" && step.launch.conditional)) return;
  const who =
    step.phase === "start" ? `every start of ${step.process ?? "the web process"}` : "every deployment";
  yield fails(`${who} runs ${harm.command}, which ${harm.does}`, {
    at: step.launch.at,
    severity: harm.severity ?? severity,
    fix: harm.fix ?? "python manage.py migrate --noinput   # and nothing that deletes",
  });
}

interface Harm {
  readonly command: string;
  /** What it does, to finish "which …". */
  readonly does: string;
  readonly severity?: "warning";
  readonly fix?: string;
}

/** Management commands of Django's and django-extensions' that leave nothing. */
const emptying: Readonly<Record<string, string>> = {
  flush: "empties every table",
  reset_db: "drops the database",
  reset_schema: "drops the schema with every table",
};

function harmOf(launch: Launch): Harm | undefined {
  const { program } = launch;
  const words = launch.args.map(({ text }) => text);
  if (words.some((word) => word === "--help" || word === "-h")) return undefined;
  if (program === "manage.py" || program === "django-admin") return ofDjango(launch, words);
  if (program === "dropdb") return { command: program, does: "drops a database" };
  if (
    program === "psql" &&
    words.some((word) => /\b(?:drop\s+(?:database|schema|table)|truncate\s)/i.test(word))
  )
    return { command: "psql", does: "drops or empties tables" };
  if (program === "alembic" && subcommand(launch) === "downgrade")
    return { command: "alembic downgrade", does: "takes migrations back, with their columns" };
  if (program === "flask" && words[0] === "db" && words[1] === "downgrade")
    return { command: "flask db downgrade", does: "takes a migration back, with its columns" };
  const composes = program === "docker-compose" || (program === "docker" && words[0] === "compose");
  if (composes && words.includes("down") && words.some((word) => /^(?:-v|--volumes)$/.test(word)))
    return {
      command: "docker compose down -v",
      does: "deletes the volumes with the data",
      fix: "docker compose down",
    };
  return undefined;
}

function ofDjango(launch: Launch, words: readonly string[]): Harm | undefined {
  const command = subcommand(launch) ?? "";
  const does = Object.hasOwn(emptying, command) ? emptying[command] : undefined;
  if (does !== undefined) return { command, does };
  if (command === "loaddata")
    return {
      command,
      does: "writes the rows of its file over what was edited since",
      severity: "warning",
      fix: "# once, by hand\npython manage.py loaddata …",
    };
  if (command !== "migrate") return undefined;
  const [app, target] = words.slice(words.indexOf("migrate") + 1).filter((word) => !word.startsWith("-"));
  if (target === "zero") return { command: `migrate ${app} zero`, does: `drops the tables of ${app}` };
  if (!words.includes("--fake")) return undefined;
  const fix = "python manage.py migrate --noinput";
  return target === undefined
    ? { command: "migrate --fake", does: "marks migrations as applied and runs none", fix }
    : {
        command: `migrate --fake ${app} ${target}`,
        does: "marks migrations as applied and runs none",
        severity: "warning",
        fix,
      };
}
