import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { castOpaque, defaulted, float, isBuiltinClass, list, none, str, textOf, tuple } from "./make.ts";
import { readText } from "./project-paths.ts";
import { offerTruth, truthFrom, unseenTruth } from "./truth-text.ts";

/** `Env.get_value` and `Env.parse_value` of django-environ. */

export interface Lookup {
  readonly machine: Machine;
  readonly at: Location | undefined;
  /** The `Env` object. */
  readonly self: Value;
  readonly improperlyConfigured: Class;
  readonly fileAware: boolean;
}

export interface Request {
  readonly var: Value;
  readonly cast?: Value | undefined;
  /** Undefined for NOTSET. */
  readonly default?: Value | undefined;
  readonly parseDefault?: boolean;
}

function attributeOf(self: Value, name: string): Value | undefined {
  return self.kind === "instance"
    ? (self.attributes.get(name) ??
        self.class.mro.find((one) => one.attributes.has(name))?.attributes.get(name))
    : undefined;
}

function isSet(value: Value | undefined): value is Value {
  return value !== undefined && value.kind !== "none";
}

/** The cast and the default that the scheme of `Env(**scheme)` has for a name. */
function fromScheme({ machine, at, self }: Lookup, name: string): { cast?: Value; default?: Value } {
  const scheme = attributeOf(self, "scheme");
  if (scheme?.kind !== "dict") return {};
  const entry = [...scheme.entries.values()].find(({ key }) => textOf(key) === name);
  if (!entry) return {};
  if (entry.value.kind !== "tuple" && entry.value.kind !== "list") return { cast: entry.value };
  const items = machine.iterate(entry.value, at);
  if ("kind" in items || items.length !== 2) return { cast: entry.value };
  const [cast, fallback] = items;
  return { ...(cast && { cast }), ...(fallback && { default: fallback }) };
}

/** What a variable holds: `NAME_FILE`'s file for a FileAwareEnv, else the environment. */
function look(lookup: Lookup, name: string, fallback: Value | undefined): Value | undefined {
  const { machine, at } = lookup;
  const file = lookup.fileAware ? machine.environment.get(`${name}_FILE`, at, none(at)) : undefined;
  if (file && file.kind === "opaque")
    return machine.opaque(file.because, at, [file], { type: "str", cause: file.cause });
  const path = textOf(file);
  if (!path) return machine.environment.get(name, at, fallback);
  const read = readText(machine, path, at);
  if (read === "absent")
    return machine.raise("FileNotFoundError", `[Errno 2] No such file or directory: '${path}'`, at, [
      `${name}_FILE`,
    ]);
  return "text" in read ? str(read.text, at, [`${name}_FILE`]) : read;
}

export function getValue(lookup: Lookup, request: Request, depth = 0): Value {
  const { machine, at, self } = lookup;
  const prefix = textOf(attributeOf(self, "prefix")) ?? "";
  if (request.var.kind !== "str")
    return machine.opaque("reads a variable whose name is not known", at, [request.var]);
  const name = prefix + request.var.value;
  const scheme = fromScheme(lookup, name);
  // The scheme's is taken for a false one, too, which is what `env("NAME", False)` gives: no default, but a cast.
  const isFalse = scheme.cast !== undefined && request.cast && machine.truth(request.cast) === false;
  let cast = isSet(request.cast) && !isFalse ? request.cast : scheme.cast;
  const fallback = request.default ?? scheme.default;

  const found = look(lookup, name, fallback);
  if (!found && !fallback) {
    // Noted as required before it fails, so that the search can set it.
    const fail = (): never =>
      machine.raise(lookup.improperlyConfigured, `Set the ${name} environment variable`, at, [name]);
    return getCast(lookup, machine.environment.require(name, at, fail), cast);
  }
  let value = found ?? defaulted(machine, fallback ?? none(at), name);
  const text = textOf(value);
  if (text?.startsWith("$") && depth < 20) {
    const target = str(text.replace(/^\$+/, ""), at, value.env);
    value = getValue(lookup, { var: target, cast, default: fallback }, depth + 1);
  }
  if (
    isSet(attributeOf(self, "escape_proxy")) &&
    machine.truth(attributeOf(self, "escape_proxy") ?? none(at)) &&
    value.kind === "str"
  )
    value = { ...value, value: value.value.replaceAll("\\$", "$") };

  if (!isSet(cast) && isSet(fallback) && machine.truth(attributeOf(self, "smart_cast") ?? none(at)))
    cast = typeOf(machine, fallback);
  if (fallback?.kind === "none" && textOf(value) === "") value = none(at, value.env);
  if (!found && !request.parseDefault) {
    if (isBuiltinClass(cast, "bool")) offerTruth(machine, value);
    return value;
  }
  const same = fallback !== undefined && machine.equal(value, fallback) === true;
  if (same && !(request.parseDefault && value.kind !== "none")) return value;
  return getCast(lookup, value, cast);
}

function typeOf(machine: Machine, value: Value): Value | undefined {
  if (value.kind !== "opaque") return machine.classOf(value);
  const builtin = ["bool", "int", "float", "str", "list", "tuple", "dict"].find(
    (name) => name === value.type,
  );
  return builtin === undefined ? undefined : machine.classNamed(builtin);
}

