import type { Location } from "../../location.ts";
import type { EnvDeclaration, ManifestProblem } from "../manifest.ts";
import { type HealthRules, unknownHealthCheck } from "../rules.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/** A service of Cloud Run in YAML: `gcloud run services replace service.yaml`. */
export interface KnativeService {
  readonly path: string;
  /** `command` and `args` of the container, which no shell reads; undefined for the image's own. */
  readonly command: { readonly command: string; readonly at: Location } | undefined;
  /** Only `args` are given, which the image's entry point gets. */
  readonly keepsEntrypoint: boolean;
  readonly port: { readonly number: number; readonly at: Location } | undefined;
  readonly env: readonly EnvDeclaration[];
  readonly health: HealthRules | undefined;
  readonly problems: readonly ManifestProblem[];
}

/** https://docs.cloud.google.com/run/docs/reference/yaml/v1 (2026). Undefined if the file is no such service. */
export function readKnativeService(path: string, text: string): KnativeService | undefined {
  const { root, problems } = readYaml(path, text);
  const isOne =
    root.get("kind").text === "Service" && /^serving\.knative\.dev\//.test(root.get("apiVersion").text ?? "");
  if (!isOne) return undefined;
  const containers = root.get("spec").get("template").get("spec").get("containers").items;
  // Beside others, the container that gets the requests is the one with a port.
  const web = containers.find((one) => one.get("ports").exists) ?? containers[0];
  const words = web ? [...web.get("command").items, ...web.get("args").items] : [];
  const port = web?.get("ports").items[0]?.get("containerPort");
  const number = Number(port?.text);
  const [first] = words;
  return {
    path,
    command: first && { command: words.map(({ text: word = "" }) => quoted(word)).join(" "), at: first.at },
    keepsEntrypoint: web?.get("command").exists === false,
    port: port && Number.isInteger(number) && number > 0 ? { number, at: port.at } : undefined,
    env: web?.get("env").items.flatMap(variable) ?? [],
    health: web && health(web),
    problems,
  };
}

function variable(entry: ManifestNode): readonly EnvDeclaration[] {
  const { text: name, at } = entry.get("name");
  if (name === undefined) return [];
  const value = entry.get("value").text;
  if (entry.get("valueFrom").exists) return [{ name, from: "secret", scope: "run", at }];
  return [{ name, ...(value !== undefined && { value }), scope: "run", at }];
}

/** Which statuses count and which Host is sent the reference does not say. */
function health(container: ManifestNode): HealthRules | undefined {
  const paths = ["startupProbe", "livenessProbe"].map((probe) =>
    container.get(probe).get("httpGet").get("path"),
  );
  const path = paths.find(({ exists }) => exists);
  return path && { ...unknownHealthCheck, kind: "http", path: path.text, at: path.at };
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
