import type { ProjectFiles } from "../../files/project-files.ts";
import { commandLine, startOf } from "../../location.ts";
import type { Command, EnvDeclaration, ManifestProblem, Process, Step } from "../manifest.ts";
import { readYamlProcfile, type YamlProcfile } from "../manifests/procfile-yaml.ts";
import { type RailpackJson, readRailpackJson } from "../manifests/railpack-json.ts";
import type { DeclaredRuntime } from "../platform.ts";
import { inside, readManifest } from "../read-manifest.ts";
import { type DefaultStart, isDjango, railpackProvider, railpackStart } from "./railpack.ts";

/** What a builder makes of a folder of the project. */
export interface BuilderRead {
  /** The files it was told by, in order of precedence. */
  readonly manifests: readonly string[];
  /** The one process that the image starts, called `web` because it is what gets the requests. */
  readonly processes: readonly Process[];
  readonly steps: readonly Step[];
  readonly env: readonly EnvDeclaration[];
  readonly python: DeclaredRuntime | undefined;
  readonly problems: readonly ManifestProblem[];
  readonly procfile: YamlProcfile | undefined;
  /** Why it installs no Python, as a sentence. */
  readonly absent: string | undefined;
}

export interface BuilderQuestion {
  /** A start command that stands over all that the builder finds. */
  readonly start?: Command | undefined;
  /** In words, what else has to hold for it to run. */
  readonly onlyIf?: string | undefined;
  /** Variables that are known to be set outside the repository (`--env`). */
  readonly given?: ReadonlyMap<string, string> | undefined;
}

/** A command that a variable of the builder's own names; it has no line to point at. */
export function givenStart(given: BuilderQuestion["given"], name: string): Command | undefined {
  const command = given?.get(name);
  return command ? { command, at: commandLine, source: `$${name} of --env` } : undefined;
}

/** A configuration that a variable names, which is not there: the builder refuses to go on. */
export function missingConfig(
  files: ProjectFiles,
  given: BuilderQuestion["given"],
  name: string,
): readonly ManifestProblem[] {
  const path = given?.get(name);
  if (!path || files.isFile(path)) return [];
  const message = `$${name} names ${path}, which is not there, so the build ends`;
  return [{ kind: "invalid", message, at: commandLine }];
}

/** railpack.json, then the Procfile, then Railpack's own idea (core/core.go, GenerateBuildPlan). */
export function readRailpack(
  files: ProjectFiles,
  folder: string,
  { start, onlyIf, given }: BuilderQuestion = {},
): BuilderRead {
  const named = given?.get("RAILPACK_CONFIG_FILE") || "railpack.json";
  const config = readManifest(files, inside(folder, named), readRailpackJson);
  const procfile = readManifest(files, inside(folder, "Procfile"), readYamlProcfile);
  const picked = procfile && pick(procfile);
  const fallback = railpackStart(files, folder, given);
  const variable = givenStart(given, "RAILPACK_START_CMD");
  const chosen: Command | DefaultStart | undefined = start ?? config?.start ?? variable ?? picked ?? fallback;
  const other = notPython(files, folder, config);
  return {
    manifests: [config?.path, procfile?.path].filter((path) => path !== undefined),
    processes: chosen && !stops(procfile) ? [started(chosen, folder, onlyIf)] : [],
    steps: (config?.steps ?? []).map((step) => ({ ...step, folder })),
    env: [],
    python: config?.python,
    problems: [
      ...(config?.problems ?? []),
      ...(procfile?.problems ?? []),
      ...missingConfig(files, given, "RAILPACK_CONFIG_FILE"),
      ...(other ? [other] : []),
      ...(chosen || stops(procfile) ? [] : startsNothing(files, folder)),
    ],
    procfile,
    absent: other?.message,
  };
}

/** A Procfile that is no YAML ends the build, whatever else names a start command. */
export function stops(procfile: YamlProcfile | undefined): boolean {
  return procfile !== undefined && procfile.problems.length > 0 && procfile.entries.length === 0;
}

/** A command in the image, where the folder is /app. */
export function started(
  { command, at, source }: Command,
  folder: string,
  onlyIf: string | undefined,
): Process {
  return {
    name: "web",
    command,
    at,
    folder,
    mounts: [{ from: folder, to: "/app" }],
    ...(source !== undefined && { source }),
    ...(onlyIf !== undefined && { onlyIf }),
  };
}

/** web, worker, or whatever Go's map happens to give first (procfile.go). */
function pick({ entries: all, path }: YamlProcfile): (Command & { readonly name: string }) | undefined {
  const entries = all.filter(({ command }) => command !== "");
  const called = (wanted: string) => entries.find(({ name }) => name === wanted);
  const found = called("web") ?? called("worker") ?? entries[0];
  if (!found || found.name === "web") return found;
  return { ...found, source: `the entry ${found.name} of ${path}, in place of web` };
}

function notPython(
  files: ProjectFiles,
  folder: string,
  config: RailpackJson | undefined,
): ManifestProblem | undefined {
  const found = railpackProvider(files, folder);
  if (config?.provider === "python") return undefined;
  if (config?.provider !== undefined) {
    const message = `${config.path} names the provider "${config.provider}", so Railpack installs no Python`;
    const at = config.providerAt ?? startOf(config.path);
    return { kind: "invalid", message, at, severity: "warning", fix: '"provider": "python"' };
  }
  if (found?.name === "Python") return undefined;
  const where = folder === "" ? "the root of the repository" : folder;
  if (found === undefined) {
    // Other languages have signs of their own that are not looked for here.
    const message = `Railpack installs no Python: there is no requirements.txt, pyproject.toml, Pipfile or main.py in ${where}`;
    const at = startOf(inside(folder, "requirements.txt"));
    return { kind: "invalid", message, at, check: "dependency-manifest-missing" };
  }
  return {
    kind: "invalid",
    message: `Railpack takes ${where} for a ${found.name} project, and installs no Python`,
    at: startOf(inside(folder, found.file)),
    severity: "warning",
    fix: '# railpack.json\n{ "provider": "python" }',
  };
}

/** A Django project that has no start command, and why Railpack makes none up. */
function startsNothing(files: ProjectFiles, folder: string): ManifestProblem[] {
  const path = inside(folder, "manage.py");
  if (!files.isFile(path) || railpackProvider(files, folder)?.name !== "Python") return [];
  const message = isDjango(files, folder)
    ? 'Railpack starts nothing: no Python file has a line of the form WSGI_APPLICATION = "shop.wsgi.application"'
    : "Railpack starts nothing: no requirements.txt, pyproject.toml or Pipfile names Django";
  const fix = isDjango(files, folder)
    ? '# in the settings, with one blank on each side of the sign\nWSGI_APPLICATION = "shop.wsgi.application"'
    : "# requirements.txt\ndjango";
  return [
    { kind: "invalid", message, at: startOf(path), severity: "warning", check: "railway-manifest", fix },
  ];
}
