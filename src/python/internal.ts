import type { Location } from "../location.ts";
import { instance } from "./make.ts";
import type { Class, Dict, EnvNames, Instance, Value } from "./value.ts";

/** What the interpreter keeps about objects of Python's own classes that have no kind of their own. */
export type Internal =
  | { readonly is: "range"; readonly start: bigint; readonly stop: bigint; readonly step: bigint }
  | { readonly is: "slice"; readonly start: Value; readonly stop: Value; readonly step: Value }
  | { readonly is: "view"; readonly dict: Dict; readonly part: "keys" | "values" | "items" }
  | { readonly is: "property"; readonly get?: Value; readonly set?: Value; readonly delete?: Value }
  | { readonly is: "staticmethod"; readonly function: Value }
  | { readonly is: "classmethod"; readonly function: Value }
  | { readonly is: "super"; readonly after: Class; readonly self: Value }
  | { readonly is: "union"; readonly classes: readonly Value[] }
  | {
      readonly is: "file";
      readonly path: string;
      readonly content: string | undefined;
      readonly binary: boolean;
      position: number;
    }
  | { readonly is: "not-implemented" }
  /** `list[str]` in an annotation; elsewhere it is the class itself. */
  | { readonly is: "alias"; readonly origin: Class; readonly args: readonly Value[] }
  /** What `compile()` gives. */
  | { readonly is: "code"; readonly source: string }
  /** An instance of a project class derived from `list`, `dict`, `str`, …: the part that is the builtin. */
  | { readonly is: "derived"; readonly value: Value };

const mark: unique symbol = Symbol("internal");
interface Marked {
  readonly [mark]: Internal;
}

export function internalData(data: Internal): Marked {
  return { [mark]: data };
}

export function internalOf(value: Value): Internal | undefined {
  if (value.kind !== "instance") return undefined;
  const { data } = value;
  return typeof data === "object" && data !== null && mark in data ? (data as Marked)[mark] : undefined;
}

/** The builtin inside an instance of a class derived from one; any other value is itself. */
export function unwrap(value: Value): Value {
  if (value.kind !== "instance") return value;
  const data = internalOf(value);
  return data?.is === "derived" ? data.value : value;
}

export function isNotImplemented(value: Value): boolean {
  return value.kind === "instance" && internalOf(value)?.is === "not-implemented";
}

/** Internal data of one kind, or undefined. */
export function internalAs<Kind extends Internal["is"]>(
  value: Value,
  kind: Kind,
): Extract<Internal, { is: Kind }> | undefined {
  const data = internalOf(value);
  return data?.is === kind ? (data as Extract<Internal, { is: Kind }>) : undefined;
}

/** An object of one of Python's own classes. */
export function instanceOfInternal(of: Class, data: Internal, at?: Location, env?: EnvNames): Instance {
  return instance(of, at, env, internalData(data));
}

/** A value whose dicts and lists are Python's own, where a library's classes that derive from them do nothing more. */
export function ofPythonsOwn(value: Value, depth = 0): Value {
  if (depth > 8) return value;
  const inner = (one: Value): Value => ofPythonsOwn(one, depth + 1);
  switch (value.kind) {
    case "instance": {
      const whole = value.class.module === "dynaconf.nodes" ? unwrap(value) : value;
      return whole === value ? value : inner(whole);
    }
    case "list":
    case "tuple": {
      const items = value.items.map(inner);
      return items.every((item, i) => item === value.items[i]) ? value : { ...value, items };
    }
    case "dict": {
      const entries = [...value.entries].map(
        ([key, entry]) => [key, { key: entry.key, value: inner(entry.value) }] as const,
      );
      const isSame = entries.every(([key, entry]) => entry.value === value.entries.get(key)?.value);
      return isSame ? value : { ...value, entries: new Map(entries) };
    }
    default:
      return value;
  }
}
