import type { IgnoreNote } from "../ignores/rules.ts";
import type { Location } from "../location.ts";
import { isHeld } from "./gate.ts";
import { type SharedResult, shareResults } from "./groups.ts";
import { markdownWithin } from "./markdown.ts";
import { commandData, commandProperty } from "./pipeline-commands.ts";
import { printable, printableLines } from "./printable.ts";
import type { Report, Reporter } from "./report.ts";
import { maskKnownSecrets } from "./secret-text.ts";
import { counted, inWords } from "./summary.ts";
import { type Told, toldFindings } from "./told.ts";

/**
 * For GitHub Actions: workflow commands that put the worst findings beside the lines of a pull request, and
 * everything as Markdown on the page of the run.
 * https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export const github: Reporter = {
  name: "github",
  commands: true,
  render: (report) => annotations(report).join(""),
  appendix: {
    variable: "GITHUB_STEP_SUMMARY",
    // A step may write 1 MiB, and others of its commands may want some of it.
    render: (report) => markdownWithin(report, 1_000_000),
  },
};

type Level = "error" | "warning" | "notice";
const levels: readonly Level[] = ["error", "warning", "notice"];

/** GitHub shows no more of each level that a step sends. */
const mostShown = 10;

function annotations(report: Report): readonly string[] {
  const found = [
    ...shareResults(report.result.results).flatMap((result) => annotated(result, report)),
    ...report.ignoreNotes.map((note) => noted(note, report)),
  ];
  const ordered = levels.map((level) => ({
    level,
    found: worstFirst(found.filter((one) => one.level === level)),
  }));
  const hidden = ordered.filter((one) => one.found.length > mostShown);
  const shown = ordered.flatMap(({ level, found: all }) => {
    // A notice less, where one has to say that there is more.
    const most = level === "notice" && hidden.length > 0 ? mostShown - 1 : mostShown;
    return all.slice(0, most).map(command);
  });
  if (hidden.length === 0) return shown;
  const counts = ordered
    .map(({ level, found: all }) => [level, all.length - mostShown + (level === "notice" ? 1 : 0)] as const)
    .filter(([, count]) => count > 0)
    .map(([level, count]) => counted(count, level));
  const more = `GitHub shows ${mostShown} annotations of a level; ${inWords(counts)} more are in the summary of this run`;
  return [...shown, `::notice title=deploy-check::${commandData(more)}\n`];
}

interface Annotation {
  readonly level: Level;
  /** Which of its check's findings it is: others shall be seen, too. */
  readonly nth: number;
  /** How sure it is; the lowest is. */
  readonly doubt: number;
  readonly title: string;
  /** The file from the top of the repository. */
  readonly at: Location | undefined;
  readonly lines: readonly string[];
}

/** What fails, and what is open of importance. */
function annotated(result: SharedResult, report: Report): readonly Annotation[] {
  const held = isHeld(report.gate, result);
  const open = result.status === "unknown" && (held || result.severity === "error");
  if (result.status !== "failed" && !open) return [];
  return toldFindings(result, report)
    .filter(({ ignored }) => ignored === undefined)
    .map((told, nth) => ({
      level: levelOf(told, held),
      nth,
      doubt: told.certain ? 0 : told.level === "unknown" ? 2 : 1,
      title: `${told.check.id}${told.on}`,
      at: told.at,
      lines: [
        printable(told.message),
        ...(told.when === undefined ? [] : [`When: ${printable(told.when)}`]),
        ...(told.fix === undefined ? [] : ["", ...advice(told.fix)]),
      ],
    }));
}

function levelOf({ level }: Told, held: boolean): Level {
  if (level === "unknown") return held ? "warning" : "notice";
  return level === "info" ? "notice" : level;
}

/** What is the matter with an ignore: it fails the command under --strict, else it comes behind all findings. */
function noted({ message, at }: IgnoreNote, { gate, prefix, conceal }: Report): Annotation {
  return {
    level: gate.strict ? "warning" : "notice",
    nth: Number.POSITIVE_INFINITY,
    doubt: 0,
    title: "deploy-check",
    at: at && { ...at, file: prefix + at.file },
    lines: [printable(conceal(maskKnownSecrets(message)))],
  };
}

function worstFirst(found: readonly Annotation[]): readonly Annotation[] {
  return [...found].sort((a, b) => (a.nth === b.nth ? a.doubt - b.doubt : a.nth - b.nth));
}

function command({ level, title, at, lines }: Annotation): string {
  // Only where it begins: GitHub shows an annotation behind its last line, and none that ends where the file does.
  const place = at ? { file: printable(at.file), line: String(at.line), col: String(at.column) } : {};
  const properties = Object.entries({ ...place, title })
    .map(([name, value]) => `${name}=${commandProperty(value)}`)
    .join(",");
  return `::${level} ${properties}::${commandData(lines.join("\n"))}\n`;
}

/** Text to paste stands below; of our own Markdown the marks of code are of no use here. */
function advice({ text, exact }: NonNullable<Told["fix"]>): readonly string[] {
  const lines = printableLines(text.trim());
  return exact ? ["Fix:", ...lines] : [`Fix: ${lines.filter((line) => !line.startsWith("```")).join("\n")}`];
}
