import { byHandFor } from "./by-hand.ts";
import { failsBecause } from "./gate.ts";
import { byArea, levelsOf, type SharedResult, shareResults } from "./groups.ts";
import { headRows } from "./head.ts";
import { codeBlock, codeOrInert, inert, pathInAddress } from "./markdown-text.ts";
import type { Report, Reporter } from "./report.ts";
import { maskKnownSecrets } from "./secret-text.ts";
import { counted, countsSentence, levelNames, verdict } from "./summary.ts";
import { type Told, toldFindings } from "./told.ts";

/** For a comment on a pull request, which GitHub wants to be 65,536 characters at most. */
export const markdown: Reporter = {
  name: "markdown",
  render: (report) => markdownWithin(report, 65_536),
};

/**
 * The report as Markdown of at most so many bytes. The verdict, the counts and the headings are always
 * there; of the rest as much as there is room for, the worst findings first and then what to do about
 * them, and a sentence on what was left out.
 */
export function markdownWithin(report: Report, limit: number): string {
  const results = shareResults(report.result.results);
  const having = (status: SharedResult["status"]) => results.filter((result) => result.status === status);
  const told = (some: readonly SharedResult[]) => some.flatMap((result) => toldFindings(result, report));
  const counting = (some: readonly SharedResult[]) => told(some).filter(({ ignored }) => !ignored);
  const sections: Section[] = [
    ...byArea(having("failed")).map(({ name, results: failed }) =>
      findingsSection(`${name}: ${levelsOf(failed)}`, counting(failed), report),
    ),
    findingsSection("Cannot be told from the files", counting(having("unknown")), report),
    notesSection(report),
    ignoredSection(told(results).filter(({ ignored }) => ignored)),
  ].filter(({ pieces }) => pieces.length > 0);

  const frame = [
    head(report),
    ...sections.flatMap(({ opening, closing }) => [opening, closing]),
    foot(report),
  ];
  const pieces = sections.flatMap((section) => section.pieces);
  const kept = fitting(pieces, limit - size(frame.join("\n\n")) - spare);
  const left = pieces.filter((piece) => !kept.has(piece));
  return `${[head(report), ...sections.map((section) => shown(section, kept)), leftOut(left), foot(report)]
    .filter((text) => text !== "")
    .join("\n\n")}\n`;
}

/** A part of the text that can be left out. */
interface Piece {
  readonly kind: "finding" | "fix" | "note" | "ignored finding";
  /** The lowest are kept first. */
  readonly rank: number;
  readonly text: string;
}

/** A table and what to do about its rows, or a folded list. */
interface Section {
  readonly opening: string;
  readonly pieces: readonly Piece[];
  readonly closing: string;
}

const tableHead = "| | Finding | Where | Check |\n| :-- | :-- | :-- | :-- |";
const fixesHead = "<details>\n<summary>What to do</summary>";
const foldEnd = "</details>";

/** For the sentence on what is left out, and line breaks. */
const spare = 1_000;

function findingsSection(heading: string, findings: readonly Told[], report: Report): Section {
  const order = { error: 0, warning: 1, info: 2, unknown: 3 } as const;
  const rows = findings.map(
    (told): Piece => ({ kind: "finding", rank: order[told.level], text: row(told, report) }),
  );
  const fixes = new Map(
    findings.flatMap((told) => {
      const text = fix(told);
      return text === undefined ? [] : [[text, { kind: "fix", rank: 4 + order[told.level], text } as const]];
    }),
  );
  return {
    opening: `### ${heading}\n\n${tableHead}`,
    pieces: [...rows, ...fixes.values()],
    closing: `${fixesHead}\n\n${foldEnd}`,
  };
}

/** What is the matter with what sets findings aside. */
function notesSection({ ignoreNotes, prefix, conceal, browse }: Report): Section {
  const pieces = ignoreNotes.map(({ message, at }): Piece => {
    const where = at ? ` (${place({ ...at, file: prefix + at.file }, browse)})` : "";
    return {
      kind: "note",
      rank: 8,
      text: `- Note: ${inert(short(conceal(maskKnownSecrets(message))))}${where}`,
    };
  });
  return { opening: "### Ignores to look at", pieces, closing: "" };
}

