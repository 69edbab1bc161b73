import type { Opaque, Value } from "../../../python/value.ts";

/** Whether a system check reports something. Not to be told is an answer too, with a sentence that says why. */
export type Answer = boolean | Unclear;

export interface Unclear {
  readonly kind: "unclear";
  readonly because: string;
}

export function unclear(because: string): Unclear {
  return { kind: "unclear", because };
}

/** For a value that decides the matter and is not known. */
export function unread(name: string, value: Opaque | undefined): Unclear {
  return unclear(`${name} cannot be read statically: it ${value?.because ?? "is only partly known"}`);
}

/** For a value that Django's own check does not expect, so that the command ends in an exception. */
export function crashes(name: string, value: Value, error: string): Unclear {
  const type =
    value.kind === "instance"
      ? value.class.name
      : value.kind === "opaque"
        ? (value.type ?? "object")
        : (typeNames[value.kind] ?? value.kind);
  return unclear(`${name} is of the type ${type}, on which Django's check ends in ${error}`);
}

const typeNames: Readonly<Partial<Record<Value["kind"], string>>> = { none: "NoneType" };

/** Everything holds. One that certainly does not decides, whatever is unclear. */
export function all(...answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false;
  return answers.find((answer) => answer !== true) ?? true;
}

/** Something holds. One that certainly does decides, whatever is unclear. */
export function any(...answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true;
  return answers.find((answer) => answer !== false) ?? false;
}

export function not(answer: Answer): Answer {
  return typeof answer === "boolean" ? !answer : answer;
}
