import type { ProjectFiles } from "../../files/project-files.ts";
import { baseName, folderOf, resolvePath } from "../../platforms/paths.ts";
import { parse } from "../../python/syntax.ts";
import type { Packages } from "../packages.ts";
import { type ModuleNames, moduleNames } from "./bindings.ts";
import { besideApplication, entryModules } from "./entry-modules.ts";

/** Whether a server's target exists, judged from the project's files. */
export type TargetState =
  | { readonly kind: "found"; readonly file: string; readonly attribute: string }
  /** `because` is a sentence: "there is no module shop.wsgy"; `instead` what was probably meant. */
  | { readonly kind: "missing"; readonly because: string; readonly instead: string | undefined }
  | { readonly kind: "unclear"; readonly because: string };

export interface TargetQuestion {
  readonly text: string;
  /** "module": the attribute may be left out, and is then `application`. */
  readonly style: "module" | "attribute";
  readonly program: string;
  /** Folders that it imports from, in order. */
  readonly path: readonly string[];
  /** Why the folders are not all known, or undefined. */
  readonly pathUnclear: string | undefined;
  readonly files: ProjectFiles;
  readonly packages: Packages | undefined;
  /** The project's folder, to look for what was meant. */
  readonly project: string;
}

export function resolveTarget(question: TargetQuestion): TargetState {
  const { text, style, program } = question;
  const colon = text.indexOf(":");
  const module = colon < 0 ? text : text.slice(0, colon);
  const attribute = colon < 0 ? "application" : text.slice(colon + 1);
  if (colon < 0 && style === "attribute") {
    // uvicorn and hypercorn say so; what the others make of it is not known.
    if (program !== "uvicorn" && program !== "hypercorn") {
      return { kind: "unclear", because: `${program} is given ${text}, which names no attribute` };
    }
    const instead = /^[\w.]+$/.test(text) ? `${text}:application` : undefined;
    return {
      kind: "missing",
      because: `${program} needs module:attribute, and "${text}" has no colon`,
      instead,
    };
  }
  if (!/^[^\s/\\:]+$/.test(module) || !/^[\p{L}_]/u.test(module))
    return notAModule(module, attribute, question);
  const file = findModule(module, question);
  return file === undefined
    ? missingModule(module, attribute, question)
    : resolveAttribute(file, attribute, question);
}

