import type { Location } from "../location.ts";
import type { Execution, Iteration } from "./execution.ts";
import { truthOf } from "./inspect.ts";
import { internalAs, internalOf, isNotImplemented, unwrap } from "./internal.ts";
import { envOf, int, str, tuple } from "./make.ts";
import { beyondModel, specialMethod, typeName } from "./names.ts";
import { PythonException } from "./raised.ts";
import { charactersOf, lengthOf } from "./text.ts";
import type { Dict, Opaque, Value } from "./value.ts";

/** `bool(value)`; undefined if that cannot be known. */
export function truth(run: Execution, value: Value): boolean | undefined {
  if (value.kind !== "instance") return truthOf(value);
  const method = specialMethod(value, "__bool__") ?? specialMethod(value, "__len__");
  if (method) return truth(run, run.call(method, [value]));
  const inner = unwrap(value);
  if (inner !== value) return truth(run, inner);
  const size = internalOf(value) ? length(run, value, undefined, false) : undefined;
  if (size?.kind === "int") return size.value > 0n;
  return value.class.mro.some((entry) => entry.open) || size ? undefined : true;
}

/** `len(value)`; opaque if that cannot be known. Undefined for what has no length when `raises` is false. */
export function length(
  run: Execution,
  value: Value,
  at: Location | undefined,
  raises: false,
): Value | undefined;
export function length(run: Execution, value: Value, at?: Location, raises?: true): Value;
export function length(run: Execution, value: Value, at?: Location, raises = true): Value | undefined {
  const known = (size: number | bigint, open?: Opaque) =>
    open
      ? run.opaque(open.because, at, [open, value], { type: "int", ...(size > 0 ? { truth: true } : {}) })
      : int(size, at, value.env);
  switch (value.kind) {
    case "opaque":
      if (value.length !== undefined && value.type !== undefined) return known(value.length);
      return run.opaque(value.because, at, [value], {
        type: "int",
        ...(value.truth === undefined ? {} : { truth: value.truth }),
      });
    case "str":
      return known(lengthOf(value.value));
    case "bytes":
      return known(value.value.length);
    case "list":
    case "tuple":
      return known(value.items.length, value.open);
    case "set":
      return known(value.items.size, value.open);
    case "dict":
      return known(value.entries.size, value.open);
    case "instance": {
      const method = specialMethod(value, "__len__");
      if (method) return run.call(method, [value], undefined, at);
      const inner = unwrap(value);
      if (inner !== value) return length(run, inner, at);
      const range = internalAs(value, "range");
      if (range) return known(rangeLength(range));
      const view = internalAs(value, "view");
      if (view) return known(view.dict.entries.size, view.dict.open);
      break;
    }
    case "class": {
      const method = specialMethod(value, "__len__");
      if (method) return run.call(method, [value], undefined, at);
    }
  }
  const beyond = beyondModel(value);
  if (beyond && raises) return run.opaque(beyond, at, [value], { type: "int" });
  return raises ? run.raise("TypeError", `object of type '${typeName(value)}' has no len()`, at) : undefined;
}

export function rangeLength({ start, stop, step }: { start: bigint; stop: bigint; step: bigint }): bigint {
  const span = step > 0n ? stop - start : start - stop;
  const stride = step > 0n ? step : -step;
  return span <= 0n ? 0n : (span + stride - 1n) / stride;
}

/** Starts a walk over a value: `iter(value)`. Raises TypeError for what cannot be walked. */
export function iterator(run: Execution, value: Value, at?: Location): Iteration | Opaque {
  const { env } = value;
  switch (value.kind) {
    case "opaque":
      return value;
    case "str": {
      const characters = charactersOf(value.value);
      return counted(characters.length, (i) => str(characters[i] ?? "", value.at, env), env);
    }
    case "bytes":
      return counted(value.value.length, (i) => int(value.value[i] ?? 0, value.at, env), env);
    case "list": {
      let index = 0;
      return { next: () => value.items[index++], open: value.open, env };
    }
    case "tuple": {
      let index = 0;
      return { next: () => value.items[index++], open: value.open, env };
    }
    case "set":
      return guarded(run, "Set", value.items, value.items.values(), (item) => item, value.open, env);
    case "dict":
      return guarded(
        run,
        "dictionary",
        value.entries,
        value.entries.values(),
        ({ key }) => key,
        value.open,
        env,
      );
    case "iterator":
      return { next: () => value.next(), open: value.open, env };
    case "instance":
      return instanceIterator(run, value, at);
    case "class": {
      // A class is walked through its metaclass: `for member in Color`.
      const method = specialMethod(value, "__iter__");
      if (method) return iterator(run, run.call(method, [value], undefined, at), at);
      const open = value.mro.find((entry) => entry.open)?.open;
      if (open) return open;
    }
  }
  return run.raise("TypeError", `'${typeName(value)}' object is not iterable`, at);
}

function counted(size: number, item: (index: number) => Value, env: Value["env"]): Iteration {
  let index = 0;
  return { next: () => (index < size ? item(index++) : undefined), env };
}

/** A walk over a dict or set, which may not change its size meanwhile. */
function guarded<Entry>(
  run: Execution,
  what: string,
  walked: ReadonlyMap<string, unknown>,
  entries: globalThis.Iterator<Entry>,
  item: (entry: Entry) => Value,
  open: Opaque | undefined,
  env: Value["env"],
): Iteration {
  const { size } = walked;
  const next = () => {
    if (walked.size !== size) run.raise("RuntimeError", `${what} changed size during iteration`);
    const step = entries.next();
    return step.done ? undefined : item(step.value);
  };
  return { next, open, env };
}

