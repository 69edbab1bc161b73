import { printable } from "../../report/printable.ts";
import { exitCodes, type Outcome } from "../outcome.ts";

export type HookName = "pre-push" | "pre-commit";

/** What a hook judged, and what that came to. */
export interface Judged {
  /** "main (1a2b3c4)", "what is staged" */
  readonly called: string;
  readonly outcome: Outcome;
}

export interface HookReport {
  readonly hook: HookName;
  readonly judged: readonly Judged[];
  /** What cannot be judged blocks too. */
  readonly strict: boolean;
  /** The framework pre-commit runs the hook, and has its own way around it. */
  readonly framework: boolean;
}

/**
 * What a hook says, and whether it blocks: findings block, and so does a configuration that is wrong; what is no
 * project, and a fault of ours, do not.
 */
export function hookOutcome(report: HookReport): Outcome {
  const { judged } = report;
  const blocking = judged.filter((each) => blocks(each.outcome.code, report.strict));
  return {
    stdout: judged.map(told).join(""),
    commands: judged.map(({ outcome }) => outcome.commands ?? "").join(""),
    stderr: [...judged.map(remarks), ...(blocking.length > 0 ? [wayOut(report, blocking)] : [])].join(""),
    files: judged.flatMap(({ outcome }) => outcome.files ?? []),
    code: blocking[0]?.outcome.code ?? exitCodes.fine,
  };
}

function blocks(code: Outcome["code"], strict: boolean): boolean {
  return code === exitCodes.findings || code === exitCodes.wrongUsage || (strict && code !== exitCodes.fine);
}

function told({ called, outcome }: Judged): string {
  if (outcome.stdout === "") return "";
  return `deploy-check: ${printable(called)}\n${outcome.stdout}`;
}

function remarks({ called, outcome }: Judged): string {
  return outcome.code === exitCodes.nothingRecognised
    ? `deploy-check: ${printable(called)} holds no project that deploy-check knows; nothing was judged\n`
    : outcome.stderr;
}

function wayOut({ hook, framework }: HookReport, blocking: readonly Judged[]): string {
  const [action, again, judgedBy] =
    hook === "pre-push"
      ? [
          "push",
          "git push",
          "what is committed counts, not what is in the folder: commit the change and push again",
        ]
      : [
          "commit",
          "git commit",
          "what is staged counts, not what is in the folder: git add the change and commit again",
        ];
  const names = blocking.map(({ called }) => printable(called)).join(", ");
  const bypass = framework ? `SKIP=deploy-check ${again}` : `${again} --no-verify`;
  return [
    `deploy-check: the ${action} is blocked: ${names} ${blocking.length === 1 ? "does" : "do"} not pass`,
    `  to fix it: ${judgedBy}`,
    `  to ${action} all the same: ${bypass}`,
    "",
  ].join("\n");
}
