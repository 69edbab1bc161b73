import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Opaque, Value } from "../value.ts";
import { bool, castOpaque } from "./make.ts";

/** Text as a truth value: each library has its own words for it. */
export interface TruthWords {
  readonly yes: ReadonlySet<string>;
  readonly no: ReadonlySet<string>;
}

/** `distutils.util.strtobool`, and decouple's copy of it. */
export const strtobool: TruthWords = {
  yes: new Set(["y", "yes", "t", "true", "on", "1"]),
  no: new Set(["n", "no", "f", "false", "off", "0"]),
};

export function truthOfWord(text: string, words: TruthWords): boolean | undefined {
  return words.yes.has(text) ? true : words.no.has(text) ? false : undefined;
}

/** An unknown text as a bool: either is possible, and worth trying for the variables it comes from. */
export function unseenTruth(machine: Machine, value: Opaque, at: Location | undefined): Opaque {
  const cast = castOpaque(machine, value, "bool", at);
  offerTruth(machine, cast);
  return cast;
}

/** Notes that the variables behind a value are read as a truth value. */
export function offerTruth(machine: Machine, value: Value): void {
  machine.candidate(value, "True");
  machine.candidate(value, "False");
}

/** A bool that was read from a value's text: it stands where the text stood. */
export function truthFrom(machine: Machine, truth: boolean, value: Value, at: Location | undefined): Value {
  const made = bool(truth, value.at ?? at, value.env);
  offerTruth(machine, made);
  return made;
}
