import type { Location } from "../location.ts";
import { exceptionClasses, exceptionOf } from "./exceptions.ts";
import type { Execution } from "./execution.ts";
import { instanceOfInternal, internalAs, internalOf, unwrap } from "./internal.ts";
import { bytes, envOf, int, list, none, str, touch, tuple } from "./make.ts";
import { beyondModel, classOf, findInClass, openBase, specialMethod, typeName } from "./names.ts";
import { collect, rangeLength } from "./protocols.ts";
import { PythonException } from "./raised.ts";
import { charactersOf } from "./text.ts";
import { slicedShape } from "./text-shape.ts";
import { types } from "./types.ts";
import type { Dict, List, Opaque, Value } from "./value.ts";
import { dependingOn, mergeEnv } from "./value.ts";

/** `value[key]`. */
export function subscript(run: Execution, value: Value, key: Value, at?: Location): Value {
  if (value.kind === "opaque") return partOfOpaque(run, value, key, at);
  const method = specialMethod(value, "__getitem__");
  if (method) return run.call(method, [value, key], undefined, at);
  const inner = unwrap(value);
  if (key.env.length > 0) run.risk = mergeEnv(run.risk, key.env);
  switch (inner.kind) {
    case "dict":
      return dictItem(run, inner, key, value, at);
    case "list":
    case "tuple":
    case "str":
    case "bytes":
      return sequenceItem(run, inner, key, at);
    case "class":
      return classItem(run, inner, key, at);
    case "instance": {
      const range = internalAs(inner, "range");
      if (range && key.kind === "int") {
        const size = rangeLength(range);
        const index = key.value < 0n ? key.value + size : key.value;
        if (index < 0n || index >= size)
          return run.raise("IndexError", "range object index out of range", at);
        return int(range.start + index * range.step, at, envOf([value, key]));
      }
      const open = openBase(inner.class)?.open;
      if (open) return run.opaque(open.because, at, [open, key]);
    }
  }
  const beyond = beyondModel(inner);
  if (beyond) return run.opaque(beyond, at, [value, key]);
  return run.raise("TypeError", `'${typeName(value)}' object is not subscriptable`, at);
}

/** An item or a part of what is not known: of a text, as much as is known of it. */
function partOfOpaque(run: Execution, value: Opaque, key: Value, at?: Location): Value {
  const { type } = value;
  const slice = internalAs(key, "slice");
  if (type === "str" && key.kind === "int") {
    const index = Number(key.value);
    const shape = slicedShape(value, index, index === -1 ? undefined : index + 1);
    return run.opaque(value.because, at, [value, key], { type, ...shape, length: 1, truth: true });
  }
  if ((type !== "str" && type !== "bytes") || !slice) return run.opaque(value.because, at, [value, key]);
  const { start, stop, step } = slice;
  const isKnown = [start, stop].every(({ kind }) => kind === "int" || kind === "none");
  const isWhole = step.kind === "none" || (step.kind === "int" && step.value === 1n);
  const index = (end: Value) => (end.kind === "int" ? Number(end.value) : undefined);
  const shape = isKnown && isWhole ? slicedShape(value, index(start), index(stop)) : {};
  const truth = shape.length === undefined ? {} : { truth: shape.length > 0 };
  return run.opaque(value.because, at, [value, key], { type, ...shape, ...truth });
}

function dictItem(run: Execution, dict: Dict, key: Value, whole: Value, at?: Location): Value {
  if (key.env.length > 0) {
    for (const entry of dict.entries.values())
      if (entry.key.kind === "str") run.candidate(key, entry.key.value);
  }
  const hash = run.hashKey(key);
  if (hash === undefined) {
    const reason = key.kind === "opaque" ? key.because : "looks up what is not known";
    return run.opaque(reason, at, [key]);
  }
  const entry = dict.entries.get(hash);
  if (entry) return dependingOn(entry.value, key.env);
  if (dict.open) return run.opaque(dict.open.because, at, [dict.open, key]);
  const missing = specialMethod(whole, "__missing__");
  if (missing) return run.call(missing, [whole, key], undefined, at);
  const env = mergeEnv(key.env, dict.env, run.ambient);
  throw new PythonException(
    exceptionOf(exceptionClasses.get("KeyError") ?? types.object, [key], at, env),
    at,
    env,
  );
}

