import type { Framework } from "../facts/project.ts";
import { platformNames } from "./groups.ts";
import { printable } from "./printable.ts";
import type { Paint, Report } from "./report.ts";
import { maskKnownSecrets } from "./secret-text.ts";
import { hanging, wrap } from "./width.ts";

/** What was judged: the project, its settings, where it will run, and what "production" means. */
export function head(report: Report, { chalk, verbose }: Paint, width: number): readonly string[] {
  const rows = headRows(report, verbose ? Number.POSITIVE_INFINITY : 6);
  // Texts begin in the same column, whichever labels there are.
  const labelWidth = "Taken as set".length + 4;
  return [
    chalk.bold(`deploy-check ${report.version}`),
    ...rows.flatMap(([label, text]) => {
      const lines = wrap(printable(maskKnownSecrets(text)), Math.max(width - labelWidth, 20));
      const first = `  ${label}`.padEnd(labelWidth);
      return hanging(first, lines).map((line, at) =>
        at === 0 ? chalk.dim(first) + line.slice(first.length) : line,
      );
    }),
  ];
}

/** Its lines, a label and a text each; of the variables taken as set, `most` are named. */
export function headRows(report: Report, most: number): readonly (readonly [label: string, text: string])[] {
  const rows = [
    ["Project", project(report)],
    ["Settings", settings(report)],
    [report.platforms.length > 1 ? "Platforms" : "Platform", platforms(report)],
    ["Production", report.result.facts.settings?.production],
    ["Taken as set", required(report, most)],
  ] as const;
  return rows.flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
}

const frameworks: Readonly<Record<Framework, string>> = {
  django: "Django",
  flask: "Flask",
  fastapi: "FastAPI",
  starlette: "Starlette",
  python: "Python",
  node: "Node",
};

function project({ root, result }: Report): string {
  const found = result.facts.project;
  if (!found) return root;
  const folder = found.folder === "" ? root : `${root}/${found.folder}`;
  return `${folder}, ${frameworks[found.framework]}, recognised by ${found.recognisedBy}`;
}

function settings({ result }: Report): string | undefined {
  const { project: found, settingsModule, settings: judged } = result.facts;
  if (settingsModule) {
    const version = judged?.djangoVersion === undefined ? "" : ` (Django ${judged.djangoVersion})`;
    return `${settingsModule.module}${version}: ${settingsModule.evidence}`;
  }
  return found?.framework === "django" ? "could not be judged" : undefined;
}

function platforms({ platforms: targets }: Report): string {
  const told = targets.filter(({ targeted }) => targeted);
  const others = targets.filter(({ targeted }) => !targeted).map(({ platform }) => platform);
  return [
    ...told.map(({ platform, because }) =>
      because === undefined
        ? `${platform.name}: nothing in the project names another`
        : `${platform.name}: ${because}`,
    ),
    ...(others.length > 0
      ? [`${platformNames(others)}, not targeted yet: what is missing to deploy there`]
      : []),
  ].join("; ");
}

/** The variables that production cannot do without, and which nothing in the repository declares. */
function required({ result }: Report, most: number): string | undefined {
  const names = [...new Set((result.facts.settings?.required ?? []).map(({ name }) => name))];
  if (names.length === 0) return undefined;
  const shown = names.slice(0, names.length > most + 1 ? most : names.length);
  const more = names.length - shown.length;
  return shown.map((name) => `$${name}`).join(", ") + (more > 0 ? ` and ${more} more` : "");
}
