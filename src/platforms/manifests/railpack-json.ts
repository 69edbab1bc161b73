import type { Location } from "../../location.ts";
import type { Command, ManifestProblem, Step } from "../manifest.ts";
import type { DeclaredRuntime } from "../platform.ts";
import { any, departures, listOf, map, type Shape, scalar, text } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readLooseJson } from "./tree-json.ts";

/** railpack.json (railwayapp/railpack @b5e8058, 2026-08-18: core/config/config.go, core/plan/step.go). */
export interface RailpackJson {
  readonly path: string;
  readonly start: Command | undefined;
  /** `packages.python`, which overrides every version file. */
  readonly python: DeclaredRuntime | undefined;
  readonly steps: readonly Step[];
  readonly provider: string | undefined;
  readonly providerAt?: Location | undefined;
  readonly problems: readonly ManifestProblem[];
}

const step: Shape = map({
  name: text,
  inputs: listOf(any),
  commands: listOf(any),
  secrets: listOf(text),
  assets: map({}, { others: text }),
  variables: map({}, { others: text }),
  caches: listOf(text),
  deployOutputs: listOf(any),
});

const shape: Shape = map({
  $schema: any,
  provider: text,
  buildAptPackages: listOf(text),
  steps: map({}, { others: step }),
  deploy: map({
    aptPackages: listOf(text),
    base: map({}, { others: any }),
    inputs: listOf(any),
    startCommand: text,
    variables: map({}, { others: text }),
    paths: listOf(text),
  }),
  packages: map({}, { others: scalar }),
  caches: map({}, { others: any }),
  secrets: listOf(text),
  exclude: listOf(text),
});

export function readRailpackJson(path: string, content: string): RailpackJson {
  const { root, problems } = readLooseJson(path, content);
  const start = root.get("deploy").get("startCommand");
  const python = root.get("packages").get("python");
  return {
    path,
    start: start.text ? { command: start.text, at: start.at } : undefined,
    python:
      python.text === undefined
        ? undefined
        : { text: python.text, version: /^\d+\.\d+(?:\.\d+)?$/.exec(python.text)?.[0], at: python.at },
    steps: root.get("steps").entries.flatMap(([, node]) => commands(node)),
    provider: root.get("provider").text,
    providerAt: root.get("provider").at,
    problems: [...problems, ...departures(root, shape, "Railpack").filter(matters)].map(refused),
  };
}

/** Go compares the names of keys without regard to case. */
function matters({ kind, message, fix }: ManifestProblem): boolean {
  return (
    kind !== "unknown" ||
    fix === undefined ||
    !message.toLowerCase().includes(`${fix.toLowerCase()} is no key`)
  );
}

/** A file that cannot be parsed into Railpack's types ends the build (core/core.go, GenerateConfigFromFile). */
function refused(problem: ManifestProblem): ManifestProblem {
  return problem.kind === "wrong-type" ? { ...problem, severity: "error" } : problem;
}

/** Texts, or `{ "cmd": … }`; `...` stands for the commands that Railpack generates. */
function commands(node: ManifestNode): Step[] {
  return node.get("commands").items.flatMap((item) => {
    const command = item.text ?? item.get("cmd").text;
    if (command === undefined || command === "..." || /^(?:COPY|PATH|FILE)#/.test(command)) return [];
    return [{ phase: "build", command: command.replace(/^RUN#/, ""), at: item.at }];
  });
}
