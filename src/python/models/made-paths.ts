import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Value } from "../value.ts";
import { define, method } from "./define.ts";
import { int, none, str, textOf, truthOr } from "./make.ts";
import { dirname } from "./posix-path.ts";
import { inProject, isThere, pathText } from "./project-paths.ts";

/** Folders and files of the project that the code makes itself: nothing is written, but they are there from then on. */

interface Options {
  /** Folders above it are made, too. */
  readonly parents: boolean;
  readonly existOk: boolean;
}

function refuse(
  machine: Machine,
  error: string,
  number: number,
  what: string,
  path: string,
  at: Location | undefined,
): never {
  const args = [int(number, at), str(what, at), str(path, at)];
  return machine.raiseObject(machine.call(machine.classNamed(error), args, undefined, at), at);
}

function makeFolder(
  machine: Machine,
  path: string,
  { parents, existOk }: Options,
  at: Location | undefined,
): Value {
  const inside = inProject(machine, path);
  if (inside === undefined) return none(at);
  if (isThere(machine, path, "exists")) {
    if (existOk && isThere(machine, path, "folder")) return none(at);
    return refuse(machine, "FileExistsError", 17, "File exists", path, at);
  }
  if (!parents && isThere(machine, dirname(path) || ".", "folder") === false)
    return refuse(machine, "FileNotFoundError", 2, "No such file or directory", path, at);
  for (let folder = inside; folder !== "" && folder !== "."; folder = dirname(folder))
    machine.folders.add(folder);
  return none(at);
}

const isTrue = (machine: Machine, value: Value | undefined): boolean => truthOr(machine, value, false);

/** `os.mkdir` and `os.makedirs`. */
export const folderMakers: readonly (readonly [string, Value])[] = (["mkdir", "makedirs"] as const).map(
  (name) => [
    name,
    define(
      name,
      { required: ["path"], optional: ["mode", "exist_ok"], others: true },
      ({ machine, at, given }) => {
        const path = pathText(machine, given.path, at);
        if (typeof path !== "string") return none(at);
        const options = { parents: name === "makedirs", existOk: isTrue(machine, given.exist_ok) };
        return makeFolder(machine, path, options, at);
      },
      { takesOpaque: true },
    ),
  ],
);

function write(machine: Machine, self: Value, at: Location | undefined): void {
  const path = pathText(machine, self, at);
  const inside = typeof path === "string" ? inProject(machine, path) : undefined;
  if (inside !== undefined) machine.written.add(inside);
}

/** `Path.mkdir`, `touch`, `write_text` and `write_bytes`. */
export const pathMakers: readonly [string, Value][] = [
  [
    "mkdir",
    method(
      "mkdir",
      { optional: ["mode", "parents", "exist_ok"] },
      (self, { machine, at, given }) => {
        const path = pathText(machine, self, at);
        if (typeof path !== "string") return none(at);
        const options = { parents: isTrue(machine, given.parents), existOk: isTrue(machine, given.exist_ok) };
        return makeFolder(machine, path, options, at);
      },
      { takesOpaque: true },
    ),
  ],
  [
    "touch",
    method(
      "touch",
      { rest: true, others: true },
      (self, { machine, at }) => {
        if (!isThere(machine, String(pathText(machine, self, at)), "exists")) write(machine, self, at);
        return none(at);
      },
      { takesOpaque: true },
    ),
  ],
  ...["write_text", "write_bytes"].map((name): [string, Value] => [
    name,
    method(
      name,
      { required: ["data"], others: true },
      (self, { machine, at, given: { data } }) => {
        write(machine, self, at);
        const size = data.kind === "bytes" ? data.value.length : textOf(data)?.length;
        return size === undefined
          ? machine.opaque("is the length of what is not known", at, [data], { type: "int" })
          : int(size, at, data.env);
      },
      { takesOpaque: true },
    ),
  ]),
];
