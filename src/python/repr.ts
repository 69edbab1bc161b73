import { limits } from "./budget.ts";
import { baseException } from "./exceptions.ts";
import type { Execution } from "./execution.ts";
import { internalOf, unwrap } from "./internal.ts";
import { specialMethod } from "./names.ts";
import { floatRepr, intText } from "./numbers.ts";
import { Stopped } from "./raised.ts";
import { tooDeep } from "./stack.ts";
import { bytesRepr, textRepr } from "./text.ts";
import type { Class, Instance, Opaque, Value } from "./value.ts";
import { isKnown } from "./value.ts";

/** `str(value)`. */
export function strOf(run: Execution, value: Value): string | Opaque {
  if (value.kind === "str") return value.value;
  if (value.kind !== "instance") return reprOf(run, value);
  const method = specialMethod(value, "__str__");
  if (method) return textOf(run, run.call(method, [value]), "__str__");
  if (value.class.mro.includes(baseException)) return exceptionText(run, value);
  const inner = unwrap(value);
  if (inner.kind === "str" && !specialMethod(value, "__repr__")) return inner.value;
  return reprOf(run, value);
}

/** `repr(value)`. */
export function reprOf(run: Execution, value: Value, inside: readonly Value[] = []): string | Opaque {
  run.budget.spend();
  switch (value.kind) {
    case "opaque":
      return value;
    case "none":
      return "None";
    case "ellipsis":
      return "Ellipsis";
    case "bool":
      return value.value ? "True" : "False";
    case "int":
      return intText(value.value) ?? run.raise("ValueError", digitsLimit);
    case "float":
      return floatRepr(value.value);
    case "str":
      return textRepr(value.value);
    case "bytes":
      return bytesRepr(value.value);
    case "list":
      return sequence(run, value.items, value, inside, "[", "]");
    case "tuple":
      return sequence(run, value.items, value, inside, "(", value.items.length === 1 ? ",)" : ")");
    case "set": {
      if (value.items.size === 0 && !value.open) return value.frozen ? "frozenset()" : "set()";
      const body = sequence(run, [...value.items.values()], value, inside, "{", "}");
      return value.frozen && typeof body === "string" ? `frozenset(${body})` : body;
    }
    case "dict":
      return dictRepr(run, value, inside);
    case "class": {
      const method = value.meta && specialMethod(value, "__repr__");
      if (method) return textOf(run, run.call(method, [value]), "__repr__");
      return `<class '${value.module === "builtins" ? value.name : `${value.module}.${value.name}`}'>`;
    }
    case "module":
      return `<module '${value.name}'>`;
    case "builtin":
      return `<built-in function ${value.name}>`;
    case "instance":
      return instanceRepr(run, value, inside);
    default:
      return addressed(run, value);
  }
}

export const digitsLimit =
  "Exceeds the limit (4300 digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit";

function addressed(run: Execution, value: Value): Opaque {
  return run.opaque("contains an address, which differs from run to run", value.at, [value], {
    type: "str",
    truth: true,
  });
}

function textOf(run: Execution, value: Value, method: string): string | Opaque {
  const text = unwrap(value);
  if (text.kind === "str") return text.value;
  if (text.kind === "opaque") return text;
  return run.raise("TypeError", `${method} returned non-string (type ${run.classOf(text).name})`);
}

function sequence(
  run: Execution,
  items: readonly Value[],
  whole: Extract<Value, { kind: "list" | "tuple" | "set" }>,
  inside: readonly Value[],
  open: string,
  close: string,
): string | Opaque {
  if (whole.open) return whole.open;
  if (inside.includes(whole)) return `${open}...${close}`;
  if (inside.length > limits.nesting) throw new Stopped(tooDeep);
  const around = [...inside, whole];
  const parts: string[] = [];
  for (const item of items) {
    const part = reprOf(run, item, around);
    if (typeof part !== "string") return part;
    parts.push(part);
    run.budget.make(part.length);
  }
  return open + parts.join(", ") + close;
}

