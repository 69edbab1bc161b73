import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Builtin, Class, Instance, Value } from "../value.ts";
import { define, method } from "./define.ts";
import { bool, int, none, notImplemented, str } from "./make.ts";

/** enum.Flag and enum.IntFlag: members that are sets of bits. */

/** What the flags need to know of the enums that were made. */
export interface FlagClasses {
  readonly members: (of: Class) => readonly Instance[];
  /** Keeps bits that no member has: IntFlag. */
  readonly keeps: (of: Class) => boolean;
  /** Members that were combined from others, by value: each is made once. */
  readonly combined: (of: Class) => Map<bigint, Instance>;
  readonly make: (of: Class, name: string | undefined, value: bigint, at: Location | undefined) => Instance;
}

export const bitsOf = (member: Value): bigint | undefined => {
  const value = member.kind === "instance" ? member.attributes.get("value") : member;
  return value?.kind === "int" ? value.value : undefined;
};

const isSingle = (bits: bigint): boolean => bits > 0n && (bits & (bits - 1n)) === 0n;

/** The members that are one bit each, in the order in which they were written. */
export function singles(members: readonly Instance[], within?: bigint): Instance[] {
  return members.filter((member) => {
    const bits = bitsOf(member);
    return bits !== undefined && isSingle(bits) && (within === undefined || (bits & within) === bits);
  });
}

const maskOf = (members: readonly Instance[]): bigint =>
  members.reduce((mask, member) => mask | (bitsOf(member) ?? 0n), 0n);

const lengthOf = (value: bigint): number => (value < 0n ? -value : value).toString(2).length;

/** `bin(value, digits)` of the module `enum`. */
function binary(value: bigint, digits: number): string {
  const text = (value < 0n ? value + (1n << BigInt(digits)) : value).toString(2);
  return `0b${value < 0n ? 1 : 0} ${text.padStart(digits, "0")}`;
}

/** The member of these bits, which it makes if need be: https://docs.python.org/3.14/library/enum.html#enum.Flag */
export function flagOf(
  machine: Machine,
  classes: FlagClasses,
  of: Class,
  given: bigint,
  at: Location | undefined,
): Instance {
  const members = classes.members(of);
  const known = members.find((member) => bitsOf(member) === given) ?? classes.combined(of).get(given);
  if (known) return known;
  const mask = maskOf(members);
  const all = (1n << BigInt(mask === 0n ? 0 : lengthOf(mask))) - 1n;
  let value = given;
  if (given < ~all || given > all || (given & (all ^ mask)) !== 0n) {
    if (!classes.keeps(of)) {
      const digits = Math.max(lengthOf(given), lengthOf(mask));
      machine.raise(
        "ValueError",
        `<flag '${of.name}'> invalid value ${given}\n    given ${binary(given, digits)}\n  allowed ${binary(mask, digits)}`,
        at,
      );
    }
    const past = 1n << BigInt(lengthOf(given));
    if (given < 0n) value = (past > all + 1n ? past : all + 1n) + given;
  }
  if (value < 0n) value = all + 1n + value;
  if (value !== given) return flagOf(machine, classes, of, value, at);
  const parts = singles(members, value);
  const unknown = value ^ maskOf(parts);
  const names = parts.map(
    (part) => (part.attributes.get("name") as { value?: string } | undefined)?.value ?? "",
  );
  const name =
    parts.length === 0 ? undefined : [...names, ...(unknown ? [unknown.toString()] : [])].join("|");
  const made = classes.make(of, name, value, at);
  classes.combined(of).set(value, made);
  return made;
}

/** The methods of members. */
export function flagMethods(classes: FlagClasses): Builtin[] {
  const operator = (name: string, combine: (a: bigint, b: bigint) => bigint): Builtin =>
    method(name, { required: ["other"] }, (self, { machine, at, given: { other } }) => {
      const isNumber = other.kind === "int" || other.kind === "bool";
      const of = self.kind === "instance" ? self.class : undefined;
      const isSame = other.kind === "instance" && of !== undefined && other.class === of;
      const [a, b] = [bitsOf(self), isNumber ? BigInt(other.value) : bitsOf(other)];
      if (!of || a === undefined || b === undefined || !(isSame || (isNumber && classes.keeps(of))))
        return notImplemented(machine);
      return flagOf(machine, classes, of, combine(a, b), at);
    });
  const or = (a: bigint, b: bigint): bigint => a | b;
  const and = (a: bigint, b: bigint): bigint => a & b;
  const xor = (a: bigint, b: bigint): bigint => a ^ b;
  const parts = (self: Value): Instance[] =>
    self.kind === "instance" ? singles(classes.members(self.class), bitsOf(self) ?? 0n) : [];
  return [
    operator("__or__", or),
    operator("__ror__", or),
    operator("__and__", and),
    operator("__rand__", and),
    operator("__xor__", xor),
    operator("__rxor__", xor),
    method("__invert__", {}, (self, { machine, at }) => {
      const bits = bitsOf(self);
      if (self.kind !== "instance" || bits === undefined) return notImplemented(machine);
      const mask = maskOf(singles(classes.members(self.class)));
      return flagOf(machine, classes, self.class, classes.keeps(self.class) ? ~bits : mask & ~bits, at);
    }),
    method("__contains__", { required: ["other"] }, (self, { machine, at, given: { other } }) => {
      const [a, b] = [bitsOf(self), bitsOf(other)];
      const isSame = self.kind === "instance" && other.kind === "instance" && self.class === other.class;
      if (isSame && a !== undefined && b !== undefined) return bool((a & b) === b, at);
      const names = [other, self].map((one) =>
        one.kind === "opaque" ? "object" : machine.classOf(one).name,
      );
      return machine.raise(
        "TypeError",
        `unsupported operand type(s) for 'in': '${names[0]}' and '${names[1]}'`,
        at,
      );
    }),
    method("__bool__", {}, (self, { at }) => bool(bitsOf(self) !== 0n, at)),
    method("__len__", {}, (self, { at }) => int(parts(self).length, at)),
    method("__iter__", {}, (self, { at }) => {
      const all = parts(self);
      let next = 0;
      return { kind: "iterator", type: "generator", next: () => all[next++], at, env: [] };
    }),
  ];
}

/** What `auto()` is in a class of flags: the next bit that is free. */
export const nextBit: Builtin = define(
  "_generate_next_value_",
  { required: ["name", "start", "count", "last_values"] },
  ({ machine, at, given }) => {
    const last = machine.iterate(given.last_values, at);
    if ("kind" in last) return last;
    const top = last.reduce((most, value) => {
      const bits = bitsOf(value) ?? 0n;
      return bits > most ? bits : most;
    }, 0n);
    return int(top === 0n ? 1n : 1n << BigInt(lengthOf(top)), at);
  },
);

/** What it is in one of texts: the name in lower case. */
export const lowerName: Builtin = define(
  "_generate_next_value_",
  { required: ["name", "start", "count", "last_values"] },
  ({ at, given: { name } }) => (name.kind === "str" ? str(name.value.toLowerCase(), at) : none(at)),
);
