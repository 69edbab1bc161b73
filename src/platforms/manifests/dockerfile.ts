import {
  type Add,
  type Copy,
  DockerfileParser,
  type Instruction,
  type PropertyInstruction,
} from "dockerfile-ast";
import { type Location, startOf } from "../../location.ts";
import type { EnvDeclaration, Manifest, Mount, Process, Step } from "../manifest.ts";
import { baseName, folderOf, fromContainer, resolvePath } from "../paths.ts";
import { expand, quote } from "../shell/expand.ts";
import { readPieces } from "../shell/words.ts";

/** A Dockerfile, as far as the stage that is deployed goes. https://docs.docker.com/reference/dockerfile/ */
export interface DockerfileRead extends Manifest {
  /** What the stage is made from in the end: "python:3.13-slim". */
  readonly image: { readonly name: string; readonly at: Location } | undefined;
  /** Where the project's files are in the image, and the folder commands start in. */
  readonly mounts: readonly Mount[];
  readonly workdir: string;
  /** `ENTRYPOINT`, as a shell command. A command from elsewhere is its argument. */
  readonly entrypoint: Part | undefined;
}

export interface BuildOptions {
  /** The folder that is sent to the builder, relative to the repository root. */
  readonly context: string;
  /** The stage that is deployed, if not the last. */
  readonly target?: string | undefined;
  isFolder(path: string): boolean;
}

interface Part {
  readonly command: string;
  readonly form: "shell" | "exec";
  readonly at: Location;
}

interface Stage {
  readonly name: string | undefined;
  readonly image: { readonly name: string; readonly at: Location };
  /** The line of its FROM. */
  readonly line: number;
  env: ReadonlyMap<string, EnvDeclaration>;
  args: ReadonlyMap<string, string | undefined>;
  mounts: readonly Mount[];
  steps: readonly Step[];
  workdir: string;
  entrypoint: Part | undefined;
  cmd: Part | undefined;
}

/** Larger ones are not written by hand. */
const largest = 64_000;

export function readDockerfile(path: string, text: string, options: BuildOptions): DockerfileRead {
  const stages: Stage[] = [];
  const globals = new Map<string, string | undefined>();
  const problem = text.length > largest ? `${path} is too large to be read` : undefined;
  for (const instruction of problem ? [] : instructions(text)) {
    const at = placeOf(path, instruction);
    const stage = stages.at(-1);
    if (instruction.getKeyword() === "FROM") stages.push(openStage(instruction, at, stages, globals));
    else if (stage) apply(instruction, at, stage, stages, options);
    else if (instruction.getKeyword() === "ARG") setArguments(instruction, globals, globals);
  }
  const stage = chooseStage(stages, options.target);
  const command = stage && joinCommand(stage.entrypoint, stage.cmd);
  return {
    path,
    processes: stage && command ? [inContainer({ name: "web", ...command }, stage)] : [],
    env: [...(stage?.env.values() ?? [])],
    steps: stage?.steps ?? [],
    problems: problem ? [{ kind: "invalid", message: problem, at: startOf(path) }] : [],
    image: stage?.image,
    mounts: stage?.mounts ?? [],
    workdir: stage?.workdir ?? "/",
    entrypoint: stage?.entrypoint,
  };
}

