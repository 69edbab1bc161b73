import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Instance, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { notModelled } from "./inert.ts";
import { pathMakers } from "./made-paths.ts";
import { bool, bytes, list, none, ofTheMachine, str, textOf, tuple } from "./make.ts";
import { abspath } from "./posix-path.ts";
import {
  childrenOf,
  globbed,
  isThere,
  pathText,
  pathTexts,
  readText,
  thereValue,
  workingFolder,
} from "./project-paths.ts";
import * as pure from "./pure-path.ts";

class PathData {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

/** The text of a `pathlib` path; undefined for every other value. For readers of settings, to whom a path is as good as its text. */
export function pathOf(value: Value): string | undefined {
  return value.kind === "instance" && value.data instanceof PathData ? value.data.path : undefined;
}

/** `Path(text)`. */
export function makePath(
  machine: Machine,
  text: string,
  at: Location | undefined,
  env: readonly string[] = [],
): Instance {
  return pathOfClass(machine.classNamed("pathlib.PosixPath"), text, at, env);
}

function pathOfClass(of: Class, text: string, at: Location | undefined, env: readonly string[]): Instance {
  return instance(of, at, { data: new PathData(pure.normalise(text)), env });
}

/** A path made from this one. */
function like(self: Value, text: string, at: Location | undefined, env: readonly string[] = self.env): Value {
  return self.kind === "instance" ? pathOfClass(self.class, text, at, env) : self;
}

function textOfSelf(self: Value): string {
  return pathOf(self) ?? ".";
}

/** What `self / other` gives; opaque if a part is. */
function joinedTo(machine: Machine, self: Value, others: readonly Value[], at: Location | undefined): Value {
  const wrong = others.find(
    (other) => other.kind !== "opaque" && other.kind !== "str" && other.kind !== "instance",
  );
  if (wrong) {
    const type = machine.classOf(wrong).name;
    const message = `expected str, bytes or os.PathLike object, not ${type}`;
    return machine.raise("TypeError", message, at, wrong.env);
  }
  const texts = pathTexts(machine, others, at);
  if ("kind" in texts)
    return machine.opaque(texts.because, at, [self, texts], {
      type: "PosixPath",
      truth: true,
      cause: texts.cause,
    });
  const env = mergeEnv(self.env, ...others.map((other) => other.env));
  return like(self, pure.joined(textOfSelf(self), ...texts), at, env);
}

type Property = (path: string, self: Value, at: Location | undefined) => Value;

const properties: Readonly<Record<string, Property>> = {
  parent: (path, self, at) => like(self, pure.parentOf(path), at),
  parents: (path, self, at) =>
    tuple(
      pure.parentsOf(path).map((one) => like(self, one, at)),
      at,
      self.env,
    ),
  name: (path, self, at) => str(pure.nameOf(path), at, self.env),
  stem: (path, self, at) => str(pure.stemOf(path), at, self.env),
  suffix: (path, self, at) => str(pure.suffixOf(path), at, self.env),
  suffixes: (path, self, at) =>
    list(
      pure.suffixesOf(path).map((one) => str(one, at)),
      at,
      self.env,
    ),
  parts: (path, self, at) =>
    tuple(
      pure.partsOf(path).map((one) => str(one, at)),
      at,
      self.env,
    ),
  root: (path, self, at) => str(pure.rootOf(path), at, self.env),
  anchor: (path, self, at) => str(pure.rootOf(path), at, self.env),
  drive: (_, self, at) => str("", at, self.env),
};

function textMethod(name: string, text: (path: string) => string): Value {
  return method(name, {}, (self, { at }) => str(text(textOfSelf(self)), at, self.env));
}

function construct(name: string, concrete: string): Value {
  return define(
    name,
    { required: ["cls"], rest: true },
    ({ machine, at, given, rest }) => {
      const self =
        given.cls === machine.classNamed(`pathlib.${name}`)
          ? machine.classNamed(`pathlib.${concrete}`)
          : given.cls;
      if (self.kind !== "class") return machine.raise("TypeError", "cls must be a class", at);
      return joinedTo(machine, pathOfClass(self, ".", at, []), rest, at);
    },
    { takesOpaque: true },
  );
}

function compared(name: string, compare: (a: string, b: string) => boolean): Value {
  return method(name, { required: ["other"] }, (self, { at, given: { other } }) => {
    const path = pathOf(other);
    return bool(path !== undefined && compare(textOfSelf(self), path), at, mergeEnv(self.env, other.env));
  });
}

const getAttribute = method("__getattr__", { required: ["name"] }, (self, { machine, at, given }) => {
  const name = textOf(given.name) ?? "";
  const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (property) return property(textOfSelf(self), self, at);
  return notModelled(machine, self, name, at);
});

const pureMethods = byName(
  getAttribute,
  method(
    "__truediv__",
    { required: ["other"] },
    (self, { machine, at, given: { other } }) => {
      if (other.kind === "opaque" || other.kind === "str" || other.kind === "instance")
        return joinedTo(machine, self, [other], at);
      const types = `'PosixPath' and '${machine.classOf(other).name}'`;
      return machine.raise("TypeError", `unsupported operand type(s) for /: ${types}`, at, other.env);
    },
    { takesOpaque: true },
  ),
  method("__rtruediv__", { required: ["other"] }, (self, { machine, at, given }) => {
    const text = pathText(machine, given.other, at);
    return typeof text === "string" ? like(self, pure.joined(text, textOfSelf(self)), at) : text;
  }),
  method("joinpath", { rest: true }, (self, { machine, at, rest }) => joinedTo(machine, self, rest, at), {
    takesOpaque: true,
  }),
  // Two paths are one key of a dict if their texts are: any value will do for that.
  method("__hash__", {}, (self, { at }) => str(textOfSelf(self), at)),
  method("__repr__", {}, (self, { at }) =>
    str(`${self.kind === "instance" ? self.class.name : "PosixPath"}('${textOfSelf(self)}')`, at, self.env),
  ),
  method("is_absolute", {}, (self, { at }) => bool(textOfSelf(self).startsWith("/"), at, self.env)),
  method("is_relative_to", { required: ["other"], rest: true }, (self, { machine, at, given }) => {
    const other = pathText(machine, given.other, at);
    return typeof other === "string"
      ? bool(pure.relativeTo(textOfSelf(self), pure.normalise(other)) !== undefined, at, self.env)
      : other;
  }),
  method(
    "relative_to",
    { required: ["other"], rest: true, others: true },
    (self, { machine, at, given, rest }) => {
      const texts = pathTexts(machine, [given.other, ...rest], at);
      if ("kind" in texts) return texts;
      const [first = "", ...others] = texts;
      const base = pure.joined(first, ...others);
      const path = textOfSelf(self);
      const relative = pure.relativeTo(path, base);
      if (relative !== undefined) return like(self, relative, at);
      return machine.raise(
        "ValueError",
        `'${path}' is not in the subpath of '${base}' OR one path is relative and the other is absolute.`,
        at,
      );
    },
  ),
  method("with_name", { required: ["name"] }, (self, { machine, at, given }) =>
    withName(machine, self, textOf(given.name) ?? "", at),
  ),
  method("with_stem", { required: ["stem"] }, (self, { machine, at, given }) =>
    withName(machine, self, (textOf(given.stem) ?? "") + pure.suffixOf(textOfSelf(self)), at),
  ),
  method("with_suffix", { required: ["suffix"] }, (self, { machine, at, given }) => {
    const suffix = textOf(given.suffix) ?? "";
    if (suffix !== "" && (!suffix.startsWith(".") || suffix === "." || suffix.includes("/")))
      return machine.raise("ValueError", `Invalid suffix '${suffix}'`, at);
    return withName(machine, self, pure.stemOf(textOfSelf(self)) + suffix, at);
  }),
  method("match", { required: ["pattern"], others: true }, (self, { machine, at, given }) => {
    const pattern = pathText(machine, given.pattern, at);
    if (typeof pattern !== "string") return pattern;
    const wanted = pure.partsOf(pure.normalise(pattern));
    const parts = pure.partsOf(textOfSelf(self)).slice(-wanted.length);
    const fits =
      parts.length === wanted.length &&
      wanted.every((part, index) => pure.matchesPart(parts[index] ?? "", part));
    return bool(fits, at, self.env);
  }),
);

function withName(machine: Machine, self: Value, name: string, at: Location | undefined): Value {
  const path = textOfSelf(self);
  if (pure.nameOf(path) === "")
    return machine.raise("ValueError", `PosixPath('${path}') has an empty name`, at);
  if (name === "" || name === "." || name.includes("/"))
    return machine.raise("ValueError", `Invalid name '${name}'`, at);
  return like(self, pure.withName(path, name), at);
}

function test(name: string, question: "exists" | "file" | "folder"): Value {
  return method(name, { others: true }, (self, { machine, at }) =>
    thereValue(machine, self, textOfSelf(self), question, at),
  );
}

function absolute(name: string): Value {
  return method(name, { optional: ["strict"] }, (self, { machine, at }) =>
    like(self, abspath(textOfSelf(self), workingFolder(machine)), at),
  );
}

function read(machine: Machine, self: Value, at: Location | undefined): Value {
  const path = textOfSelf(self);
  const found = readText(machine, path, at);
  if (found === "absent")
    return machine.call(
      machine.attribute(machine.import("builtins"), "open"),
      [str(path, at, self.env)],
      undefined,
      at,
    );
  return "text" in found ? str(found.text.replace(/\r\n?/g, "\n"), at, self.env) : found;
}

function glob(name: string, prefix: string): Value {
  return method(name, { required: ["pattern"], others: true }, (self, { machine, at, given }) => {
    const pattern = textOf(given.pattern);
    const found = pattern === undefined ? undefined : globbed(machine, textOfSelf(self), prefix + pattern);
    if (!found) return ofTheMachine(machine, at, "generator", [self]);
    return list(
      found.map((path) => like(self, path, at)),
      at,
      self.env,
    );
  });
}

function noEffect(name: string): Value {
  return method(name, { rest: true, others: true }, (_, { at }) => none(at), { takesOpaque: true });
}

const stats = ["stat", "lstat", "owner", "group", "is_symlink", "is_mount", "readlink", "samefile"];

const concreteMethods: [string, Value][] = [
  ...byName(
    method("read_text", { optional: ["encoding", "errors", "newline"] }, (self, { machine, at }) =>
      read(machine, self, at),
    ),
    method("read_bytes", {}, (self, { machine, at }) => {
      const content = read(machine, self, at);
      return content.kind === "str"
        ? bytes(new TextEncoder().encode(content.value), at, content.env)
        : content;
    }),
    method("open", { rest: true, others: true }, (self, { machine, at, rest, others }) =>
      machine.call(
        machine.attribute(machine.import("builtins"), "open"),
        [str(textOfSelf(self), at, self.env), ...rest],
        others,
        at,
      ),
    ),
    method("iterdir", {}, (self, { machine, at }) => {
      const path = textOfSelf(self);
      const names = childrenOf(machine, path);
      if (!names) return ofTheMachine(machine, at, "generator", [self]);
      if (!isThere(machine, path, "folder"))
        return machine.raise("FileNotFoundError", `[Errno 2] No such file or directory: '${path}'`, at);
      return list(
        names.map((name) => like(self, pure.joined(path, name), at)),
        at,
        self.env,
      );
    }),
    method("expanduser", {}, (self, { machine, at }) =>
      textOfSelf(self).startsWith("~") ? ofTheMachine(machine, at, "PosixPath", [self]) : self,
    ),
    method("__enter__", {}, (self) => self),
  ),
  ["resolve", absolute("resolve")],
  ["absolute", absolute("absolute")],
  ["exists", test("exists", "exists")],
  ["is_file", test("is_file", "file")],
  ["is_dir", test("is_dir", "folder")],
  ["glob", glob("glob", "")],
  ["rglob", glob("rglob", "**/")],
  ...pathMakers,
  ...["unlink", "rmdir", "rename", "replace", "chmod", "symlink_to", "__exit__"].map(
    (name): [string, Value] => [name, noEffect(name)],
  ),
  ...stats.map((name): [string, Value] => [
    name,
    method(name, { rest: true, others: true }, (self, { machine, at }) =>
      ofTheMachine(machine, at, undefined, [self]),
    ),
  ]),
];

const sharedMethods: [string, Value][] = [
  ...["__str__", "__fspath__", "as_posix"].map((name): [string, Value] => [
    name,
    textMethod(name, (path) => path),
  ]),
  ["as_uri", textMethod("as_uri", (path) => `file://${encodeURI(path)}`)],
  ["__eq__", compared("__eq__", (a, b) => a === b)],
  ["__lt__", compared("__lt__", (a, b) => a < b)],
  ["__le__", compared("__le__", (a, b) => a <= b)],
  ["__gt__", compared("__gt__", (a, b) => a > b)],
  ["__ge__", compared("__ge__", (a, b) => a >= b)],
];

const classMethods = [
  define("cwd", { required: ["cls"] }, ({ machine, at }) => makePath(machine, workingFolder(machine), at)),
  define("home", { required: ["cls"] }, ({ machine, at }) => ofTheMachine(machine, at, "PosixPath")),
];

export const pathlibModels: readonly Model[] = [
  model("pathlib", (machine) => {
    const pathLike = machine.classNamed("os.PathLike");
    const purePath = nativeClass(
      machine,
      "pathlib.PurePath",
      [["__new__", construct("PurePath", "PurePosixPath")], ...sharedMethods, ...pureMethods],
      [pathLike],
    );
    const purePosixPath = nativeClass(machine, "pathlib.PurePosixPath", [], [purePath]);
    const members = classMethods.map((one) => [one.name, machine.classMethod(one)] as const);
    const path = nativeClass(
      machine,
      "pathlib.Path",
      [["__new__", construct("Path", "PosixPath")], ...concreteMethods, ...members],
      [purePath],
    );
    const posixPath = nativeClass(machine, "pathlib.PosixPath", [], [path, purePosixPath]);
    return [purePath, purePosixPath, path, posixPath].map((one) => [one.name, one] as const);
  }),
];
