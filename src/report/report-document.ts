import type { Area } from "../check.ts";
import type { Certainty, IgnoredBy, Severity } from "../finding.ts";
import type { Status } from "../run.ts";
import type { Summary } from "./summary.ts";

/**
 * What `deploy-check --format json` prints, and what `check` of the Node API gives: a contract, described in
 * docs/json.md. It holds no time, no absolute path and no secret's value.
 */
export interface ReportDocument {
  /** Grows when a field is removed or changes its meaning, not when one is added. */
  readonly schemaVersion: number;
  readonly tool: { readonly name: string; readonly version: string };
  readonly project: {
    /** The name of the folder that was judged, never its path. */
    readonly root: string;
    /** Where in it the project is; "" is the folder itself. */
    readonly folder: string;
    /** "django", "flask", "fastapi", "starlette", "node", or "python" for what only has a Procfile. */
    readonly framework: string | null;
    /** The Django settings module that was judged, and why this one. */
    readonly settings: { readonly module: string; readonly evidence: string } | null;
    /** What production means here, in words. */
    readonly production: string | null;
  };
  readonly platforms: readonly ReportedPlatform[];
  /** In the order of the checks, then of the platforms. */
  readonly results: readonly ReportedResult[];
  readonly summary: Summary;
  /** What is the matter with what sets findings aside. */
  readonly ignores: readonly ReportedIgnore[];
  /** What no file shows, and this project has a reason to verify by hand. */
  readonly manual: readonly { readonly id: string; readonly title: string; readonly advice: string }[];
}

/** A platform that the project was judged on. */
export interface ReportedPlatform {
  readonly id: string;
  readonly name: string;
  /** What shows that the project is deployed to it. */
  readonly because: string | null;
  /** False for one that only the user names. */
  readonly targeted: boolean;
}

/** What a check came to. */
export interface ReportedResult {
  readonly id: string;
  /** The system checks of Django's that ask the same. */
  readonly django: readonly string[];
  /** The desired state. */
  readonly title: string;
  readonly area: Area;
  /** The worst of its findings; the check's own where it has none. */
  readonly severity: Severity;
  readonly status: Status;
  /** Null where the answer does not depend on the platform. */
  readonly platform: string | null;
  /** Why it was skipped, is unknown or is ignored. */
  readonly reason: string | null;
  /** Why it passes. */
  readonly evidence: string | null;
  readonly findings: readonly ReportedFinding[];
}

/** One thing that is wrong, or that could not be told. */
export interface ReportedFinding {
  readonly certainty: Certainty;
  /** One sentence about the project, without a full stop. */
  readonly message: string;
  /** Null where it is about something that is not there. */
  readonly at: ReportedPlace | null;
  /** The conditions under which it holds. */
  readonly when: readonly string[];
  /** Text to paste, or the check's general advice. */
  readonly fix: string | null;
  /** What it is known by from one run to the next, while lines around it move. */
  readonly fingerprint: string;
  /** Who has set it aside, and why; null for a finding that counts. */
  readonly ignored: {
    readonly by: IgnoredBy;
    readonly reason: string;
    readonly justification: string | null;
    readonly at: ReportedPlace | null;
  } | null;
}

/** An ignore that sets nothing aside, does not count or is misspelt, or a baseline with findings that are gone. */
export interface ReportedIgnore {
  readonly kind: "unused" | "without-reason" | "unknown-check" | "malformed" | "gone";
  readonly by: IgnoredBy;
  readonly message: string;
  readonly at: ReportedPlace | null;
}

/** Lines and columns count from 1, columns in UTF-16 code units; the end is behind the last character. */
export interface ReportedPlace {
  /** From the top of the project, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
