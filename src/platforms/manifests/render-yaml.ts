import type {
  Command,
  EnvDeclaration,
  Manifest,
  ManifestProblem,
  Process,
  Service,
  Step,
} from "../manifest.ts";
import { type Memory, memoryOfPlan } from "../memory.ts";
import type { Platform } from "../platform.ts";
import { blueprint } from "./render-shape.ts";
import { departures } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/** A Blueprint: https://render.com/docs/blueprint-spec (render-oss/skills @3f2aa30, 2026-08-18). */
export interface RenderYaml extends Manifest {
  /** The Dockerfile of the web service, when it runs from an image that Render builds and names no command. */
  readonly dockerfile: { readonly path: string; readonly folder: string } | undefined;
  /** It runs from an image: what Render's own Python does has no part in it. */
  readonly fromImage: boolean;
  readonly disk: Platform["disk"];
  /** `rootDir` of the web service; undefined if there is none. */
  readonly folder: string | undefined;
  readonly services: readonly Service[];
  readonly memory: Memory | undefined;
  /** `healthCheckPath`; undefined without a web service. */
  readonly health: { readonly path: string | undefined; readonly at: Command["at"] } | undefined;
}

/** `folder` is the project's: of several web services the one whose `rootDir` it is counts. */
export function readRenderYaml(path: string, text: string, folder: string): RenderYaml {
  const { root, problems } = readYaml(path, text);
  const environments = root.get("projects").items.flatMap((project) => project.get("environments").items);
  const holders = [root, ...environments, root.get("ungrouped")];
  const all = (key: string) => holders.flatMap((holder) => holder.get(key).items);
  const services = all("services");
  const groups = all("envVarGroups");
  const databases = all("databases");
  const web = chooseWeb(services, folder);
  const workers = services.filter((service) => service.get("type").text === "worker");
  const isDocker = runtimeOf(web) === "docker";
  const health = web?.get("healthCheckPath");
  return {
    path,
    processes: [...(web ? processes("web", web) : []), ...workers.flatMap((one) => processes("worker", one))],
    env: web ? web.get("envVars").items.flatMap((entry) => variables(entry, groups)) : [],
    steps: web ? steps(web) : [],
    problems: [
      ...problems,
      ...departures(root, blueprint, "Render"),
      ...wiring(services, databases),
      ...groups.flatMap(groupMistakes),
    ],
    dockerfile:
      web && isDocker && !web.get("dockerCommand").exists
        ? { path: web.get("dockerfilePath").text ?? "./Dockerfile", folder: rootDir(web) }
        : undefined,
    fromImage: web !== undefined && runtimeOf(web) !== "python",
    disk: web?.get("disk").exists ? "persistent" : "ephemeral",
    folder: web && rootDir(web),
    memory: memoryOfPlan(web?.get("plan"), plans),
    services: [
      ...databases.map((node) => ({ kind: "postgres" as const, ...nameOf(node) })),
      ...services.filter(isKeyValue).map((node) => ({ kind: "redis" as const, ...nameOf(node) })),
    ],
    health: web && { path: health?.text, at: health?.exists ? health.at : web.at },
  };
}

/** https://render.com/pricing#services (2026), in MB. */
const plans = { free: 512, starter: 512, standard: 2048, pro: 4096, "pro plus": 8192, "pro max": 16_384 };

function nameOf(node: ManifestNode): Pick<Service, "name" | "at"> {
  const name = node.get("name");
  return { name: name.text ?? "", at: name.at };
}

function isKeyValue(service: ManifestNode): boolean {
  return ["keyvalue", "redis"].includes(service.get("type").text ?? "");
}

/** `env` is the old name of `runtime`. */
function runtimeOf(service: ManifestNode | undefined): string | undefined {
  return service?.get("runtime").text ?? service?.get("env").text;
}

function rootDir(service: ManifestNode): string {
  return (service.get("rootDir").text ?? "").replace(/^\.?\/+|\/+$/g, "").replace(/^\.$/, "");
}

