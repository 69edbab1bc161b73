import { locator } from "../../location.ts";
import type { Manifest, Process } from "../manifest.ts";

/**
 * `type: command`. Blanks before the type and around the colon do no harm; the type is made of letters,
 * digits, `-` and `_`; a type without a command is no process.
 *
 * Sources: https://devcenter.heroku.com/articles/procfile (2023-04-04), heroku/buildpacks-procfile
 * @0033616 src/procfile.rs.
 */
const processLine = /^[ \t]*([A-Za-z0-9_-]+)[ \t]*:[ \t]*(\S.*)$/;

/** Blank lines and comments. */
const ignoredLine = /^[ \t]*(?:#.*)?$/;

/** A Procfile by Heroku's line grammar. Lines it does not understand become `problems`. */
export function readProcfile(path: string, text: string): Manifest {
  const locate = locator(path, text);
  const processes: Process[] = [];
  const problems: Manifest["problems"][number][] = [];
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const content = line[0].replace(/^\uFEFF/, "");
    if (ignoredLine.test(content)) continue;
    const start = line.index + line[0].length - content.length;
    const at = locate(start, line.index + line[0].length);
    const [, name, command] = processLine.exec(content) ?? [];
    if (name === undefined || command === undefined) {
      problems.push({
        kind: "invalid",
        message: `"${content.trim()}" is not of the form "type: command"`,
        at,
      });
      continue;
    }
    const indent = content.length - content.trimStart().length;
    processes.push({
      name,
      command: command.trimEnd(),
      at: locate(start + indent, start + content.trimEnd().length),
    });
  }
  return {
    path,
    processes,
    env: [],
    steps: processes
      .filter(({ name }) => name === "release")
      .map(({ command, at }) => ({ phase: "release" as const, command, at })),
    problems,
  };
}
