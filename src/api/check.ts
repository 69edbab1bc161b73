import { checks } from "../checks/index.ts";
import { leversOf } from "../cli/levers.ts";
import { paintFor } from "../cli/paint.ts";
import { check as run } from "../commands/check.ts";
import { noLevers } from "../commands/levers.ts";
import { exitCodes } from "../commands/outcome.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Severity } from "../finding.ts";
import { gateOf } from "../report/gate.ts";
import type { ReportDocument } from "../report/report-document.ts";
import { documentOf, openProject, type ProjectOptions, surroundings } from "./project.ts";

/** What `check` is told. Each option outweighs what the configuration says. */
export interface CheckOptions extends ProjectOptions {
  /** Ids of platforms, or `"all"`; otherwise those that the project's files show. */
  readonly platforms?: readonly string[];
  /** Only these checks are asked, by id, Django id or area. */
  readonly select?: readonly string[];
  /** These are set aside, besides those of the configuration. */
  readonly ignore?: readonly string[];
  /** `fails` is true from this severity on. Default: `"error"`. */
  readonly failLevel?: Severity;
  /** `fails` is true for warnings too, and for what cannot be told. */
  readonly strict?: boolean;
  /** `fails` is true if there are more warnings than this. */
  readonly maxWarnings?: number;
}

/** What `check` gives. */
export interface Checked {
  /** Everything that was found out. */
  readonly report: ReportDocument;
  /** Whether the command would fail: something is at or above `failLevel`. */
  readonly fails: boolean;
  /** What the command would say besides the report, line by line: what of the configuration counts for nothing. */
  readonly notes: readonly string[];
}

/**
 * Judges whether a project will deploy and is safe, from its files alone: what `deploy-check` does on the
 * command line. It prints nothing, and runs none of the project's code.
 *
 * @example
 * ```ts
 * import { check } from "deploy-check";
 *
 * const { report, fails } = await check("path/to/project", { failLevel: "warning" });
 * for (const { id, status, findings } of report.results)
 *   if (status === "failed") console.log(id, findings.map(({ message }) => message));
 * ```
 *
 * @param project its folder, or its files from any other source, such as `memoryFiles`
 * @throws `NothingRecognised` where there is no project, `Unreadable` where there is no folder, and `WrongUsage`
 *   for an option or a configuration that cannot be used
 */
export async function check(
  project: string | ProjectFiles = ".",
  options: CheckOptions = {},
): Promise<Checked> {
  const opened = await openProject(project, options);
  const { config } = opened;
  const { levers, notes: leverNotes } =
    typeof project === "string"
      ? await leversOf({ world: surroundings() }, opened, opened.files, {})
      : { levers: noLevers, notes: [] };
  const paint = paintFor(surroundings(), {});
  const outcome = await run({
    checks,
    files: opened.files,
    path: opened.path,
    root: opened.rootName,
    settings: options.settings ?? config.settings,
    env: opened.env,
    platforms: options.platforms ?? config.platforms ?? [],
    outputs: [{ format: "json", file: undefined }],
    gate: gateOf({
      level: options.failLevel ?? config.failLevel ?? "error",
      strict: options.strict ?? config.strict ?? false,
      maxWarnings: options.maxWarnings ?? config.maxWarnings,
    }),
    exitZero: false,
    prefix: opened.prefix,
    browse: "",
    variables: {},
    select: options.select ?? config.select ?? [],
    ignore: options.ignore ?? [],
    configured: opened.configured,
    levers,
    paint,
    plainPaint: paint,
    notes: leverNotes,
  });
  const report: ReportDocument = JSON.parse(documentOf(outcome));
  const notes = outcome.stderr.split("\n").filter((line) => line !== "");
  return { report, fails: outcome.code !== exitCodes.fine, notes };
}
