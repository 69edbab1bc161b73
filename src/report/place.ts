import type { Area } from "../check.ts";
import type { Finding } from "../finding.ts";
import { startOf } from "../location.ts";
import type { CheckResult } from "../run.ts";
import { sourceOf } from "./mask.ts";
import type { Report } from "./report.ts";

/** A stretch of a file, for formats in which nothing can be told of without one. */
export interface Place {
  /** From the top of the repository, with forward slashes. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  /** The column after the last character. */
  readonly endColumn: number;
  /** Whether it stands for a place that is not there. */
  readonly instead: boolean;
}

/**
 * Where a finding is shown. One that is about something which is not there gets the first line of the file
 * that would have it (docs/formats.md): a file that its message names, else one by the area of its check.
 * Where only the start is known, it reaches to the end of the line.
 */
export function placeOf(finding: Finding, result: CheckResult, report: Report): Place {
  const own = finding.at && isThere(finding.at.file, report) ? finding.at : undefined;
  const at = own ?? startOf(anchorOf(finding, result, report));
  const { file, line, column, endLine = line } = at;
  const length = sourceOf(report.files, file)?.original(endLine)?.length ?? 0;
  const endColumn = at.endColumn ?? Math.max(endLine === line ? column : 1, length + 1);
  return { file: report.prefix + file, line, column, endLine, endColumn, instead: own === undefined };
}

/** Some findings name the file that has to be made. */
function isThere(file: string, { files }: Report): boolean {
  return files.isFile(file) || files.isIgnored(file) || files.tracked?.has(file) === true;
}

function anchorOf({ message }: Finding, { check, platform }: CheckResult, report: Report): string {
  const { files, result } = report;
  const { project, settings, deployment } = result.facts;
  const folder = project?.folder ? `${project.folder}/` : "";
  const inFolder = (name: string) => [folder + name, name].find((path) => files.isFile(path));
  const first = (names: readonly string[]) => names.map(inFolder).find((path) => path !== undefined);
  const named = first(message.split(/[\s"'`,;:()]+/).filter((word) => word !== ""));
  if (named !== undefined) return named;
  const judged = platform === undefined || platform.id === deployment?.platform.id;
  const found: Readonly<Record<Anchor, string | undefined>> = {
    settings: settings?.file,
    manifest: first([...(judged ? (deployment?.manifests ?? []) : []), "Procfile", "Dockerfile"]),
    packages: first(packageLists),
    gitignore: first([".gitignore"]),
    start: project?.managePy,
  };
  const order: readonly Anchor[] = [...anchors[check.area], "start", "settings", "packages", "manifest"];
  const anchor = order.map((kind) => found[kind]).find((path) => path !== undefined && files.isFile(path));
  return anchor ?? files.list.find((path) => path.startsWith(folder)) ?? files.list[0] ?? "manage.py";
}

type Anchor = "settings" | "manifest" | "packages" | "gitignore" | "start";

/** The file that somebody would open first to mend something of an area. */
const anchors: Readonly<Record<Area, readonly Anchor[]>> = {
  settings: ["settings"],
  secrets: ["gitignore"],
  hosts: ["settings"],
  processes: ["manifest"],
  platform: ["manifest"],
  images: ["manifest"],
  runtime: ["packages"],
  database: ["settings"],
  static: ["settings"],
  services: ["settings"],
  logging: ["settings"],
  exposure: ["settings"],
  frameworks: ["packages"],
};

const packageLists = ["requirements.txt", "pyproject.toml", "Pipfile", "setup.py", "package.json"];
