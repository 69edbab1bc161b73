import type { Execution } from "../execution.ts";
import { unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { typeName } from "../names.ts";
import type { Value } from "../value.ts";

/** The text of `self`. */
export function selfText(run: Execution, { positional, at }: Args): string {
  const value = positional[0] && unwrap(positional[0]);
  return value?.kind === "str"
    ? value.value
    : run.raise("TypeError", "descriptor requires a 'str' object", at);
}

/** A text argument. */
export function textOf(
  run: Execution,
  value: Value | undefined,
  args: Args,
  what = "argument must be str",
): string {
  const inner = value && unwrap(value);
  if (inner?.kind === "str") return inner.value;
  return run.raise("TypeError", `${what}, not ${inner ? typeName(inner) : "nothing"}`, args.at);
}

export const isAbsent = (value: Value | undefined): value is undefined =>
  value === undefined || value.kind === "none";

export function integer(run: Execution, value: Value | undefined, usual: number, args: Args): number {
  if (isAbsent(value)) return usual;
  const inner = unwrap(value);
  if (inner.kind === "int" || inner.kind === "bool") return Number(inner.value);
  return run.raise("TypeError", `'${typeName(inner)}' object cannot be interpreted as an integer`, args.at);
}
