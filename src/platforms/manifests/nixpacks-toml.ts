import type { Command, EnvDeclaration, ManifestProblem, Step } from "../manifest.ts";
import { any, departures, listOf, map, type Shape, text } from "./shape.ts";
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
    problems: [...problems, ...departures(root, shape, "Nixpacks")].map((problem) =>
      // serde refuses a value of another type, and the build ends.
      problem.kind === "wrong-type" ? { ...problem, severity: "error" as const } : problem,
    ),
  };
}
