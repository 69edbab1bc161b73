import { entryOf, textOf, truthOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";
import type { Setting, Settings } from "../django/settings.ts";
import type { TaskQueues } from "../task-queues.ts";
import { celeryValue } from "./celery-app.ts";
import type { QueueLibrary } from "./tasks.ts";

/** Celery's task_always_eager, where a setting holds it. */
export function eagerSetting({ celery }: TaskQueues, settings: Settings): Setting | undefined {
  const found = celery && celeryValue(celery, settings, "task_always_eager");
  return found?.kind === "setting" ? found.setting : undefined;
}

/** The backend of django.tasks: what TASKS names, or Django's own default. */
export function tasksBackend(settings: Settings): {
  readonly name: string | undefined;
  readonly value: Value;
} {
  const { value } = settings.get("TASKS");
  const backend = entryOf(entryOf(value, "default"), "BACKEND");
  if (backend) return { name: textOf(backend), value: backend };
  return {
    name: value.kind === "opaque" ? undefined : "django.tasks.backends.immediate.ImmediateBackend",
    value,
  };
}

/** Whether a library runs tasks where they are queued, so that nothing else has to. Undefined: it cannot be told. */
export function runsAtOnce(
  library: QueueLibrary,
  queues: TaskQueues,
  settings: Settings,
): boolean | undefined {
  switch (library) {
    case "Celery": {
      const setting = eagerSetting(queues, settings);
      return setting
        ? truthOf(setting.value)
        : queues.celery?.given.has("task_always_eager")
          ? undefined
          : false;
    }
    case "django.tasks": {
      const { name } = tasksBackend(settings);
      return name === undefined ? undefined : /\.(?:Immediate|Dummy)Backend$/.test(name);
    }
    case "Django Q":
      return switchedOn(entryOf(settings.get("Q_CLUSTER").value, "sync"));
    case "Huey": {
      const huey = settings.get("HUEY").value;
      return switchedOn(entryOf(huey, "immediate") ?? entryOf(huey, "always_eager"));
    }
    case "RQ": {
      const queue = entryOf(settings.get("RQ_QUEUES").value, "default");
      const asynchronous = entryOf(queue, "ASYNC");
      return asynchronous ? truthOf(asynchronous) === false : false;
    }
    case "Dramatiq":
    case "Procrastinate":
      return false;
  }
}

function switchedOn(value: Value | undefined): boolean | undefined {
  return value ? truthOf(value) : false;
}
