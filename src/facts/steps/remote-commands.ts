import type { Launch } from "../../platforms/commands/follow.ts";
import { optionValue } from "../../platforms/commands/recipe.ts";
import { skipOptions } from "../../platforms/commands/wrappers.ts";
import { type Argument, quote } from "../../platforms/shell/expand.ts";

/** A command that is run elsewhere. */
interface Remote {
  readonly command: string;
  /** What takes it there: "heroku run"; undefined for a container on the same machine. */
  readonly through: string | undefined;
}

/** How a program is told what to run elsewhere. */
interface Teller {
  /** The words that begin it: `run`, `ssh console`. */
  readonly words: readonly string[];
  /** Options, before or behind these words, that take the next one. */
  readonly takes?: readonly string[];
  /** Words before the command: a host, a container. */
  readonly names?: number;
  /** The command is the value of one of these options. */
  readonly option?: readonly string[];
  /** The command stands behind `--`. */
  readonly dashes?: true;
  /** It is the pipeline's own machine. */
  readonly here?: true;
}

const docker = [
  "-e",
  "--env",
  "--env-file",
  "-u",
  "--user",
  "-w",
  "--workdir",
  "-v",
  "--volume",
  "--name",
  "--network",
  "--entrypoint",
  "-p",
  "-f",
  "--file",
  "--project-name",
  "--profile",
  "--index",
  "-H",
  "-c",
  "--context",
];
const heroku = ["-a", "--app", "-r", "--remote", "-s", "--size", "-e", "--env", "--type"];

/** By program: what each documents about itself, read on 2026-11-20. */
const tellers: Readonly<Record<string, readonly Teller[]>> = {
  heroku: [
    { words: ["run"], takes: heroku },
    { words: ["run:detached"], takes: heroku },
  ],
  flyctl: [
    {
      words: ["ssh", "console"],
      option: ["-C", "--command"],
      takes: ["-a", "--app", "-g", "--process-group", "-u", "-r"],
    },
    { words: ["console"], option: ["-C", "--command"], takes: ["-a", "--app"] },
    { words: ["machine", "exec"], names: 1, takes: ["-a", "--app"] },
  ],
  kubectl: [
    { words: ["exec"], dashes: true, takes: ["-n", "--namespace", "--context", "-c", "--container"] },
    { words: ["run"], dashes: true, takes: ["-n", "--namespace", "--context"] },
  ],
  ssh: [
    {
      words: [],
      names: 1,
      takes: ["-i", "-p", "-o", "-l", "-F", "-J", "-L", "-R", "-D", "-b", "-c", "-E", "-m", "-S", "-W"],
    },
  ],
  docker: [
    { words: ["compose", "exec"], names: 1, takes: docker, here: true },
    { words: ["compose", "run"], names: 1, takes: docker, here: true },
    { words: ["exec"], names: 1, takes: docker, here: true },
    { words: ["run"], names: 1, takes: docker, here: true },
  ],
  "docker-compose": [
    { words: ["exec"], names: 1, takes: docker, here: true },
    { words: ["run"], names: 1, takes: docker, here: true },
  ],
  railway: [
    { words: ["run"], takes: ["-s", "--service", "-e", "--environment", "-p", "--project"] },
    { words: ["ssh"], takes: ["-s", "--service", "-e", "--environment", "-p", "--project"] },
  ],
  dokku: [
    { words: ["run"], names: 1, takes: ["-e", "--env"] },
    { words: ["enter"], names: 2 },
  ],
  scalingo: [
    { words: ["run"], takes: ["-a", "--app", "-s", "--size", "-e", "--env", "-f", "--file", "--region"] },
  ],
  eb: [{ words: ["ssh"], option: ["-c", "--command"] }],
  platform: [{ words: ["ssh"], takes: ["-e", "--environment", "-p", "--project", "-A", "--app"] }],
  upsun: [{ words: ["ssh"], takes: ["-e", "--environment", "-p", "--project", "-A", "--app"] }],
  kamal: [
    {
      words: ["app", "exec"],
      takes: ["-d", "--destination", "-r", "--roles", "-h", "--hosts", "-c", "--config-file"],
    },
  ],
};

const aliases: Readonly<Record<string, string>> = { fly: "flyctl", oc: "kubectl" };

/** What a program runs elsewhere; undefined if it runs nothing there. */
export function remoteCommand({ program, args }: Launch): Remote | undefined {
  const name = Object.hasOwn(aliases, program) ? (aliases[program] ?? program) : program;
  const known = Object.hasOwn(tellers, name) ? (tellers[name] ?? []) : [];
  for (const teller of known) {
    const takes = new Set([...(teller.takes ?? []), ...(teller.option ?? [])]);
    let rest: readonly Argument[] = skipOptions(args, takes);
    let fits = true;
    for (const word of teller.words) {
      if (rest[0]?.text !== word) fits = false;
      if (!fits) break;
      // What follows `--` is not looked into for options.
      rest = teller.dashes ? rest.slice(1) : skipOptions(rest.slice(1), takes);
    }
    if (!fits) continue;
    const through = teller.here ? undefined : [program, ...teller.words].join(" ");
    const option = teller.option && optionValue(args, ...teller.option);
    if (teller.option) return option === undefined ? undefined : { command: option, through };
    if (teller.dashes) {
      const dashes = rest.findIndex(({ text }) => text === "--");
      return dashes < 0 ? undefined : { command: join(rest.slice(dashes + 1)), through };
    }
    const host = rest[0]?.text ?? "";
    let command = rest.slice(teller.names ?? 0);
    if (command.length === 0) return undefined;
    // `ssh dokku@host run app command` is dokku's own shell.
    if (program === "ssh" && host.startsWith("dokku@")) {
      return command[0]?.text === "run"
        ? { command: join(command.slice(2)), through: "dokku run" }
        : undefined;
    }
    if (command[0]?.text === "--") command = command.slice(1);
    // One word is a command line of its own; ssh joins several with blanks, and a shell reads them.
    const isText = command.length === 1 || program === "ssh";
    return { command: isText ? command.map(({ text }) => text).join(" ") : join(command), through };
  }
  return undefined;
}

function join(words: readonly Argument[]): string {
  return words.map(({ text, known }) => (known ? quote(text) : text)).join(" ");
}
