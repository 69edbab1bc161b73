import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, EnvNames, Value } from "../value.ts";
import { mergeEnv } from "../value.ts";
import type { DecimalNumber, Finite, Operation, Rounding } from "./decimal-number.ts";
import {
  compared,
  computed,
  decimalFrom,
  decimalFromFloat,
  decimalText,
  finite,
  isSpecial,
  normalized,
  rescaled,
  rounded,
  roundings,
  wholePart,
} from "./decimal-number.ts";
import { byName, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { bool, float, int, none, notImplemented, str, textOf } from "./make.ts";

/** `decimal.Decimal`, computed with in the default context. */

class Kept {
  readonly number: DecimalNumber;
  constructor(number: DecimalNumber) {
    this.number = number;
  }
}

/** The number of a `Decimal`; undefined for every other value. For readers of settings. */
export function decimalOf(value: Value | undefined): DecimalNumber | undefined {
  return value?.kind === "instance" && value.data instanceof Kept ? value.data.number : undefined;
}

/** An operand: a `Decimal`, or a whole number. A float can only be compared with one. */
function operand(value: Value, comparing = false): DecimalNumber | undefined {
  if (value.kind === "int") return finite(value.value, 0);
  if (value.kind === "bool") return finite(value.value ? 1n : 0n, 0);
  if (comparing && value.kind === "float") return decimalFromFloat(value.value);
  return decimalOf(value);
}

/** Digits that would fill the memory. */
const digits = 5000;

export function makeDecimal(
  machine: Machine,
  number: DecimalNumber,
  at: Location | undefined,
  env: EnvNames,
  of: Class = machine.classNamed("decimal.Decimal"),
): Value {
  return instance(of, at, { data: new Kept(number), env });
}

/** What `Decimal(value)` makes of a value. */
function converted(machine: Machine, value: Value, at: Location | undefined): DecimalNumber {
  const number = value.kind === "float" ? decimalFromFloat(value.value) : operand(value);
  if (number !== undefined) return number;
  const text = textOf(value);
  if (text === undefined)
    return machine.raise(
      "TypeError",
      `conversion from ${value.kind === "opaque" ? "object" : machine.classOf(value).name} to Decimal is not supported`,
      at,
      value.env,
    );
  const invalid = machine.classNamed("decimal.InvalidOperation");
  return decimalFrom(text) ?? machine.raise(invalid, "[<class 'decimal.ConversionSyntax'>]", at, value.env);
}

const tooLong = (machine: Machine, at: Location | undefined, self: Value): Value =>
  machine.opaque("computes a decimal number with very many digits, or one that is no number", at, [self], {
    type: "Decimal",
    cause: "unmodelled",
  });

const operations: Readonly<Record<string, Operation>> = {
  add: "add",
  sub: "sub",
  mul: "mul",
  truediv: "truediv",
  floordiv: "floordiv",
  mod: "mod",
};

function arithmetic(
  operation: Operation,
  name: string,
  swapped: boolean,
  isChanged: () => boolean,
): [string, Value] {
  return [
    name,
    method(name, { required: ["other"] }, (self, { machine, at, given: { other } }) => {
      const [mine, others] = [operand(self), operand(other)];
      if (mine === undefined || others === undefined) return notImplemented(machine);
      const env = mergeEnv(self.env, other.env);
      if (isSpecial(mine) || isSpecial(others)) return tooLong(machine, at, self);
      if (isChanged()) return ofContext(machine, at, self);
      const result = swapped ? computed(operation, others, mine) : computed(operation, mine, others);
      if (result === undefined) return tooLong(machine, at, self);
      if (result !== "zero") return makeDecimal(machine, result, at, env);
      const zero = machine.classNamed("decimal.DivisionByZero");
      return machine.raise(zero, "[<class 'decimal.DivisionByZero'>]", at, env);
    }),
  ];
}

const ofContext = (machine: Machine, at: Location | undefined, self: Value): Value =>
  machine.opaque("computes in a decimal context of its own, which is not modelled", at, [self], {
    type: "Decimal",
    cause: "unmodelled",
  });

const orders: Readonly<Record<string, (sign: number) => boolean>> = {
  __lt__: (sign) => sign < 0,
  __le__: (sign) => sign <= 0,
  __gt__: (sign) => sign > 0,
  __ge__: (sign) => sign >= 0,
  __eq__: (sign) => sign === 0,
  __ne__: (sign) => sign !== 0,
};

const order = ([name, holds]: [string, (sign: number) => boolean]): [string, Value] => [
  name,
  method(name, { required: ["other"] }, (self, { machine, at, given: { other } }) => {
    const [mine, others] = [operand(self), operand(other, true)];
    if (mine === undefined || others === undefined) return notImplemented(machine);
    const sign = compared(mine, others);
    if (sign !== undefined) return bool(holds(sign), at, mergeEnv(self.env, other.env));
    return name === "__eq__" || name === "__ne__"
      ? bool(name === "__ne__", at, mergeEnv(self.env, other.env))
      : tooLong(machine, at, self);
  }),
];

/** A method of a finite number. */
function own(
  name: string,
  parameters: readonly string[],
  compute: (
    number: Finite,
    call: {
      readonly machine: Machine;
      readonly at: Location | undefined;
      readonly env: EnvNames;
      readonly given: Readonly<Record<string, Value | undefined>>;
    },
  ) => Value | DecimalNumber | undefined,
): [string, Value] {
  return [
    name,
    method(name, { optional: parameters }, (self, { machine, at, given }) => {
      const number = decimalOf(self);
      const result =
        number === undefined || isSpecial(number) || Math.abs(number.exponent) > digits
          ? undefined
          : compute(number, { machine, at, env: self.env, given });
      if (result === undefined) return tooLong(machine, at, self);
      return typeof result === "string" || "coefficient" in result
        ? makeDecimal(machine, result, at, self.env)
        : result;
    }),
  ];
}

function roundingOf(value: Value | undefined): Rounding | undefined {
  if (!value || value.kind === "none") return "ROUND_HALF_EVEN";
  return roundings.find((one) => one === textOf(value));
}

const specification = /^(?:(.)?([<>=^]))?([-+ ]?)(0?)(\d{0,4})(,?)(?:\.(\d{1,4}))?([fF%]?)$/s;

/** `format(number, spec)`; undefined for what is not modelled. */
function formatted(number: Finite, spec: string): string | undefined {
  const found = specification.exec(spec);
  if (!found) return undefined;
  const [, fill, align, sign = "", zero = "", width = "", comma = "", precision, type = ""] = found;
  if (type === "" && precision !== undefined) return undefined;
  const scaled = type === "%" ? { ...number, exponent: number.exponent + 2 } : number;
  const exact = precision === undefined ? scaled : rescaled(scaled, -Number(precision));
  const plain =
    type === "" ? decimalText(exact) : decimalText(exact.exponent > 0 ? rescaled(exact, 0) : exact);
  if (type !== "" && /E/.test(plain)) return undefined;
  const [whole = "", ...rest] = plain.replace(/^-/, "").split(/(?=[.E])/);
  const grouped = comma ? whole.replace(/\B(?=(?:\d{3})+$)/g, ",") : whole;
  const body = [grouped, ...rest].join("") + (type === "%" ? "%" : "");
  const shownSign = number.negative ? "-" : sign === "-" ? "" : sign;
  const room = Number(width) - body.length - shownSign.length;
  if (room <= 0) return shownSign + body;
  if (zero && comma) return undefined;
  const padding = (size: number): string => (zero ? "0" : (fill ?? " ")).repeat(size);
  const where = align ?? (zero ? "=" : ">");
  if (where === "=") return shownSign + padding(room) + body;
  if (where === "<") return shownSign + body + padding(room);
  if (where === "^") return padding(room >> 1) + shownSign + body + padding(room - (room >> 1));
  return padding(room) + shownSign + body;
}

function decimalClass(machine: Machine, isChanged: () => boolean): Class {
  const create = define(
    "Decimal",
    { required: ["cls"], optional: ["value", "context"] },
    ({ machine: m, at, given: { cls, value } }) =>
      cls.kind === "class"
        ? makeDecimal(m, value ? converted(m, value, at) : finite(0n, 0), at, value?.env ?? [], cls)
        : m.raise("TypeError", "Decimal.__new__(X): X is not a type object", at),
    { gives: "Decimal" },
  );
  const text = (self: Value): string => decimalText(decimalOf(self) ?? "NaN");
  return nativeClass(machine, "decimal.Decimal", [
    ["__new__", create],
    ...Object.entries(operations).flatMap(([name, operation]) => [
      arithmetic(operation, `__${name}__`, false, isChanged),
      arithmetic(operation, `__r${name}__`, true, isChanged),
    ]),
    ...Object.entries(orders).map(order),
    ...byName(
      method("__str__", {}, (self, { at }) => str(text(self), at, self.env)),
      method("__repr__", {}, (self, { at }) => str(`Decimal('${text(self)}')`, at, self.env)),
      method("__bool__", {}, (self, { at }) => {
        const number = decimalOf(self) ?? "NaN";
        return bool(isSpecial(number) || number.coefficient !== 0n, at, self.env);
      }),
      method("__float__", {}, (self, { at }) => float(Number(text(self)), at, self.env)),
      method("__hash__", {}, (self, { at }) => {
        const number = decimalOf(self) ?? "NaN";
        if (isSpecial(number)) return str(number, at);
        const plain = normalized(number);
        return str(decimalText(plain), at);
      }),
      method("is_nan", {}, (self, { at }) => bool(decimalOf(self) === "NaN", at, self.env)),
      method("is_finite", {}, (self, { at }) => bool(!isSpecial(decimalOf(self) ?? "NaN"), at, self.env)),
    ),
    own("__int__", [], (number, { at, env }) => {
      const whole = wholePart(number);
      return whole === undefined ? undefined : int(whole, at, env);
    }),
    own("__neg__", [], (number) => (isChanged() ? undefined : rounded(negated(number)))),
    own("__pos__", [], (number) => (isChanged() ? undefined : rounded(number))),
    own("__abs__", [], (number) => (isChanged() ? undefined : rounded({ ...number, negative: false }))),
    own("copy_abs", [], (number) => ({ ...number, negative: false })),
    own("is_zero", [], (number, { at, env }) => bool(number.coefficient === 0n, at, env)),
    own("is_signed", [], (number, { at, env }) => bool(number.negative, at, env)),
    own("normalize", [], (number) => (isChanged() ? undefined : normalized(number))),
    own("__round__", ["ndigits"], (number, { at, env, given: { ndigits } }) => {
      if (ndigits?.kind === "int") return rescaled(number, -Number(ndigits.value));
      return int(wholePart(rescaled(number, 0)) ?? 0n, at, env);
    }),
    own("quantize", ["exp", "rounding"], (number, { machine: m, at, env, given: { exp, rounding } }) => {
      const pattern = operand(exp ?? none());
      const mode = roundingOf(rounding);
      if (pattern === undefined || isSpecial(pattern) || mode === undefined || isChanged()) return undefined;
      const result = rescaled(number, pattern.exponent, mode);
      if (String(result.coefficient).length <= 28) return result;
      const invalid = m.classNamed("decimal.InvalidOperation");
      return m.raise(invalid, "[<class 'decimal.InvalidOperation'>]", at, env);
    }),
    own("to_integral_value", ["rounding"], (number, { given: { rounding } }) => {
      const mode = roundingOf(rounding);
      return mode && (number.exponent >= 0 ? number : rescaled(number, 0, mode));
    }),
    own("__format__", ["spec"], (number, { machine: m, at, env, given: { spec } }) => {
      const shown = formatted(number, textOf(spec) ?? "");
      return shown === undefined
        ? m.opaque("formats a decimal number in a way that is not modelled", at, [], { type: "str" })
        : str(shown, at, env);
    }),
  ]);
}

const negated = (number: Finite): Finite => ({
  ...number,
  negative: number.coefficient !== 0n && !number.negative,
});

export const decimalModels: readonly Model[] = [
  model("decimal", (machine) => {
    // Whoever asks for the context may change it.
    let isChanged = false;
    const context = ["getcontext", "setcontext", "localcontext", "Context"].map(
      (name) =>
        [
          name,
          define(
            name,
            { rest: true, others: true },
            ({ machine: m, at }) => {
              isChanged = true;
              return m.opaque("is a context of decimal numbers, which is not modelled", at, [], {
                cause: "unmodelled",
              });
            },
            { takesOpaque: true },
          ),
        ] as const,
    );
    const base = exceptionClass(machine, "decimal.DecimalException", "ArithmeticError");
    return [
      ["Decimal", decimalClass(machine, () => isChanged)],
      ...context,
      ...roundings.map((name) => [name, str(name)] as const),
      ["DecimalException", base],
      ["InvalidOperation", nativeClass(machine, "decimal.InvalidOperation", [], [base])],
      [
        "DivisionByZero",
        nativeClass(machine, "decimal.DivisionByZero", [], [base, machine.classNamed("ZeroDivisionError")]),
      ],
    ];
  }),
];
