import type { Execution } from "./execution.ts";
import { internalAs } from "./internal.ts";
import { classOf, findInClass } from "./names.ts";
import { types } from "./types.ts";
import type { Class, Value } from "./value.ts";

/** `isinstance(value, of)` for one class; undefined if that cannot be known. */
export function isInstance(run: Execution, value: Value, of: Class): boolean | undefined {
  if (value.kind === "opaque") {
    if (of === types.object) return true;
    const known =
      value.type === undefined ? undefined : Object.entries(types).find(([name]) => name === value.type)?.[1];
    return known ? known.mro.includes(of) : undefined;
  }
  // A translation is shown as text, but it is none.
  if (value.kind === "str" && value.lazy && of !== types.object) return false;
  return isSubclass(run, classOf(value), of) ?? (value.kind === "instance" ? undefined : false);
}

/** `issubclass(of, wanted)` for one class; undefined if that cannot be known. */
export function isSubclass(run: Execution, of: Class, wanted: Class): boolean | undefined {
  if (of.mro.includes(wanted)) return true;
  const hook = findInClass(wanted, "__class_instancecheck__");
  if (hook) return run.truth(run.call(hook.value, [wanted, of]));
  return of.mro.some((entry) => entry.open) ? undefined : false;
}

/** `isinstance(value, what)` for a class, a tuple of them, or `int | str`. */
export function among(
  value: Value,
  what: Value,
  test: (of: Class) => boolean | undefined,
): boolean | undefined | "wrong" {
  if (what.kind === "class") return test(what);
  if (what.kind === "opaque") return undefined;
  if (what.kind === "none") return value.kind === "none";
  const parts = what.kind === "tuple" ? what.items : internalAs(what, "union")?.classes;
  if (!parts) return "wrong";
  let unsure = false;
  for (const part of parts) {
    const is = among(value, part, test);
    if (is === true || is === "wrong") return is;
    unsure ||= is === undefined;
  }
  return unsure ? undefined : false;
}
