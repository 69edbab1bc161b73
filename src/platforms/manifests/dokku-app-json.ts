import type { EnvDeclaration, Manifest, Step } from "../manifest.ts";
import type { HealthRules } from "../rules.ts";
import { noHealthCheck } from "../rules.ts";
import type { ManifestNode } from "./tree.ts";
import { readJson } from "./tree-json.ts";

/**
 * app.json as Dokku reads it: dokku/dokku @33896f5 (2026-08-21), docs/appendices/file-formats/app-json.md.
 * Keys of Heroku's that it does not know, such as `addons`, do nothing.
 */
export interface DokkuAppJson extends Manifest {
  /** A section that only Dokku has. */
  readonly isDokkus: boolean;
  /** The first HTTP check of the web process; without any, Dokku waits and looks whether it still runs. */
  readonly health: HealthRules;
}

export function readDokkuAppJson(path: string, text: string): DokkuAppJson {
  const { root, problems } = readJson(path, text);
  const scripts = root.get("scripts");
  const health = root.get("healthchecks");
  return {
    path,
    isDokkus: scripts.get("dokku").exists || health.exists || root.get("cron").exists,
    processes: [],
    env: root.get("env").entries.flatMap(([name, node]) => declared(name, node)),
    steps: [
      ...command(scripts.get("dokku").get("predeploy")),
      ...command(scripts.get("dokku").get("postdeploy")),
      ...command(scripts.get("postdeploy")),
    ],
    problems,
    health: webCheck(health.get("web")) ?? noHealthCheck,
  };
}

/** A variable that nothing gives a value has to be set by hand: without a terminal the first deploy fails. */
function declared(name: string, node: ManifestNode): readonly EnvDeclaration[] {
  const { at } = node;
  const value = node.text ?? node.get("value").text;
  if (value !== undefined) return [{ name, value, at }];
  if (node.get("generator").text === "secret") return [{ name, from: "generated", at }];
  return node.get("required").text === "false" ? [] : [{ name, from: "secret", at }];
}

/** The database is linked by then: scripts run in containers of the built image, with the app's variables. */
function command({ text, at }: ManifestNode): readonly Step[] {
  return text === undefined ? [] : [{ phase: "release", command: text, at }];
}

function webCheck(checks: ManifestNode): HealthRules | undefined {
  const check = checks.items.find((one) => one.get("path").exists);
  const path = check?.get("path");
  if (check === undefined || path?.text === undefined) return undefined;
  const headers = check.get("httpHeaders").items.flatMap((header) => {
    const name = header.get("name").text;
    const value = header.get("value").text;
    return name === undefined || value === undefined ? [] : [[name, value] as const];
  });
  return {
    kind: "http",
    path: path.text,
    at: path.at,
    host: undefined,
    accepts: undefined,
    headers: Object.fromEntries(headers),
  };
}
