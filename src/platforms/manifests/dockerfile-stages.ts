import {
  type Add,
  type Copy,
  DockerfileParser,
  type Instruction,
  type PropertyInstruction,
} from "dockerfile-ast";
import type { Location } from "../../location.ts";
import type { EnvDeclaration, ExposedPort, Mount, Step } from "../manifest.ts";
import { baseName, folderOf, fromContainer, resolvePath } from "../paths.ts";
import type { HealthRules } from "../rules.ts";
import { expand, quote } from "../shell/expand.ts";
import { readPieces } from "../shell/words.ts";
import { healthOfCommand } from "./health-command.ts";

export interface BuildOptions {
  /** The folder that is sent to the builder, relative to the repository root. */
  readonly context: string;
  /** The stage that is deployed, if not the last. */
  readonly target?: string | undefined;
  isFolder(path: string): boolean;
}

/** `ENTRYPOINT` or `CMD`, as a shell command. */
export interface Part {
  readonly command: string;
  readonly form: "shell" | "exec";
  readonly at: Location;
}

/** What one stage of a Dockerfile ends up as. */
export interface Stage {
  readonly name: string | undefined;
  readonly image: { readonly name: string; readonly at: Location };
  /** The line of its FROM. */
  readonly line: number;
  env: ReadonlyMap<string, EnvDeclaration>;
  args: ReadonlyMap<string, string | undefined>;
  mounts: readonly Mount[];
  /** Its RUN instructions, and those of the stage that it is made from. */
  steps: readonly Step[];
  /** What it takes from other stages and images. */
  takes: readonly Taken[];
  workdir: string;
  entrypoint: Part | undefined;
  cmd: Part | undefined;
  user: { readonly text: string; readonly at: Location } | undefined;
  exposes: readonly ExposedPort[];
  health: HealthRules | undefined;
  /** The command of HEALTHCHECK. */
  healthcheck: Part | undefined;
  /** What it takes out of the project, whichever stage's COPY did. */
  copies: readonly Copied[];
}

/** `COPY shop /app/shop`: a file or folder of the project. */
export interface Copied {
  readonly from: string;
  readonly at: Location;
  /** Patterns of its `--exclude`. */
  readonly without: readonly string[];
  /** Its `--chmod`. */
  readonly mode: string | undefined;
}

/** `COPY --from`: absolute paths in a stage, or in an image from elsewhere. */
export interface Taken {
  readonly from: Stage | string;
  readonly paths: readonly string[];
}

/** The stages of a Dockerfile, in order. https://docs.docker.com/reference/dockerfile/ */
export function readStages(path: string, text: string, options: BuildOptions): readonly Stage[] {
  const stages: Stage[] = [];
  const globals = new Map<string, string | undefined>();
  const lines = text.split(/\r\n|\r|\n/);
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    const at = placeOf(path, instruction);
    const stage = stages.at(-1);
    const keyword = instruction.getKeyword();
    if (keyword === "FROM") stages.push(openStage(instruction, at, stages, globals));
    else if (stage)
      readers[keyword]?.({ instruction, content: contentOf(lines, at), at, stage, stages, options });
    else if (keyword === "ARG") setArguments(instruction, globals, globals);
  }
  return stages;
}

export function findStage(stages: readonly Stage[], name: string): Stage | undefined {
  return (
    stages.find((stage) => stage.name?.toLowerCase() === name.toLowerCase()) ??
    (/^\d+$/.test(name) ? stages[Number(name)] : undefined)
  );
}

export function absolute(workdir: string, path: string): string {
  return path.startsWith("/") ? `/${resolvePath("", path) ?? ""}` : `/${resolvePath(workdir, path) ?? ""}`;
}

/** The folder of the project that a folder of the image holds; undefined if none is known to be there. */
export function projectFolder(workdir: string, mounts: readonly Mount[]): string | undefined {
  return fromContainer(workdir, mounts) ?? gatheredIn(workdir, mounts);
}

/** The folder whose files were copied one by one, under their own names: most of them decide. */
function gatheredIn(workdir: string, mounts: readonly Mount[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { from, to } of mounts) {
    if (to !== absolute(workdir, baseName(from))) continue;
    counts.set(folderOf(from), (counts.get(folderOf(from)) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, two]) => two - one)[0]?.[0];
}

interface Reading {
  readonly instruction: Instruction;
  /** What stands behind the keyword and its flags. */
  readonly content: string;
  readonly at: Location;
  readonly stage: Stage;
  readonly stages: readonly Stage[];
  readonly options: BuildOptions;
}

