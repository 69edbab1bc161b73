import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Class, EnvNames, Value } from "../value.ts";
import { byName, creator, instance, method, nativeClass } from "./define.ts";
import { bool, str, textOf, truthOr } from "./make.ts";
import { abspath, dirname, join } from "./posix-path.ts";
import { isThere, pathText, pathTexts, workingFolder } from "./project-paths.ts";

/** `environ.Path`: an absolute path that is called, added to and subtracted from. */

class EnvironPath {
  readonly root: string;
  constructor(root: string) {
    this.root = root;
  }
}

function rootOf(value: Value): string | undefined {
  return value.kind === "instance" && value.data instanceof EnvironPath ? value.data.root : undefined;
}

function checked(
  machine: Machine,
  path: string,
  required: Value | undefined,
  raise: Class,
  at: Location | undefined,
): string {
  if (truthOr(machine, required, false) && isThere(machine, path, "exists") === false)
    machine.raise(raise, `Create required path: ${path}`, at);
  return path;
}

export function environPathClass(machine: Machine, improper: Class): Class {
  const absolute = (
    m: Machine,
    base: string,
    parts: readonly string[],
    required: Value | undefined,
    at: Location | undefined,
  ): string => checked(m, abspath(join(base, ...parts), workingFolder(m)), required, improper, at);
  const like = (self: Value, root: string, at: Location | undefined, env: EnvNames = self.env): Value =>
    self.kind === "instance"
      ? instance(self.class, at, {
          data: new EnvironPath(root),
          env,
          attributes: [["root", str(root, at, env)]],
        })
      : self;
  const below = (name: string, make: (self: Value, path: string, at: Location | undefined) => Value): Value =>
    method(name, { rest: true, others: true }, (self, { machine: m, at, rest, others }) => {
      const texts = pathTexts(m, rest, at);
      return "kind" in texts
        ? texts
        : make(self, absolute(m, rootOf(self) ?? "/", texts, others.get("required"), at), at);
    });
  const shown = (name: string): [string, Value] => [
    name,
    method(name, {}, (self, { at }) => str(rootOf(self) ?? "", at, self.env)),
  ];
  const create = creator(
    { optional: ["start"], rest: true, others: true },
    ({ machine: m, at, given, rest, others }) => {
      const texts = pathTexts(m, given.start ? [given.start, ...rest] : rest, at);
      if ("kind" in texts) return { data: undefined, env: texts.env };
      const [start = "", ...parts] = texts;
      const base = truthOr(m, others.get("is_file"), false) ? dirname(start) : start;
      const root = absolute(m, base, parts, others.get("required"), at);
      return {
        data: new EnvironPath(root),
        env: given.start?.env ?? [],
        attributes: [["root", str(root, at)]],
      };
    },
  );
  const equal = (name: string, same: boolean): Value =>
    method(name, { required: ["other"] }, (self, { at, given }) => {
      const other = rootOf(given.other) ?? textOf(given.other);
      return bool((other === rootOf(self)) === same, at, self.env);
    });
  return nativeClass(machine, "environ.environ.Path", [
    create,
    shown("__str__"),
    shown("__fspath__"),
    ["__eq__", equal("__eq__", true)],
    ["__ne__", equal("__ne__", false)],
    ["__call__", below("__call__", (self, path, at) => str(path, at, self.env))],
    ["path", below("path", like)],
    ...byName(
      method("__repr__", {}, (self, { at }) => str(`<Path:${rootOf(self) ?? ""}>`, at, self.env)),
      method("__add__", { required: ["other"] }, (self, { machine: m, at, given }) => {
        const other = rootOf(given.other) ?? pathText(m, given.other, at);
        return typeof other === "string"
          ? like(self, abspath(join(rootOf(self) ?? "/", other), "/"), at)
          : other;
      }),
      method("__sub__", { required: ["other"] }, (self, { machine: m, at, given: { other } }) => {
        const root = rootOf(self) ?? "/";
        if (other.kind === "int" || other.kind === "bool")
          return like(self, abspath(join(root, "../".repeat(Math.min(Number(other.value), 1000))), "/"), at);
        if (other.kind === "str" && root.endsWith(other.value))
          return like(self, stripEnd(root, other.value) || workingFolder(m), at);
        return m.raise("TypeError", "unsupported operand type(s) for -: 'Path'", at);
      }),
      method("__invert__", {}, (self, { at }) =>
        like(self, abspath(join(rootOf(self) ?? "/", ".."), "/"), at),
      ),
      method("__contains__", { required: ["item"] }, (self, { at, given }) => {
        const root = rootOf(self) ?? "/";
        return bool((rootOf(given.item) ?? "").startsWith(root === "/" ? root : `${root}/`), at, self.env);
      }),
      method("__getitem__", { required: ["key"] }, (self, { machine: m, at, given }) =>
        m.subscript(str(rootOf(self) ?? "", at, self.env), given.key, at),
      ),
      method(
        "file",
        { required: ["name"], rest: true, others: true },
        (self, { machine: m, at, given, rest, others }) => {
          const name = pathText(m, given.name, at);
          if (typeof name !== "string") return name;
          const path = str(abspath(join(rootOf(self) ?? "/", name), "/"), at);
          return m.call(m.attribute(m.import("builtins"), "open"), [path, ...rest], others, at);
        },
      ),
    ),
  ]);
}

/** `str.rstrip(chars)`, which the library uses where it means a suffix. */
function stripEnd(text: string, chars: string): string {
  let end = text.length;
  while (end > 0 && chars.includes(text[end - 1] ?? "")) end--;
  return text.slice(0, end);
}
