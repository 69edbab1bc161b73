import type { Command, EnvDeclaration, ManifestProblem, Step } from "../manifest.ts";
import type { DeclaredRuntime } from "../platform.ts";
import { any, departures, listOf, map, type Shape, text } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readJson } from "./tree-json.ts";
import { readToml } from "./tree-toml.ts";

/** nixpacks.toml or nixpacks.json (railwayapp/nixpacks @f51d7fd, 2025-08-04: src/nixpacks/plan/{mod,phase}.rs). */
export interface NixpacksConfig {
  readonly path: string;
  /** `start.cmd`: it stands over the Procfile. */
  readonly start: Command | undefined;
  /** The commands of `phases`, in the file's order. */
  readonly steps: readonly Step[];
  /** `variables` are there in the build and in the image. */
  readonly env: readonly EnvDeclaration[];
  readonly providers: readonly string[] | undefined;
  /** The Python among `nixPkgs` of the setup phase, where they replace Nixpacks' own. */
  readonly python: DeclaredRuntime | undefined;
  readonly problems: readonly ManifestProblem[];
}

const texts = listOf(text);

const phase: Shape = map({
  name: text,
  dependsOn: texts,
  nixPkgs: texts,
  nixPackages: texts,
  nixLibs: texts,
  nixLibraries: texts,
  nixOverlays: texts,
  nixpkgsArchive: text,
  aptPkgs: texts,
  aptPackages: texts,
  cmds: texts,
  commands: texts,
  onlyIncludeFiles: texts,
  cacheDirectories: texts,
  paths: texts,
  envPaths: texts,
});

const shape: Shape = map({
  $schema: any,
  providers: texts,
  buildImage: text,
  variables: map({}, { others: text }),
  staticAssets: map({}, { others: text }),
  phases: map({}, { others: phase }),
  start: map({ cmd: text, runImage: text, onlyIncludeFiles: texts, user: text }),
});

export function readNixpacksConfig(path: string, content: string): NixpacksConfig {
  const { root, problems } = path.endsWith(".json") ? readJson(path, content) : readToml(path, content);
  const start = root.get("start").get("cmd");
  const providers = root.get("providers");
  return {
    path,
    start: start.text?.trim() ? { command: start.text, at: start.at } : undefined,
    steps: root.get("phases").entries.flatMap(([, node]) =>
      [...node.get("cmds").items, ...node.get("commands").items].flatMap(({ text: command, at }) =>
        // `...` and `@auto` stand for the commands that Nixpacks generates.
        command === undefined || command === "..." || command === "@auto"
          ? []
          : [{ phase: "build" as const, command, at }],
      ),
    ),
    env: root
      .get("variables")
      .entries.map(([name, { text: value, at }]) => ({ name, value, scope: "both" as const, at })),
    providers: providers.exists ? providers.items.flatMap(({ text: one }) => one ?? []) : undefined,
    python: replacedPython(root.get("phases").get("setup")),
    problems: [...problems, ...departures(root, shape, "Nixpacks")].map((problem) =>
      // serde refuses a value of another type, and the build ends.
      problem.kind === "wrong-type" ? { ...problem, severity: "error" as const } : problem,
    ),
  };
}

/** `nixPkgs = ["python311"]`; with `...` in the list Nixpacks adds its own choice. */
function replacedPython(setup: ManifestNode): DeclaredRuntime | undefined {
  const packages = [...setup.get("nixPkgs").items, ...setup.get("nixPackages").items];
  if (packages.some(({ text: name }) => name === "..." || name === "@auto")) return undefined;
  for (const { text: name = "", at } of packages) {
    const [, major, minor] = /^python(\d)(\d+)$/.exec(name) ?? [];
    if (major !== undefined) return { text: name, version: `${major}.${minor}`, at };
  }
  return undefined;
}