/** A process that starts in the image's working folder. */
export function inContainer(
  process: Pick<Process, "name" | "command" | "at">,
  { workdir, mounts }: Pick<DockerfileRead, "workdir" | "mounts">,
): Process {
  const folder = fromContainer(workdir, mounts) ?? gatheredIn(workdir, mounts);
  return folder === undefined
    ? { ...process, mounts, folderUnclear: `nothing of the project is copied to ${workdir}` }
    : { ...process, mounts, folder };
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

/** `ENTRYPOINT` and `CMD` together: in shell form an entry point takes no arguments. */
export function joinCommand(
  entrypoint: Part | undefined,
  cmd: Part | undefined,
): Pick<Process, "command" | "at"> | undefined {
  if (!entrypoint) return cmd && { command: cmd.command, at: cmd.at };
  if (!cmd || entrypoint.form === "shell") return { command: entrypoint.command, at: entrypoint.at };
  const args = cmd.form === "exec" ? cmd.command : `/bin/sh -c ${quote(cmd.command)}`;
  return { command: `${entrypoint.command} ${args}`, at: cmd.at };
}

function instructions(text: string): readonly Instruction[] {
  return DockerfileParser.parse(text).getInstructions();
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
  const base = findStage(stages, image);
  if (base) return { ...base, name, line: at.line, args: new Map() };
  return {
    name,
    line: at.line,
    image: { name: image, at },
    env: new Map(),
    args: new Map(),
    mounts: [],
    steps: [],
    workdir: "/",
    entrypoint: undefined,
    cmd: undefined,
  };
}

function findStage(stages: readonly Stage[], name: string): Stage | undefined {
  return stages.find((stage) => stage.name?.toLowerCase() === name.toLowerCase());
}

function chooseStage(stages: readonly Stage[], target: string | undefined): Stage | undefined {
  if (target === undefined) return stages.at(-1);
  return findStage(stages, target) ?? stages[Number.parseInt(target, 10)] ?? stages.at(-1);
}

function apply(
  instruction: Instruction,
  at: Location,
  stage: Stage,
  stages: readonly Stage[],
  options: BuildOptions,
): void {
  const known = knownIn(stage);
  switch (instruction.getKeyword()) {
    case "ARG": {
      const args = new Map(stage.args);
      setArguments(instruction, args, known);
      stage.args = args;
      break;
    }
    case "ENV": {
      const env = new Map(stage.env);
      for (const property of (instruction as PropertyInstruction).getProperties()) {
        const name = property.getName();
        env.set(name, { name, value: substitute(property.getValue() ?? "", known), at });
      }
      stage.env = env;
      break;
    }
    case "WORKDIR": {
      const path = substitute(instruction.getArgumentsContent() ?? "", known);
      if (path !== undefined) stage.workdir = absolute(stage.workdir, path);
      break;
    }
    case "COPY":
    case "ADD":
      stage.mounts = [...stage.mounts, ...copies(instruction, stage, stages, options)];
      break;
    case "RUN": {
      const command = instruction.getArgumentsContent() ?? "";
      stage.steps = [...stage.steps, { phase: "build", command: command.replace(/^(?:--\S+\s+)+/, ""), at }];
      break;
    }
    case "CMD":
      stage.cmd = commandPart(instruction, at);
      break;
    case "ENTRYPOINT":
      // A new entry point drops the command of the image below; one in the same stage follows it.
      if (stage.cmd && stage.cmd.at.line < stage.line) stage.cmd = undefined;
      stage.entrypoint = commandPart(instruction, at);
      break;
  }
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

function absolute(workdir: string, path: string): string {
  return path.startsWith("/") ? `/${resolvePath("", path) ?? ""}` : `/${resolvePath(workdir, path) ?? ""}`;
}

/** The project's files that `COPY` puts into the image, also by way of another stage. */
function copies(
  instruction: Instruction,
  stage: Stage,
  stages: readonly Stage[],
  options: BuildOptions,
): Mount[] {
  const flag = (instruction as Copy | Add).getFlags().find((one) => one.getName() === "from");
  const from = flag?.getValue() ?? undefined;
  const other =
    from === undefined ? undefined : (findStage(stages, from) ?? stages[Number.parseInt(from, 10)]);
  const words =
    jsonWords(instruction) ?? wordsOf(instruction).map((word) => substitute(word, knownIn(stage)) ?? word);
  const target = words.at(-1);
  const sources = words.slice(0, -1);
  if (target === undefined || (from !== undefined && !other)) return [];
  const to = absolute(stage.workdir, target);
  return sources.flatMap((source): Mount[] => {
    if (/[*?[]/.test(source)) return [];
    const path = other
      ? fromContainer(absolute(other.workdir, source), other.mounts)
      : resolvePath(options.context, source.replace(/^\/+/, ""));
    if (path === undefined) return [];
    const intoFolder =
      !options.isFolder(path) && (target.endsWith("/") || target === "." || sources.length > 1);
    return [{ from: path, to: intoFolder ? absolute(to, baseName(path)) : to }];
  });
}

/** The words of Docker's exec form: a JSON array of strings. Anything else is the shell form. */
function jsonWords(instruction: Instruction): string[] | undefined {
  const text = (instruction.getArgumentsContent() ?? "").replace(/^(?:--\S+\s+)+/, "");
  if (!text.startsWith("[")) return undefined;
  try {
    const words: unknown = JSON.parse(text);
    return Array.isArray(words) && words.every((word) => typeof word === "string") ? words : undefined;
  } catch {
    return undefined;
  }
}

function commandPart(instruction: Instruction, at: Location): Part | undefined {
  const words = jsonWords(instruction);
  if (words)
    return words.length === 0 ? undefined : { command: words.map(quote).join(" "), form: "exec", at };
  const command = (instruction.getArgumentsContent() ?? "").trim();
  return command === "" ? undefined : { command, form: "shell", at };
}
