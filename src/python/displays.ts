import type { Location } from "../location.ts";
import type { Execution } from "./execution.ts";
import { formatted } from "./format.ts";
import { dict, envOf, set, str, touch } from "./make.ts";
import { classOf } from "./names.ts";
import type { Scope } from "./scope.ts";
import { setEntry } from "./subscripts.ts";
import { joinedShape, shapeOf, type TextShape } from "./text-shape.ts";
import type { DictExpression, Expression, JoinedStr } from "./tree.ts";
import type { Opaque, Value } from "./value.ts";
import { dependingOn, noEnv } from "./value.ts";

/** The items of a display, with starred parts unpacked. */
export function elements(
  run: Execution,
  nodes: readonly Expression[],
  scope: Scope,
): { items: Value[]; open?: Opaque } {
  const items: Value[] = [];
  let open: Opaque | undefined;
  for (const node of nodes) {
    if (node.nodeType !== "Starred") {
      items.push(run.evaluate(node, scope));
      continue;
    }
    const walk = run.iterator(run.evaluate(node.value, scope), run.place(node));
    if ("kind" in walk) {
      open = walk;
      continue;
    }
    for (let item = walk.next(); item; item = walk.next()) items.push(dependingOn(item, noEnv));
    open ??= walk.open;
    run.budget.make(items.length);
  }
  return open ? { items, open } : { items };
}

export function setDisplay(run: Execution, nodes: readonly Expression[], scope: Scope, at: Location): Value {
  const { items, open } = elements(run, nodes, scope);
  const made = set(new Map(), false, at, envOf(items, run.ambient));
  if (open) made.open = open;
  for (const item of items) {
    const key = run.hashKey(item);
    if (key === undefined)
      made.open = item.kind === "opaque" ? item : run.opaque("has a member that is not known", at, [item]);
    else if (!made.items.has(key)) made.items.set(key, item);
  }
  return made;
}

export function dictDisplay(run: Execution, node: DictExpression, scope: Scope): Value {
  const made = dict(new Map(), run.place(node), run.ambient);
  for (const [i, keyNode] of node.keys.entries()) {
    const valueNode = node.values[i];
    if (!valueNode) break;
    if (keyNode) {
      const key = run.evaluate(keyNode, scope);
      const value = run.evaluate(valueNode, scope);
      setEntry(run, made, key, dependingOn(value, key.env), run.place(keyNode));
      touch(made, envOf([key, value]));
    } else unpackInto(run, made, run.evaluate(valueNode, scope), run.place(valueNode));
  }
  return made;
}

function unpackInto(
  run: Execution,
  made: Extract<Value, { kind: "dict" }>,
  value: Value,
  at: Location,
): void {
  if (value.kind === "opaque") {
    made.open = value;
    touch(made, value.env);
    return;
  }
  if (!run.findAttribute(value, "keys", at))
    run.raise("TypeError", `'${classOf(value).name}' object is not a mapping`, at);
  run.call(run.attribute(made, "update", at), [value], undefined, at);
}

/** An f-string. With a part that is not known, how it begins may still be. */
export function joined(run: Execution, node: JoinedStr, scope: Scope): Value {
  const at = run.place(node);
  let text = "";
  let env = noEnv;
  let hasText = false;
  const unknown: Value[] = [];
  const parts: (string | TextShape)[] = [];
  for (const part of node.values) {
    if (part.nodeType === "Constant") {
      const own = typeof part.value === "string" ? part.value : "";
      text += own;
      parts.push(own);
      hasText ||= part.value !== "";
      continue;
    }
    const value = run.evaluate(part.value, scope);
    const spec = part.format_spec ? joined(run, part.format_spec, scope) : undefined;
    const shown = formatted(run, value, part.conversion, spec, run.place(part));
    env = envOf(spec ? [value, spec] : [value], env);
    parts.push(typeof shown === "string" ? shown : shapeOf(shown));
    if (typeof shown === "string") text += shown;
    else {
      hasText ||= shown.truth === true;
      unknown.push(shown);
    }
  }
  const [first] = unknown;
  if (first?.kind === "opaque") {
    const details = {
      type: "str",
      ...joinedShape(parts),
      ...(hasText || text !== "" ? { truth: true } : {}),
    };
    return dependingOn(run.opaque(first.because, at, unknown, details), env);
  }
  run.budget.make(text.length);
  return str(text, at, env);
}
