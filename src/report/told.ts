import type { Check } from "../check.ts";
import type { Finding, Ignore, Severity } from "../finding.ts";
import type { Location } from "../location.ts";
import { platformNames, type SharedResult } from "./groups.ts";
import { redactFinding } from "./redact.ts";
import type { Report } from "./report.ts";
import { maskKnownSecrets } from "./secret-text.ts";

/** A finding as it may be told outside of the project's machine: without secrets, and placed in the repository. */
export interface Told {
  readonly check: Check;
  readonly level: Severity | "unknown";
  readonly certain: boolean;
  readonly message: string;
  /** The conditions under which it holds, as one text. */
  readonly when: string | undefined;
  /** The file from the top of the repository. */
  readonly at: Location | undefined;
  /** What to do; `exact` if it is text to paste, else it is Markdown of ours. */
  readonly fix: { readonly text: string; readonly exact: boolean } | undefined;
  /** " on Heroku and Render", where it is so on some of the platforms only. */
  readonly on: string;
  /** Why it does not count, if it does not. */
  readonly ignored: Ignore | undefined;
}

/** Everything that a result has found: what counts, then what is ignored. */
export function toldFindings(result: SharedResult, report: Report): readonly Told[] {
  const { check, findings, ignored, on: platforms } = result;
  const tell = (finding: Finding, ignore: Ignore | undefined): Told => {
    const { certainty, severity, message, when, at, fix } = redactFinding(
      finding,
      report.files,
      check.area === "secrets",
    );
    const unknown = certainty === "unknown";
    const some = platforms.length > 0 && platforms.length < report.platforms.length;
    return {
      check,
      level: unknown ? "unknown" : (severity ?? check.severity),
      certain: certainty === "certain",
      message: report.conceal(message),
      when: when && when.length > 0 ? report.conceal(when.join(", and ")) : undefined,
      at: at && { ...at, file: `${report.prefix}${at.file}` },
      fix:
        fix !== undefined
          ? { text: report.conceal(fix), exact: true }
          : unknown
            ? undefined
            : { text: check.docs.fix, exact: false },
      on: some ? ` on ${platformNames(platforms)}` : "",
      ignored: ignore && concealed(ignore, report),
    };
  };
  return [
    ...findings.map((finding) => tell(finding, undefined)),
    ...ignored.map(({ finding, ignore }) => tell(finding, ignore)),
  ];
}

function concealed({ justification, ...ignore }: Ignore, report: Report): Ignore {
  const hide = (text: string) => report.conceal(maskKnownSecrets(text));
  return {
    ...ignore,
    reason: hide(ignore.reason),
    ...(justification !== undefined && { justification: hide(justification) }),
  };
}