const readers: Readonly<Record<string, (reading: Reading) => void>> = {
  ARG({ instruction, stage }) {
    const args = new Map(stage.args);
    setArguments(instruction, args, knownIn(stage));
    stage.args = args;
  },
  ENV({ instruction, at, stage }) {
    const known = knownIn(stage);
    const env = new Map(stage.env);
    for (const property of (instruction as PropertyInstruction).getProperties()) {
      const name = property.getName();
      env.set(name, { name, value: substitute(property.getValue() ?? "", known), at });
    }
    stage.env = env;
  },
  WORKDIR({ instruction, stage }) {
    const path = substitute(instruction.getArgumentsContent() ?? "", knownIn(stage));
    if (path !== undefined) stage.workdir = absolute(stage.workdir, path);
  },
  COPY: copy,
  ADD: copy,
  RUN({ instruction, content, at, stage, options }) {
    const command = runCommand(content);
    const mounts = [...stage.mounts, ...bound(instruction, stage, options)];
    const folder = projectFolder(stage.workdir, mounts);
    // Before anything is copied there is nothing that the folder could decide.
    const step: Step = { phase: "build", command, at, mounts, ...(folder !== undefined && { folder }) };
    stage.steps = [...stage.steps, step];
  },
  USER({ instruction, at, stage }) {
    const user = (instruction.getArgumentsContent() ?? "").trim();
    stage.user = { text: substitute(user, knownIn(stage)) ?? user, at };
  },
  EXPOSE({ instruction, at, stage }) {
    const known = knownIn(stage);
    const ports = wordsOf(instruction).flatMap((word): ExposedPort[] => {
      const [, port] = /^(\d+)(?:\/tcp)?$/.exec(substitute(word, known) ?? "") ?? [];
      return port === undefined ? [] : [{ key: "EXPOSE", port: Number(port), at }];
    });
    stage.exposes = [...stage.exposes, ...ports];
  },
  HEALTHCHECK({ content, at, stage }) {
    const command = /^CMD\s+(.*)$/is.exec(content)?.[1];
    stage.healthcheck = command === undefined ? undefined : commandPart(command, at);
    stage.health = stage.healthcheck && healthOfCommand(stage.healthcheck, at);
  },
  CMD({ content, at, stage }) {
    stage.cmd = commandPart(content, at);
  },
  ENTRYPOINT({ content, at, stage }) {
    // A new entry point drops the command of the image below; one in the same stage follows it.
    if (stage.cmd && stage.cmd.at.line < stage.line) stage.cmd = undefined;
    stage.entrypoint = commandPart(content, at);
  },
};

/**
 * The text behind the keyword and its flags, in one line unless it is a here-document: Docker takes out the ends
 * of continued lines, and the comments and empty lines between them.
 */
