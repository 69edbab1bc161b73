import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import { charactersOf } from "../text.ts";
import { drawn, recoded, type TextShape } from "../text-shape.ts";
import type { Builtin, Opaque, Value } from "../value.ts";
import { byName, type Call, creator, define, method, model, nativeClass } from "./define.ts";
import { noEffect } from "./inert.ts";
import { generated, list } from "./make.ts";

/** `secrets`, `random`, and keys that are made anew: what they are is not known, how long they are mostly is. */

/** A random text, or random bytes, of which only the shape is known. */
export function randomText(
  machine: Machine,
  at: Location | undefined,
  type: "str" | "bytes",
  shape: TextShape,
): Opaque {
  const truth = shape.length === undefined ? {} : { truth: shape.length > 0 };
  return { ...generated(machine, at, type), ...shape, ...truth };
}

/** Bytes that are not known, in a code of so many characters. */
export function encodedOpaque(
  machine: Machine,
  data: Opaque,
  lengthOf: (size: number) => number,
  alphabet: number,
  at: Location | undefined,
): Opaque {
  const { length, truth } = data;
  return machine.opaque(data.because, at, [data], {
    type: "bytes",
    ...(truth === undefined ? {} : { truth }),
    ...(length === undefined ? {} : recoded(data, lengthOf(length), alphabet)),
  });
}

/** A number of characters or bytes: `otherwise` where none is given, undefined where it is not known. */
export function sizeOf(value: Value | undefined, otherwise: number): number | undefined {
  if (!value || value.kind === "none") return otherwise;
  return value.kind === "int" && value.value >= 0n ? Number(value.value) : undefined;
}

/** So many characters of so many different ones, if both are known. */
export function characters(count: number | undefined, alphabet: Value | undefined): TextShape {
  if (count === undefined) return {};
  if (alphabet?.kind !== "str") return { length: count };
  return drawn(count, new Set(charactersOf(alphabet.value)).size);
}

/** One item of a sequence. */
function oneOf(machine: Machine, at: Location | undefined, from: Value | undefined): Value {
  if (from?.kind === "str" && from.value !== "") return randomText(machine, at, "str", characters(1, from));
  const items = from?.kind === "list" || from?.kind === "tuple" ? from.items : [];
  const kinds = new Set(items.map(({ kind }) => kind));
  const [kind] = kinds;
  return generated(machine, at, kinds.size === 1 && (kind === "str" || kind === "int") ? kind : undefined);
}

/** More would be no key. */
const most = 1000;

function several(machine: Machine, at: Location | undefined, from: Value, count: number | undefined): Value {
  if (count === undefined || count > most) return generated(machine, at, "list");
  return list(
    Array.from({ length: count }, () => oneOf(machine, at, from)),
    at,
  );
}

type Body = (call: Call<string, string>) => Value;

interface Function {
  readonly required?: readonly string[];
  readonly optional?: readonly string[];
  readonly body: Body;
}

const giving =
  (type: string): Body =>
  ({ machine, at }) =>
    generated(machine, at, type);

/** The functions of `random`, which are the methods of `random.Random` as well. */
const functions: Readonly<Record<string, Function>> = {
  choice: { required: ["seq"], body: ({ machine, at, given }) => oneOf(machine, at, given.seq) },
  choices: {
    required: ["population"],
    optional: ["weights", "cum_weights", "k"],
    body: ({ machine, at, given }) => {
      const { population, weights, cum_weights } = given;
      // With weights some are drawn more often than others.
      const isEven = [weights, cum_weights].every((each) => !each || each.kind === "none");
      return isEven && population
        ? several(machine, at, population, sizeOf(given.k, 1))
        : generated(machine, at, "list");
    },
  },
  sample: {
    required: ["population", "k"],
    optional: ["counts"],
    body: ({ machine, at, given }) =>
      given.population
        ? several(machine, at, given.population, sizeOf(given.k, most + 1))
        : generated(machine, at, "list"),
  },
  random: { body: giving("float") },
  uniform: { required: ["a", "b"], body: giving("float") },
  randint: { required: ["a", "b"], body: giving("int") },
  randrange: { required: ["start"], optional: ["stop", "step"], body: giving("int") },
  getrandbits: { required: ["k"], body: giving("int") },
  randbytes: {
    required: ["n"],
    body: ({ machine, at, given }) => {
      const size = sizeOf(given.n, 0);
      return randomText(machine, at, "bytes", size === undefined ? {} : drawn(size, 256));
    },
  },
};

const asFunction = ([name, { body, ...signature }]: readonly [string, Function]): Builtin =>
  define(name, signature, body, { takesOpaque: true });

function generator(machine: Machine, name: string): Value {
  return nativeClass(machine, `random.${name}`, [
    creator({ optional: ["x"] }, () => ({})),
    ...byName(
      ...Object.entries(functions).map(([each, { body, ...signature }]) =>
        method(each, signature, (_, call) => body(call), { takesOpaque: true }),
      ),
      ...["seed", "shuffle"].map((each) =>
        method(each, { rest: true, others: true }, (_, { at }) => ({ kind: "none", at, env: [] }), {
          takesOpaque: true,
        }),
      ),
    ),
  ]);
}

/** Bytes that `secrets` takes where it is not told how many. */
const enough = 32;

const token = (name: string, type: "str" | "bytes", shape: (size: number) => TextShape): Builtin =>
  define(
    name,
    { optional: ["nbytes"] },
    ({ machine, at, given }) => {
      const size = sizeOf(given.nbytes, enough);
      return randomText(machine, at, type, size === undefined ? {} : shape(size));
    },
    { takesOpaque: true },
  );

export const randomModels: readonly Model[] = [
  model("secrets", (machine) => [
    ...byName(
      token("token_bytes", "bytes", (size) => drawn(size, 256)),
      token("token_hex", "str", (size) => drawn(2 * size, 16)),
      // Base64 without its padding.
      token("token_urlsafe", "str", (size) => drawn(Math.ceil((size * 4) / 3), 64)),
      asFunction(["choice", { required: ["seq"], body: functions.choice?.body ?? giving("str") }]),
      define("randbelow", { required: ["exclusive_upper_bound"] }, giving("int"), { takesOpaque: true }),
      define("randbits", { required: ["k"] }, giving("int"), { takesOpaque: true }),
    ),
    ["SystemRandom", generator(machine, "SystemRandom")],
  ]),
  model("random", (machine) => [
    ...byName(...Object.entries(functions).map(asFunction)),
    ["SystemRandom", generator(machine, "SystemRandom")],
    ["Random", generator(machine, "Random")],
    noEffect("seed"),
    noEffect("shuffle"),
  ]),
];

/** `Fernet.generate_key()`: 32 bytes in Base64. */
export const fernetKey = define("generate_key", {}, ({ machine, at }) =>
  randomText(machine, at, "bytes", { ...drawn(44, 64, 1), suffix: "=" }),
);