/** `Env.parse_value`. */
export function getCast(lookup: Lookup, value: Value, cast: Value | undefined): Value {
  const { machine, at, self } = lookup;
  if (!isSet(cast)) return value;
  if (isBuiltinClass(cast, "bool")) return toBool(lookup, value, attributeOf(self, "BOOLEAN_TRUE_STRINGS"));
  const container = containerOf(cast);
  if (value.kind === "opaque") {
    if (container) return castOpaque(machine, value, container, at, true);
    return machine.call(cast, [value], undefined, at);
  }
  if (container || isBuiltinClass(cast, "float")) {
    if (value.kind !== "str") {
      const needs = container ? (container === "tuple" ? "strip" : "split") : undefined;
      const type = machine.classOf(value).name;
      return needs
        ? machine.raise("AttributeError", `'${type}' object has no attribute '${needs}'`, at, value.env)
        : machine.raise("TypeError", `expected string or bytes-like object, got '${type}'`, at, value.env);
    }
    if (!container) return toFloat(machine, value.value, value, at);
    return toContainer(lookup, value.value, value, cast, container);
  }
  const made = machine.call(cast, [value], undefined, at);
  if (isBuiltinClass(cast, "int")) for (const text of ["1", "0"]) machine.candidate(made, text);
  return made;
}

function containerOf(cast: Value): "list" | "tuple" | "dict" | undefined {
  if (cast.kind === "list" || cast.kind === "tuple" || cast.kind === "dict") return cast.kind;
  return (["list", "tuple", "dict"] as const).find((name) => isBuiltinClass(cast, name));
}

/** A whole number decides by itself; any other text is true if it is one of the library's words. */
function toBool({ machine, at }: Lookup, value: Value, words: Value | undefined): Value {
  if (value.kind === "opaque") return unseenTruth(machine, value, at);
  if (value.kind === "bool") return truthFrom(machine, value.value, value, at);
  if (value.kind === "int" || value.kind === "float")
    return truthFrom(machine, Number(value.value) !== 0, value, at);
  if (value.kind !== "str")
    return machine.raise(
      "TypeError",
      `int() argument must be a string, a bytes-like object or a real number, not '${machine.classOf(value).name}'`,
      at,
      value.env,
    );
  const text = value.value;
  const digits = text.trim().replace(/(\d)_(?=\d)/g, "$1");
  if (/^[+-]?\d+$/.test(digits)) return truthFrom(machine, !/^[+-]?0+$/.test(digits), value, at);
  const yes = words && machine.iterate(words, at);
  const texts = yes && !("kind" in yes) ? yes.map(textOf) : [];
  return truthFrom(machine, texts.includes(text.toLowerCase().trim()), value, at);
}

/** As people in any country write it: the last comma or point is the decimal one. */
function toFloat(machine: Machine, text: string, value: Value, at: Location | undefined): Value {
  const parts = text.replace(/[^\d,.-]/g, "").split(/[,.]/);
  const last = parts.pop() ?? "";
  const number = parts.length === 0 ? last : `${parts.join("")}.${last}`;
  if (/^-?(?:\d+\.?\d*|\.\d+)$/.test(number)) return float(Number(number), value.at ?? at, value.env);
  return machine.raise("ValueError", `could not convert string to float: '${number}'`, at, value.env);
}

function toContainer(
  lookup: Lookup,
  text: string,
  value: Value,
  cast: Value,
  container: "list" | "tuple" | "dict",
): Value {
  const { machine, at: call } = lookup;
  const at = value.at ?? call;
  const { env } = value;
  const text_ = (one: string): Value => str(one, at, env);
  if (container === "dict")
    return cast.kind === "dict" ? toTypedDict(lookup, text, value, cast) : toDict(machine, text, value, at);
  const items = (container === "tuple" ? text.replace(/^\(+|\(+$/g, "").replace(/^\)+|\)+$/g, "") : text)
    .split(",")
    .filter(Boolean);
  const inner = cast.kind === "list" || cast.kind === "tuple" ? cast.items[0] : undefined;
  const made = items.map((item) =>
    inner ? machine.call(inner, [text_(item)], undefined, call) : text_(item),
  );
  return container === "list" ? list(made, at, env) : tuple(made, at, env);
}

function toDict(machine: Machine, text: string, value: Value, at: Location | undefined): Value {
  const { env } = value;
  const pairs = text
    .split(",")
    .filter(Boolean)
    .map((part, index) => {
      const sign = part.indexOf("=");
      if (sign === -1)
        return machine.raise(
          "ValueError",
          `dictionary update sequence element #${index} has length 1; 2 is required`,
          at,
          env,
        );
      return [str(part.slice(0, sign), at, env), str(part.slice(sign + 1), at, env)] as const;
    });
  return machine.dict(pairs, at, env);
}

/** `cast=dict(key=…, value=…, cast={…})`. */
function toTypedDict(
  lookup: Lookup,
  text: string,
  value: Value,
  cast: Value & { readonly kind: "dict" },
): Value {
  const { machine, at: call } = lookup;
  const at = value.at ?? call;
  const option = (name: string): Value | undefined =>
    [...cast.entries.values()].find(({ key }) => textOf(key) === name)?.value;
  const byKey = option("cast");
  const pairs = text
    .split(";")
    .filter(Boolean)
    .map((part) => {
      const [name = "", written] = part.split("=");
      if (written === undefined) return machine.raise("IndexError", "list index out of range", at, value.env);
      const own =
        byKey?.kind === "dict"
          ? [...byKey.entries.values()].find(({ key }) => textOf(key) === name)?.value
          : undefined;
      const key = machine.call(
        option("key") ?? machine.classNamed("str"),
        [str(name, at, value.env)],
        undefined,
        call,
      );
      return [
        key,
        getCast(lookup, str(written, at, value.env), own ?? option("value") ?? machine.classNamed("str")),
      ] as const;
    });
  return machine.dict(pairs, at, value.env);
}
