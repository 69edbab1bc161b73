import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import { shellCall, shells } from "../platforms/commands/interpreters.ts";
import { unwrap } from "../platforms/commands/wrappers.ts";
import type { Command } from "../platforms/manifest.ts";
import { baseName, folderOf, fromContainer, resolvePath } from "../platforms/paths.ts";
import type { Deployment } from "../platforms/platform.ts";
import { type Argument, expandWords, literally, type Variables } from "../platforms/shell/expand.ts";
import { parseShell } from "../platforms/shell/script.ts";
import { defineFact } from "./define.ts";
import { deployedVariables } from "./deploy-steps.ts";
import type { ImageFile } from "./image-file.ts";

/** A script of the project that the deployment starts, and what the system finds when it does. */
export interface StartedScript {
  /** As the command names it: "/app/entrypoint.sh". */
  readonly written: string;
  /** In the project. */
  readonly path: string;
  /** What names it. */
  readonly at: Location;
  readonly onlyIf: string | undefined;
  /** `kernel`: it is executed, and its mode and first line count; `interpreter`: `sh x.sh` reads it. */
  readonly startedBy: "kernel" | "interpreter";
  /** Nobody tries a shell where the first line names no interpreter. */
  readonly strict: boolean;
  readonly file: ScriptFile | undefined;
}

export interface ScriptFile {
  readonly text: string;
  /** What its first line names, without the carriage return: "/bin/sh -e". */
  readonly shebang: string | undefined;
  /** `crlf`: carriage returns end its lines, `crlf-here`: and those of the file that names it, so that it may be this checkout. */
  readonly endings: "lf" | "crlf" | "crlf-here";
  /** It begins with a byte order mark. */
  readonly marked: boolean;
  /** Whether everybody's checkout has it executable; undefined if there is no telling. */
  readonly executable: boolean | undefined;
}

export interface Scripts {
  readonly started: readonly StartedScript[];
  /** Whether a command of the deployment, or COPY, makes a script executable, as far as its text tells. */
  makesExecutable(script: Pick<StartedScript, "path" | "written">): boolean;
  /** A command that takes carriage returns out of files. */
  readonly convertsEndings: boolean;
  /** Whether another command of the deployment than the one at a place mentions a name, so that it may make the file. */
  mentions(name: string, but: Location): boolean;
  /** Whether a file that is not in the project may be there all the same: ignored here, or in a submodule. */
  mayBeThere(path: string): boolean;
}

/** Scripts that commands start themselves; what those scripts start is left out. */
export const scripts = defineFact<"scripts", "deployment" | "imageFile">({
  wants: ["deployment", "imageFile"],
  read({ files, options }, { deployment, imageFile }) {
    const commands = deployment ? [...deployment.steps, ...deployment.processes] : [];
    const texts = commands.map(({ command }) => command);
    const started = deployment
      ? commands.flatMap((command) =>
          startedIn(command, {
            files,
            deployment,
            imageFile,
            variables: deployedVariables(deployment, options),
          }),
        )
      : [];
    const copies = imageFile?.final?.copies ?? [];
    return {
      started: [...new Map(started.map((one) => [`${one.path} ${one.startedBy}`, one])).values()],
      // COPY may have given it another name.
      makesExecutable: ({ path, written }) =>
        texts.some((text) => setsMode(text, path) || setsMode(text, written)) ||
        copies.some(
          ({ from, mode }) =>
            isExecutableMode(mode) && (from === path || path.startsWith(`${from}/`) || from === ""),
        ),
      convertsEndings: texts.some((text) =>
        /dos2unix|fromdos|\bsed\b[^\n]{0,300}\\r|\btr\b[^\n]{0,300}\\(?:r|015)/.test(text),
      ),
      mayBeThere: (path) =>
        // A file that is copied to the name of a folder is taken for one.
        !files.isFolder(folderOf(path)) ||
        files.isIgnored(path) ||
        files.isFile(".gitmodules") ||
        files.read(path).kind === "unreadable" ||
        files.passedOver.some((one) => path === one.path || path.startsWith(`${one.path}/`)),
      mentions: (name, but) =>
        commands.some(({ command, at }) => at.line !== but.line && command.includes(name)),
    };
  },
});

/** `chmod +x entrypoint.sh`, `chmod -R 755 .`, `chmod a+x *.sh`, `install -m 755`: it is enough that it may be meant. */
function setsMode(text: string, path: string): boolean {
  if (/\binstall\b[^\n;&|]{0,300}-[a-zA-Z]{0,20}m/.test(text) && text.includes(baseName(path))) return true;
  return (
    [...text.matchAll(/\bchmod\b([^\n;&|]*)/g)].some(
      ([, words = ""]) =>
        isExecutableMode(words) &&
        (words.includes(baseName(path)) || /\*|\s-\w*R|\{\}|\$|\s\.?\/?\s*$|\/\s*$/.test(words)),
    ) ||
    (/\bchmod\b/.test(text) && /\bfind\b|xargs|\bfor\b/.test(text))
  );
}

function isExecutableMode(text: string | undefined): boolean {
  return text !== undefined && /[+=][rwsX]*[xX]|\b[0-7]?[1357][0-7]{2}\b/.test(text);
}

interface Context {
  readonly files: ProjectFiles;
  readonly deployment: Deployment;
  readonly imageFile: ImageFile | undefined;
  readonly variables: Variables;
}

