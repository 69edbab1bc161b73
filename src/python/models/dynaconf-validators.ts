import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { PythonException } from "../raised.ts";
import type { CompareOperator } from "../tree.ts";
import type { Class, Value } from "../value.ts";
import { byName, creator, method, nativeClass } from "./define.ts";
import { currentEnv } from "./dynaconf-load.ts";
import type { Store } from "./dynaconf-settings.ts";
import { dataOf, int, list, none, textOf } from "./make.ts";

/** dynaconf's validators: what has to be there, what stands in for it, and what it may be. */

interface Rule {
  readonly validator: true;
  readonly names: readonly Value[];
  readonly given: Readonly<Record<string, Value | undefined>>;
  readonly operations: ReadonlyMap<string, Value>;
}

const isRule = (data: unknown): data is Rule =>
  typeof data === "object" && data !== null && "validator" in data;

const options = [
  "must_exist", "required", "condition", "when", "env", "messages", "cast", "default", "description",
  "apply_default_on_none", "items_validators",
] as const; // biome-ignore format: a list

export function validatorClass(machine: Machine): Class {
  const combine = (name: string) =>
    method(name, { required: ["other"] }, (self, { machine: m, at }) =>
      m.opaque("combines validators of dynaconf", at, [self]),
    );
  return nativeClass(machine, "dynaconf.validator.Validator", [
    creator({ rest: true, optional: options, named: options, others: true }, ({ rest, given, others }) => ({
      data: { validator: true, names: rest, given: { ...given }, operations: others } satisfies Rule,
    })),
    ...byName(combine("__or__"), combine("__and__")),
  ]);
}

const comparisons: Readonly<Record<string, CompareOperator>> = {
  eq: "Eq", ne: "NotEq", gt: "Gt", lt: "Lt", gte: "GtE", lte: "LtE", is_in: "In", is_not_in: "NotIn", identity: "Is",
}; // biome-ignore format: a table
const lengths: Readonly<Record<string, CompareOperator>> = {
  len_eq: "Eq", len_ne: "NotEq", len_min: "GtE", len_max: "LtE",
}; // biome-ignore format: a table

/** Applies every rule in turn: sets what stands in, and raises ValidationError for the first that fails. */
export function validate(store: Store, validators: Value, at: Location | undefined = store.at): void {
  const found = validators.kind === "none" ? list([]) : validators;
  const items = store.machine.iterate(found, at);
  if ("kind" in items) return;
  for (const item of items) {
    const rule = dataOf(item, isRule);
    if (rule) applyRule(store, rule, at);
  }
}

function applyRule(store: Store, rule: Rule, at: Location | undefined): void {
  const { machine } = store;
  const env = currentEnv(store);
  const wanted = store.texts(rule.given.env);
  if (wanted.length > 0 && !wanted.some((one) => one.toUpperCase() === env?.toUpperCase())) return;
  if (rule.given.when && !holds(store, rule.given.when, at)) return;
  for (const name of rule.names.flatMap((one) => textOf(one) ?? [])) {
    const needed = rule.given.must_exist ?? rule.given.required;
    const must = needed && needed.kind !== "none" ? machine.truth(needed) : undefined;
    const { default: otherwise } = rule.given;
    const there = store.get(name);
    if (there === undefined && otherwise) {
      const isCalled =
        otherwise.kind === "function" || otherwise.kind === "builtin" || otherwise.kind === "method";
      const value = isCalled ? machine.call(otherwise, [store.settings, none(at)], undefined, at) : otherwise;
      const asText =
        textOf(value) !== undefined && rule.operations.get("is_type_of") === machine.classNamed("str");
      store.set(name, value, { toml: !asText });
    }
    const variable = store.variableOf(name);
    const fail = (message: string, value?: Value): never => {
      if (there === undefined && variable !== undefined) machine.environment.get(variable, at);
      return machine.raise(
        machine.classNamed("dynaconf.ValidationError"),
        message,
        at,
        [
          ...new Set([...(value?.env ?? []), ...store.shared, ...(variable === undefined ? [] : [variable])]),
        ].sort(),
      );
    };
    let value = store.get(name);
    if (value === undefined) {
      if (must === true) fail(`${name} is required in env ${env ?? ""}`);
      continue;
    }
    if (must === false) fail(`${name} cannot exists in env ${env ?? ""}`, value);
    const { cast, condition } = rule.given;
    if (cast && cast.kind !== "none") value = machine.call(cast, [value], undefined, at);
    store.set(name, value);
    const shown = machine.str(value);
    const text = typeof shown === "string" ? shown : "";
    for (const [operation, limit] of rule.operations)
      if (isMet(machine, operation, value, limit, at) === false) {
        const wish = machine.str(limit);
        fail(
          `${name} must ${operation} ${typeof wish === "string" ? wish : ""} but it is ${text} in env ${env ?? ""}`,
          value,
        );
      }
    if (condition && condition.kind !== "none") {
      const met = machine.truth(machine.call(condition, [store.wrapped(value)], undefined, at));
      const called = condition.kind === "function" || condition.kind === "builtin" ? condition.name : "";
      if (met === false) fail(`${name} invalid for ${called}(${text}) in env ${env ?? ""}`, value);
    }
  }
}

/** `when`: whether another rule holds; it does where that cannot be known. */
function holds(store: Store, when: Value, at: Location | undefined): boolean {
  try {
    validate(store, list([when]), at);
    return true;
  } catch (error) {
    if (error instanceof PythonException) return false;
    throw error;
  }
}

/** Whether a value is as the operation wants it; undefined where that cannot be known. */
function isMet(
  machine: Machine,
  operation: string,
  value: Value,
  limit: Value,
  at: Location | undefined,
): boolean | undefined {
  if (value.kind === "opaque") return undefined;
  const compare = (by: CompareOperator, left: Value): boolean | undefined =>
    machine.truth(machine.operate(by, left, limit, at));
  const plain = comparisons[operation];
  if (plain) return compare(plain, value);
  const length = lengths[operation];
  if (length) {
    const items = machine.iterate(value, at);
    return "kind" in items ? undefined : compare(length, int(items.length, at));
  }
  switch (operation) {
    case "cont":
      return machine.truth(machine.operate("In", limit, value, at));
    case "startswith":
    case "endswith":
      return machine.truth(machine.call(machine.attribute(value, operation, at), [limit], undefined, at));
    case "is_type_of":
      return limit.kind === "class" ? machine.isInstance(value, limit) : undefined;
    default:
      return undefined;
  }
}
