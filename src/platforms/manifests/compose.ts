import type { EnvDeclaration, Manifest } from "../manifest.ts";
import { quote } from "../shell/expand.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/** The web service of a compose file. https://docs.docker.com/reference/compose-file/services/ */
export interface ComposeRead extends Manifest {
  readonly web: ComposeService | undefined;
}

export interface ComposeService {
  readonly name: string;
  /** As a shell command. */
  readonly command: { readonly text: string; readonly at: ManifestNode["at"] } | undefined;
  readonly entrypoint: { readonly text: string; readonly at: ManifestNode["at"] } | undefined;
  /** What its image is built from; undefined if it is only pulled. Relative to the compose file. */
  readonly build:
    | { readonly context: string; readonly dockerfile: string; readonly target: string | undefined }
    | undefined;
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

export function readCompose(path: string, text: string): ComposeRead {
  const { root, problems } = readYaml(path, text);
  const services = root.get("services").entries;
  const web = chooseWeb(services);
  return {
    path,
    processes: [],
    env: web ? environment(web[1].get("environment")) : [],
    steps: [],
    problems,
    web: web && readService(...web),
  };
}

const usualNames = /^(?:web|app|django|backend|server|api|wsgi|asgi)$/i;
const servers = /\b(?:gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve|uwsgi|runserver)\b/;

/** The service whose command is a server; failing that, one that is built and has a usual name. */
function chooseWeb(services: ManifestNode["entries"]): readonly [string, ManifestNode] | undefined {
  const usual = services.filter(([name]) => usualNames.test(name));
  return (
    services.find(([, service]) => servers.test(commandOf(service.get("command"))?.text ?? "")) ??
    usual.find(([, service]) => service.get("build").exists) ??
    services.find(([, service]) => services.length === 1 && service.get("build").exists)
  );
}

function readService(name: string, service: ManifestNode): ComposeService {
  const build = service.get("build");
  return {
    name,
    command: commandOf(service.get("command")),
    entrypoint: commandOf(service.get("entrypoint")),
    build: build.exists
      ? {
          context: build.text ?? build.get("context").text ?? ".",
          dockerfile: build.get("dockerfile").text ?? "Dockerfile",
          target: build.get("target").text,
        }
      : undefined,
  };
}

/** A text is split into words by compose, and no shell reads it; `$$` is a dollar. */
function commandOf(node: ManifestNode): ComposeService["command"] {
  const words = node.items.map(({ text }) => text ?? "");
  const text = node.text ?? (words.length > 0 ? words.map(quote).join(" ") : undefined);
  return text?.trim() ? { text: text.replaceAll("$$", "$"), at: node.at } : undefined;
}

/** `NAME: value` or `- NAME=value`. A value that compose takes from its own environment is not known. */
function environment(node: ManifestNode): EnvDeclaration[] {
  const declared = [
    ...node.entries.map(([name, value]) => ({ name, value: value.text, at: value.at })),
    ...node.items.map(({ text = "", at }) => {
      const [name = "", ...value] = text.split("=");
      return { name, value: value.length > 0 ? value.join("=") : undefined, at };
    }),
  ];
  return declared
    .filter(({ name }) => name !== "")
    .map((one) => ({ ...one, value: one.value?.includes("$") ? undefined : one.value }));
}
