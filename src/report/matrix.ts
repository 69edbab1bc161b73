import type { Platform } from "../platforms/platform.ts";
import type { CheckResult } from "../run.ts";
import { type Answered, colourOf } from "./answers.ts";
import { printable } from "./printable.ts";
import type { Paint, Report } from "./report.ts";

/** One character for each answer, so that a column is narrow and reads without colour. */
const cells: Readonly<Record<Answered, string>> = {
  error: "✗",
  warning: "!",
  info: "i",
  unknown: "?",
  passed: "✓",
  skipped: "–",
  ignored: "–",
};

const legend = "✗ error   ! warning   i advice   ? unknown   ✓ passed   – does not apply";

/** The checks that are not answered alike on all platforms, one a line, with a column for each platform; nothing for one platform. */
export function matrix({ result, platforms }: Report, paint: Paint): readonly string[] {
  const columns = platforms.map(({ platform }) => platform);
  if (columns.length < 2) return [];
  const rows = rowsOf(result.results, columns);
  if (rows.length === 0) return [];
  const labelWidth = Math.max(...rows.map(({ id }) => id.length)) + 4;
  return [
    paint.chalk.bold("Where the platforms differ"),
    ...blocks(columns, paint.width - labelWidth).flatMap((block) => [
      "",
      ...blockLines(block, rows, labelWidth, paint),
    ]),
    "",
    paint.chalk.dim(`  ${legend}`),
  ];
}

interface Row {
  readonly id: string;
  readonly answers: ReadonlyMap<Platform, Answered>;
}

function rowsOf(results: readonly CheckResult[], columns: readonly Platform[]): readonly Row[] {
  const rows = new Map<string, Map<Platform, Answered>>();
  for (const { check, status, severity, platform } of results) {
    if (!platform) continue;
    const answers = rows.get(check.id) ?? new Map<Platform, Answered>();
    answers.set(platform, status === "failed" ? severity : status);
    rows.set(check.id, answers);
  }
  return [...rows]
    .map(([id, answers]) => ({ id, answers }))
    .filter(({ answers }) => new Set(columns.map((one) => trouble(answers.get(one)))).size > 1);
}

/** That a question does not arise is no difference worth a line from that it is answered well. */
function trouble(answer: Answered | undefined): Answered | undefined {
  return answer === "passed" || answer === "skipped" || answer === "ignored" ? undefined : answer;
}

/** As many platforms beside each other as fit. */
function blocks(columns: readonly Platform[], width: number): readonly (readonly Platform[])[] {
  const result: Platform[][] = [];
  let used = 0;
  for (const column of columns) {
    const wide = column.id.length + 2;
    const last = result.at(-1);
    if (last && used + wide <= width) last.push(column);
    else {
      result.push([column]);
      used = 0;
    }
    used += wide;
  }
  return result;
}

function blockLines(
  block: readonly Platform[],
  rows: readonly Row[],
  labelWidth: number,
  { chalk }: Paint,
): readonly string[] {
  const heading = " ".repeat(labelWidth) + block.map(({ id }) => `${id}  `).join("");
  return [
    heading.trimEnd(),
    ...rows.map(({ id, answers }) => {
      const line = block.map((platform) => {
        const answer = answers.get(platform) ?? "skipped";
        const before = Math.floor((platform.id.length - 1) / 2);
        const behind = platform.id.length + 2 - before - 1;
        return " ".repeat(before) + colourOf(chalk, answer)(cells[answer]) + " ".repeat(behind);
      });
      return `  ${printable(id)}`.padEnd(labelWidth) + line.join("").trimEnd();
    }),
  ];
}
