import { areas } from "../check.ts";
import { type Evidence, type Finding, severities } from "../finding.ts";
import { showLocation } from "../location.ts";
import type { Status } from "../run.ts";
import { type Answered, colourOf } from "./answers.ts";
import { byHandFor } from "./by-hand.ts";
import { excerptAt } from "./excerpt.ts";
import { failsBecause, isHeld } from "./gate.ts";
import { byArea, levelsOf, platformNames, type SharedResult, shareResults } from "./groups.ts";
import { head } from "./head.ts";
import { matrix } from "./matrix.ts";
import { printable, printableLines } from "./printable.ts";
import { redactFinding } from "./redact.ts";
import type { Paint, Report, Reporter } from "./report.ts";
import { maskKnownSecrets } from "./secret-text.ts";
import { noteText, setAsideTexts } from "./set-aside.ts";
import { counted, countsSentence, setAsideSentence, summarise, verdict } from "./summary.ts";
import { hanging, wrap } from "./width.ts";

/** For people: what was judged, what fails, worst first, what nobody can tell, and what it comes to. */
export const checklist: Reporter = {
  name: "checklist",
  render(report, paint) {
    const results = shareResults(report.result.results);
    const page: Page = { report, results, paint, prose: Math.min(paint.width, 100) };
    const sections = paint.quiet
      ? [...failed(page), ...(report.gate.strict ? toLookAt(page) : [])]
      : [
          head(report, paint, page.prose),
          ...[matrix(report, paint)].filter((lines) => lines.length > 0),
          ...failed(page),
          ...advised(page),
          ...open(page),
          ...toLookAt(page),
          ...(paint.verbose
            ? [
                ...listed(page, "ignored", "Ignored"),
                ...listed(page, "passed", "Passed"),
                ...listed(page, "skipped", "Skipped"),
                ...passedOver(page),
              ]
            : []),
        ];
    return `${[...sections, conclusion(page)].map((lines) => lines.join("\n")).join("\n\n")}\n`;
  },
};

interface Page {
  readonly report: Report;
  /** Answers that are the same on several platforms are told once. */
  readonly results: readonly SharedResult[];
  readonly paint: Paint;
  /** Columns for prose: long lines are hard to read. */
  readonly prose: number;
}

type Lines = readonly string[];

const indent = "  ";

/** How an answer looks: a symbol and a word, so that it reads without colour, and the other way round. */
const signs: Readonly<Record<Answered, { readonly sign: string; readonly word: string }>> = {
  error: { sign: "✗", word: "error" },
  warning: { sign: "✗", word: "warning" },
  info: { sign: "i", word: "advice" },
  unknown: { sign: "?", word: "unknown" },
  passed: { sign: "✓", word: "passed" },
  skipped: { sign: "–", word: "skipped" },
  ignored: { sign: "–", word: "ignored" },
};

/** What stands before an answer; answers of all kinds begin in the same column. */
const labelWidth = indent.length + "✗ warning  ".length;

function labelled(page: Page, kind: Answered, lines: Lines): Lines {
  const { sign, word } = signs[kind];
  const label = `${indent}${sign} ${word}`.padEnd(labelWidth);
  return hanging(label, lines).map((line, at) =>
    at === 0
      ? colourOf(page.paint.chalk, kind)(line.slice(0, label.length)) + line.slice(label.length)
      : line,
  );
}

/** The areas with something wrong, the worst first; advice is told in full only when everything is. */
function failed(page: Page): Lines[] {
  const { report, paint } = page;
  const results = page.results.filter(
    (result) =>
      result.status === "failed" &&
      (paint.quiet ? isHeld(report.gate, result) : paint.verbose || result.severity !== "info"),
  );
  return byArea(results).map(({ name, results: inArea }) => [
    `${paint.chalk.bold(name)}${paint.chalk.dim(`  ${levelsOf(inArea)}`)}`,
    ...inArea.flatMap((result) => ["", ...failure(page, result)]),
  ]);
}

