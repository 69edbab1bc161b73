import { defineCheck } from "../../check.ts";
import { runsAtOnce } from "../../facts/queues/eager.ts";
import { isWholeList, mayRunMore } from "../../facts/queues/process-list.ts";
import type { QueueLibrary } from "../../facts/queues/tasks.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { showLocation } from "../../location.ts";
import { celeryShop } from "../example-celery.ts";

/** How a worker is started, given the module of the Celery application. */
const commands: Readonly<Record<QueueLibrary, (app: string) => string>> = {
  Celery: (app) => `celery -A ${app} worker --loglevel=INFO`,
  RQ: () => "python manage.py rqworker default",
  Huey: () => "python manage.py run_huey",
  Dramatiq: () => "python manage.py rundramatiq",
  "Django Q": () => "python manage.py qcluster",
  Procrastinate: () => "python manage.py procrastinate worker",
  "django.tasks": () => "python manage.py db_worker",
};

export default defineCheck({
  id: "worker-process-missing",
  title: "A process runs the tasks that are queued",
  area: "services",
  severity: "error",
  needs: ["settings", "deployment", "deploySteps", "taskQueues"],
  docs: {
    why: "A queued task waits until a worker takes it. Without one nothing fails: mails never leave, exports never finish, and the broker's memory fills up.",
    fix: "Start a worker beside the web process:\n\n```\nworker: celery -A shop worker --loglevel=INFO\n```",
    bad: { ...celeryShop, Procfile: "web: gunicorn shop.wsgi\n" },
    good: { ...celeryShop, Procfile: "web: gunicorn shop.wsgi\nworker: celery -A shop worker\n" },
    notReported: [
      "Tasks that run where they are queued, by a setting: `celery-eager` tells of it.",
      "An image, which may be started with other commands, and processes that cannot be followed or read as if they worked off a queue.",
      "Tasks that are defined, and that nothing of the project queues.",
      "A worker that another file of the platform's starts as a service of its own (`railway.worker.toml`).",
      "Where processes can be declared outside the repository, or another file of it starts a worker, it is a warning.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/celery-heroku",
      "https://docs.celeryq.dev/en/stable/userguide/daemonizing.html",
    ],
  },
  *run({ settings, deployment, deploySteps, taskQueues }) {
    const libraries = [...new Set(taskQueues.sendings.map(({ library }) => library))];
    if (libraries.length === 0) return yield notApplicable("nothing is found that queues tasks");
    const worker = deploySteps.all.find(({ phase, kind }) => phase === "start" && kind === "worker");
    if (worker)
      return yield evidence(`${worker.process ?? "the deployment"} starts a worker`, worker.launch.at);
    const more = mayRunMore(deployment, deploySteps);
    if (more !== undefined) return yield notApplicable(more);
    const file = deployment.processes.find(({ name }) => name === "web")?.at.file;
    for (const library of libraries) {
      const sent = taskQueues.sendings.filter((each) => each.library === library);
      const [first] = sent;
      const atOnce = runsAtOnce(library, taskQueues, settings);
      if (!first || atOnce !== false) {
        yield notApplicable(
          atOnce
            ? `${library} runs tasks where they are queued`
            : `whether ${library} queues tasks cannot be told`,
        );
        continue;
      }
      const elsewhere = taskQueues.workerElsewhere(library);
      if (elsewhere && file !== undefined && stem(elsewhere.file) === stem(file)) {
        yield evidence("a service of its own starts a worker", elsewhere);
        continue;
      }
      const others = sent.length > 1 ? ` and ${sent.length - 1} more` : "";
      yield fails(
        `${first.call}()${others} ${sent.length > 1 ? "queue" : "queues"} tasks with ${library}, and ${file} starts no worker${elsewhere ? `, as ${showLocation(elsewhere)} does` : ""}`,
        {
          at: first.at,
          fix: `worker: ${commands[library](taskQueues.celery?.file.dotted.replace(/\.celery$/, "") ?? "shop")}`,
          ...(!(isWholeList(deployment) && elsewhere === undefined) && { severity: "warning" }),
        },
      );
    }
  },
});

/** `railway.worker.toml` beside `railway.toml`: the platform's file for another service. */
function stem(file: string): string {
  return file.replace(/([^/.-]*)[^/]*(\.\w+)$/, "$1$2");
}