function startedIn(command: Command, context: Context): readonly StartedScript[] {
  const text = command.shell === false ? literally(command.command) : command.command;
  const folder = command.folderUnclear === undefined ? (command.folder ?? "") : undefined;
  return inShell(text, { ...context, command, folder, strict: isStrict(command, context) }, 0);
}

/** Docker and Kubernetes start the words of the exec form themselves, and no shell is there to read on. */
function isStrict({ command, shell, at }: Command, { imageFile, deployment }: Context): boolean {
  const { entrypoint, cmd } = imageFile?.final ?? {};
  if (deployment.steps.some((step) => step.at === at && step.phase === "build")) return false;
  if (entrypoint) return entrypoint.form === "exec" && command.startsWith(entrypoint.command);
  return shell === false || (cmd?.form === "exec" && command === cmd.command);
}

interface Place extends Context {
  readonly command: Command;
  /** The folder of the project; undefined if it cannot be told. */
  readonly folder: string | undefined;
  readonly strict: boolean;
}

const deepest = 4;

function inShell(text: string, place: Place, depth: number): readonly StartedScript[] {
  let { folder } = place;
  const found: StartedScript[] = [];
  for (const { words, conditional } of parseShell(text)) {
    const argv = expandWords(words, place.variables);
    if (argv[0]?.text === "cd") {
      folder = argv[1]?.known ? locate(argv[1].text, { ...place, folder }) : undefined;
      continue;
    }
    if (!conditional) found.push(...inWords(argv, { ...place, folder }, depth));
  }
  return found;
}

function inWords(argv: readonly Argument[], place: Place, depth: number): readonly StartedScript[] {
  const [first, ...args] = argv;
  if (!first?.known || depth > deepest) return [];
  const name = baseName(first.text);
  const wrapped = unwrap(argv);
  // `execvp`, which wrappers use, goes on with a shell.
  if (wrapped) return inWords(wrapped.argv, { ...place, strict: false }, depth + 1);
  if (shells.has(name)) {
    const { kind, what, parameters } = shellCall(args);
    if (!what?.known) return [];
    if (kind === "text") return inShell(what.text, { ...place, strict: false }, depth + 1);
    return isScriptName(what.text) ? started(what.text, "interpreter", parameters, place, depth) : [];
  }
  if (!first.text.includes("/") && !name.endsWith(".sh")) return [];
  return started(first.text, "kernel", args, place, depth);
}

function isScriptName(text: string): boolean {
  return text.includes("/") || /\.(?:ba)?sh$/.test(text);
}

function started(
  written: string,
  startedBy: StartedScript["startedBy"],
  args: readonly Argument[],
  place: Place,
  depth: number,
): readonly StartedScript[] {
  const { files, command } = place;
  const path =
    written.includes("/") || startedBy === "interpreter" ? locate(written, place) : onPath(written, place);
  // A platform that calls a script by its name sees to its mode: Heroku's `bin/post_compile`.
  if (path === undefined || path === "" || path === command.at.file || files.isFolder(path)) return [];
  const file = fileOf(path, files, command.at.file);
  const script: StartedScript = {
    written,
    path,
    at: placeOf(written, place),
    onlyIf: command.onlyIf,
    startedBy,
    strict: place.strict,
    file,
  };
  // `exec "$@"` at the end of an entry point starts what follows it.
  const handsOn = file && /^[^\S\n]*(?:exec\s+)?"?\$@"?/m.test(files.text(path) ?? "");
  return [script, ...(handsOn ? inWords(args, { ...place, strict: false }, depth + 1) : [])];
}

/** The entry point is declared elsewhere than the command that it starts. */
function placeOf(written: string, { imageFile, command }: Place): Location {
  const entrypoint = imageFile?.final?.entrypoint;
  return entrypoint?.command.includes(written) ? entrypoint.at : command.at;
}

function locate(path: string, { folder, command }: Place): string | undefined {
  if (path.startsWith("/")) return fromContainer(path, command.mounts ?? []);
  return folder === undefined ? undefined : resolvePath(folder, path);
}

/** A name without a folder is looked for where programs are: what was copied there. */
function onPath(name: string, { command }: Place): string | undefined {
  return (command.mounts ?? []).findLast(({ to }) => /\/s?bin\/[^/]+$/.test(to) && baseName(to) === name)
    ?.from;
}

function fileOf(path: string, files: ProjectFiles, declaredIn: string): ScriptFile | undefined {
  const read = files.read(path);
  if (read.kind !== "text") return undefined;
  const has = (text: string | undefined) => text?.includes("\r\n") ?? false;
  const isKept = !has(read.text) || gitKeepsLf(path, files.text(".gitattributes") ?? "");
  return {
    text: read.text,
    // The kernel sees the mark first.
    shebang:
      read.encoding === "utf-8-bom" ? undefined : /^#!\s*([^\r\n]*?)\s*(?:\r?\n|$)/.exec(read.text)?.[1],
    endings: isKept ? "lf" : has(files.text(declaredIn)) ? "crlf-here" : "crlf",
    marked: read.encoding === "utf-8-bom",
    executable: files.tracked?.isExecutable(path),
  };
}

/** `*.sh text eol=lf` in .gitattributes: every checkout has it so, whatever this one has. */
function gitKeepsLf(path: string, attributes: string): boolean {
  return attributes.split(/\r?\n/).some((line) => {
    const [pattern = "", ...rest] = line.trim().split(/\s+/);
    if (!rest.includes("eol=lf")) return false;
    const name = baseName(pattern);
    return name === "*" || name === baseName(path) || (name.startsWith("*.") && path.endsWith(name.slice(1)));
  });
}
