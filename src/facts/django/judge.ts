import { cannotTell, type Finding, fails } from "../../finding.ts";
import type { Value } from "../../python/value.ts";
import type { Setting } from "./settings.ts";

/** What a check thinks of one value: good, bad and why (continues the setting's name: "is True"), or not to be told and why. */
export type Verdict =
  | { readonly kind: "good" }
  | { readonly kind: "bad"; readonly says: string }
  | { readonly kind: "unclear"; readonly because: string };

export const good: Verdict = { kind: "good" };

export function bad(says: string): Verdict {
  return { kind: "bad", says };
}

/** For a value that decides the matter and is not known. */
export function unclear(value: Value): Extract<Verdict, { readonly kind: "unclear" }> {
  return {
    kind: "unclear",
    because: `cannot be read statically: it ${value.kind === "opaque" ? value.because : "is only partly known"}`,
  };
}

/**
 * Judges a setting in the scenario and wherever a test that cannot be known goes the other way. What is
 * bad either way is certain; what is bad one way is conditional; what would be bad only the other way
 * cannot be told.
 */
export function* judge(
  setting: Setting,
  verdict: (value: Value) => Verdict,
  details: Pick<Finding, "fix" | "severity" | "when"> = {},
): Generator<Finding> {
  const { name, value, at } = setting;
  const main = verdict(value);
  const others = setting.otherwise.map((other) => ({ ...other, verdict: verdict(other.value) }));
  if (main.kind === "bad") {
    const escapes = others.filter((other) => other.verdict.kind === "good").map(({ whenNot }) => whenNot);
    yield fails(`${name} ${main.says}`, { ...details, at, when: [...(details.when ?? []), ...escapes] });
    return;
  }
  if (main.kind === "unclear") yield cannotTell(`${name} ${main.because}`, { at });
  for (const other of others) {
    if (other.verdict.kind !== "bad") continue;
    yield cannotTell(`${name} ${other.verdict.says} if ${other.when}`, { at: other.at, when: [other.when] });
  }
}
