import type { Location } from "../../location.ts";
import type { EnvDeclaration, Manifest, Process, Service, Step } from "../manifest.ts";
import { type HealthRules, noHealthCheck } from "../rules.ts";
import { appSpecShape } from "./app-spec-shape.ts";
import { departures, map } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/**
 * An app spec of DigitalOcean's App Platform: `.do/app.yaml`, or `.do/deploy.template.yaml`, which holds it
 * under `spec`. digitalocean/godo @3fce660 (2026-07-24), apps.gen.go.
 */
export interface AppSpec extends Manifest {
  /** The web service that the project is; undefined if there is none that is built from its files. */
  readonly web: AppService | undefined;
  /** Undefined if the file does not speak of any. */
  readonly services: readonly Service[] | undefined;
}

export interface AppService {
  readonly folder: string;
  readonly dockerfile: string | undefined;
  readonly run: Pick<Process, "command" | "at"> | undefined;
  readonly port: { readonly number: number; readonly at: Location } | undefined;
  readonly health: HealthRules;
}

/** `folder` is the project's: of several services the one that is built from it counts. */
export function readAppSpec(path: string, text: string, folder: string): AppSpec {
  const { root, problems } = readYaml(path, text);
  const spec = path.endsWith("deploy.template.yaml") || root.get("spec").exists ? root.get("spec") : root;
  const shape = spec === root ? appSpecShape : map({ spec: appSpecShape });
  const web = chooseWeb(spec.get("services").items, folder);
  const components = [...spec.get("workers").items].filter((one) => !one.get("image").exists);
  return {
    path,
    web: web && service(web),
    processes: [
      ...(web ? named("web", web) : []),
      ...components.flatMap((component) => named("worker", component)),
    ],
    env: [...spec.get("envs").items, ...(web?.get("envs").items ?? [])].flatMap(variable),
    steps: [...(web ? buildStep(web) : []), ...spec.get("jobs").items.flatMap(jobStep)],
    services: spec.get("databases").exists ? spec.get("databases").items.flatMap(database) : undefined,
    problems: [...problems, ...departures(root, shape, "App Platform")],
  };
}

function sourceDir(component: ManifestNode): string {
  return (component.get("source_dir").text ?? "").replace(/^\.?\/+|\/+$/g, "").replace(/^\.$/, "");
}

const otherLanguages = /^(?!python)[a-z]/;

function chooseWeb(services: readonly ManifestNode[], folder: string): ManifestNode | undefined {
  const built = services.filter((one) => !one.get("image").exists);
  const python = built.filter((one) => !otherLanguages.test(one.get("environment_slug").text ?? ""));
  return (
    python.find((one) => sourceDir(one) === folder) ??
    python.find((one) =>
      /python|gunicorn|uvicorn|daphne|manage\.py/.test(one.get("run_command").text ?? ""),
    ) ??
    python[0]
  );
}

function service(node: ManifestNode): AppService {
  const port = node.get("http_port");
  const number = Number(port.text);
  const [run] = named("web", node);
  return {
    folder: sourceDir(node),
    dockerfile: node.get("dockerfile_path").text,
    run: run && { command: run.command, at: run.at },
    port: Number.isInteger(number) && number > 0 ? { number, at: port.at } : undefined,
    health: health(node.get("health_check")),
  };
}

/** Without a path the check only connects. */
function health(node: ManifestNode): HealthRules {
  const path = node.get("http_path").exists ? node.get("http_path") : node.get("path");
  if (path.text === undefined) return { ...noHealthCheck, kind: "tcp" };
  return { ...noHealthCheck, kind: "http", path: path.text, at: path.at };
}

function named(name: string, component: ManifestNode): readonly Process[] {
  const { text, at } = component.get("run_command");
  return text?.trim() ? [{ name, command: text, at, folder: sourceDir(component) }] : [];
}

function buildStep(component: ManifestNode): readonly Step[] {
  const { text, at } = component.get("build_command");
  return text?.trim() ? [{ phase: "build", command: text, at, folder: sourceDir(component) }] : [];
}

/** A job without a kind runs after the deployment; those that fail over or have a schedule belong to none. */
function jobStep(job: ManifestNode): readonly Step[] {
  const kind = job.get("kind").text ?? "POST_DEPLOY";
  const { text, at } = job.get("run_command");
  if (!/^(?:PRE|POST)_DEPLOY$/.test(kind) || !text?.trim() || job.get("image").exists) return [];
  return [{ phase: "release", command: text, at, folder: sourceDir(job), source: `a ${kind} job` }];
}

const scopes: Readonly<Record<string, EnvDeclaration["scope"]>> = {
  RUN_TIME: "run",
  BUILD_TIME: "build",
  RUN_AND_BUILD_TIME: "both",
};

/** Both scopes unless it says otherwise. `${db.DATABASE_URL}` is filled in by the platform. */
function variable(entry: ManifestNode): readonly EnvDeclaration[] {
  const { text: name, at } = entry.get("key");
  if (name === undefined) return [];
  const value = entry.get("value").text;
  const scope = scopes[entry.get("scope").text ?? ""] ?? "both";
  if (entry.get("type").text === "SECRET" || value === undefined)
    return [{ name, from: "secret", scope, at }];
  if (value.includes("${")) return [{ name, from: "service", scope, at }];
  return [{ name, value, scope, at }];
}

const engines: Readonly<Record<string, Service["kind"]>> = {
  PG: "postgres",
  MYSQL: "mysql",
  REDIS: "redis",
  VALKEY: "redis",
  MONGODB: "mongodb",
};

function database(node: ManifestNode): readonly Service[] {
  const engine = node.get("engine");
  return [
    {
      kind: engines[engine.text ?? ""] ?? "other",
      name: node.get("name").text ?? engine.text ?? "",
      at: node.at,
    },
  ];
}
