import { defineCheck } from "../../check.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import type { Launch } from "../../platforms/commands/launch.ts";
import { shop } from "../example-shop.ts";

export default defineCheck({
  id: "migrate-at-every-boot",
  title: "Migrations run once for a deployment, not in every instance",
  area: "database",
  severity: "warning",
  needs: ["deploySteps", "deployment"],
  docs: {
    why: "A start command runs in every instance, at every restart. With two of them `migrate` races against itself (`duplicate key value violates unique constraint`, `deadlock detected`), and a long migration keeps the server from answering its health check in time.",
    fix: "Migrate where the platform runs a command once for a deployment, such as the release phase:\n\n```\nrelease: python manage.py migrate --noinput\nweb: gunicorn shop.wsgi\n```",
    bad: {
      ...shop,
      Procfile:
        "web: python manage.py migrate --noinput && gunicorn shop.wsgi\nworker: python manage.py migrate --noinput && python manage.py db_worker\n",
    },
    good: {
      ...shop,
      Procfile:
        "release: python manage.py migrate --noinput\nweb: gunicorn shop.wsgi\nworker: python manage.py db_worker\n",
    },
    notReported: [
      'A migration that a test in a script guards (`if [ "$RUN_MIGRATIONS" = 1 ]`).',
      "With a single instance, or where the platform's own start command migrates, it is advice only.",
    ],
    links: ["https://devcenter.heroku.com/articles/release-phase"],
  },
  *run({ deploySteps, deployment }) {
    const { platform, processes } = deployment;
    const migrations = deploySteps.of("migrate");
    if (migrations.length === 0) return yield notApplicable("no step of the deployment migrates");
    // What starts before a process belongs to the web process: an initContainer.
    const atStart = migrations
      .filter(({ phase, launch }) => phase === "start" && !launch.conditional)
      .map((step) => ({ ...step, process: step.process ?? "web" }));
    const [first, ...others] = atStart;
    if (!first) {
      const [step] = migrations;
      return yield evidence("migrations run once for a deployment", step?.launch.at);
    }
    const several = [...new Set(atStart.map(({ process }) => process))];
    const instances = Math.max(
      ...processes.map(({ name, instances = 1 }) => (several.includes(name) ? instances : 1)),
    );
    const races =
      instances > 1
        ? `, and ${instances} of them race`
        : several.length > 1
          ? `, and so does ${others.find(({ process }) => process !== first.process)?.process}`
          : "";
    const isDefault = first.declaredBy.source !== undefined;
    yield fails(`every start of ${first.process} runs migrate${races}`, {
      at: first.launch.at,
      ...((races === "" || isDefault) && { severity: "info" }),
      ...(platform.release && { fix: platform.release.fix(once(first.launch)) }),
    });
  },
});

/** The command that migrates, to be run once. */
function once({ program, args }: Launch): string {
  return program === "manage.py" || program === "django-admin"
    ? "python manage.py migrate --noinput"
    : [program, ...args.map(({ text }) => text)].join(" ");
}
