import type { Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { byName, define, model } from "./define.ts";
import { bool, list, none, ofTheMachine, str, tuple } from "./make.ts";
import * as posix from "./posix-path.ts";
import { pathText, pathTexts, thereValue, workingFolder } from "./project-paths.ts";

/** A function from one path to one path. */
function mapping(name: string, change: (path: string, cwd: string) => string): Value {
  return define(
    name,
    { required: ["path"], others: true },
    ({ machine, at, given }) => {
      const path = pathText(machine, given.path, at);
      return typeof path === "string" ? str(change(path, workingFolder(machine)), at, given.path.env) : path;
    },
    { gives: "str" },
  );
}

function pair(name: string, halve: (path: string) => readonly [string, string]): Value {
  return define(
    name,
    { required: ["p"] },
    ({ machine, at, given }) => {
      const path = pathText(machine, given.p, at);
      if (typeof path !== "string") return path;
      const { env } = given.p;
      return tuple(
        halve(path).map((half) => str(half, at, env)),
        at,
        env,
      );
    },
    { gives: "tuple" },
  );
}

function test(name: string, question: "exists" | "file" | "folder"): [string, Value] {
  const ask = define(
    name,
    { required: ["path"] },
    ({ machine, at, given }) => {
      if (given.path.kind === "none" || given.path.kind === "int") {
        return machine.raise(
          "TypeError",
          `${name === "exists" ? "stat" : `_path_${name}`}: path should be string, bytes, os.PathLike or integer, not ${machine.classOf(given.path).name}`,
          at,
        );
      }
      const path = pathText(machine, given.path, at);
      return typeof path === "string" ? thereValue(machine, given.path, path, question, at) : path;
    },
    { gives: "bool" },
  );
  return [name, ask];
}

const join = define(
  "join",
  { required: ["a"], rest: true },
  ({ machine, at, given, rest }) => {
    const parts = [given.a, ...rest];
    const wrong = parts.find((part) => ["none", "int", "bool", "list", "tuple", "dict"].includes(part.kind));
    if (wrong) {
      const type = machine.classOf(wrong as Exclude<Value, { kind: "opaque" }>).name;
      const message =
        wrong === given.a
          ? `expected str, bytes or os.PathLike object, not ${type}`
          : `join() argument must be str, bytes, or os.PathLike object, not '${type}'`;
      return machine.raise("TypeError", message, at, wrong.env);
    }
    const texts = pathTexts(machine, parts, at);
    if ("kind" in texts) return texts;
    const [first = "", ...others] = texts;
    return str(posix.join(first, ...others), at, [...new Set(parts.flatMap((part) => part.env))].sort());
  },
  { gives: "str" },
);

const relpath = define(
  "relpath",
  { required: ["path"], optional: ["start"] },
  ({ machine, at, given: { path, start } }) => {
    const texts = pathTexts(machine, start ? [path, start] : [path], at);
    if ("kind" in texts) return texts;
    const [to = "", from = "."] = texts;
    if (to === "") return machine.raise("ValueError", "no path specified", at);
    return str(posix.relpath(to, from, workingFolder(machine)), at, path.env);
  },
  { gives: "str" },
);

function ofMany(name: string, combine: (paths: readonly string[]) => string | undefined): Value {
  return define(
    name,
    { required: ["paths"] },
    ({ machine, at, given }) => {
      const items = machine.iterate(given.paths, at);
      if ("kind" in items) return items;
      const texts = pathTexts(machine, items, at);
      if ("kind" in texts) return texts;
      const result = combine(texts);
      if (result !== undefined) return str(result, at, given.paths.env);
      const why =
        texts.length === 0
          ? "commonpath() arg is an empty sequence"
          : "Can't mix absolute and relative paths";
      return machine.raise("ValueError", why, at);
    },
    { gives: "str" },
  );
}

/** `~` and `~user` are folders of whoever runs the process. */
const expanduser = define(
  "expanduser",
  { required: ["path"] },
  ({ machine, at, given }) => {
    const path = pathText(machine, given.path, at);
    if (typeof path !== "string") return path;
    return path.startsWith("~")
      ? ofTheMachine(machine, at, "str", [given.path])
      : str(path, at, given.path.env);
  },
  { gives: "str" },
);

const expandvars = define("expandvars", { required: ["path"] }, ({ machine, at, given }) => {
  const path = pathText(machine, given.path, at);
  if (typeof path !== "string") return path;
  const env = new Set(given.path.env);
  const unseen: Value[] = [];
  const text = path.replace(/\$(\w+|\{[^}]*\})/g, (whole, token: string) => {
    const name = token.replace(/[{}]/g, "");
    env.add(name);
    const value = machine.environment.get(name, at);
    if (value?.kind === "opaque") unseen.push(value);
    return value?.kind === "str" ? value.value : whole;
  });
  const [first] = unseen;
  if (first?.kind === "opaque")
    return machine.opaque(first.because, at, unseen, { type: "str", cause: first.cause });
  return str(text, at, [...env].sort());
});

function stat(name: string): Value {
  return define(name, { required: ["path"] }, ({ machine, at }) => ofTheMachine(machine, at), {
    takesOpaque: true,
  });
}

const constants = {
  sep: "/",
  pardir: "..",
  curdir: ".",
  extsep: ".",
  pathsep: ":",
  defpath: "/bin:/usr/bin",
  devnull: "/dev/null",
};

export const osPathModels: readonly Model[] = ["os.path", "posixpath"].map((module) =>
  model(module, () => [
    ...Object.entries(constants).map(([name, text]) => [name, str(text, undefined)] as const),
    ["altsep", none(undefined)],
    ["supports_unicode_filenames", bool(false, undefined)],
    ...byName(join, relpath, expanduser, expandvars),
    ["dirname", mapping("dirname", posix.dirname)],
    ["basename", mapping("basename", posix.basename)],
    ["abspath", mapping("abspath", posix.abspath)],
    // Links are not known; a project that runs is taken to be where it seems to be.
    ["realpath", mapping("realpath", posix.abspath)],
    ["normpath", mapping("normpath", posix.normpath)],
    ["normcase", mapping("normcase", (path) => path)],
    ["split", pair("split", posix.split)],
    ["splitext", pair("splitext", posix.splitext)],
    ["splitdrive", pair("splitdrive", (path) => ["", path])],
    [
      "isabs",
      define(
        "isabs",
        { required: ["s"] },
        ({ machine, at, given }) => {
          const path = pathText(machine, given.s, at);
          return typeof path === "string" ? bool(posix.isabs(path), at, given.s.env) : path;
        },
        { gives: "bool" },
      ),
    ],
    test("exists", "exists"),
    test("lexists", "exists"),
    test("isfile", "file"),
    test("isdir", "folder"),
    ["commonpath", ofMany("commonpath", posix.commonpath)],
    ["commonprefix", ofMany("commonprefix", posix.commonprefix)],
    ...["getmtime", "getsize", "getctime", "getatime", "islink", "ismount", "samefile"].map(
      (name) => [name, stat(name)] as const,
    ),
  ]),
);

/** A list of names as Python's `os.listdir` gives them. */
export function namesList(names: readonly string[], at: Parameters<typeof list>[1]): Value {
  return list(
    names.map((name) => str(name, at)),
    at,
  );
}