function chooseWeb(services: readonly ManifestNode[], folder: string): ManifestNode | undefined {
  const web = services.filter(
    (service) =>
      service.get("type").text === "web" && ["python", "docker", "image"].includes(runtimeOf(service) ?? ""),
  );
  const inFolder = web.filter((service) => rootDir(service) === folder);
  const candidates = inFolder.length > 0 ? inFolder : web;
  return candidates.find((service) => runtimeOf(service) === "python") ?? candidates[0];
}

function processes(name: string, service: ManifestNode): Process[] {
  const key = runtimeOf(service) === "python" ? "startCommand" : "dockerCommand";
  const command = service.get(key);
  if (!command.text?.trim()) return [];
  return [{ name, command: command.text, at: command.at, folder: rootDir(service) }];
}

function steps(service: ManifestNode): Step[] {
  const phases = [
    ["buildCommand", "build"],
    ["preDeployCommand", "release"],
  ] as const;
  return phases.flatMap(([key, phase]) => {
    const { text, at } = service.get(key);
    const shell = key === "buildCommand";
    return text === undefined
      ? []
      : [{ phase, command: text, at, folder: rootDir(service), ...(!shell && { shell }) }];
  });
}

/** `sync: false` is asked for once, in the dashboard; generated and linked values are made by Render. */
function variables(entry: ManifestNode, groups: readonly ManifestNode[]): EnvDeclaration[] {
  const group = entry.get("fromGroup").text;
  if (group !== undefined) {
    const found = groups.find((candidate) => candidate.get("name").text === group);
    return (found?.get("envVars").items ?? []).flatMap((inner) =>
      inner.get("fromGroup").exists ? [] : variables(inner, []),
    );
  }
  const name = entry.get("key");
  if (name.text === undefined) return [];
  const from = sourceOf(entry);
  return [{ name: name.text, value: entry.get("value").text, ...(from && { from }), at: name.at }];
}

function sourceOf(entry: ManifestNode): EnvDeclaration["from"] {
  if (entry.get("value").exists) return undefined;
  if (entry.get("generateValue").text === "true") return "generated";
  if (entry.get("fromDatabase").exists || entry.get("fromService").exists) return "service";
  return entry.get("sync").text === "false" ? "secret" : undefined;
}

/** References to what the Blueprint does not define (common-mistakes.md §7): it may be there from before. */
function* wiring(
  services: readonly ManifestNode[],
  databases: readonly ManifestNode[],
): Generator<ManifestProblem> {
  const has = (nodes: readonly ManifestNode[], name: string) =>
    nodes.some((node) => node.get("name").text === name);
  for (const entry of services.flatMap((service) => service.get("envVars").items)) {
    const key = entry.get("key").text ?? "a variable";
    for (const [from, nodes, what] of [
      ["fromDatabase", databases, "database"],
      ["fromService", services, "service"],
    ] as const) {
      const { text: name, at } = entry.get(from).get("name");
      if (name === undefined || has(nodes, name)) continue;
      const message = `${key} comes from the ${what} "${name}", which the Blueprint does not define`;
      const fix = `${what}s:\n  - name: ${name}`;
      yield { kind: "invalid", message, at, severity: "warning", fix };
    }
  }
}

/** field-reference.md, envVarGroups: "not valid in env var groups". */
function groupMistakes(group: ManifestNode): ManifestProblem[] {
  return group.get("envVars").items.flatMap((entry) =>
    ["sync", "fromDatabase", "fromService", "fromGroup"].flatMap((key) => {
      const { exists, at } = entry.get(key);
      if (!exists) return [];
      const message = `${entry.get("key").text ?? "an entry"} of the group ${group.get("name").text} has ${key}, which Render takes in a service alone`;
      const fix = "# in envVars of the service, not of the group";
      return [{ kind: "invalid" as const, message, at, severity: "warning" as const, fix }];
    }),
  );
}
