import type { Location } from "../../location.ts";
import type { EnvDeclaration, ManifestProblem, Process } from "../manifest.ts";
import { type Memory, memory, memoryOfPlan } from "../memory.ts";
import { type HealthRules, noHealthCheck, type PortRules } from "../rules.ts";
import { flyShape } from "./fly-shape.ts";
import { departures } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readByName } from "./tree-file.ts";

/** fly.toml, or the same as JSON or YAML (superfly/docs @5c22c8c, 2026-08-07: reference/configuration). */
export interface FlyToml {
  readonly path: string;
  /** Process groups, the one that gets the requests as "web". No shell reads their commands. */
  readonly processes: readonly Process[];
  readonly env: readonly EnvDeclaration[];
  readonly problems: readonly ManifestProblem[];
  readonly release: { readonly command: string; readonly at: ManifestNode["at"] } | undefined;
  readonly build: FlyBuild;
  readonly port: (PortRules["declared"] & { readonly number: number }) | undefined;
  readonly health: HealthRules;
  /** Whether plain HTTP is sent on to HTTPS, where a service says so. */
  readonly forcesHttps: boolean;
  /** Folders of the image whose files Fly.io serves itself. */
  readonly statics: readonly { readonly url: string; readonly folder: string; readonly at: Location }[];
  readonly disk: "persistent" | "ephemeral";
  /** That of its machines, where all have the same. */
  readonly memory: Memory | undefined;
}

/** How the image comes about, as far as the file names it. */
export interface FlyBuild {
  readonly dockerfile: string | undefined;
  readonly target: string | undefined;
  /** An image that is only pulled. */
  readonly image: string | undefined;
  /** Cloud Native Buildpacks, or one of flyctl's own builders. */
  readonly builder: string | undefined;
}

export function readFlyToml(path: string, text: string): FlyToml {
  const { root, problems } = readByName(path, text);
  const services = [root.get("http_service"), ...several(root.get("services"))].filter(
    ({ exists }) => exists,
  );
  const groups = processGroups(root, services);
  const serving = services.find(
    (service) => namesOf(service).length === 0 || groups.serves(namesOf(service)),
  );
  const instances = Number(serving?.get("min_machines_running").text);
  const build = root.get("build");
  const release = root.get("deploy").get("release_command");
  const port = serving?.get("internal_port");
  return {
    path,
    processes: groups.processes.map((process) =>
      process.name === "web" && instances > 1 ? { ...process, instances } : process,
    ),
    env: several(root.get("env")).flatMap(({ entries }) =>
      entries.flatMap(([name, { text: value, at }]) => (value === undefined ? [] : [{ name, value, at }])),
    ),
    problems: [...problems, ...departures(root, flyShape, "Fly.io")],
    release: release.text?.trim() ? { command: release.text, at: release.at } : undefined,
    build: {
      dockerfile: build.get("dockerfile").text,
      target: build.get("build-target").text ?? build.get("build_target").text,
      image: build.get("image").text,
      builder: build.get("builder").text ?? build.get("builtin").text,
    },
    port:
      port?.text !== undefined && /^\d+$/.test(port.text)
        ? { key: "internal_port", at: port.at, number: Number(port.text) }
        : undefined,
    health: healthCheck(root, services),
    forcesHttps: services.some(
      (service) =>
        service.get("force_https").text === "true" ||
        several(service.get("ports")).some((one) => one.get("force_https").text === "true"),
    ),
    statics: several(root.get("statics")).flatMap((one) => {
      const [url, folder] = [one.get("url_prefix").text, one.get("guest_path").text];
      return url === undefined || folder === undefined ? [] : [{ url, folder, at: one.at }];
    }),
    disk: root.get("mounts").exists || root.get("mount").exists ? "persistent" : "ephemeral",
    memory: machineMemory(several(root.get("vm"))),
  };
}

/** superfly/fly-go machine_guest.go (2026): what the smallest machines have by themselves, in MB. */
const sizes = {
  "shared-cpu-1x": 256,
  "shared-cpu-2x": 512,
  "shared-cpu-4x": 1024,
  "shared-cpu-8x": 2048,
  "performance-1x": 2048,
  "performance-2x": 4096,
};

function machineMemory([vm, ...others]: readonly ManifestNode[]): Memory | undefined {
  if (!vm || others.length > 0) return undefined;
  return (
    memory(vm.get("memory"), "m") ??
    memory(vm.get("memory_mb"), "m") ??
    (vm.get("memory").exists ? undefined : memoryOfPlan(vm.get("size"), sizes))
  );
}

/** A table, or a list of them. */
function several(node: ManifestNode): readonly ManifestNode[] {
  if (node.kind === "list") return node.items;
  return node.exists ? [node] : [];
}

function namesOf(service: ManifestNode): readonly string[] {
  return service.get("processes").items.flatMap(({ text }) => text ?? []);
}

/** The group that a service sends requests to is the web process; the default group is called "app". */
function processGroups(
  root: ManifestNode,
  services: readonly ManifestNode[],
): { readonly processes: readonly Process[]; serves(names: readonly string[]): boolean } {
  const node = root.get("processes");
  // The first Fly had a list of `name` and `command`.
  const listed = node.items.map((item) => [item.get("name").text ?? "", item.get("command")] as const);
  const declared = (node.kind === "list" ? listed : node.entries).map(
    ([name, { kind, text = "", at }]) => [name, kind === "text" ? text : "", at] as const,
  );
  const served = services.flatMap(namesOf);
  const isWeb = (name: string) =>
    served.includes(name) ||
    (served.length === 0 && (name === "app" || name === "web" || declared.length === 1));
  return {
    // An empty command is the image's own.
    processes: declared
      .filter(([, command]) => command.trim() !== "")
      .map(([name, command, at]) => ({ name: isWeb(name) ? "web" : name, command, at, shell: false })),
    serves: (names) => declared.length === 0 || names.some(isWeb),
  };
}

/**
 * The first check that asks for a path. Which answers count is said differently in two places, "2xx" and "200";
 * redirects are not followed and do not count in either.
 */
function healthCheck(root: ManifestNode, services: readonly ManifestNode[]): HealthRules {
  const asking = [
    ...services.flatMap((service) => [
      ...several(service.get("checks")),
      ...several(service.get("http_checks")),
    ]),
    ...topLevelChecks(root).filter((one) => one.get("type").text === "http"),
  ];
  const [first] = asking;
  if (first) {
    const port = first.get("port").text;
    return {
      ...noHealthCheck,
      kind: "http",
      path: first.get("path").text ?? "/",
      at: first.get("path").exists ? first.get("path").at : first.at,
      accepts: [200, 299],
      headers: headersOf(first.get("headers")),
      ...(port !== undefined && /^\d+$/.test(port) && { port: Number(port) }),
    };
  }
  const connects =
    services.some((service) => service.get("tcp_checks").exists) || topLevelChecks(root).length > 0;
  return connects ? { ...noHealthCheck, kind: "tcp" } : noHealthCheck;
}

function topLevelChecks(root: ManifestNode): readonly ManifestNode[] {
  const checks = root.get("checks");
  return checks.kind === "list" ? checks.items : checks.entries.map(([, one]) => one);
}

/** A table, or a list of `name` and `value`. */
function headersOf(node: ManifestNode): Readonly<Record<string, string>> {
  const listed = node.items.map(
    (item) => [item.get("name").text ?? "", item.get("value").text ?? ""] as const,
  );
  const named = node.entries.map(
    ([name, value]) => [name, value.text ?? value.items[0]?.text ?? ""] as const,
  );
  return Object.fromEntries([...listed, ...named]);
}
