import { type Document, isMap, isSeq, parseDocument, type YAMLMap, type YAMLSeq } from "yaml";
import type { HookName } from "./judged.ts";
import { marked, splitMarked } from "./marked.ts";
import type { ScriptOptions } from "./script.ts";

/** A file with something written into it, or what has to be written by hand where that is not safe. */
export type Edited = { readonly text: string } | { readonly byHand: string };

/**
 * Writes a hook into a lefthook.yml: as a job where the hook has jobs, else as a command. Everything else in the file
 * stays as it is, to the byte.
 */
export function inLefthook(before: string, options: ScriptOptions): Edited {
  const { hook } = options;
  const text = splitMarked(before, hook)?.rest ?? before;
  const keys = [
    `run: npx --no-install deploy-check ${words(options)}`,
    ...(hook === "pre-push" ? ["use_stdin: true"] : []),
  ];
  const command = ["deploy-check:", ...keys.map(deeper)];
  const commands = ["commands:", ...command.map(deeper)];
  const whole = [`${hook}:`, ...commands.map(deeper)];
  const byHand = marked(hook, whole);
  const document = single(text);
  const own = document?.get(hook);
  if (document && (document.contents === null || (isBlockMap(document.contents) && own === undefined)))
    return verified(
      text,
      `${text}${text === "" || text.endsWith("\n") ? "" : "\n"}${byHand}`,
      [hook],
      byHand,
    );
  if (!isBlockMap(own)) return { byHand };
  const jobs = own.get("jobs");
  const existing = own.get("commands");
  if (isBlockSeq(jobs)) {
    const job = ["- name: deploy-check", ...keys.map(deeper)];
    return verified(text, placed(text, jobs, hook, job), [hook, "jobs", jobs.items.length], byHand);
  }
  if (jobs !== undefined) return { byHand };
  if (isBlockMap(existing))
    return existing.has("deploy-check")
      ? { byHand }
      : verified(text, placed(text, existing, hook, command), [hook, "commands", "deploy-check"], byHand);
  if (existing !== undefined) return { byHand };
  return verified(text, placed(text, own, hook, commands), [hook, "commands"], byHand);
}

/** Whether a folder can be written into a file of YAML, and into a command in it, as it is. */
export function isPlainFolder(folder: string): boolean {
  return /^[\w./-]*$/.test(folder) && !folder.startsWith("-");
}

/** What the block is called in the configuration of pre-commit, where one entry stands for all hooks. */
export const frameworkLabel = "hook";

/** Writes an entry into a .pre-commit-config.yaml, likewise. */
export function inPreCommit(
  before: string,
  hooks: readonly HookName[],
  { project, strict, version }: Omit<ScriptOptions, "hook"> & { readonly version: string },
): Edited {
  const text = splitMarked(before, frameworkLabel)?.rest ?? before;
  const entry = [
    "- repo: local",
    "  hooks:",
    "    - id: deploy-check",
    "      name: deploy-check",
    `      entry: deploy-check hook run${strict ? " --strict" : ""}${project === "" ? "" : ` --project ${project}`}`,
    "      language: node",
    `      additional_dependencies: ["deploy-check@${version}"]`,
    "      pass_filenames: false",
    "      always_run: true",
    `      stages: [${[...hooks].sort().join(", ")}]`,
  ];
  const byHand = marked(frameworkLabel, ["repos:", ...entry.map(deeper)]);
  const repos = single(text)?.get("repos");
  if (!isBlockSeq(repos)) return { byHand };
  return verified(text, placed(text, repos, frameworkLabel, entry), ["repos", repos.items.length], byHand);
}

function words({ hook, project, strict }: ScriptOptions): string {
  return [
    `hook run ${hook}`,
    ...(strict ? ["--strict"] : []),
    ...(project === "" ? [] : [`--project ${project}`]),
    ...(hook === "pre-push" ? ["-- {1}"] : []),
  ].join(" ");
}

function deeper(line: string): string {
  return `  ${line}`;
}

function single(text: string): Document | undefined {
  const document = parseDocument(text);
  return document.errors.length === 0 && !/^\.\.\./m.test(text) ? document : undefined;
}

function isBlockMap(node: unknown): node is YAMLMap {
  return isMap(node) && node.flow !== true && node.items.length > 0;
}

function isBlockSeq(node: unknown): node is YAMLSeq {
  return isSeq(node) && node.flow !== true && node.items.length > 0;
}

/** The text with lines behind the last of a collection, as far indented as that is. */
function placed(text: string, { range }: YAMLMap | YAMLSeq, label: string, lines: readonly string[]): string {
  const [start, end] = range ?? [0, text.length];
  const indent = " ".repeat(start - (text.lastIndexOf("\n", start - 1) + 1));
  const last = text.slice(0, end).trimEnd().length;
  const lineEnd = text.indexOf("\n", last);
  const at = lineEnd === -1 ? text.length : lineEnd + 1;
  const glue = lineEnd === -1 ? "\n" : "";
  return `${text.slice(0, at)}${glue}${marked(label, lines, indent)}${text.slice(at)}`;
}

/** Only if the file says what it said before, and the new thing. */
function verified(before: string, after: string, path: readonly (string | number)[], byHand: string): Edited {
  const document = single(after);
  if (!document?.hasIn(path)) return { byHand };
  document.deleteIn(path);
  const said = (one: Document | undefined) => JSON.stringify(one?.toJS() ?? {});
  return said(document) === said(single(before)) ? { text: after } : { byHand };
}
