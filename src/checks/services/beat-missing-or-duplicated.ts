import { defineCheck } from "../../check.ts";
import { runsAtOnce } from "../../facts/queues/eager.ts";
import { mayRunMore } from "../../facts/queues/process-list.ts";
import { periodicTasks } from "../../facts/queues/schedule.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { showLocation } from "../../location.ts";
import { celeryShop, withCelery } from "../example-celery.ts";

const scheduled = {
  ...celeryShop,
  "shop/settings.py": withCelery(
    'CELERY_BEAT_SCHEDULE = {"remind": {"task": "orders.tasks.remind", "schedule": 3600}}\n',
  ),
};

export default defineCheck({
  id: "beat-missing-or-duplicated",
  title: "Exactly one process queues what is scheduled",
  area: "services",
  severity: "warning",
  needs: ["settings", "deployment", "deploySteps", "taskQueues"],
  wants: ["code"],
  docs: {
    why: "A schedule is only data: Celery's beat is the process that queues what is due. Without it periodic tasks never run, and nothing tells of it. With two of them each task runs twice, which is what a worker with `-B` becomes when it is scaled.",
    fix: "Start one process of its own:\n\n```\nbeat: celery -A shop beat --loglevel=INFO\n```",
    bad: { ...scheduled, Procfile: "web: gunicorn shop.wsgi\nworker: celery -A shop worker\n" },
    good: {
      ...scheduled,
      Procfile: "web: gunicorn shop.wsgi\nworker: celery -A shop worker\nbeat: celery -A shop beat\n",
    },
    notReported: [
      "django-celery-beat without a schedule in the code: what is in the database, nobody sees.",
      "A worker with `-B` that runs once.",
      "An image, which may be started with other commands, and processes that cannot be followed.",
      "A project that starts no worker either: `worker-process-missing` tells of it.",
    ],
    links: ["https://docs.celeryq.dev/en/stable/userguide/periodic-tasks.html#starting-the-scheduler"],
  },
  *run({ settings, deployment, deploySteps, taskQueues, code }) {
    const { celery, sendings } = taskQueues;
    const schedule = celery && periodicTasks(celery, settings, code);
    if (!celery || !schedule) return yield notApplicable("no schedule of Celery's is found");
    if (runsAtOnce("Celery", taskQueues, settings))
      return yield notApplicable("tasks run where they are queued: celery-eager");
    const started = deploySteps.all.filter(
      ({ phase, launch }) => phase === "start" && launch.program === "celery",
    );
    const beats = started.filter(
      ({ kind, launch }) => kind === "beat" || launch.args.some(({ text }) => /^(?:-B|--beat)$/.test(text)),
    );
    for (const { process, launch } of beats) {
      const instances = deployment.processes.find(({ name }) => name === process)?.instances ?? 1;
      if (instances > 1)
        yield fails(
          `${process} starts beat, and ${instances} of it run, so each task is queued ${instances} times`,
          {
            at: launch.at,
          },
        );
    }
    const [beat, second] = beats;
    if (
      beat &&
      second &&
      beat.process !== second.process &&
      !second.launch.conditional &&
      !beat.launch.conditional
    )
      yield fails(`${beat.process} and ${second.process} both start beat, so each task is queued twice`, {
        at: second.launch.at,
      });
    if (beat) return yield evidence(`${beat.process ?? "the deployment"} starts beat`, beat.launch.at);
    const queues = sendings.some(({ library }) => library === "Celery");
    if (started.length === 0 && queues)
      return yield notApplicable("no worker is started: worker-process-missing");
    const more = started.length === 0 ? mayRunMore(deployment, deploySteps) : deploySteps.unclear[0];
    if (more !== undefined) return yield notApplicable(more);
    const elsewhere = taskQueues.beatElsewhere();
    yield fails(
      `${schedule.by} schedules tasks, and no process of the deployment starts beat${elsewhere ? `, as ${showLocation(elsewhere)} does` : ""}`,
      {
        at: schedule.at,
        fix: `beat: celery -A ${celery.file.dotted.replace(/\.celery$/, "")} beat --loglevel=INFO`,
      },
    );
  },
});
