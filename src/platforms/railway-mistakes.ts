import { startOf } from "../location.ts";
import type { Command, ManifestProblem, Process } from "./manifest.ts";
import type { YamlProcfile } from "./manifests/procfile-yaml.ts";
import { needsShell } from "./shell/needs-shell.ts";

/** What Railway does otherwise than the files were meant. */
export interface RailwayQuestion {
  readonly procfile?: YamlProcfile | undefined;
  readonly started?: Process | undefined;
  /** Nixpacks builds, and runs `release` while it does. */
  readonly nixpacks?: boolean;
  /** A pre-deploy command is declared. */
  readonly before?: boolean;
  /** A configuration of Nixpacks that Railpack does not read. */
  readonly ignored?: string | undefined;
  readonly start?: Command | undefined;
  /** No shell reads the start command of a service that is built from a Dockerfile. */
  readonly inExecForm?: boolean;
}

const check = "railway-manifest";

/** The findings of the check `railway-manifest` (catalogue DC752). */
export function mistakes(question: RailwayQuestion): readonly ManifestProblem[] {
  return [...execForm(question), ...procfileEntries(question), ...ignoredConfig(question)];
}

/** deployments/start-command.md: "commands ran in exec form do not support variable expansion". */
function* execForm({ start, inExecForm }: RailwayQuestion): Generator<ManifestProblem> {
  const reason = start && inExecForm ? needsShell(start.command) : undefined;
  if (!start || reason === undefined) return;
  yield {
    kind: "invalid",
    message: `no shell reads the start command of a service that is built from a Dockerfile, so the program gets "${reason}" as it is written`,
    at: start.at,
    check,
    severity: "error",
    fix: `/bin/sh -c "${/^exec\b/.test(start.command) || /&&|;|\|/.test(start.command) ? "" : "exec "}${start.command.replaceAll('"', '\\"')}"`,
  };
}

function* procfileEntries({
  procfile,
  started,
  nixpacks = false,
  before = false,
}: RailwayQuestion): Generator<ManifestProblem> {
  if (!procfile || procfile.problems.length > 0) return;
  const { path, entries } = procfile;
  const release = entries.find(({ name }) => name === "release");
  if (release && !nixpacks) {
    const isStarted = started?.at === release.at;
    const alreadyDone = before || (started && migratesToo(release.command, started.command));
    if (isStarted) {
      yield {
        kind: "invalid",
        message: `Railway starts the service with the release line of ${path}, because there is no web line`,
        at: release.at,
        check,
        severity: "error",
        fix: "web: gunicorn shop.wsgi",
      };
    } else if (!alreadyDone) {
      yield {
        kind: "unknown",
        message: `Railway does not run the release line of ${path}: "${release.command}"`,
        at: release.at,
        check,
        fix: `# railway.toml; for a new service: Settings > Deploy > Pre-deploy Command\n[deploy]\npreDeployCommand = [${JSON.stringify(release.command)}]`,
      };
    }
  }
  const others = entries.filter(({ name, at }) => name !== "release" && at !== started?.at);
  for (const { name, command, at } of started ? others : []) {
    yield {
      kind: "unknown",
      message: `a Railway service runs one command, so nothing starts ${name} of ${path} unless a second service does`,
      at,
      check,
      severity: "info",
      fix: `# the start command of a second service\n${command}`,
    };
  }
}

/** A release line that only migrates is no loss where the start command does. */
function migratesToo(release: string, start: string): boolean {
  const migrate = /\bmanage\.py\s+migrate\b/;
  return migrate.test(start) && migrate.test(release) && !/&&|;|\|/.test(release);
}

function* ignoredConfig({ ignored }: RailwayQuestion): Generator<ManifestProblem> {
  if (ignored === undefined) return;
  yield {
    kind: "unknown",
    message: `${ignored} is read only by a service that still builds with Nixpacks; Railpack does not read it`,
    at: startOf(ignored),
    check,
    fix: `git rm ${ignored}   # what it says goes into railpack.json`,
  };
}
