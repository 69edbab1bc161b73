import { type Location, locator } from "../../location.ts";
import type { Manifest, Process } from "../manifest.ts";
import type { ProcfileRules } from "../rules.ts";
import { readYamlProcfile } from "./procfile-yaml.ts";

/** A Procfile as one platform takes it. Lines that it does not understand become `problems`. */
export interface ProcfileRead extends Manifest {
  /** Entries that it runs under another name: `Web` as `web`. */
  readonly corrected: readonly { readonly written: string; readonly name: string; readonly at: Location }[];
  /** Entries of a line without a colon, where the platform can do without. */
  readonly uncoloned: readonly { readonly name: string; readonly at: Location }[];
  /** Entries whose name it does not allow, by its documentation. */
  readonly misnamed: readonly { readonly name: string; readonly at: Location }[];
}

/**
 * What hosts have in common. Blanks before the name and around the colon do no harm; a name without a
 * command is no process.
 *
 * Sources: https://devcenter.heroku.com/articles/procfile (2023-04-04), heroku/buildpacks-procfile
 * @0033616 src/procfile.rs.
 */
export const usualProcfile: ProcfileRules = {
  syntax: "lines",
  names: /^[A-Za-z0-9_-]+$/,
  duplicates: "unknown",
  invalidLine: "unknown",
  serves: ["web"],
  release: { name: "release", phase: "release" },
};

/** `rules` is the platform's dialect. Entries of one name are all there, in the order of the file. */
export function readProcfile(path: string, text: string, rules: ProcfileRules = usualProcfile): ProcfileRead {
  const { entries, problems, uncoloned } =
    rules.syntax === "yaml" ? yamlEntries(path, text) : lineEntries(path, text, rules);
  const processes: Process[] = [];
  const corrected: ProcfileRead["corrected"][number][] = [];
  const misnamed: ProcfileRead["misnamed"][number][] = [];
  const malformed: Manifest["problems"][number][] = [...problems];
  for (const { written, process } of entries) {
    const { name, at } = process;
    const fixed = name.toLowerCase().replaceAll("_", "-");
    if (rules.names.test(name)) processes.push(process);
    else if (rules.otherNames === "corrected" && rules.names.test(fixed)) {
      processes.push({ ...process, name: fixed });
      corrected.push({ written: name, name: fixed, at });
    } else if (rules.otherNames !== undefined && usualProcfile.names.test(name)) {
      processes.push(process);
      misnamed.push({ name, at });
    } else malformed.push(notAnEntry(written, at));
  }
  const { release } = rules;
  const steps = processes
    .filter(({ name }) => name === release?.name)
    .map(({ command, at }) => ({ phase: release?.phase ?? "release", command, at }));
  return { path, processes, env: [], steps, problems: malformed, corrected, uncoloned, misnamed };
}

interface Entries {
  readonly entries: readonly { readonly written: string; readonly process: Process }[];
  readonly problems: Manifest["problems"];
  readonly uncoloned: ProcfileRead["uncoloned"];
}

/** Whatever stands before the first colon, without the blanks around it. */
const entryLine = /^[ \t]*(?<name>[^:\s](?:[^:]*[^:\s])?)[ \t]*:[ \t]*(?<command>\S.*)$/;

function lineEntries(
  path: string,
  text: string,
  { comments, line: form = entryLine }: ProcfileRules,
): Entries {
  const locate = locator(path, text);
  const entries: Entries["entries"][number][] = [];
  const problems: Manifest["problems"][number][] = [];
  const uncoloned: ProcfileRead["uncoloned"][number][] = [];
  const marks = comments?.marks ?? ["#"];
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const content = line[0].replace(/^\uFEFF/, "");
    const trimmed = content.trim();
    if (trimmed === "" || marks.some((mark) => trimmed.startsWith(mark))) continue;
    const start = line.index + line[0].length - content.length;
    const { name, command: rest = "" } = form.exec(content)?.groups ?? {};
    const command = comments?.behindCommands ? withoutComment(rest, marks) : rest.trimEnd();
    if (name === undefined || command === "") {
      problems.push(notAnEntry(trimmed, locate(start, line.index + line[0].length)));
      continue;
    }
    const indent = content.length - content.trimStart().length;
    const at = locate(start + indent, start + content.trimEnd().length);
    entries.push({ written: trimmed, process: { name, command, at } });
    if (!trimmed.slice(name.length).trimStart().startsWith(":")) uncoloned.push({ name, at });
  }
  return { entries, problems, uncoloned };
}

/** A comment behind a command has a blank before it; the last one counts (dokku/procfile-util @0af8938, parse.go). */
function withoutComment(command: string, marks: readonly string[]): string {
  const ends = marks.map((mark) => [...command.matchAll(new RegExp(`\\s${mark}(?=.)`, "g"))].at(-1)?.index);
  const kept = command
    .slice(
      0,
      ends.find((end) => end !== undefined),
    )
    .trim();
  return marks.some((mark) => kept.startsWith(mark)) ? "" : kept;
}

/** What is no YAML stops the builder: the platform's own reader tells of it. */
function yamlEntries(path: string, text: string): Entries {
  const { entries } = readYamlProcfile(path, text);
  return {
    entries: entries.flatMap(({ name, command, at }) =>
      command === "" ? [] : [{ written: `${name}: ${command}`, process: { name, command, at } }],
    ),
    problems: [],
    uncoloned: [],
  };
}

function notAnEntry(written: string, at: Location): Manifest["problems"][number] {
  return { kind: "invalid", message: `"${written}" is not of the form "type: command"`, at };
}
