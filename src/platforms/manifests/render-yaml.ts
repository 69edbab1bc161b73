import type { EnvDeclaration, Manifest, Process, Step } from "../manifest.ts";
import type { Platform } from "../platform.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/** A Blueprint: https://render.com/docs/blueprint-spec (render-oss/skills @3f2aa30, 2026-08-18). */
export interface RenderYaml extends Manifest {
  /** The Dockerfile of the web service, when it runs from an image that Render builds and names no command. */
  readonly dockerfile: { readonly path: string; readonly folder: string } | undefined;
  readonly disk: Platform["disk"];
}

/** `folder` is the project's: of several web services the one whose `rootDir` it is counts. */
export function readRenderYaml(path: string, text: string, folder: string): RenderYaml {
  const { root, problems } = readYaml(path, text);
  const environments = root.get("projects").items.flatMap((project) => project.get("environments").items);
  const holders = [root, ...environments, root.get("ungrouped")];
  const services = holders.flatMap((holder) => holder.get("services").items);
  const groups = holders.flatMap((holder) => holder.get("envVarGroups").items);
  const web = chooseWeb(services, folder);
  const workers = services.filter((service) => service.get("type").text === "worker");
  const isDocker = runtimeOf(web) === "docker";
  return {
    path,
    processes: [...(web ? processes("web", web) : []), ...workers.flatMap((one) => processes("worker", one))],
    env: web ? web.get("envVars").items.flatMap((entry) => variables(entry, groups)) : [],
    steps: web ? steps(web) : [],
    problems,
    dockerfile:
      web && isDocker && !web.get("dockerCommand").exists
        ? { path: web.get("dockerfilePath").text ?? "./Dockerfile", folder: rootDir(web) }
        : undefined,
    disk: web?.get("disk").exists ? "persistent" : "ephemeral",
  };
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
  return [{ name: name.text, value: entry.get("value").text, at: name.at }];
}
