import type { Command, Manifest, ManifestProblem } from "../manifest.ts";
import { any, boolean, departures, map, type Shape, scalar, text } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readLooseJson } from "./tree-json.ts";
import { readToml } from "./tree-toml.ts";

/**
 * railway.json or railway.toml: one service's build and deployment. Deprecated, with a last day.
 * railwayapp/docs @c2a634f (2026-08-21): config-as-code.md, config-as-code/reference.md.
 */
export interface RailwayConfig extends Manifest {
  readonly builder: "railpack" | "nixpacks" | "dockerfile" | undefined;
  readonly dockerfile: string | undefined;
  readonly start: Command | undefined;
  readonly healthPath: { readonly path: string; readonly at: Command["at"] } | undefined;
  /** It asks for a volume to be mounted. */
  readonly volume: boolean;
}

/** The day from which the file is no longer read (config-as-code.md). */
const lastDay = "2026-12-01";

const build: Shape = map({
  builder: scalar,
  buildCommand: any,
  buildEnvironment: any,
  watchPatterns: any,
  dockerfilePath: any,
  railpackVersion: any,
  nixpacksVersion: any,
  nixpacksPlan: any,
  nixpacksConfigPath: any,
});

const deploy: Shape = map({
  startCommand: text,
  preDeployCommand: any,
  healthcheckPath: text,
  healthcheckTimeout: scalar,
  restartPolicyType: text,
  restartPolicyMaxRetries: scalar,
  cronSchedule: text,
  multiRegionConfig: map({}, { others: map({}, { others: any }) }),
  numReplicas: scalar,
  region: any,
  overlapSeconds: scalar,
  drainingSeconds: scalar,
  limitOverride: any,
  requiredMountPath: text,
  sleepApplication: boolean,
  runtime: text,
  useLegacyStacker: boolean,
  ipv6EgressEnabled: boolean,
  registryCredentials: any,
});

const shape: Shape = map({
  $schema: any,
  build,
  deploy,
  environments: map({}, { others: map({ build, deploy }) }),
  agent: any,
  mcpServers: any,
});

export function readRailwayConfig(path: string, content: string): RailwayConfig {
  const { root, problems } = path.endsWith(".toml") ? readToml(path, content) : readLooseJson(path, content);
  // What is set for the environment that is called "production" stands over the rest; it is where people deploy.
  const production = root.get("environments").get("production");
  const at = (section: string, key: string): ManifestNode => {
    const own = production.get(section).get(key);
    return own.exists ? own : root.get(section).get(key);
  };
  const command = (node: ManifestNode): Command[] =>
    node.text?.trim() ? [{ command: node.text, at: node.at }] : [];
  const before = at("deploy", "preDeployCommand");
  const health = at("deploy", "healthcheckPath");
  const builder = at("build", "builder").text?.toLowerCase();
  return {
    path,
    processes: [],
    env: [],
    steps: [
      ...command(at("build", "buildCommand")).map((one) => ({ phase: "build" as const, ...one })),
      ...[before, ...before.items].flatMap(command).map((one) => ({ phase: "release" as const, ...one })),
    ],
    problems: [...problems, deprecation(path, root), ...departures(root, shape, "Railway")],
    builder:
      builder === "railpack" || builder === "nixpacks" || builder === "dockerfile" ? builder : undefined,
    dockerfile: at("build", "dockerfilePath").text,
    start: command(at("deploy", "startCommand"))[0],
    healthPath: health.text ? { path: health.text, at: health.at } : undefined,
    volume: at("deploy", "requiredMountPath").exists,
  };
}

function deprecation(path: string, root: ManifestNode): ManifestProblem {
  return {
    kind: "deprecated",
    message: `Railway stops reading ${path} on ${lastDay}, and a service that is created now does not read it at all`,
    at: root.at,
    severity: "warning",
    fix: "railway config migrate --apply   # writes .railway/railway.ts",
  };
}
