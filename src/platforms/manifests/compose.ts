import type { Location } from "../../location.ts";
import type { EnvDeclaration, ExposedPort, ManifestProblem } from "../manifest.ts";
import type { HealthRules } from "../rules.ts";
import { literally, quote } from "../shell/expand.ts";
import {
  composeHealth,
  composeHealthcheck,
  composePorts,
  composeVolumes,
  type PublishedPort,
  publishedPorts,
  type Volume,
} from "./compose-parts.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/** A compose file. https://docs.docker.com/reference/compose-file/services/ */
export interface ComposeRead {
  readonly path: string;
  readonly problems: readonly ManifestProblem[];
  readonly services: readonly ComposeService[];
  /** The one that gets the requests. */
  readonly web: ComposeService | undefined;
}

export interface ComposeService {
  readonly name: string;
  readonly at: Location;
  /** As a shell command. */
  readonly command: ComposeCommand | undefined;
  readonly entrypoint: ComposeCommand | undefined;
  /** What its image is built from; undefined if it is only pulled. Relative to the compose file. */
  readonly build: ComposeBuild | undefined;
  readonly image: string | undefined;
  readonly env: readonly EnvDeclaration[];
  /** Relative to the compose file. */
  readonly envFiles: readonly { readonly path: string; readonly at: Location }[];
  readonly ports: readonly ExposedPort[];
  /** Those that are open on the machine. */
  readonly published: readonly PublishedPort[];
  readonly volumes: readonly Volume[];
  /** Undefined if it says nothing, so that the image's own counts. */
  readonly health: HealthRules | undefined;
  readonly instances: number | undefined;
  /** It only starts when one of these is asked for. */
  readonly profiles: readonly string[];
  /** Services that have to have ended well before it starts. */
  readonly after: readonly string[];
  readonly hostNetwork: boolean;
  /** The user that it is started as. */
  readonly user: string | undefined;
  /** An init of Docker's own is its first process. */
  readonly init: boolean;
  /** The most memory it gets, as written: "512m". */
  readonly memory: { readonly text: string; readonly at: Location } | undefined;
  /** The command of its own health check, as a shell command. */
  readonly healthcheck: ComposeCommand | undefined;
  /** Services that have to be well before it starts. */
  readonly afterHealthy: readonly string[];
}

export interface ComposeCommand {
  readonly text: string;
  readonly at: Location;
}

export interface ComposeBuild {
  readonly context: string;
  readonly dockerfile: string;
  readonly target: string | undefined;
}

/** Compose files that are meant for production, by name. */
export function looksLikeProduction(path: string): boolean {
  return /(?:^|[./_-])prod(?:uction)?(?:[./_-]|$)/i.test(path) && isCompose(path);
}

/** Compose files: the names that `docker compose` looks for, with something in between, and cookiecutter's. */
export function isCompose(path: string): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return /^(?:(?:docker-)?compose(?:[._-][\w.-]+)?|[\w-]+[._-](?:docker-)?compose|production)\.ya?ml$/i.test(
    name,
  );
}

/** The names that `docker compose` takes without being told. */
export function isDefaultCompose(path: string): boolean {
  return /(?:^|\/)(?:docker-)?compose\.ya?ml$/.test(path);
}

export function readCompose(path: string, text: string): ComposeRead {
  const { root, problems } = readYaml(path, text);
  const services = root.get("services").entries.map(([name, node]) => readService(name, node));
  return { path, problems, services, web: chooseWeb(services) };
}

const usualNames = /^(?:web|app|django|backend|server|api|wsgi|asgi)$/i;
const servers = /\b(?:gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve|uwsgi|runserver)\b/;

/** The service whose command is a server; failing that, one that is built and has a usual name. */
function chooseWeb(services: readonly ComposeService[]): ComposeService | undefined {
  return (
    services.find(({ command }) => servers.test(command?.text ?? "")) ??
    services.find(({ name, build }) => usualNames.test(name) && build) ??
    services.find(({ build }) => services.length === 1 && build)
  );
}