/** Advice in a line each: it keeps nothing from being deployed. */
function advised(page: Page): Lines[] {
  const results = page.results.filter(({ status, severity }) => status === "failed" && severity === "info");
  if (results.length === 0 || page.paint.verbose) return [];
  const { chalk } = page.paint;
  const body = results.flatMap((result) => {
    const [first, ...others] = result.findings.map((finding) =>
      redactFinding(finding, page.report.files, result.check.area === "secrets"),
    );
    if (!first) return [];
    const more = others.length > 0 ? `, and ${others.length} more` : "";
    return labelled(
      page,
      "info",
      sentence(page, `${placed({ text: first.message, at: first.at })}${more} (${result.check.id})`),
    );
  });
  const hint = chalk.dim(`  ${results.length}; --verbose shows what to do`);
  return [[`${chalk.bold("Advice")}${hint}`, "", ...body]];
}

/** One failed check: every finding with its place and its condition, then what to do, then what it is called. */
function failure(page: Page, result: SharedResult): Lines {
  const { check } = result;
  const sensitive = check.area === "secrets";
  const level = ({ certainty, severity = check.severity }: Finding) =>
    certainty === "unknown" ? severities.length : severities.indexOf(severity);
  const findings = result.findings
    .map((finding) => redactFinding(finding, page.report.files, sensitive))
    .sort((a, b) => level(a) - level(b));
  const advice = (finding: Finding) =>
    finding.fix ?? (finding.certainty === "unknown" ? undefined : check.docs.fix);
  return [
    ...findings.flatMap((finding, at) => {
      const kind = finding.certainty === "unknown" ? "unknown" : (finding.severity ?? check.severity);
      const text = advice(finding);
      // Findings that ask for the same change have it once, behind the last of them.
      const later = findings.slice(at + 1).some((other) => advice(other) === text);
      return [
        ...labelled(
          page,
          kind,
          sentence(page, finding.message).map((line) => page.paint.chalk.bold(line)),
        ),
        ...place(page, finding, sensitive),
        ...conditions(page, finding),
        ...(text === undefined || later ? [] : fix(page, text, finding.fix !== undefined)),
      ];
    }),
    ...(page.paint.verbose ? dimmed(page, setAsideTexts(result, page.report)) : []),
    ...names(page, result),
  ];
}

function sentence(page: Page, text: string): Lines {
  return wrap(printable(maskKnownSecrets(text)), Math.max(page.prose - labelWidth, 20));
}

function place(page: Page, { at }: Finding, sensitive: boolean): Lines {
  if (!at) return [];
  const { chalk, width, links } = page.paint;
  const margin = " ".repeat(labelWidth);
  const number = String(at.line);
  const gutter = `${margin}${indent}${number} | `;
  const excerpt = excerptAt(page.report.files, at, { sensitive, width: width - gutter.length });
  const text = printable(showLocation(at));
  const shown = margin + chalk.cyan(links?.place(text, at) ?? text);
  if (!excerpt) return [shown];
  const underline = " ".repeat(excerpt.caret.from) + chalk.red("^".repeat(excerpt.caret.length));
  return [
    shown,
    chalk.dim(gutter) + excerpt.text,
    `${chalk.dim(`${margin}${indent}${" ".repeat(number.length)} | `)}${underline}`,
  ];
}

function conditions(page: Page, { when }: Finding): Lines {
  if (!when || when.length === 0) return [];
  return continued(page, "When: ", wrap(printable(when.join(", and ")), page.prose - labelWidth - 6));
}

