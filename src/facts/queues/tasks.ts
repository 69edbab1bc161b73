import type { Location } from "../../location.ts";
import type { Expression } from "../../python/tree.ts";
import { nodesIn, type SourceFile } from "../code/source-file.ts";
import type { Code } from "../code.ts";

/** Libraries that run tasks in another process. */
export type QueueLibrary =
  | "Celery"
  | "RQ"
  | "Huey"
  | "Dramatiq"
  | "Django Q"
  | "Procrastinate"
  | "django.tasks";

/** Code of the project that puts a task into a queue. */
export interface Sending {
  readonly library: QueueLibrary;
  /** The task was made for whichever application there is (`shared_task`). */
  readonly shared: boolean;
  /** As written: "send_receipt.delay". */
  readonly call: string;
  readonly at: Location;
}

interface Task {
  readonly library: QueueLibrary;
  readonly shared: boolean;
}

export type Tasks = ReadonlyMap<string, Task>;

/** Names, through imports, of what makes a function a task. */
const decorators: readonly (readonly [QueueLibrary, RegExp])[] = [
  ["Celery", /^celery\.(?:shared_task|task|decorators\.task|app\.shared_task)$/],
  ["RQ", /^(?:django_rq|rq\.decorators|django_rq\.decorators)\.job$/],
  ["Huey", /^huey\.contrib\.djhuey\.(?:db_)?task$/],
  ["Dramatiq", /^dramatiq\.actor$/],
  ["Procrastinate", /^procrastinate\.contrib\.django\.app\.task$/],
  ["django.tasks", /^django_?\.?tasks\.task$/],
];

/** Calls that queue something, whatever is queued. */
const senders: readonly (readonly [QueueLibrary, RegExp])[] = [
  ["RQ", /^django_rq\.enqueue$/],
  ["Django Q", /^django_q\.tasks\.(?:async_task|async_iter|async_chain)$/],
  ["Celery", /(?:^|\.)(?:current_app|celery_app|celery|app)\.send_task$/],
];

/** What queues a task when it is called on one, by library. */
const methods: Readonly<Record<QueueLibrary, RegExp>> = {
  Celery: /^(?:delay|apply_async|delay_on_commit|apply_async_on_commit)$/,
  RQ: /^delay$/,
  Huey: /^(?:schedule|delay)$/,
  Dramatiq: /^(?:send|send_with_options)$/,
  "Django Q": /^$/,
  Procrastinate: /^(?:defer|defer_async|configure)$/,
  "django.tasks": /^a?enqueue$/,
};

const libraries =
  /\b(?:celery|django_rq|rq|huey|dramatiq|django_q|procrastinate|django_tasks|django\.tasks|\w+\.task|\w*[Tt]ask)\b/;
const sending =
  /\.(?:delay|apply_async|delay_on_commit|apply_async_on_commit|send_task|send|send_with_options|defer|defer_async|a?enqueue|schedule)\s*\(|\b(?:async_task|enqueue)\s*\(/;

/** The tasks of the project, by name: a task is known by its function's name wherever it is imported. */
export function tasksIn(code: Code, apps: ReadonlySet<string>): Tasks {
  const tasks = new Map<string, Task>();
  for (const file of code.mentioning(/^[^\S\n]*@[\w.]*(?:task|job|actor)\b|\bTask\s*\)/m)) {
    if (!libraries.test(file.text)) continue;
    for (const node of nodesIn(file.module.body)) {
      if (node.nodeType === "ClassDef") {
        const celery = node.bases.some((base) =>
          /^(?:celery\.(?:Task|app\.task\.Task)|\w+\.Task)$/.test(file.qualified(base) ?? ""),
        );
        if (celery && /\bcelery\b/.test(file.text))
          tasks.set(node.name, { library: "Celery", shared: false });
      }
      if (node.nodeType !== "FunctionDef" && node.nodeType !== "AsyncFunctionDef") continue;
      for (const decorator of node.decorator_list) {
        const library = libraryOf(file, decorator, apps);
        const shared = /shared_task/.test(
          file.qualified(decorator.nodeType === "Call" ? decorator.func : decorator) ?? "",
        );
        if (library) tasks.set(node.name, { library, shared });
      }
    }
  }
  return tasks;
}

function libraryOf(
  file: SourceFile,
  decorator: Expression,
  apps: ReadonlySet<string>,
): QueueLibrary | undefined {
  const name = file.qualified(decorator.nodeType === "Call" ? decorator.func : decorator);
  if (name === undefined) return undefined;
  const known = decorators.find(([, form]) => form.test(name));
  if (known) return known[0];
  // `@app.task` of the project's own application, under whichever name it was imported.
  const owner = /^(.*)\.task$/.exec(name)?.[1];
  return owner !== undefined && (apps.has(owner) || apps.has(`${file.dotted}.${owner}`))
    ? "Celery"
    : undefined;
}

/** Every place in the code that queues a task. */
export function sendingsIn(code: Code, tasks: Tasks): readonly Sending[] {
  // Huey queues a task by calling it, so its name alone tells.
  const called = [...tasks].filter(([, { library }]) => library === "Huey").map(([name]) => name);
  const mention =
    called.length === 0 ? sending : new RegExp(`${sending.source}|\\b(?:${called.join("|")})\\s*\\(`);
  return code.mentioning(mention).flatMap((file) =>
    file.calls.flatMap(({ name, node }) => {
      const task = taskQueued(file, name, node.func, tasks);
      return task
        ? [{ ...task, call: name?.split(".").slice(-2).join(".") ?? "a task", at: file.at(node) }]
        : [];
    }),
  );
}

function taskQueued(
  file: SourceFile,
  name: string | undefined,
  func: Expression,
  tasks: Tasks,
): Task | undefined {
  const known = name === undefined ? undefined : senders.find(([, form]) => form.test(name));
  if (known) {
    const [library] = known;
    return library === "Celery" && !/celery/i.test(file.text) ? undefined : { library, shared: false };
  }
  const called = name?.split(".").at(-1);
  const direct = called === undefined ? undefined : tasks.get(called);
  if (direct?.library === "Huey") return direct;
  if (func.nodeType !== "Attribute") return undefined;
  const task = taskIn(file, func.value);
  const found = task === undefined ? undefined : tasks.get(task);
  if (found) return methods[found.library].test(func.attr) ? found : undefined;
  if (func.attr === "enqueue" && /\bimport django_rq\b|\bfrom (?:django_)?rq\b/.test(file.text))
    return { library: "RQ", shared: false };
  // A canvas: `chain(a.s(), b.s()).apply_async()`.
  if (func.value.nodeType === "Call" && methods.Celery.test(func.attr)) {
    const canvas = file.qualified(func.value.func);
    if (canvas !== undefined && /^celery\.(?:canvas\.)?(?:chain|group|chord|signature)$/.test(canvas))
      return { library: "Celery", shared: false };
  }
  return undefined;
}

/** The name of the function that an expression is, or is a signature of: `tasks.send` and `send.s(1)`. */
function taskIn(file: SourceFile, expression: Expression): string | undefined {
  if (expression.nodeType === "Call") {
    const { func } = expression;
    const partial =
      func.nodeType === "Attribute" && /^(?:s|si|subtask|signature|using|configure)$/.test(func.attr);
    return partial ? taskIn(file, func.value) : undefined;
  }
  return file.qualified(expression)?.split(".").at(-1);
}