function sequenceItem(
  run: Execution,
  value: Extract<Value, { kind: "list" | "tuple" | "str" | "bytes" }>,
  key: Value,
  at?: Location,
): Value {
  if (key.kind === "opaque") return run.opaque(key.because, at, [value, key]);
  const slice = internalAs(key, "slice");
  const open = "open" in value ? value.open : undefined;
  if (open && !(slice && isWhole(slice))) return run.opaque(open.because, at, [open, key]);
  if (slice) return sliced(run, value, slice, at);
  const index = indexOf(run, key, at);
  if (index === undefined) {
    const type = typeName(key);
    const rule =
      value.kind === "str"
        ? `string indices must be integers, not '${type}'`
        : `${value.kind === "bytes" ? "byte" : value.kind} indices must be integers or slices, not ${type}`;
    return run.raise("TypeError", rule, at, envOf([value, key]));
  }
  const env = envOf([value, key]);
  const items =
    value.kind === "str" ? charactersOf(value.value) : value.kind === "bytes" ? value.value : value.items;
  const item = items[index < 0 ? index + items.length : index];
  if (item === undefined) {
    const what = { str: "string", list: "list", tuple: "tuple", bytes: "index" }[value.kind];
    return run.raise(
      "IndexError",
      value.kind === "bytes" ? "index out of range" : `${what} index out of range`,
      at,
      env,
    );
  }
  if (typeof item === "string") return str(item, at, env);
  if (typeof item === "number") return int(item, at, env);
  return dependingOn(item, key.env);
}

/** `Generic[T]`, `list[str]`: for what settings do with it, the class itself. */
function classItem(run: Execution, of: Extract<Value, { kind: "class" }>, key: Value, at?: Location): Value {
  if (run.annotating) {
    const args = key.kind === "tuple" ? key.items : [key];
    return instanceOfInternal(types.GenericAlias, { is: "alias", origin: of, args }, at);
  }
  const found = findInClass(of, "__class_getitem__");
  if (!found) return of;
  return run.call(run.attribute(of, "__class_getitem__", at), [key], undefined, at);
}

/** An index as a JavaScript number; undefined for what is none. */
function indexOf(run: Execution, key: Value, at?: Location): number | undefined {
  if (key.kind === "int") return Number(key.value);
  if (key.kind === "bool") return key.value ? 1 : 0;
  const method = specialMethod(key, "__index__");
  if (method) return indexOf(run, run.call(method, [key], undefined, at), at);
  const inner = unwrap(key);
  return inner === key ? undefined : indexOf(run, inner, at);
}

interface SliceParts {
  readonly start: Value;
  readonly stop: Value;
  readonly step: Value;
}

const isWhole = ({ start, stop, step }: SliceParts) =>
  [start, stop, step].every(({ kind }) => kind === "none");

/** The indexes that a slice picks from a sequence; an opaque value if its ends are not known. */
export function sliceIndexes(
  run: Execution,
  slice: SliceParts,
  length: number,
  at?: Location,
): number[] | Opaque {
  const end = (part: Value, whenNone: number): number | Opaque => {
    if (part.kind === "none") return whenNone;
    if (part.kind === "opaque") return part;
    return (
      indexOf(run, part, at) ??
      run.raise("TypeError", "slice indices must be integers or None or have an __index__ method", at)
    );
  };
  const step = end(slice.step, 1);
  if (typeof step !== "number") return step;
  if (step === 0) return run.raise("ValueError", "slice step cannot be zero", at);
  const backwards = step < 0;
  const start = end(slice.start, backwards ? length - 1 : 0);
  const stop = end(slice.stop, backwards ? -length - 1 : length);
  if (typeof start !== "number") return start;
  if (typeof stop !== "number") return stop;
  const clamp = (index: number) => {
    const positive = index < 0 ? index + length : index;
    return Math.min(Math.max(positive, backwards ? -1 : 0), backwards ? length - 1 : length);
  };
  const from = clamp(start);
  const to = slice.stop.kind === "none" && backwards ? -1 : clamp(stop);
  const indexes: number[] = [];
  for (let i = from; backwards ? i > to : i < to; i += step) indexes.push(i);
  run.budget.make(indexes.length);
  return indexes;
}

function sliced(
  run: Execution,
  value: Extract<Value, { kind: "list" | "tuple" | "str" | "bytes" }>,
  slice: SliceParts,
  at?: Location,
): Value {
  const env = envOf([value, slice.start, slice.stop, slice.step]);
  const characters = value.kind === "str" ? charactersOf(value.value) : "";
  const length =
    value.kind === "str"
      ? characters.length
      : value.kind === "bytes"
        ? value.value.length
        : value.items.length;
  const indexes = sliceIndexes(run, slice, length, at);
  if (!Array.isArray(indexes)) return run.opaque(indexes.because, at, [value, indexes], { type: value.kind });
  switch (value.kind) {
    case "str": {
      const text = indexes.map((i) => characters[i] ?? "").join("");
      const cut = str(text, at, env);
      return value.lazy ? { ...cut, lazy: true } : cut;
    }
    case "bytes":
      return bytes(
        Uint8Array.from(indexes, (i) => value.value[i] ?? 0),
        at,
        env,
      );
    default: {
      const items = indexes.flatMap((i) => value.items[i] ?? []);
      const made = value.kind === "list" ? list(items, at, env) : tuple(items, at, env);
      return value.open ? { ...made, open: value.open } : made;
    }
  }
}

