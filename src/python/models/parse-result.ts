import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Class, EnvNames, Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { bool, int, none, str, textOf, tuple } from "./make.ts";
import { hostParts, type ParsedUrl, portOf, UrlError, unparseUrl } from "./urls.ts";

/** `urllib.parse.ParseResult` and `SplitResult`: named tuples that know about hosts. */

const fields = {
  ParseResult: ["scheme", "netloc", "path", "params", "query", "fragment"],
  SplitResult: ["scheme", "netloc", "path", "query", "fragment"],
} as const;
type ResultName = keyof typeof fields;

class UrlData {
  readonly url: ParsedUrl;
  readonly type: ResultName;
  constructor(url: ParsedUrl, type: ResultName) {
    this.url = url;
    this.type = type;
  }
}

export function urlOf(value: Value | undefined): ParsedUrl | undefined {
  return value?.kind === "instance" && value.data instanceof UrlData ? value.data.url : undefined;
}

export function makeUrl(
  machine: Machine,
  type: ResultName,
  url: ParsedUrl,
  at: Location | undefined,
  env: EnvNames,
): Value {
  return instance(machine.classNamed(`urllib.parse.${type}`), at, { data: new UrlData(url, type), env });
}

/** Runs what may find a URL wrong, and raises that as CPython does. */
export function orValueError<T>(machine: Machine, at: Location | undefined, env: EnvNames, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UrlError) return machine.raise("ValueError", error.message, at, env);
    throw error;
  }
}

function attribute(machine: Machine, self: Value, name: string, at: Location | undefined): Value | undefined {
  const url = urlOf(self);
  if (!url) return undefined;
  const { env } = self;
  const text = (value: string | undefined): Value =>
    value === undefined ? none(at, env) : str(value, at, env);
  switch (name) {
    case "scheme":
    case "netloc":
    case "path":
    case "params":
    case "query":
    case "fragment":
      return text(url[name]);
    case "username":
    case "password":
    case "hostname":
      return text(hostParts(url.netloc)[name]);
    case "port": {
      const port = orValueError(machine, at, env, () => portOf(url.netloc));
      return port === undefined ? none(at, env) : int(port, at, env);
    }
    default:
      return undefined;
  }
}

function asTuple(machine: Machine, self: Value, at: Location | undefined): Value {
  const names = self.kind === "instance" && self.data instanceof UrlData ? fields[self.data.type] : [];
  return tuple(
    names.map((name) => attribute(machine, self, name, at) ?? none(at)),
    at,
    self.env,
  );
}

function throughTuple(name: string): Value {
  return method(name, { rest: true }, (self, { machine, at, rest }) =>
    machine.call(
      machine.attribute(asTuple(machine, self, at), name, at),
      [...rest.map((one) => (urlOf(one) ? asTuple(machine, one, at) : one))],
      undefined,
      at,
    ),
  );
}

const methods = byName(
  method("__eq__", { required: ["other"] }, (self, { machine, at, given }) => {
    const same = machine.equal(
      asTuple(machine, self, at),
      urlOf(given.other) ? asTuple(machine, given.other, at) : given.other,
    );
    return same === undefined
      ? machine.opaque("compares a URL with what is not known", at, [self, given.other])
      : bool(same, at, self.env);
  }),
  method("__getattr__", { required: ["name"] }, (self, { machine, at, given }) => {
    const name = textOf(given.name) ?? "";
    const type = self.kind === "instance" ? self.class.name : "ParseResult";
    return (
      attribute(machine, self, name, at) ??
      machine.raise("AttributeError", `'${type}' object has no attribute '${name}'`, at)
    );
  }),
  method("geturl", {}, (self, { at }) => {
    const url = urlOf(self);
    return str(url ? unparseUrl(url) : "", at, self.env);
  }),
  method("_replace", { others: true }, (self, { machine, at, others }) => {
    const url = urlOf(self);
    if (!url || self.kind !== "instance" || !(self.data instanceof UrlData)) return self;
    const changes: [string, string][] = [];
    for (const [name, value] of others) {
      const text = machine.str(value);
      if (typeof text !== "string") return text;
      changes.push([name, text]);
    }
    return makeUrl(machine, self.data.type, { ...url, ...Object.fromEntries(changes) }, at, self.env);
  }),
  method("_asdict", {}, (self, { machine, at }) => {
    const names = self.kind === "instance" && self.data instanceof UrlData ? fields[self.data.type] : [];
    return machine.dict(
      names.map((name) => [str(name, at), attribute(machine, self, name, at) ?? none(at)] as const),
      at,
      self.env,
    );
  }),
  method("__repr__", {}, (self, { machine, at }) => {
    if (self.kind !== "instance" || !(self.data instanceof UrlData)) return str("", at);
    const { type, url } = self.data;
    const shown = fields[type].map((name) => `${name}=${String(machine.repr(str(url[name], at)))}`);
    return str(`${type}(${shown.join(", ")})`, at, self.env);
  }),
);

export function resultClass(machine: Machine, type: ResultName): Class {
  const tupleMethods = ["__iter__", "__len__", "__getitem__", "__contains__"].map((name): [string, Value] => [
    name,
    throughTuple(name),
  ]);
  const construct = define(
    "__new__",
    { required: ["cls"], rest: true, others: true },
    ({ machine: m, at, rest, others }) => {
      const texts = fields[type].map(
        (name, index) => [name, textOf(rest[index] ?? others.get(name)) ?? ""] as const,
      );
      const blank = { scheme: "", netloc: "", path: "", params: "", query: "", fragment: "" };
      return makeUrl(m, type, { ...blank, ...Object.fromEntries(texts) }, at, []);
    },
  );
  return nativeClass(
    machine,
    `urllib.parse.${type}`,
    [
      ["__new__", construct],
      ...tupleMethods,
      ...methods,
      ["_fields", tuple(fields[type].map((name) => str(name)))],
    ],
    [machine.classNamed("tuple")],
  );
}
