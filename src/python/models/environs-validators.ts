import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { PythonException } from "../raised.ts";
import type { Class, Value } from "../value.ts";
import { byName, creator, exceptionClass, method, nativeClass } from "./define.ts";
import { list, none, str, textOf, truthOr } from "./make.ts";

/** marshmallow 4's validators, which environs offers for `validate=`; a project's own is a function that raises. */

/** What a validator was made with, by the names of its parameters. */
type Part = (name: string) => Value | undefined;
/** The message of what is wrong with a value; undefined if nothing is. */
type Complaint = (machine: Machine, value: Value, part: Part, at: Location | undefined) => string | undefined;

const parameters = [
  "min",
  "max",
  "min_inclusive",
  "max_inclusive",
  "choices",
  "equal",
  "error",
  "labels",
] as const;

const range: Complaint = (machine, value, part, at) => {
  const [min, max] = [part("min"), part("max")];
  const strict = (name: string): boolean => !truthOr(machine, part(name), true);
  const [above, below] = [strict("min_inclusive"), strict("max_inclusive")];
  const is = (op: "Lt" | "LtE" | "Gt" | "GtE", bound: Value | undefined): boolean =>
    bound !== undefined && machine.truth(machine.operate(op, value, bound, at)) === true;
  const texts = [
    ...(min ? [`greater than ${above ? "" : "or equal to "}{min}`] : []),
    ...(max ? [`less than ${below ? "" : "or equal to "}{max}`] : []),
  ];
  const isOut = is(above ? "LtE" : "Lt", min) || is(below ? "GtE" : "Gt", max);
  return isOut ? `Must be ${texts.join(" and ")}.` : undefined;
};

const oneOf: Complaint = (machine, value, part, at) =>
  machine.truth(machine.operate("In", value, part("choices") ?? none(at), at)) === false
    ? "Must be one of: {choices}."
    : undefined;

const length: Complaint = (machine, value, part, at) => {
  const size = machine.call(machine.attribute(machine.import("builtins"), "len"), [value], undefined, at);
  const [min, max, equal] = [part("min"), part("max"), part("equal")];
  const number = (of: Value | undefined): number | undefined =>
    of?.kind === "int" ? Number(of.value) : undefined;
  const [found, least, most, exact] = [number(size), number(min), number(max), number(equal)];
  if (found === undefined) return undefined;
  if (exact !== undefined) return found === exact ? undefined : "Length must be {equal}.";
  const isShort = least !== undefined && found < least;
  if (!isShort && !(most !== undefined && found > most)) return undefined;
  if (least !== undefined && most !== undefined) return "Length must be between {min} and {max}.";
  return isShort ? "Shorter than minimum length {min}." : "Longer than maximum length {max}.";
};

const complaints: Readonly<
  Record<string, { readonly first: readonly (typeof parameters)[number][]; readonly check: Complaint }>
> = {
  Range: { first: ["min", "max"], check: range },
  OneOf: { first: ["choices", "labels"], check: oneOf },
  Length: { first: ["min", "max"], check: length },
};

/** The classes of `environs.validate`. */
export function validators(machine: Machine): readonly (readonly [string, Class])[] {
  const failure = exceptionClass(machine, "marshmallow.ValidationError");
  return Object.entries(complaints).map(([name, { first, check }]) => [
    name,
    nativeClass(machine, `marshmallow.validate.${name}`, [
      creator({ optional: first, others: true }, ({ given, others }) => ({
        attributes: [...Object.entries(given), ...others].filter(([, value]) => value.kind !== "none"),
      })),
      ...byName(
        method("__call__", { required: ["value"] }, (self, { machine: m, at, given: { value } }) => {
          const part: Part = (key) => (self.kind === "instance" ? self.attributes.get(key) : undefined);
          const complaint = check(m, value, part, at);
          if (complaint === undefined) return value;
          const text = textOf(part("error")) ?? complaint;
          return m.raise(
            failure,
            filled(m, text, (key) => (key === "input" ? value : part(key)), at),
            at,
            value.env,
          );
        }),
      ),
    ]),
  ]);
}

/** `"Must be one of: {choices}."` with what stands for the names. */
function filled(machine: Machine, text: string, part: Part, at: Location | undefined): string {
  const shown = (value: Value): string => {
    const written = machine.str(value);
    return typeof written === "string" ? written : "";
  };
  return text.replace(/\{(\w+)\}/g, (all, name: string) => {
    const value = part(name);
    const items = value && name === "choices" ? machine.iterate(value, at) : undefined;
    if (items && !("kind" in items)) return items.map(shown).join(", ");
    return value ? shown(value) : all;
  });
}

/** What the validators of `validate=` say of a value, as the list of messages is shown; undefined if all are content. */
export function invalidBy(
  machine: Machine,
  validate: Value | undefined,
  value: Value,
  at: Location | undefined,
): string | undefined {
  if (!validate || validate.kind === "none" || value.kind === "opaque") return undefined;
  const all = validate.kind === "list" || validate.kind === "tuple" ? validate.items : [validate];
  const messages: Value[] = [];
  for (const one of all) {
    try {
      machine.call(one, [value], undefined, at);
    } catch (error) {
      if (!(error instanceof PythonException) || error.value.class.name !== "ValidationError") throw error;
      const args = error.value.attributes.get("args");
      const [message = str("", at)] = args?.kind === "tuple" ? args.items : [];
      messages.push(message);
    }
  }
  if (messages.length === 0) return undefined;
  const shown = machine.repr(list(messages, at));
  return typeof shown === "string" ? shown : "";
}