/** `target[key] = value`. */
export function setItem(run: Execution, target: Value, key: Value, value: Value, at?: Location): void {
  if (target.kind === "opaque") return;
  const method = specialMethod(target, "__setitem__");
  if (method) {
    run.call(method, [target, key, value], undefined, at);
    return;
  }
  const inner = unwrap(target);
  const env = mergeEnv(key.env, run.ambient);
  const stored = dependingOn(value, env);
  if (inner.kind === "dict") {
    setEntry(run, inner, key, stored, at);
    touch(inner, mergeEnv(stored.env, env));
    return;
  }
  if (inner.kind === "list") {
    touch(inner, mergeEnv(stored.env, env));
    if (key.kind === "opaque") {
      inner.open = key;
      return;
    }
    const slice = internalAs(key, "slice");
    if (slice) {
      setSlice(run, inner, slice, value, at);
      return;
    }
    const index = indexOf(run, key, at);
    if (index === undefined)
      run.raise("TypeError", `list indices must be integers or slices, not ${typeName(key)}`, at);
    const position = index < 0 ? index + inner.items.length : index;
    if (position < 0 || position >= inner.items.length) {
      if (inner.open) return;
      run.raise("IndexError", "list assignment index out of range", at);
    }
    inner.items[position] = stored;
    return;
  }
  if ((inner.kind === "instance" && openBase(inner.class)) || beyondModel(inner)) return;
  run.raise("TypeError", `'${typeName(target)}' object does not support item assignment`, at);
}

/** Puts an entry into a dict; an unknown key leaves the dict open. */
export function setEntry(run: Execution, target: Dict, key: Value, value: Value, at?: Location): void {
  const hash = run.hashKey(key);
  if (hash === undefined) {
    target.open = run.opaque(key.kind === "opaque" ? key.because : "has a key that is not known", at, [key]);
    return;
  }
  const entry = target.entries.get(hash);
  if (entry) entry.value = value;
  else {
    run.budget.make(1);
    target.entries.set(hash, { key, value });
  }
}

function setSlice(run: Execution, target: List, slice: SliceParts, value: Value, at?: Location): void {
  const { items, open } = collect(run, value, at);
  const indexes = sliceIndexes(run, slice, target.items.length, at);
  if (!Array.isArray(indexes) || open) {
    target.open = open ?? (indexes as Opaque);
    return;
  }
  run.budget.make(items.length);
  if (slice.step.kind === "none" || (slice.step.kind === "int" && slice.step.value === 1n)) {
    const bounds = sliceIndexes(run, { ...slice, stop: none() }, target.items.length, at);
    const start = indexes[0] ?? (Array.isArray(bounds) ? (bounds[0] ?? target.items.length) : 0);
    target.items.splice(start, indexes.length, ...items);
    return;
  }
  if (items.length !== indexes.length) {
    run.raise(
      "ValueError",
      `attempt to assign sequence of size ${items.length} to extended slice of size ${indexes.length}`,
      at,
    );
  }
  for (const [i, index] of indexes.entries()) target.items[index] = items[i] ?? none();
}

/** `del target[key]`. */
export function deleteItem(run: Execution, target: Value, key: Value, at?: Location): void {
  if (target.kind === "opaque") return;
  const method = specialMethod(target, "__delitem__");
  if (method) {
    run.call(method, [target, key], undefined, at);
    return;
  }
  const inner = unwrap(target);
  touch(inner, mergeEnv(key.env, run.ambient));
  if (inner.kind === "dict") {
    const hash = run.hashKey(key);
    if (hash === undefined) inner.open = run.opaque("deletes a key that is not known", at, [key]);
    else if (!inner.entries.delete(hash) && !inner.open) {
      const env = mergeEnv(key.env, inner.env);
      throw new PythonException(
        exceptionOf(exceptionClasses.get("KeyError") ?? types.object, [key], at, env),
        at,
        env,
      );
    }
    return;
  }
  if (inner.kind === "list") {
    const slice = internalAs(key, "slice");
    const indexes = slice ? sliceIndexes(run, slice, inner.items.length, at) : [indexOf(run, key, at)];
    if (!Array.isArray(indexes)) {
      inner.open = indexes;
      return;
    }
    const gone = new Set(indexes.map((i) => (i !== undefined && i < 0 ? i + inner.items.length : i)));
    if (!slice && ![...gone].every((i) => i !== undefined && i >= 0 && i < inner.items.length)) {
      run.raise("IndexError", "list assignment index out of range", at);
    }
    inner.items = inner.items.filter((_, i) => !gone.has(i));
    return;
  }
  run.raise(
    "TypeError",
    `'${internalOf(target) ? classOf(inner as Extract<Value, { kind: "instance" }>).name : typeName(target)}' object doesn't support item deletion`,
    at,
  );
}
