import type { Execution } from "./execution.ts";
import type { CompareOperator } from "./tree.ts";
import type { Value } from "./value.ts";

/** Texts that a variable's value is compared with are worth trying for it (see `Run.candidates`). */
export function noteCandidates(run: Execution, op: CompareOperator, a: Value, b: Value): void {
  for (const [value, other] of [
    [a, b],
    [b, a],
  ] as const) {
    if (value.env.length === 0 || value.kind === "list" || value.kind === "dict") continue;
    if (op === "In" || op === "NotIn") {
      if (value === b) {
        if (other.kind === "str") run.candidate(value, other.value);
      } else noteItems(run, value, other);
    } else noteText(run, value, other);
  }
}

function noteText(run: Execution, value: Value, text: Value): void {
  if (text.kind === "str") run.candidate(value, text.value);
  else if (text.kind === "int" || text.kind === "float") run.candidate(value, String(text.value));
  else if (text.kind === "bool") run.candidate(value, text.value ? "True" : "False");
}

function noteItems(run: Execution, value: Value, among: Value): void {
  if (among.kind === "list" || among.kind === "tuple")
    for (const item of among.items) noteText(run, value, item);
  else if (among.kind === "set") for (const item of among.items.values()) noteText(run, value, item);
  else if (among.kind === "dict") for (const { key } of among.entries.values()) noteText(run, value, key);
}
