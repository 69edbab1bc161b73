import type { Location } from "../location.ts";
import { defineFact } from "./define.ts";
import { type CeleryApp, celeryApps } from "./queues/celery-app.ts";
import { type QueueLibrary, type Sending, sendingsIn, tasksIn } from "./queues/tasks.ts";
import { beatElsewhere, workerElsewhere } from "./queues/workers.ts";

/** Tasks that the project hands to another process, and what is there to run them. */
export interface TaskQueues {
  /** The Celery application of the project; undefined if its code makes none. */
  readonly celery: CeleryApp | undefined;
  /** Every place in the code that queues a task. */
  readonly sendings: readonly Sending[];
  /** A file beside the deployment's own that starts a worker of a library; undefined if there is none. */
  workerElsewhere(library: QueueLibrary): Location | undefined;
  /** The same of Celery's beat. */
  beatElsewhere(): Location | undefined;
}

export const taskQueues = defineFact<"taskQueues", "code">({
  wants: ["code"],
  read({ files }, { code }) {
    if (!code)
      return {
        celery: undefined,
        sendings: [],
        workerElsewhere: () => undefined,
        beatElsewhere: () => undefined,
      };
    const apps = celeryApps(code);
    const names = new Set(
      apps.flatMap(({ file, variable }) => (variable === undefined ? [] : [`${file.dotted}.${variable}`])),
    );
    // A package hands its application on: `from .celery import app as celery_app` in `shop/__init__.py`.
    for (const file of code.mentioning(/import\s[\w, ()\s]{0,500}?(?:app|celery)/i))
      for (const [local, stands] of file.imported)
        if (names.has(stands)) names.add(`${file.dotted}.${local}`);
    return {
      celery: apps.find(({ configuration }) => configuration.kind === "settings") ?? apps[0],
      sendings: sendingsIn(code, tasksIn(code, names)),
      workerElsewhere: (library) => workerElsewhere(files, library),
      beatElsewhere: () => beatElsewhere(files),
    };
  },
});