/** `shop/wsgi.py` and the like: Python can import no path. */
function notAModule(module: string, attribute: string, question: TargetQuestion): TargetState {
  const { files, path, text } = question;
  const dotted = module.replace(/^\.\//, "").replace(/\.py$/, "").replaceAll("/", ".");
  const exists = path.some((folder) => moduleFile(files, folder, dotted) !== undefined);
  return {
    kind: "missing",
    because: `"${text}" is a path, and a module is written with dots`,
    instead: exists ? written(dotted, attribute, question) : undefined,
  };
}

/** The state of an application in a file that is given by its path. */
export function resolveTargetFile(path: string, attribute: string, question: TargetQuestion): TargetState {
  const { files } = question;
  return files.isFile(path)
    ? resolveAttribute(path, attribute, question)
    : { kind: "missing", because: `there is no file ${path}`, instead: undefined };
}

function findModule(module: string, { files, path }: TargetQuestion): string | undefined {
  // A project that is installed may keep its packages in src/.
  const installed = path.filter((folder) =>
    ["pyproject.toml", "setup.py", "setup.cfg"].some((name) => files.isFile(resolvePath(folder, name) ?? "")),
  );
  return [...path, ...installed.map((folder) => resolvePath(folder, "src") ?? "src")]
    .map((folder) => moduleFile(files, folder, module))
    .find((file) => file !== undefined);
}

function moduleFile(files: ProjectFiles, folder: string, module: string): string | undefined {
  const stem = resolvePath(folder, module.replaceAll(".", "/"));
  return [`${stem}.py`, `${stem}/__init__.py`].find((file) => files.isFile(file));
}

function missingModule(module: string, attribute: string, question: TargetQuestion): TargetState {
  const { files, path, pathUnclear, packages } = question;
  const instead = suggestion(module, attribute, question);
  const [top = module] = module.split(".");
  const own = path.find((folder) => hasTop(files, folder, top));
  const missing = (because: string): TargetState => ({ kind: "missing", because, instead });
  const ignored = path
    .map((folder) => `${resolvePath(folder, module.replaceAll(".", "/"))}.py`)
    .find((file) => files.isIgnored(file));
  if (ignored !== undefined) return missing(`git ignores ${ignored}, so it is not deployed`);
  if (pathUnclear !== undefined) return { kind: "unclear", because: pathUnclear };
  if (own !== undefined) return missing(`there is no module ${module}`);
  const file = elsewhere(module, question);
  if (file !== undefined) {
    const folder = file.slice(0, -`/${module.replaceAll(".", "/")}.py`.length);
    const mover = movedBy(folder, files);
    if (mover !== undefined) {
      return {
        kind: "unclear",
        because: `${module} is in ${folder}, and ${mover} may move it while building`,
      };
    }
    const where = path[0] ? path[0] : "the root";
    return {
      kind: "missing",
      because: `there is no module ${module} in ${where}: it is in ${folder}`,
      instead: inFolder(folder, written(module, attribute.replace(/\(.*$/, ""), question), question),
    };
  }
  const provided = packages?.provides(top) ?? "unknown";
  if (provided === "yes" || (provided === "unknown" && instead === undefined)) {
    return {
      kind: "unclear",
      because: `${module} is no module of the project, but may be one of a package`,
    };
  }
  return missing(`there is no module ${module}`);
}

/** Whether a folder has the first part of a dotted module; a folder without Python in it is no package. */
function hasTop(files: ProjectFiles, folder: string, top: string): boolean {
  const stem = resolvePath(folder, top) ?? top;
  return files.isFile(`${stem}.py`) || files.children(stem).some((name) => name.endsWith(".py"));
}

/** The file of the module in a folder that is not imported from, if there is exactly one. */
function elsewhere(module: string, { files }: TargetQuestion): string | undefined {
  const tail = `/${module.replaceAll(".", "/")}.py`;
  const [only, ...others] = files.list.filter((file) => file.endsWith(tail) && !besideApplication.test(file));
  return others.length === 0 ? only : undefined;
}

/** What may make a folder the root of what is deployed: a script that moves it, or Heroku's buildpack for that. */
export function movedBy(folder: string, files: ProjectFiles): string | undefined {
  const scripts = ["", "bin", "scripts"]
    .flatMap((place) => files.children(place))
    .filter((path) => files.isFile(path));
  return scripts.find((path) => {
    if (!/^(?:[^.]*|.*\.(?:sh|bash)|\.buildpacks|app\.json)$/.test(baseName(path))) return false;
    const text = files.text(path) ?? "";
    if (/\b(?:subdir|monorepo)[\w-]{0,60}buildpack|buildpack[\w-]{0,60}(?:subdir|monorepo)/i.test(text))
      return true;
    return text
      .split("\n")
      .some((line) => /\b(?:mv|cp|rsync|ln|shopt)\b/.test(line) && line.includes(folder));
  });
}

/** How a command starts what is in a folder; only gunicorn's option for that is the same everywhere. */
function inFolder(folder: string, target: string, { program }: TargetQuestion): string | undefined {
  return program === "gunicorn" ? `--chdir ${folder} ${target}` : undefined;
}

/** A wsgi or asgi module of the project, if there is only one that fits, as this command would name it. */
function suggestion(module: string, attribute: string, question: TargetQuestion): string | undefined {
  const { files, path, project, program } = question;
  // `shop.wsgi.application` for `shop.wsgi:application`.
  const dot = module.lastIndexOf(".");
  const last = module.slice(dot + 1);
  const holder = dot < 0 ? undefined : findModule(module.slice(0, dot), question);
  if (holder !== undefined && namesIn(holder, files)?.names.has(last))
    return `${module.slice(0, dot)}:${last}`;
  const leaf = /asgi/i.test(module) || ["uvicorn", "daphne", "hypercorn"].includes(program) ? "asgi" : "wsgi";
  const candidates = entryModules(files, project, leaf);
  const [only, ...others] = candidates;
  if (only === undefined || others.length > 0) return undefined;
  const name = attribute.replace(/\(.*$/, "");
  // The project's own imports work from its folder only, so `backend.shop.wsgi` would be no good advice.
  const inPath = path.find(
    (folder) => (folder !== "" || project === "") && dottedBelow(only, folder) !== undefined,
  );
  if (inPath !== undefined) return written(dottedBelow(only, inPath) ?? "", name, question);
  const inProject = dottedBelow(only, project);
  return inProject && inFolder(project, written(inProject, name, question), question);
}

/** In the manner of the command: without the attribute where it leaves it out. */
function written(module: string, attribute: string, { text }: TargetQuestion): string {
  return attribute === "application" && !text.includes(":") ? module : `${module}:${attribute}`;
}

function dottedBelow(file: string, folder: string): string | undefined {
  if (folder !== "" && !file.startsWith(`${folder}/`)) return undefined;
  const below = folder === "" ? file : file.slice(folder.length + 1);
  return below.replace(/\.py$/, "").replaceAll("/", ".");
}

function namesIn(file: string, files: ProjectFiles): ModuleNames | undefined {
  const text = files.text(file);
  const parsed = text === undefined ? undefined : parse(text, file);
  return parsed?.kind === "module" ? moduleNames(parsed.module.body) : undefined;
}

function resolveAttribute(file: string, attribute: string, { files, text }: TargetQuestion): TargetState {
  const [, name] = /^([\p{L}_][\p{L}\p{N}_]*)/u.exec(attribute) ?? [];
  if (name === undefined) return { kind: "unclear", because: `"${attribute}" is no name` };
  const found = namesIn(file, files);
  if (!found) return { kind: "unclear", because: `${file} cannot be parsed` };
  const { names, open } = found;
  if (names.has(name)) return { kind: "found", file, attribute: name };
  // A submodule that something imports becomes an attribute of its package.
  const isSubmodule =
    baseName(file) === "__init__.py" && moduleFile(files, folderOf(file), name) !== undefined;
  if (open !== undefined || isSubmodule) {
    return {
      kind: "unclear",
      because: isSubmodule
        ? `${name} is a module in ${folderOf(file)}`
        : `${open ?? ""}, so ${file} may have ${name}`,
    };
  }
  const other = ["application", "app"].find((candidate) => names.has(candidate));
  const module = text.split(":")[0] ?? text;
  const submodule =
    baseName(file) === "__init__.py" && files.isFile(`${folderOf(file)}/wsgi.py`)
      ? `${module}.wsgi`
      : undefined;
  return {
    kind: "missing",
    because: `${file} has no ${name}`,
    instead: other === undefined ? submodule : `${module}:${other}`,
  };
}
