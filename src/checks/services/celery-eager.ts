import { defineCheck } from "../../check.ts";
import { bad, good, judge } from "../../facts/django/judge.ts";
import { leftUnset, whenUnset } from "../../facts/django/unset.ts";
import { eagerSetting, tasksBackend } from "../../facts/queues/eager.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import { celeryShop, withCelery } from "../example-celery.ts";

export default defineCheck({
  id: "celery-eager",
  title: "Queued tasks do not run inside the request",
  area: "services",
  severity: "warning",
  needs: ["settings", "taskQueues"],
  wants: ["deploySteps"],
  docs: {
    why: "With `task_always_eager` a task runs where it is queued: the request waits for it, an error in it is an error of the request, and nothing is retried. It is meant for tests. A worker beside it idles.",
    fix: "Turn it on for tests only:\n\n```python\nCELERY_TASK_ALWAYS_EAGER = False\n```",
    bad: { ...celeryShop, "shop/settings.py": withCelery("CELERY_TASK_ALWAYS_EAGER = True\n") },
    good: { ...celeryShop, "shop/settings.py": withCelery("CELERY_TASK_ALWAYS_EAGER = DEBUG = False\n") },
    notReported: [
      "A setting that Celery does not read: without `namespace` it is `CELERY_ALWAYS_EAGER`.",
      "A project that starts no worker and says so in so many words: it is advice.",
      "Where there is no broker: a variable that is unset makes both, and it is advice.",
      "django.tasks with its default backend, which runs tasks at once, is advice as well.",
    ],
    links: [
      "https://docs.celeryq.dev/en/stable/userguide/configuration.html#task-always-eager",
      "https://docs.djangoproject.com/en/stable/topics/tasks/",
    ],
  },
  *run({ settings, taskQueues, deploySteps }) {
    const setting = eagerSetting(taskQueues, settings);
    const worker = deploySteps?.all.find(({ phase, kind }) => phase === "start" && kind === "worker");
    const sent = taskQueues.sendings.find(({ library }) => library === "django.tasks");
    if (sent) {
      const { name, value } = tasksBackend(settings);
      if (name?.endsWith(".DummyBackend"))
        yield fails("TASKS has the DummyBackend, which runs no task at all", {
          at: value.at,
          severity: "error",
        });
      else if (name?.endsWith(".ImmediateBackend"))
        yield fails(`${sent.call}() runs its task at once: TASKS has the ImmediateBackend`, {
          at: value.at ?? sent.at,
          severity: "info",
        });
      else yield evidence(`tasks are queued by ${name ?? "a backend that cannot be read"}`, value.at);
    }
    if (!setting) {
      if (!sent) yield notApplicable("nothing makes tasks run where they are queued");
      return;
    }
    const unset = leftUnset(settings, setting.value.env, setting.env);
    // No broker, no queue: a fallback by design.
    const withoutBroker = unset.some((name) => /BROKER|REDIS|AMQP|RABBIT|QUEUE/.test(name));
    yield* judge(
      setting,
      (value) => {
        const on = truthOf(value);
        return on
          ? bad(`is ${worker ? "on, so the worker has nothing to do and" : "on, so"} requests wait for tasks`)
          : good;
      },
      {
        fix: `${setting.name} = False`,
        ...(((!worker && unset.length === 0) || withoutBroker) && { severity: "info" }),
        when: whenUnset(unset),
      },
    );
    yield evidence(`${setting.name} is off`, setting.at);
  },
});
