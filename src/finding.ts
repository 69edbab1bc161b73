import { inFile, type Location } from "./location.ts";

/** What happens if nothing is done (design.md §2). Worst first. */
export type Severity = "error" | "warning" | "info";

export const severities: readonly Severity[] = ["error", "warning", "info"];

/** Whether `severity` is as bad as `level`, or worse. */
export function atLeast(severity: Severity, level: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(level);
}

/**
 * How far the files alone settle the matter: `certain` in every deployment, `conditional` only under
 * `when`, `unknown` when something stood in the way of an answer.
 */
export type Certainty = "certain" | "conditional" | "unknown";

/** One thing that is wrong, or that could not be told. Plain data: no colours, no methods, no check id. */
export interface Finding {
  readonly kind: "finding";
  readonly certainty: Certainty;
  /** One sentence, present tense, about their project; quotes the value, holds no advice, ends without a full stop. */
  readonly message: string;
  /** Absent only when the finding is about something that is not there. */
  readonly at?: Location | undefined;
  /** The conditions under which it holds, in words: "the environment variable DEBUG is unset". */
  readonly when?: readonly string[] | undefined;
  /** Exact text to paste; replaces the check's general advice where the project makes it more precise. */
  readonly fix?: string | undefined;
  /** Where this case is better or worse than the check's own severity, such as on a platform that guards against it. */
  readonly severity?: Severity | undefined;
}

/** Why a check passes: shown by `--verbose`, so that a pass can be believed. */
export interface Evidence {
  readonly kind: "evidence";
  /** A sentence like "SECRET_KEY is read from $SECRET_KEY". Its place is shown behind it. */
  readonly text: string;
  readonly at?: Location | undefined;
}

/** The question does not arise for this project. */
export interface NotApplicable {
  readonly kind: "not-applicable";
  /** Why, as a sentence: "django.contrib.staticfiles is not installed". */
  readonly reason: string;
}

/** What a check answers with. Findings outweigh everything else; without any, it does not apply or it passes. */
export type Answer = Finding | Evidence | NotApplicable;

/** Something is wrong. `when` makes it conditional. */
export function fails(
  message: string,
  details: Pick<Finding, "at" | "when" | "fix" | "severity"> = {},
): Finding {
  const certainty = details.when?.length ? "conditional" : "certain";
  return { kind: "finding", certainty, message, ...placed(details) };
}

/** Nobody can tell from the files; `message` says what stood in the way. */
export function cannotTell(message: string, details: Pick<Finding, "at" | "when" | "fix"> = {}): Finding {
  return { kind: "finding", certainty: "unknown", message, ...placed(details) };
}

export function evidence(text: string, at?: Location): Evidence {
  return { kind: "evidence", text, at: inFile(at) };
}

function placed<Details extends Pick<Finding, "at">>(details: Details): Details {
  return inFile(details.at) === details.at ? details : { ...details, at: undefined };
}

export function notApplicable(reason: string): NotApplicable {
  return { kind: "not-applicable", reason };
}

/** Who has said that a finding does not count. */
export type IgnoredBy = "option" | "configuration" | "comment" | "baseline" | "silenced-system-checks";

/** Why a finding does not count. */
export interface Ignore {
  readonly by: IgnoredBy;
  /** A sentence: "--ignore names it". */
  readonly reason: string;
  /** Where it is said. */
  readonly at?: Location | undefined;
  /** Why, in the words of whoever said it. */
  readonly justification?: string | undefined;
}