function ignoredSection(findings: readonly Told[]): Section {
  const pieces = findings.map((told): Piece => {
    const { reason = "", justification } = told.ignored ?? {};
    const because = justification === undefined ? "" : ` (${inert(short(justification))})`;
    const text = `- \`${told.check.id}\`: ${inert(short(told.message))}; ${inert(short(reason))}${because}`;
    return { kind: "ignored finding", rank: 9, text };
  });
  return {
    opening: `<details>\n<summary>Ignored: ${counted(findings.length, "finding")}</summary>`,
    pieces,
    closing: foldEnd,
  };
}

function shown({ opening, pieces, closing }: Section, kept: ReadonlySet<Piece>): string {
  const of = (...kinds: readonly Piece["kind"][]) =>
    pieces.filter((piece) => kept.has(piece) && kinds.includes(piece.kind)).map(({ text }) => text);
  const [rows, fixes, listed] = [of("finding"), of("fix"), of("note", "ignored finding")];
  if (listed.length > 0) return `${opening}\n\n${listed.join("\n")}\n\n${closing}`.trimEnd();
  if (rows.length === 0) return "";
  const table = [opening, ...rows].join("\n");
  return fixes.length === 0 ? table : [table, fixesHead, ...fixes, foldEnd].join("\n\n");
}

function row({ level, message, when, at, check, on }: Told, report: Report): string {
  const cells = [
    level === "unknown" ? level : levelNames[level],
    inert(short(message)) + (when === undefined ? "" : `<br>When: ${inert(short(when))}`),
    at ? place(at, report.browse) : "",
    `\`${check.id}\`${inert(on)}`,
  ];
  return `| ${cells.join(" | ")} |`;
}

function place({ file, line }: NonNullable<Told["at"]>, browse: string): string {
  return `[${codeOrInert(`${file}:${line}`)}](${browse}${pathInAddress(file)}#L${line})`;
}

function fix({ check, fix: advice }: Told): string | undefined {
  if (advice === undefined || advice.text.length > longest.fix) return undefined;
  const text = advice.exact ? codeBlock(advice.text) : advice.text.trim();
  return `**\`${check.id}\`**: ${inert(check.title)}\n\n${text}`;
}

const longest = { fix: 10_000, text: 1_000 } as const;

function short(text: string): string {
  return text.length > longest.text ? `${text.slice(0, longest.text)}…` : text;
}

function head(report: Report): string {
  const { kind, sentence } = verdict(report);
  const sign = { ready: "✓", "not-ready": "✗", open: "?" }[kind];
  const because =
    kind === "not-ready" ? undefined : failsBecause(report.result.results, report.gate, report.ignoreNotes);
  const rows = headRows(report, 6).map(
    ([label, text]) => `- ${label}: ${inert(short(report.conceal(maskKnownSecrets(text))))}`,
  );
  return [
    `## ${sign} ${sentence}${because === undefined ? "" : `; ${because}`}`,
    countsSentence(report.result.results),
    rows.join("\n"),
  ].join("\n\n");
}

function foot(report: Report): string {
  const ids = report.everyCheck ? byHandFor(report).map(({ id }) => id) : [];
  const byHand =
    ids.length === 0 ? "" : `To verify by hand: ${ids.join(", ")} (\`deploy-check list --manual\`). `;
  return `${byHand}deploy-check ${report.version}; \`deploy-check explain <check>\` says why a check matters.`;
}

function leftOut(left: readonly Piece[]): string {
  const counts = (["finding", "fix", "note", "ignored finding"] as const).flatMap((kind) => {
    const count = left.filter((piece) => piece.kind === kind).length;
    if (count === 0) return [];
    return kind === "fix" ? [`${count} of what to do`] : [counted(count, kind)];
  });
  if (counts.length === 0) return "";
  return `Left out, because there is no room for more here: ${counts.join(", ")}. \`deploy-check --verbose\` tells them all.`;
}

/** What fits, by rank and then in order. What comes behind the first that does not fit is left out too. */
function fitting(pieces: readonly Piece[], room: number): ReadonlySet<Piece> {
  const kept = new Set<Piece>();
  let used = 0;
  for (const piece of [...pieces].sort((a, b) => a.rank - b.rank)) {
    used += size(piece.text) + 2;
    if (used > room) break;
    kept.add(piece);
  }
  return kept;
}

function size(text: string): number {
  return Buffer.byteLength(text, "utf8");
}
