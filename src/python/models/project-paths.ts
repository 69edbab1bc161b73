import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { projectRoot } from "../machine.ts";
import type { Opaque, Value } from "../value.ts";
import { bool, ofTheMachine } from "./make.ts";
import { abspath, dirname, join } from "./posix-path.ts";
import { matchesPart } from "./pure-path.ts";

/** The working folder of a deployed process: the folder that holds manage.py. */
export function workingFolder(machine: Machine): string {
  const [folder = ""] = machine.world.path;
  return folder === "" ? projectRoot : join(projectRoot, folder);
}

/** Where the calling file is, as its `__file__` says. */
export function callerFile(machine: Machine): string {
  return join(projectRoot, machine.currentFile);
}

export function callerFolder(machine: Machine): string {
  return dirname(callerFile(machine));
}

/** A path relative to the project's root ("" is the root itself), or undefined for one outside. */
export function inProject(machine: Machine, path: string): string | undefined {
  const absolute = abspath(path, workingFolder(machine));
  if (absolute === projectRoot) return "";
  return absolute.startsWith(`${projectRoot}/`) ? absolute.slice(projectRoot.length + 1) : undefined;
}

export type PathTest = "exists" | "file" | "folder";

/** Whether a path is there: true or false in the project, undefined elsewhere, where nobody can tell. */
export function isThere(machine: Machine, path: string, test: PathTest): boolean | undefined {
  const inside = inProject(machine, path);
  // The folders above the project exist, and are no files.
  if (inside === undefined) {
    const above = abspath(path, workingFolder(machine));
    return `${projectRoot}/`.startsWith(above === "/" ? "/" : `${above}/`) ? test !== "file" : undefined;
  }
  const file = machine.files.isFile(inside) || machine.written.has(inside);
  const folder = inside === "" || machine.files.isFolder(inside) || machine.folders.has(inside);
  if (test === "exists") return file || folder;
  return test === "file" ? file : folder;
}

export function thereValue(
  machine: Machine,
  path: Value,
  text: string,
  test: PathTest,
  at: Location | undefined,
): Value {
  const known = isThere(machine, text, test);
  return known === undefined
    ? machine.opaque(`depends on whether ${text} exists on the machine it runs on`, at, [path], {
        type: "bool",
        cause: "unmodelled",
      })
    : bool(known, at, path.env);
}

/** The text of `os.fspath(path)`: of a str, or of any object with `__fspath__`. */
export function pathText(machine: Machine, value: Value, at: Location | undefined): string | Opaque {
  if (value.kind === "str") return value.value;
  if (value.kind === "opaque") return value;
  if (value.kind === "bytes") return new TextDecoder().decode(value.value);
  if (value.kind === "instance" && value.class.mro.some((one) => one.attributes.has("__fspath__"))) {
    const text = machine.call(machine.attribute(value, "__fspath__", at), [], undefined, at);
    if (text.kind === "str") return text.value;
    if (text.kind === "opaque") return text;
  }
  const type = machine.classOf(value).name;
  return machine.raise("TypeError", `expected str, bytes or os.PathLike object, not ${type}`, at);
}

/** As `pathText`, for several: the first opaque one is the answer. */
export function pathTexts(
  machine: Machine,
  values: readonly Value[],
  at: Location | undefined,
): readonly string[] | Opaque {
  const texts: string[] = [];
  for (const value of values) {
    const text = pathText(machine, value, at);
    if (typeof text !== "string") return text;
    texts.push(text);
  }
  return texts;
}

/** The text of a project file; "absent" if there is none, or an opaque value if nobody can tell. */
export function readText(
  machine: Machine,
  path: string,
  at: Location | undefined,
): { readonly text: string } | "absent" | Opaque {
  const inside = inProject(machine, path);
  if (inside === undefined) return ofTheMachine(machine, at, "str");
  if (machine.written.has(inside))
    return machine.opaque(`reads ${inside}, which the code writes itself`, at, [], {
      type: "str",
      cause: "unmodelled",
    });
  const read = machine.files.read(inside);
  if (read.kind === "text") {
    machine.noteText(read.text.replace(/\r\n?/g, "\n"), inside);
    return { text: read.text };
  }
  if (read.kind === "absent") return "absent";
  return machine.opaque(`reads ${inside}, which cannot be read: it ${read.because}`, at, [], {
    type: "str",
    cause: "unmodelled",
  });
}

/** Names directly inside a folder of the project; undefined outside. */
export function childrenOf(machine: Machine, path: string): readonly string[] | undefined {
  const inside = inProject(machine, path);
  if (inside === undefined) return undefined;
  return machine.files.children(inside).map((child) => child.slice(child.lastIndexOf("/") + 1));
}

/**
 * Paths of the project that match a glob pattern, which may have `**` parts. `base` is prepended as it
 * is. Undefined if the pattern leads out of the project.
 */
export function globbed(machine: Machine, base: string, pattern: string): readonly string[] | undefined {
  let found: readonly string[] = [pattern.startsWith("/") ? "/" : base];
  for (const part of pattern.split("/").filter(Boolean)) {
    const next: string[] = [];
    for (const folder of found) {
      const step = globStep(machine, folder, part);
      if (!step) return undefined;
      next.push(...step);
    }
    found = [...new Set(next)];
  }
  return found;
}

const magic = /[*?[]/;

function globStep(machine: Machine, folder: string, part: string): readonly string[] | undefined {
  const below = (name: string): string => (folder === "" ? name : join(folder, name));
  if (!magic.test(part)) {
    const there = isThere(machine, below(part), "exists");
    return there === undefined ? undefined : there ? [below(part)] : [];
  }
  const names = childrenOf(machine, folder === "" ? "." : folder);
  if (!names) return undefined;
  if (part !== "**") return names.filter((name) => matches(name, part)).map(below);
  const folders = names.filter((name) => !name.startsWith(".") && isThere(machine, below(name), "folder"));
  const deeper = folders.flatMap((name) => globStep(machine, below(name), part) ?? []);
  return [folder, ...deeper];
}

/** As a shell does it: a leading dot must be asked for. */
function matches(name: string, part: string): boolean {
  return (part.startsWith(".") || !name.startsWith(".")) && matchesPart(name, part);
}
