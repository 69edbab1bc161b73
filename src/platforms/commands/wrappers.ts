import { baseName } from "../paths.ts";
import type { Argument } from "../shell/expand.ts";

/** How a program that starts another one is written: what stands between its name and the other's. */
interface Wrapper {
  /** Words that must come first: `run` in `poetry run gunicorn`. */
  readonly subcommand?: string;
  /** Options that take the next word. */
  readonly takes?: readonly string[];
  /** Words before the command: the user in `gosu app gunicorn`. */
  readonly positionals?: number;
  /** The command comes behind `--`, whatever stands before it. */
  readonly dashes?: true;
}

const wrappers: Readonly<Record<string, Wrapper>> = {
  // Environments.
  poetry: { subcommand: "run", takes: ["-C", "--directory", "-P", "--project"] },
  pipenv: { subcommand: "run" },
  pdm: { subcommand: "run", takes: ["-p", "--project", "-s", "--site-packages"] },
  rye: { subcommand: "run" },
  uv: {
    subcommand: "run",
    takes: [
      "--with",
      "--extra",
      "--group",
      "--only-group",
      "--no-group",
      "--package",
      "-p",
      "--python",
      "--env-file",
    ],
  },
  // Monitoring.
  "newrelic-admin": { subcommand: "run-program" },
  "ddtrace-run": {},
  "opentelemetry-instrument": { takes: ["--traces_exporter", "--metrics_exporter", "--service_name"] },
  "scout-apm": {},
  // Secrets.
  doppler: { subcommand: "run", dashes: true },
  infisical: { subcommand: "run", dashes: true },
  op: { subcommand: "run", dashes: true },
  chamber: { subcommand: "exec", dashes: true },
  dotenv: { subcommand: "run", takes: ["-f", "--file"] },
  // Processes.
  "dumb-init": { takes: ["--rewrite", "-r"] },
  tini: { takes: ["-p", "-e"] },
  catatonit: {},
  nohup: {},
  nice: { takes: ["-n"] },
  ionice: { takes: ["-c", "-n"] },
  setsid: {},
  stdbuf: { takes: ["-i", "-o", "-e"] },
  timeout: { takes: ["-s", "-k"], positionals: 1 },
  command: {},
  builtin: {},
  xargs: { takes: ["-I", "-n", "-P", "-d", "-L", "-s", "-a", "-E"] },
  flock: { takes: ["-w", "-E"], positionals: 1 },
  unbuffer: {},
  "systemd-cat": {},
  "with-contenv": {},
  // Users.
  gosu: { positionals: 1 },
  "su-exec": { positionals: 1 },
  setuser: { positionals: 1 },
  "s6-setuidgid": { positionals: 1 },
  sudo: { takes: ["-u", "-g"] },
  runuser: { takes: ["-u", "-g"] },
  chpst: { takes: ["-u", "-e"] },
  // Waiting for a service.
  "wait-for-it": { dashes: true },
  "wait-for-it.sh": { dashes: true },
  "wait-for": { dashes: true },
  "wait-for.sh": { dashes: true },
  "wait-for-db": { dashes: true },
  waitforit: { dashes: true },
  // Reload.
  watchmedo: { subcommand: "auto-restart", dashes: true },
  dockerize: { takes: ["-wait", "-timeout", "-template", "-wait-retry-interval", "-stdout", "-stderr"] },
  // Heroku's buildpacks for connection pools. The ones for nginx are in `fronts`.
  "start-pgbouncer": {},
  "start-pgbouncer-stunnel": {},
  "start-stunnel": {},
};

/** Heroku's nginx buildpack: nginx takes $PORT and hands on to what is started. */
const fronts = new Set(["start-nginx", "start-nginx-solo", "start-nginx-debug"]);

/** The command that a wrapper starts, and the proxy it puts in front; undefined if this is no wrapper. */
export function unwrap(
  argv: readonly Argument[],
): { readonly argv: readonly Argument[]; readonly front?: string } | undefined {
  const name = baseName(argv[0]?.text ?? "");
  if (fronts.has(name)) return { argv: argv.slice(1), front: "nginx" };
  const wrapper = Object.hasOwn(wrappers, name) ? wrappers[name] : undefined;
  // `command -v x` only asks where x is.
  if (!wrapper || (name === "command" && /^-[vV]$/.test(argv[1]?.text ?? ""))) return undefined;
  const takes = new Set(wrapper.takes);
  let rest: readonly Argument[] = argv.slice(1);
  if (wrapper.subcommand !== undefined) {
    rest = skipOptions(rest, takes);
    if (rest[0]?.text !== wrapper.subcommand) return undefined;
    rest = rest.slice(1);
  }
  if (wrapper.dashes) {
    const dashes = rest.findIndex(({ text }) => text === "--");
    return { argv: dashes < 0 ? [] : rest.slice(dashes + 1) };
  }
  // `uv run -m gunicorn` is `python -m gunicorn`.
  if (name === "uv" && rest[0]?.text === "-m") return { argv: [{ text: "python", known: true }, ...rest] };
  rest = skipOptions(rest, takes).slice(wrapper.positionals ?? 0);
  return { argv: rest[0]?.text === "--" ? rest.slice(1) : rest };
}

/** What follows the options at the start; `--` ends them and is left out. */
export function skipOptions(argv: readonly Argument[], takes: ReadonlySet<string>): readonly Argument[] {
  let index = 0;
  for (; index < argv.length; index++) {
    const text = argv[index]?.text ?? "";
    if (text === "--") return argv.slice(index + 1);
    if (!text.startsWith("-") || text === "-") break;
    if (takes.has(text)) index += 1;
  }
  return argv.slice(index);
}
