import { areas, type Check, type Example } from "./check.ts";

/** The page of a check, in Markdown: docs/checks/<id>.md, and what `deploy-check explain` prints. */
export function explain(check: Check): string {
  const { docs } = check;
  const sections = [
    `# ${check.id}`,
    `**${check.title}**`,
    facts(check),
    `## Why it matters\n\n${docs.why}`,
    `## What to do\n\n${docs.fix}`,
    `## Example\n\nThis fails:\n\n${example(docs.bad)}`,
    `This passes:\n\n${example(docs.good)}`,
    ...(docs.notReported?.length ? [`## What is not reported\n\n${list(docs.notReported)}`] : []),
    ...(docs.links?.length ? [`## Links\n\n${list(docs.links.map((link) => `<${link}>`))}`] : []),
  ];
  return `${sections.join("\n\n")}\n`;
}

/** The page that leads to all the others, by area: docs/checks/README.md. */
export function index(checks: readonly Check[]): string {
  const sections = Object.entries(areas).flatMap(([area, name]) => {
    const inArea = checks.filter((check) => check.area === area);
    return inArea.length === 0 ? [] : [`## ${name}\n\n${table(inArea)}`];
  });
  return `# Checks\n\n${["`deploy-check explain ID` prints any of these pages.", ...sections].join("\n\n")}\n`;
}

function facts({ severity, area, django, aliases }: Check): string {
  return list([
    `Severity: ${severity}`,
    `Area: ${areas[area]}`,
    ...(django?.length ? [`Asks what Django asks: ${django.map(code).join(", ")}`] : []),
    ...(aliases?.length ? [`Was called: ${aliases.map(code).join(", ")}`] : []),
  ]);
}

function table(checks: readonly Check[]): string {
  const rows = checks.map(
    ({ id, title, severity, django = [] }) =>
      `| [${id}](${id}.md) | ${title} | ${severity} | ${django.map(code).join(", ")} |`,
  );
  return ["| Check | What it wants | Severity | Django |", "|---|---|---|---|", ...rows].join("\n");
}

function example(files: Example): string {
  return Object.entries(files)
    .map(([path, text]) => `\`${path}\`\n\n${fenced(path, text)}`)
    .join("\n\n");
}

/** A fence longer than any in the text, so that the text cannot end it. */
function fenced(path: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language(path)}\n${text.endsWith("\n") || text === "" ? text : `${text}\n`}${fence}`;
}

const languages: Readonly<Record<string, string>> = {
  py: "python",
  toml: "toml",
  json: "json",
  yaml: "yaml",
  yml: "yaml",
  sh: "sh",
};

function language(path: string): string {
  if (/(^|\/)Dockerfile/.test(path)) return "dockerfile";
  return languages[/\.(\w+)$/.exec(path)?.[1] ?? ""] ?? "";
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function code(text: string): string {
  return `\`${text}\``;
}