function instanceIterator(
  run: Execution,
  value: Extract<Value, { kind: "instance" }>,
  at?: Location,
): Iteration | Opaque {
  const method = specialMethod(value, "__iter__");
  if (method) {
    const made = run.call(method, [value], undefined, at);
    if (made.kind !== "instance") return iterator(run, made, at);
    const next = specialMethod(made, "__next__");
    return next
      ? stepping(run, () => run.call(next, [made], undefined, at), value.env)
      : iterator(run, made, at);
  }
  const next = specialMethod(value, "__next__");
  if (next) return stepping(run, () => run.call(next, [value], undefined, at), value.env);
  const item = specialMethod(value, "__getitem__");
  if (item) {
    let index = 0;
    return stepping(run, () => run.call(item, [value, int(index++)], undefined, at), value.env, "IndexError");
  }
  const internal = internalOf(value);
  switch (internal?.is) {
    case "derived":
      return iterator(run, internal.value, at);
    case "range": {
      const { step } = internal;
      let current = internal.start;
      const next = () => {
        if (step > 0n ? current >= internal.stop : current <= internal.stop) return undefined;
        current += step;
        return int(current - step, at ?? value.at, value.env);
      };
      return { next, env: value.env };
    }
    case "view":
      return viewIterator(run, internal.dict, internal.part);
    case "file":
      return counted(0, () => value, value.env);
  }
  const open = value.class.mro.find((entry) => entry.open)?.open;
  if (open) return open;
  const beyond = beyondModel(value);
  if (beyond) return run.opaque(beyond, at, [value]);
  return run.raise("TypeError", `'${typeName(value)}' object is not iterable`, at);
}

function viewIterator(run: Execution, dict: Dict, part: "keys" | "values" | "items"): Iteration {
  const item = {
    keys: ({ key }: { key: Value }) => key,
    values: ({ value }: { value: Value }) => value,
    items: ({ key, value }: { key: Value; value: Value }) => tuple([key, value], dict.at),
  }[part];
  return guarded(run, "dictionary", dict.entries, dict.entries.values(), item, dict.open, dict.env);
}

/** A walk that ends with StopIteration. */
function stepping(run: Execution, step: () => Value, env: Value["env"], end = "StopIteration"): Iteration {
  const next = () => {
    run.budget.spend();
    try {
      return step();
    } catch (error) {
      if (error instanceof PythonException && error.value.class.mro.some(({ name }) => name === end))
        return undefined;
      throw error;
    }
  };
  return { next, env };
}

/** Every item, or an opaque value if they cannot all be known. */
export function itemsOf(run: Execution, value: Value, at?: Location): readonly Value[] | Opaque {
  const walk = iterator(run, value, at);
  if ("kind" in walk) return walk;
  const items = drain(run, walk);
  return walk.open ?? items;
}

/** The items that are known; `open` of the walk tells whether there may be more. */
export function drain(run: Execution, walk: Iteration): Value[] {
  const items: Value[] = [];
  for (let item = walk.next(); item !== undefined; item = walk.next()) {
    items.push(item);
    if ((items.length & 1) === 0) run.budget.spend();
    if ((items.length & 1023) === 0) run.budget.make(1024);
  }
  run.budget.make(items.length & 1023);
  return items;
}

/** The known items, and what may make them incomplete: how a list is made from anything. */
export function collect(
  run: Execution,
  value: Value,
  at?: Location,
): { items: Value[]; open?: Opaque; env: Value["env"] } {
  const walk = iterator(run, value, at);
  if ("kind" in walk) return { items: [], open: walk, env: walk.env };
  const items = drain(run, walk);
  const env = envOf([value], walk.env);
  return walk.open ? { items, open: walk.open, env } : { items, env };
}

/** `item in container`; undefined if that cannot be known. */
export function contains(
  run: Execution,
  container: Value,
  item: Value,
  at?: Location,
): Value | boolean | undefined {
  if (container.kind === "opaque") return undefined;
  if (container.kind === "str") {
    if (item.kind === "opaque") return undefined;
    const text = unwrap(item);
    if (text.kind === "str") return container.value.includes(text.value);
    return run.raise("TypeError", `'in <string>' requires string as left operand, not ${typeName(item)}`, at);
  }
  const method = specialMethod(container, "__contains__");
  if (method) {
    const found = run.call(method, [container, item], undefined, at);
    return isNotImplemented(found) ? undefined : found;
  }
  const inner = unwrap(container);
  if (inner !== container) return contains(run, inner, item, at);
  if (inner.kind === "dict" || inner.kind === "set") {
    if (item.kind === "opaque")
      return (inner.kind === "dict" ? inner.entries : inner.items).size === 0 && !inner.open
        ? false
        : undefined;
    const key = run.hashKey(item);
    const has = key !== undefined && (inner.kind === "dict" ? inner.entries : inner.items).has(key);
    return has || (key === undefined || inner.open ? undefined : false);
  }
  const walk = iterator(run, container, at);
  if ("kind" in walk) return undefined;
  let unsure = walk.open !== undefined;
  for (let each = walk.next(); each !== undefined; each = walk.next()) {
    run.budget.spend();
    const same = each === item ? true : run.equal(each, item);
    if (same) return true;
    unsure ||= same === undefined;
  }
  return unsure ? undefined : false;
}