/** A finding's own fix is text to paste and stays as it is; a check's general advice is Markdown prose. */
function fix(page: Page, text: string, exact: boolean): Lines {
  const margin = " ".repeat(labelWidth);
  const code = (line: string) =>
    line.trim() === "" ? "" : `${margin}${indent}${page.paint.chalk.green(line)}`;
  if (exact) return [`${margin}Fix:`, ...printableLines(text.trimEnd()).map(code)];
  const parts = text.trim().split(/^```\w*$/m);
  const [first, ...rest] = parts.flatMap((part, at) => {
    const lines = printableLines(part.replace(/^\n+|\n+$/g, ""));
    return at % 2 === 1
      ? lines.map(code)
      : lines.flatMap((line) => wrap(line, page.prose - labelWidth - 5)).map((line) => margin + line);
  });
  return [...continued(page, "Fix: ", [(first ?? "").trim()]), ...rest];
}

function continued(page: Page, label: string, lines: Lines): Lines {
  const margin = " ".repeat(labelWidth);
  return hanging(label, lines).map((line, at) =>
    at === 0 ? margin + page.paint.chalk.dim(label) + line.slice(label.length) : margin + line,
  );
}

/** What the check wants, and everything it may be called on the command line. */
function names(page: Page, result: SharedResult): Lines {
  const { chalk, links } = page.paint;
  const { id } = result.check;
  // Lines are broken first: what makes a link of a word takes no room.
  const named = new RegExp(`(?<![\\w-])${id}(?=[,)])`);
  return wrap(`Wanted: ${nameOf(page, result)}`, page.prose - labelWidth).map(
    (line) =>
      " ".repeat(labelWidth) + chalk.dim(line.replace(named, (text) => links?.check(text, id) ?? text)),
  );
}

/** What nobody can tell: whether there is an error, and everything else when it is asked for. */
function open(page: Page): Lines[] {
  const unknown = page.results.filter(({ status }) => status === "unknown");
  const told = unknown.filter(({ severity }) => page.paint.verbose || severity === "error");
  const rest = unknown.length - told.length;
  if (told.length === 0) return [];
  const hint = rest > 0 ? `  and ${counted(rest, "lesser question")}; --verbose shows them` : "";
  return listed({ ...page, results: told }, "unknown", "Cannot be told from the files", hint);
}

/** Checks that are not failed, in the order of the areas: what they want, and why they are as they are. */
function listed(page: Page, status: Exclude<Status, "failed">, heading: string, hint = ""): Lines[] {
  const order = Object.keys(areas);
  const results = page.results
    .filter((result) => result.status === status)
    .sort((a, b) => order.indexOf(a.check.area) - order.indexOf(b.check.area));
  if (results.length === 0) return [];
  // What is skipped for one and the same reason, such as that this is no Django project, is told once.
  const alike = status === "skipped" ? sameReason(results) : new Map<string, readonly SharedResult[]>();
  const body = results.flatMap((result) => {
    const group = alike.get(result.reason ?? "");
    if (group && group[0] !== result) return [];
    if (group) return [...labelled(page, status, together(page, group)), ...reasons(page, result)];
    return [
      ...labelled(page, status, wrap(nameOf(page, result), page.prose - labelWidth)),
      ...reasons(page, result),
    ];
  });
  return [[`${page.paint.chalk.bold(heading)}${page.paint.chalk.dim(hint)}`, "", ...body]];
}

/** How many checks have to share a reason to be told together. */
const fewest = 5;
/** How many of them are named. */
const mostNamed = 12;

/** The reasons that many share. */
function sameReason(results: readonly SharedResult[]): ReadonlyMap<string, readonly SharedResult[]> {
  const groups = new Map<string, SharedResult[]>();
  for (const result of results) {
    const reason = result.reason ?? "";
    groups.set(reason, [...(groups.get(reason) ?? []), result]);
  }
  return new Map([...groups].filter(([, group]) => group.length >= fewest));
}

function together({ prose }: Page, group: readonly SharedResult[]): Lines {
  const shown = group.length > mostNamed ? group.slice(0, mostNamed - 2) : group;
  const names = shown.map(({ check }) => check.id).join(", ");
  const more = group.length > shown.length ? ` and ${group.length - shown.length} more` : "";
  return wrap(`${counted(group.length, "check")}: ${names}${more}`, prose - labelWidth);
}

/** Ignores that set nothing aside, do not count, or are misspelt. */
function toLookAt(page: Page): Lines[] {
  const { report, paint, prose } = page;
  const lines = report.ignoreNotes.flatMap((note) =>
    wrap(printable(maskKnownSecrets(noteText(note))), prose - indent.length).map((line) => indent + line),
  );
  return lines.length === 0 ? [] : [[paint.chalk.bold("Ignores to look at"), "", ...lines]];
}

/** What is in the folder and was not read: links out of the project, what cannot be read. */
function passedOver({ report, paint, prose }: Page): Lines[] {
  const lines = report.files.passedOver.flatMap(({ path, because }) =>
    wrap(printable(`${path} ${because}`), prose - indent.length).map((line) => indent + line),
  );
  return lines.length === 0 ? [] : [[paint.chalk.bold("Not looked at"), "", ...lines]];
}

function nameOf({ report }: Page, { check, on: platforms }: SharedResult): string {
  const some = platforms.length > 0 && platforms.length < report.platforms.length;
  const on = some ? ` on ${platformNames(platforms)}` : "";
  return `${check.title}${on} (${[check.id, ...(check.django ?? [])].join(", ")})`;
}

function reasons(page: Page, result: SharedResult): Lines {
  const { check, status, reason, evidence, findings } = result;
  const told = findings.map((finding) => redactFinding(finding, page.report.files, check.area === "secrets"));
  // The reason of an unknown result is the message of its first finding, that of an ignored one is with its findings.
  const hasOwn = status !== "ignored" && (status !== "unknown" || told.length === 0);
  return dimmed(page, [
    ...(reason !== undefined && hasOwn ? [reason] : []),
    ...told.map(({ message, at }) => placed({ text: message, at })),
    ...setAsideTexts(result, page.report),
    ...evidence.map(placed),
  ]);
}

function dimmed(page: Page, texts: readonly string[]): Lines {
  const margin = " ".repeat(labelWidth);
  return texts.flatMap((text) => sentence(page, text)).map((line) => margin + page.paint.chalk.dim(line));
}

function placed({ text, at }: Pick<Evidence, "text" | "at">): string {
  return at ? `${text}, ${at.file}:${at.line}` : text;
}

/** With several platforms, what it comes to on each. */
function perPlatform({ report, paint, prose }: Pick<Page, "report" | "paint" | "prose">): Lines {
  const { platforms, result } = report;
  if (platforms.length < 2) return [];
  const width = Math.max(...platforms.map(({ platform }) => platform.name.length)) + 2;
  const lines = platforms.flatMap(({ platform, targeted }) => {
    const results = result.results.filter((one) => one.platform === undefined || one.platform === platform);
    const { failed: counts } = summarise(results);
    const found = [counted(counts.error, "error"), counted(counts.warning, "warning")].join(", ");
    const aside = targeted ? "" : paint.chalk.dim("  (not targeted)");
    return wrap(found, prose - width).map((line) => `  ${platform.name.padEnd(width)}${line}${aside}`);
  });
  return [...lines, ""];
}

/** What no file shows and this project has a reason to look at. */
function lookedAtByHand({ report, paint, prose }: Pick<Page, "report" | "paint" | "prose">): Lines {
  const items = paint.quiet || !report.everyCheck ? [] : byHandFor(report);
  if (items.length === 0) return [];
  const ids = items.map(({ id }) => id).join(", ");
  return wrap(`To verify by hand: ${ids} (deploy-check list --manual)`, prose).map((line) =>
    paint.chalk.dim(line),
  );
}

/** The counts, and last of all the answer. */
function conclusion({ report, paint, prose }: Page): Lines {
  const { kind, sentence: answer } = verdict(report);
  const colours = { ready: paint.chalk.green, "not-ready": paint.chalk.red, open: paint.chalk.yellow };
  const more = paint.verbose || paint.quiet ? "" : " (--verbose shows them all)";
  const aside = setAsideSentence(report.result.results);
  const because =
    kind === "not-ready" ? undefined : failsBecause(report.result.results, report.gate, report.ignoreNotes);
  const fails = because === undefined ? "" : `; ${because}`;
  return [
    ...perPlatform({ report, paint, prose }),
    ...lookedAtByHand({ report, paint, prose }),
    ...wrap(`${countsSentence(report.result.results)}${more}`, prose),
    ...(aside === undefined ? [] : wrap(aside, prose)),
    ...wrap(`${answer}${fails}`, prose).map((line) => paint.chalk.bold(colours[kind](line))),
  ];
}
