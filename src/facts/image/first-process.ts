import type { Location } from "../../location.ts";
import { shellCall, shells } from "../../platforms/commands/interpreters.ts";
import { baseName } from "../../platforms/paths.ts";
import { expandWords } from "../../platforms/shell/expand.ts";
import { parseShell, type ShellCommand } from "../../platforms/shell/script.ts";
import type { Scripts } from "../scripts.ts";
import type { WebServer } from "../web-server.ts";
import type { FinalImage } from "./final-image.ts";

/** The shell that stays the first process of the container while the server runs below it, and where it starts it. */
export interface StayingShell {
  /** "entrypoint.sh", or the command itself. */
  readonly what: string;
  readonly at: Location;
}

/** Programs that hand signals on, or look after several others. */
const inits =
  /\b(?:tini|dumb-init|catatonit|docker-init|s6-svscan|s6-overlay|runsvdir|supervisord|circusd|honcho|foreman|overmind|my_init|pid1|init)\b/;

export function stayingShell(
  server: WebServer,
  scripts: Scripts,
  image: FinalImage,
): StayingShell | undefined {
  const command = server.process.command;
  if (inits.test(`${image.entrypoint?.command ?? ""} ${command}`)) return undefined;
  const script = scripts.started.find(({ path }) => path === server.at.file);
  if (script?.file) {
    const { text } = script.file;
    const isThere = ({ start }: ShellCommand) => lineOf(text, start) === server.at.line;
    const starts = parseShell(text).filter(isThere);
    // A script with traps, or that waits for what it started, knows what it does.
    if (/\btrap\b|\bwait\b|[^&>]&\s*$/m.test(text) || inits.test(text) || starts.length !== 1)
      return undefined;
    return starts[0]?.replaces === false ? { what: script.path, at: server.at } : undefined;
  }
  if (server.at.file !== image.cmd?.at.file && server.at.file !== server.process.at.file) return undefined;
  return chained(command, server) ? { what: "the command", at: server.at } : undefined;
}

function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}

/** `sh -c "migrate && gunicorn …"`: dash and BusyBox stay, and only bash goes on as the last command. */
function chained(command: string, server: WebServer): boolean {
  const commands = parseShell(command);
  const [only] = commands;
  if (!only) return false;
  if (commands.length === 1) {
    const [program, ...args] = expandWords(only.words, new Map());
    const name = baseName(program?.text ?? "");
    if (!shells.has(name) || name === "bash") return false;
    const { kind, what } = shellCall(args);
    return kind === "text" && what !== undefined && chained(what.text, server);
  }
  const last = commands.at(-1);
  const words = expandWords(last?.words ?? [], new Map()).map(({ text }) => baseName(text));
  return (
    last?.replaces === false &&
    words.includes(server.program) &&
    !/[^&>]&\s*$|\bwait\b|\btrap\b/.test(command)
  );
}