function contentOf(lines: readonly string[], { line, endLine = line }: Location): string {
  return lines
    .slice(line - 1, endLine)
    .join("\n")
    .replace(/(?<![^\S\n])[^\S\n]*\\[^\S\n]*\n(?:[^\S\n]*(?:#[^\n]*)?\n)*[^\S\n]*/g, " ")
    .replace(/^\s*\w+\s*(?:--[\w-]+=\S+\s+)*/, "")
    .trim();
}

function placeOf(path: string, instruction: Instruction): Location {
  const { start, end } = instruction.getRange();
  return {
    file: path,
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

function wordsOf(instruction: Instruction): string[] {
  return instruction.getArguments().map((argument) => argument.getValue());
}

/** `FROM image AS name`; a stage that is made from another one starts as that one ended. */
function openStage(
  instruction: Instruction,
  at: Location,
  stages: readonly Stage[],
  globals: ReadonlyMap<string, string | undefined>,
): Stage {
  const words = wordsOf(instruction).filter((word) => !word.startsWith("--"));
  const image = substitute(words[0] ?? "", globals) ?? words[0] ?? "";
  const name = /^as$/i.test(words[1] ?? "") ? words[2] : undefined;
  const base = stages.find((stage) => stage.name?.toLowerCase() === image.toLowerCase());
  if (base) return { ...base, name, line: at.line, args: new Map() };
  return {
    name,
    line: at.line,
    image: { name: image, at },
    env: new Map(),
    args: new Map(),
    mounts: [],
    steps: [],
    takes: [],
    workdir: "/",
    entrypoint: undefined,
    cmd: undefined,
    user: undefined,
    exposes: [],
    health: undefined,
    healthcheck: undefined,
    copies: [],
  };
}

function knownIn(stage: Stage): ReadonlyMap<string, string | undefined> {
  return new Map([...stage.args, ...[...stage.env].map(([name, { value }]) => [name, value] as const)]);
}

/** With a default it has a value; without, whoever builds the image may give one. */
function setArguments(
  instruction: Instruction,
  args: Map<string, string | undefined>,
  known: ReadonlyMap<string, string | undefined>,
): void {
  for (const word of wordsOf(instruction)) {
    const [name, ...value] = word.split("=");
    if (name === undefined) continue;
    const fallback = known.get(name);
    args.set(name, value.length > 0 ? substitute(value.join("="), known) : fallback);
  }
}

/** The text with its variables put in; undefined if one of them is not known. */
function substitute(text: string, variables: ReadonlyMap<string, string | undefined>): string | undefined {
  const { text: result, known } = expand(readPieces(text), variables);
  return known ? result : undefined;
}

/** The project's files that `COPY` puts into the image, also by way of another stage. */
function copy({ instruction, at, stage, stages, options }: Reading): void {
  const flags = (instruction as Copy | Add).getFlags();
  const given = (name: string) =>
    flags.flatMap((flag) => (flag.getName() === name ? (flag.getValue() ?? []) : []));
  const [from] = given("from");
  const other = from === undefined ? undefined : findStage(stages, from);
  const words =
    jsonWords(instruction.getArgumentsContent() ?? "") ??
    wordsOf(instruction).map((word) => substitute(word, knownIn(stage)) ?? word);
  const target = words.at(-1);
  const sources = words.slice(0, -1);
  if (target === undefined) return;
  if (from !== undefined) {
    const paths = sources.map((source) => absolute(other?.workdir ?? "/", source));
    stage.takes = [...stage.takes, { from: other ?? from, paths }];
    if (!other) return;
  }
  const to = absolute(stage.workdir, target);
  const mounts = sources.flatMap((source): Mount[] => {
    if (/[*?[]/.test(source)) return [];
    const path = other
      ? fromContainer(absolute(other.workdir, source), other.mounts)
      : resolvePath(options.context, source.replace(/^\/+/, ""));
    if (path === undefined) return [];
    const intoFolder =
      !options.isFolder(path) && (target.endsWith("/") || target === "." || sources.length > 1);
    return [{ from: path, to: intoFolder ? absolute(to, baseName(path)) : to }];
  });
  stage.mounts = [...stage.mounts, ...mounts];
  const own = mounts.map((mount): Copied => {
    return { from: mount.from, at, without: given("exclude"), mode: given("chmod")[0] };
  });
  stage.copies = [...stage.copies, ...(other ? carried(mounts, other) : own)];
}

/** What another stage copied, as far as it is below what is taken from there, or around it. */
function carried(mounts: readonly Mount[], { copies }: Stage): readonly Copied[] {
  const holds = (one: string, two: string) => one === "" || one === two || two.startsWith(`${one}/`);
  return mounts.flatMap(({ from }) =>
    copies.flatMap((copied) =>
      holds(copied.from, from) ? [{ ...copied, from }] : holds(from, copied.from) ? [copied] : [],
    ),
  );
}

/** `RUN --mount=type=bind,source=…,target=…`: files of the project that are there for one command. */
function bound(instruction: Instruction, stage: Stage, options: BuildOptions): readonly Mount[] {
  const flags = (instruction as Copy).getFlags?.() ?? [];
  return flags.flatMap((flag): Mount[] => {
    if (flag.getName() !== "mount") return [];
    const parts = new Map((flag.getValue() ?? "").split(",").map((part) => splitOnce(part)));
    const target = parts.get("target") ?? parts.get("dst") ?? parts.get("destination");
    if ((parts.get("type") ?? "bind") !== "bind" || target === undefined || parts.has("from")) return [];
    const source = parts.get("source") ?? parts.get("src") ?? ".";
    const from = resolvePath(options.context, source.replace(/^\/+/, ""));
    return from === undefined ? [] : [{ from, to: absolute(stage.workdir, target) }];
  });
}

function splitOnce(text: string): readonly [string, string] {
  const index = text.indexOf("=");
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}

/** What a RUN gives to its shell: the line, a here-document's lines, or a list of words. */
function runCommand(content: string): string {
  const [, heading = "", mark = "", body = ""] =
    /^([^\n]*?)<<-?["']?(\w+)(?!\w)["']?[^\n]*\n(.*)$/s.exec(content) ?? [];
  if (mark !== "" && /^\s*(?:(?:ba|da)?sh\s*(?:-\S+\s*)*)?$/.test(heading))
    return body.replace(new RegExp(`\\n?[ \\t]*${mark}\\s*$`), "");
  return shellOf(content)?.command ?? content;
}

/** The words of Docker's exec form: a JSON array of strings. Anything else is the shell form. */
function jsonWords(content: string): string[] | undefined {
  const text = content.trim();
  if (!text.startsWith("[")) return undefined;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : undefined;
  } catch {
    return undefined;
  }
}

/** The exec form as a shell would have to be told; undefined for the shell form. */
function shellOf(content: string): Pick<Part, "command" | "form"> | undefined {
  const words = jsonWords(content);
  return words && { command: words.map(quote).join(" "), form: "exec" };
}

function commandPart(content: string, at: Location): Part | undefined {
  const part = shellOf(content) ?? { command: content, form: "shell" as const };
  return part.command === "" ? undefined : { ...part, at };
}
