import { type Finding, fails, type Severity } from "../finding.ts";
import type { ManifestProblem } from "../platforms/manifest.ts";
import type { Deployment } from "../platforms/platform.ts";

/** How bad a mistake is, where the platform's reader does not say so itself; undefined: as bad as the check. */
export type SeverityOf = (problem: ManifestProblem) => Severity | undefined;

/** The mistakes that a platform's reader found for a check, as its findings; `undefined` is the check for manifests. */
export function findingsOf(
  { problems = [] }: Deployment,
  check: string | undefined,
  severityOf: SeverityOf = () => undefined,
): readonly Finding[] {
  return problems
    .filter((problem) => problem.check === check)
    .map((problem) => {
      const severity = problem.severity ?? severityOf(problem);
      return fails(problem.message, {
        at: problem.at,
        ...(problem.fix !== undefined && { fix: problem.fix }),
        ...(severity && { severity }),
      });
    });
}

/** The check that tells why the platform does not start what was meant; undefined if nothing is wrong with it. */
export function aboutStart({ problems = [] }: Deployment): string | undefined {
  const problem = problems.find(({ about }) => about === "start");
  return problem && (problem.check ?? "manifest-invalid");
}