function readService(name: string, node: ManifestNode): ComposeService {
  const build = node.get("build");
  const replicas = Number(node.get("deploy").get("replicas").text ?? node.get("scale").text);
  return {
    name,
    at: node.at,
    command: commandOf(node.get("command")),
    entrypoint: commandOf(node.get("entrypoint")),
    build: build.exists
      ? {
          context: build.text ?? build.get("context").text ?? ".",
          dockerfile: build.get("dockerfile").text ?? "Dockerfile",
          target: build.get("target").text,
        }
      : undefined,
    image: node.get("image").text,
    env: environment(node.get("environment")),
    envFiles: pathsOf(node.get("env_file")),
    ports: composePorts(node),
    published: publishedPorts(node),
    volumes: composeVolumes(node.get("volumes")),
    health: composeHealth(node.get("healthcheck")),
    instances: Number.isInteger(replicas) ? replicas : undefined,
    profiles: node.get("profiles").items.flatMap(({ text }) => text ?? []),
    after: waitsFor(node, "service_completed_successfully"),
    hostNetwork: node.get("network_mode").text === "host",
    user: node.get("user").text,
    init: node.get("init").text === "true",
    memory: memoryOf(node),
    healthcheck: composeHealthcheck(node.get("healthcheck")),
    afterHealthy: waitsFor(node, "service_healthy"),
  };
}

function waitsFor(node: ManifestNode, condition: string): readonly string[] {
  return node
    .get("depends_on")
    .entries.filter(([, one]) => one.get("condition").text === condition)
    .map(([other]) => other);
}

function memoryOf(node: ManifestNode): ComposeService["memory"] {
  const limit = node.get("deploy").get("resources").get("limits").get("memory");
  const { text, at } = limit.exists ? limit : node.get("mem_limit");
  return text === undefined ? undefined : { text, at };
}

/**
 * A text is split into words by compose, and no shell reads it. `$$` is a dollar; `${NAME}` is filled in by
 * compose, from variables of whoever starts it, so it is left for the one who reads the command.
 */
function commandOf(node: ManifestNode): ComposeCommand | undefined {
  const words = node.items.map(({ text }) => text ?? "");
  const text = node.text ?? (words.length > 0 ? words.map(quote).join(" ") : undefined);
  if (!text?.trim()) return undefined;
  const filled: string[] = [];
  const marked = text.replace(/\$\$|\$\{[^}]{0,1000}\}|\$[A-Za-z_]\w*/g, (part) => {
    filled.push(part === "$$" ? "\\$" : part);
    return `\uE000${filled.length - 1}\uE000`;
  });
  return {
    text: literally(marked).replace(/\uE000(\d+)\uE000/g, (_, index: string) => filled[Number(index)] ?? ""),
    at: node.at,
  };
}

/** `NAME: value` or `- NAME=value`. A value that compose takes from its own environment is not known. */
function environment(node: ManifestNode, depth = 0): EnvDeclaration[] {
  const merged = depth > 5 || node.kind !== "map" ? [] : mergedInto(node);
  const declared = [
    ...node.entries.map(([name, value]) => ({ name, value: value.text, at: value.at })),
    ...node.items.map(({ text = "", at }) => {
      const [name = "", ...value] = text.split("=");
      return { name, value: value.length > 0 ? value.join("=") : undefined, at };
    }),
  ];
  return [
    ...merged.flatMap((one) => environment(one, depth + 1)),
    ...declared
      .filter(({ name }) => name !== "")
      .map((one) => ({ ...one, value: one.value?.includes("$") ? undefined : one.value })),
  ];
}

/** The maps of `<<: *base` and `<<: [*one, *other]`. */
function mergedInto(node: ManifestNode): readonly ManifestNode[] {
  const merged = node.get("<<");
  return merged.kind === "list" ? merged.items : merged.exists ? [merged] : [];
}

/** A path, or a list of paths or of `path: …`. */
function pathsOf(node: ManifestNode): ComposeService["envFiles"] {
  const all = node.kind === "list" ? node.items : [node];
  return all.flatMap((one) => {
    const path = one.text ?? one.get("path").text;
    return path === undefined ? [] : [{ path, at: one.at }];
  });
}