function dictRepr(
  run: Execution,
  value: Extract<Value, { kind: "dict" }>,
  inside: readonly Value[],
): string | Opaque {
  if (value.open) return value.open;
  if (inside.includes(value)) return "{...}";
  if (inside.length > limits.nesting) throw new Stopped(tooDeep);
  const around = [...inside, value];
  const parts: string[] = [];
  for (const entry of value.entries.values()) {
    const key = reprOf(run, entry.key, around);
    const item = reprOf(run, entry.value, around);
    if (typeof key !== "string") return key;
    if (typeof item !== "string") return item;
    parts.push(`${key}: ${item}`);
    run.budget.make(key.length + item.length);
  }
  return `{${parts.join(", ")}}`;
}

function instanceRepr(run: Execution, value: Instance, inside: readonly Value[]): string | Opaque {
  const method = specialMethod(value, "__repr__");
  if (method) return textOf(run, run.call(method, [value]), "__repr__");
  if (value.class.mro.includes(baseException)) {
    const args = value.attributes.get("args");
    if (args?.kind !== "tuple") return addressed(run, value);
    const [only, ...more] = args.items;
    const shown = more.length > 0 || !only ? reprOf(run, args, inside) : reprOf(run, only, inside);
    if (typeof shown !== "string") return shown;
    return value.class.name + (more.length > 0 || !only ? shown : `(${shown})`);
  }
  const internal = internalOf(value);
  switch (internal?.is) {
    case "range": {
      const { start, stop, step } = internal;
      return `range(${start}, ${stop}${step === 1n ? "" : `, ${step}`})`;
    }
    case "view": {
      const items = run.iterate(value);
      if (!Array.isArray(items)) return isKnown(value) ? addressed(run, value) : value;
      const parts = items.map((item: Value) => reprOf(run, item, [...inside, value]));
      const odd = parts.find((part) => typeof part !== "string");
      return odd && typeof odd !== "string" ? odd : `dict_${internal.part}([${parts.join(", ")}])`;
    }
    case "derived":
      return reprOf(run, internal.value, inside);
    case "not-implemented":
      return "NotImplemented";
    case "slice": {
      const parts = [internal.start, internal.stop, internal.step].map((part) => reprOf(run, part, inside));
      return parts.every((part) => typeof part === "string")
        ? `slice(${parts.join(", ")})`
        : addressed(run, value);
    }
  }
  return addressed(run, value);
}

/** `str(exception)`. */
export function exceptionText(run: Execution, value: Instance): string | Opaque {
  const args = value.attributes.get("args");
  if (args?.kind !== "tuple") return "";
  const [first, second] = args.items;
  if (!first) return "";
  const is = (name: string) =>
    value.class.mro.some((entry: Class) => entry.module === "builtins" && entry.name === name);
  const [message, parts] = [value.attributes.get("message"), value.attributes.get("exceptions")];
  if (is("BaseExceptionGroup") && message && parts?.kind === "tuple") {
    const text = strOf(run, message);
    const count = parts.items.length;
    return typeof text === "string" ? `${text} (${count} sub-exception${count === 1 ? "" : "s"})` : text;
  }
  if (args.items.length === 1) return is("KeyError") ? reprOf(run, first) : strOf(run, first);
  if (is("OSError") && second && args.items.length === 2) {
    const file = value.attributes.get("filename");
    const third = file?.kind === "none" ? undefined : file;
    const parts = [reprOf(run, first), strOf(run, second), third ? reprOf(run, third) : ""];
    const odd = parts.find((part) => typeof part !== "string");
    if (odd && typeof odd !== "string") return odd;
    return `[Errno ${parts[0]}] ${parts[1]}${third ? `: ${parts[2]}` : ""}`;
  }
  return reprOf(run, args);
}
