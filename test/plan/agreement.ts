import type { Plan, PlannedCommand } from "../../src/plan/plan.ts";
import type { BuilderCase, BuilderVerdict } from "../support/builder-cases.ts";

/** What a builder decides, in one vocabulary for its verdicts and our plans. */
export interface Decisions {
  readonly python: string | null;
  /** A file, "default", or the name of a variable. */
  readonly pythonFrom: string | null;
  readonly manager: string | null;
  readonly file: string | null;
  readonly install: string | null;
  readonly build: readonly string[];
  readonly collectstatic: string | null;
  readonly release: string | null;
  readonly start: string | null;
  /** "name: command", in order of name. */
  readonly processes: readonly string[] | null;
}

/** The part of a verdict that each decision is told by, for `unsettled`. */
export const partOf: Readonly<Record<keyof Decisions, keyof BuilderVerdict>> = {
  python: "python",
  pythonFrom: "python",
  manager: "manager",
  file: "file",
  install: "install",
  build: "build",
  collectstatic: "collectstatic",
  release: "release",
  start: "start",
  processes: "processes",
};

export function plannedDecisions(plan: Plan): Decisions {
  const { python, install, build, release, processes } = plan;
  const own = build.filter(({ at }) => isManagePy(at?.file));
  const web = processes.findLast(({ name }) => name === "web");
  return {
    python: python.version === undefined ? null : minorOf(python.version),
    pythonFrom: python.version === undefined ? null : sourceOf(python),
    manager: managerOf(install),
    file: install?.at?.file ?? null,
    install: install?.command ?? null,
    build: build.filter((step) => !own.includes(step)).map(({ command }) => command.trim()),
    collectstatic: own[0]?.at?.file ?? null,
    release: release[0]?.command.trim() ?? null,
    start: web?.command.trim() ?? null,
    processes: listed([...release.map(({ command }) => ["release", command] as const), ...named(processes)]),
  };
}

export function recordedDecisions(verdict: BuilderVerdict, { files }: BuilderCase): Decisions {
  const { python, manager, file, install, build, collectstatic, release, start, processes } = verdict;
  const source = python?.source ?? null;
  const releases = release !== null && !build.includes(release);
  return {
    python: python?.version ?? null,
    pythonFrom: source === null ? null : inProject(source, files),
    // Both install with pip.
    manager: manager === "setuptools" ? "pip" : manager,
    file: file === null ? null : inProject(file, files),
    install: lastCommand(install),
    build: build.map((command) => /^sh -c '(.*)'$/.exec(command)?.[1] ?? command),
    collectstatic,
    // Nixpacks runs it as a phase of the build, where it is listed.
    release: releases ? release.trim() : null,
    start: start?.trim() ?? null,
    processes: processes === undefined ? null : listed(Object.entries(processes)),
  };
}

/** A builder that enters the only folder names its files from there. */
function inProject(path: string, files: BuilderCase["files"]): string {
  return Object.hasOwn(files, path)
    ? path
    : (Object.keys(files).find((one) => one.endsWith(`/${path}`)) ?? path);
}

/** The command that installs the project's packages, behind those that make an environment and get the manager. */
function lastCommand(install: readonly string[]): string | null {
  const [command] = install.at(-1)?.split(" && ").slice(-1) ?? [];
  return command?.replace("PIPENV_VENV_IN_PROJECT=1 ", "") ?? null;
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

function sourceOf({ source, at }: Plan["python"]): string {
  return /^\$(\w+)/.exec(source)?.[1] ?? at?.file ?? "default";
}

function managerOf(install: PlannedCommand | undefined): string | null {
  return install?.command.split(" ")[0] ?? null;
}

function isManagePy(path: string | undefined): boolean {
  return path !== undefined && /(?:^|\/)manage\.py$/.test(path);
}

function named(processes: Plan["processes"]) {
  return processes.map(({ name, command }) => [name, command] as const);
}

function listed(entries: readonly (readonly [name: string, command: string])[]): readonly string[] {
  return entries.map(([name, command]) => `${name}: ${command.trim()}`).sort();
}
