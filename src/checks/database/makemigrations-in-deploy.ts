import { defineCheck } from "../../check.ts";
import type { Apps } from "../../facts/apps.ts";
import type { DeployStep } from "../../facts/deploy-steps.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "makemigrations-in-deploy",
  title: "Migrations are written by people, and committed",
  area: "database",
  severity: "error",
  needs: ["deploySteps"],
  wants: ["apps"],
  docs: {
    why: "`makemigrations` in a deployment writes migrations into one container, which nobody ever sees again, and the database remembers that they were applied. The next deployment writes others of the same names with other contents: columns are missing, or it ends in `InconsistentMigrationHistory` or `Conflicting migrations detected`.",
    fix: "Make migrations where you change the models, commit them, and only apply them here:\n\n```\nrelease: python manage.py migrate --noinput\n```",
    bad: {
      ...shop,
      Procfile:
        "release: python manage.py makemigrations && python manage.py migrate --noinput\nweb: gunicorn shop.wsgi\n",
    },
    good: {
      ...shop,
      Procfile:
        "release: python manage.py makemigrations --check && python manage.py migrate --noinput\nweb: gunicorn shop.wsgi\n",
    },
    notReported: [
      "`makemigrations --check` and `--dry-run`, which write nothing.",
      "Scripts and targets of a Makefile that no deployment reaches.",
      "What a pipeline runs on its own machine.",
      "Where every app has its migrations in the repository it is a warning: a deployment writes others only once somebody forgets one.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/topics/migrations/#workflow",
      "https://doc.scalingo.com/languages/python/django/start",
    ],
  },
  *run({ deploySteps, apps }) {
    const remote = deploySteps.pipeline.filter(({ through }) => through !== undefined);
    const making = [...deploySteps.all, ...remote].filter(makes);
    if (deploySteps.all.length === 0 && remote.length === 0)
      return yield notApplicable("no step of the deployment is known");
    for (const { phase, process, launch } of making) {
      const who = phase === "start" ? `every start of ${process ?? "the web process"}` : "every deployment";
      const where = phase === "build" ? "the image" : "a container";
      yield fails(`${who} runs makemigrations, and what it writes is in ${where} only`, {
        at: launch.at,
        ...((launch.conditional || areCommitted(apps)) && { severity: "warning" }),
        fix: "python manage.py migrate --noinput",
      });
    }
    yield evidence("no step of the deployment writes migrations", deploySteps.all[0]?.launch.at);
  },
});

function makes({ kind, launch, declaredBy }: DeployStep): boolean {
  const writesNothing = /^(?:--check|--dry-run|--help|-h)$/;
  return (
    kind === "makemigrations" &&
    declaredBy.onlyOnce !== true &&
    !launch.args.some(({ text }) => writesNothing.test(text))
  );
}

/** Then there is nothing to make, as long as everybody commits what they made. */
function areCommitted(apps: Apps | undefined): boolean {
  const having = apps?.own.filter(({ models }) => models.some(({ kind }) => kind === "concrete")) ?? [];
  return (
    having.length > 0 &&
    having.every(({ migrations }) => migrations.kind === "package" && migrations.migrations.length > 0)
  );
}
