import type { Launch } from "../../platforms/commands/follow.ts";
import { recogniseServer } from "../servers/programs.ts";

/** What a command of a deployment is there for. */
export type StepKind =
  | "server"
  | "migrate"
  | "makemigrations"
  | "collectstatic"
  | "worker"
  | "beat"
  | "install"
  | "check"
  | "data"
  | "other";

/** Django's commands, and those of the libraries that projects run beside it, by what they do. */
const managementCommands: Readonly<Record<string, StepKind>> = {
  migrate: "migrate",
  migrate_schemas: "migrate",
  makemigrations: "makemigrations",
  collectstatic: "collectstatic",
  check: "check",
  test: "check",
  loaddata: "data",
  flush: "data",
  reset_db: "data",
  sqlflush: "data",
  createsuperuser: "data",
  rqworker: "worker",
  "rqworker-pool": "worker",
  qcluster: "worker",
  run_huey: "worker",
  rundramatiq: "worker",
  db_worker: "worker",
  procrastinate: "worker",
  process_tasks: "worker",
  runworker: "worker",
  rqscheduler: "beat",
  celery: "worker",
};

/** Programs that work a queue off, whatever their arguments. */
const workers = new Set(["rq", "rqworker", "dramatiq", "huey_consumer", "huey_consumer.py", "arq", "taskiq"]);

const schedulers = new Set(["rqscheduler"]);

/** Package managers, with the words that make them install. */
const installers: Readonly<Record<string, RegExp>> = {
  pip: /^(?:install|sync)$/,
  pip3: /^(?:install|sync)$/,
  "pip-sync": /^/,
  pipenv: /^(?:install|sync)$/,
  poetry: /^(?:install|sync)$/,
  uv: /^(?:sync|pip|add)$/,
  pdm: /^(?:install|sync)$/,
  conda: /^(?:install|env)$/,
  npm: /^(?:ci|install|i)$/,
  yarn: /^(?:install)?$/,
  pnpm: /^(?:install|i)$/,
  "apt-get": /^install$/,
  apt: /^install$/,
  apk: /^add$/,
};

/** The command of a program that has many: `migrate` of `manage.py --settings x migrate`. */
export function subcommand(launch: Launch): string | undefined {
  const takes = new Set(["--settings", "--pythonpath", "-v", "--verbosity", "-A", "--app", "-c", "--config"]);
  for (let index = 0; index < launch.args.length; index++) {
    const text = launch.args[index]?.text ?? "";
    if (!text.startsWith("-")) return text;
    if (takes.has(text)) index += 1;
  }
  return undefined;
}

/** What a launched program is there for. */
export function kindOf(launch: Launch): StepKind {
  const { program, args } = launch;
  if (recogniseServer(launch)) return "server";
  const command = subcommand(launch);
  const says = (word: string) => args.some(({ text }) => text === word);
  if (program === "manage.py" || program === "django-admin") return managementKind(command ?? "");
  if (program === "celery") {
    if (command === "beat") return "beat";
    return command === "worker" || says("worker") ? "worker" : "other";
  }
  if (workers.has(program)) return "worker";
  if (schedulers.has(program)) return "beat";
  if (program === "procrastinate") return command === "worker" ? "worker" : "other";
  if (program === "flask") return command === "db" && says("upgrade") ? "migrate" : "other";
  if (program === "alembic") return command === "upgrade" ? "migrate" : "other";
  const installs = Object.hasOwn(installers, program) ? installers[program] : undefined;
  return installs?.test(command ?? "") ? "install" : "other";
}

function managementKind(command: string): StepKind {
  return Object.hasOwn(managementCommands, command) ? (managementCommands[command] ?? "other") : "other";
}
