import type { ProjectFiles } from "../../files/project-files.ts";
import { startOf } from "../../location.ts";
import type { Command, ManifestProblem, Step } from "../manifest.ts";
import { type NixpacksConfig, readNixpacksConfig } from "../manifests/nixpacks-toml.ts";
import { readYamlProcfile, type YamlProcfile } from "../manifests/procfile-yaml.ts";
import { inside, readManifest } from "../read-manifest.ts";
import { nixpacksProvider, nixpacksStart } from "./nixpacks.ts";
import type { Provider } from "./railpack.ts";
import {
  type BuilderQuestion,
  type BuilderRead,
  givenStart,
  missingConfig,
  started,
  stops,
} from "./read-railpack.ts";

/** nixpacks.toml, then the Procfile, then Nixpacks' own idea (src/nixpacks/plan/generator.rs, get_build_plan). */
export function readNixpacks(
  files: ProjectFiles,
  folder: string,
  { start, onlyIf, given }: BuilderQuestion = {},
): BuilderRead {
  const path = [given?.get("NIXPACKS_CONFIG_FILE") ?? "", "nixpacks.toml", "nixpacks.json"]
    .map((name) => inside(folder, name))
    .find((one) => files.isFile(one));
  const config = path === undefined ? undefined : readManifest(files, path, readNixpacksConfig);
  const procfile = openProcfile(files, folder);
  const provider = nixpacksProvider(files, folder);
  const isPython = installsPython(config?.providers, provider);
  const other = isPython ? undefined : notPython(provider, folder, config);
  const own = isPython ? nixpacksStart(files, folder) : { start: undefined, problems: [] };
  const variable = givenStart(given, "NIXPACKS_START_CMD");
  const chosen: Command | undefined =
    start ?? variable ?? config?.start ?? (procfile && pick(procfile)) ?? own.start;
  const release = procfile?.entries.find(({ name }) => name === "release");
  return {
    manifests: [config?.path, procfile?.path].filter((one) => one !== undefined),
    processes: chosen?.command && !stops(procfile) ? [started(chosen, folder, onlyIf)] : [],
    steps: [
      ...(config?.steps ?? []),
      ...(release?.command ? [{ phase: "build" as const, command: release.command, at: release.at }] : []),
    ].map((step): Step => ({ ...step, folder })),
    env: config?.env ?? [],
    python: config?.python,
    problems: [
      ...(config?.problems ?? []),
      ...(procfile?.problems ?? []),
      ...own.problems,
      ...(release?.command && procfile ? [releasesTooEarly(procfile.path, release)] : []),
      ...(chosen?.command === "" ? [startsNothing(chosen)] : []),
      ...missingConfig(files, given, "NIXPACKS_CONFIG_FILE"),
      ...(other ? [other] : []),
    ],
    procfile,
    absent: other?.message,
  };
}

/** Rust's reader wants UTF-8, where Go's knows UTF-16 too. */
function openProcfile(files: ProjectFiles, folder: string): YamlProcfile | undefined {
  const path = inside(folder, "Procfile");
  const read = files.read(path);
  if (read.kind !== "text") return undefined;
  if (!read.encoding.startsWith("utf-16")) return readYamlProcfile(path, read.text, { nulls: "text" });
  const message = `${path} is UTF-16, and Nixpacks expects UTF-8`;
  return { path, entries: [], problems: [{ kind: "invalid", message, at: startOf(path) }] };
}

/** Without web and worker the first name of the alphabet (procfile.rs, get_start_cmd). */
function pick({ entries, path }: YamlProcfile): Command | undefined {
  const others = entries.filter(({ name }) => name !== "release").sort((a, b) => (a.name < b.name ? -1 : 1));
  const found =
    others.find(({ name }) => name === "web") ?? others.find(({ name }) => name === "worker") ?? others[0];
  if (!found || found.name === "web") return found;
  return { ...found, source: `the entry ${found.name} of ${path}, in place of web` };
}

/** procfile.rs, get_build_plan: a phase behind that of the build. */
function releasesTooEarly(path: string, { command, at }: Command): ManifestProblem {
  return {
    kind: "invalid",
    message: `Nixpacks runs the release line of ${path} while it builds, where there is no database`,
    at,
    severity: "warning",
    fix: `# outside the repository, as the command before or behind each deployment\n${command}`,
  };
}

/** An entry without a command counts all the same, and none of the others does. */
function startsNothing({ at }: Command): ManifestProblem {
  const message = `${at.file} names no command for the entry that Nixpacks starts`;
  return { kind: "invalid", message, at };
}

/** get_all_providers: `...` and `@auto` stand for what is detected, which is one. */
function installsPython(named: readonly string[] | undefined, found: Provider | undefined): boolean {
  const providers = named ?? ["..."];
  const detects = providers.some((name) => name === "..." || name === "@auto");
  return providers.includes("python") || (detects && found?.name === "Python");
}

function notPython(
  provider: Provider | undefined,
  folder: string,
  config: NixpacksConfig | undefined,
): ManifestProblem {
  if (config?.providers && provider?.name === "Python") {
    const message = `${config.path} names its providers without python, so Nixpacks installs none`;
    return { kind: "invalid", message, at: startOf(config.path), fix: 'providers = ["...", "python"]' };
  }
  const where = folder === "" ? "the root of the repository" : folder;
  if (!provider) {
    const message = `Nixpacks refuses to build: there is no requirements.txt, pyproject.toml, Pipfile or main.py in ${where}`;
    const at = startOf(inside(folder, "requirements.txt"));
    return { kind: "invalid", message, at, check: "dependency-manifest-missing" };
  }
  return {
    kind: "invalid",
    message: `${provider.file} makes Nixpacks build a ${provider.name} project, and install no Python`,
    at: startOf(inside(folder, provider.file)),
    fix: '# nixpacks.toml\nproviders = ["python"]   # before it: "node", where its assets are built',
  };
}
