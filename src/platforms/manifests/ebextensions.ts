import type { Location } from "../../location.ts";
import type { ManifestProblem } from "../manifest.ts";
import { any, departures, map, type Shape } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readJson } from "./tree-json.ts";
import { readYaml } from "./tree-yaml.ts";

/** A file `.ebextensions/*.config` of Elastic Beanstalk, YAML or JSON. */
export interface EbExtension {
  readonly path: string;
  readonly options: readonly EbOption[];
  /** What runs beside the app's files before a version is deployed, in the order of their names. */
  readonly commands: readonly EbCommand[];
  readonly problems: readonly ManifestProblem[];
}

export interface EbOption {
  readonly namespace: string;
  readonly name: string;
  readonly value: string | undefined;
  readonly at: Location;
}

export interface EbCommand {
  readonly name: string;
  readonly command: string;
  readonly at: Location;
  /** It runs on one instance only. */
  readonly leaderOnly: boolean;
  /** Its `test`: it runs only where that succeeds. */
  readonly test: string | undefined;
}

/** doc_source/ebextensions.md, customize-containers-ec2.md, environment-resources.md. */
const shape: Shape = map({
  option_settings: any,
  packages: any,
  sources: any,
  files: any,
  users: any,
  groups: any,
  commands: any,
  container_commands: any,
  services: any,
  Resources: any,
  Outputs: any,
  Mappings: any,
  Parameters: any,
  Conditions: any,
});

/** What options of a list belong to that name no namespace (doc_source/ebextensions-optionsettings.md). */
const usualNamespace = "aws:elasticbeanstalk:application:environment";

/** awsdocs/aws-elastic-beanstalk-developer-guide @5d7c96f (2023-06-15). */
export function readEbExtension(path: string, text: string): EbExtension {
  const { root, problems } = text.trimStart().startsWith("{") ? readJson(path, text) : readYaml(path, text);
  const settings = root.get("option_settings");
  const malformed: ManifestProblem[] = [];
  const options =
    settings.kind === "list"
      ? settings.items.flatMap(fromList)
      : settings.entries.flatMap(([namespace, node]) => {
          if (node.kind === "map") return fromMap(namespace, node);
          if (node.exists) malformed.push(noMap(path, namespace, node));
          return [];
        });
  if (settings.exists && settings.kind !== "map" && settings.kind !== "list")
    malformed.push(noMap(path, "option_settings", settings));
  return {
    path,
    options,
    commands: root
      .get("container_commands")
      .entries.flatMap(command)
      .sort((one, two) => (one.name < two.name ? -1 : 1)),
    problems: [...problems, ...malformed, ...departures(root, shape, "Elastic Beanstalk")],
  };
}

function fromList(item: ManifestNode): readonly EbOption[] {
  const name = item.get("option_name").text;
  if (name === undefined) return [];
  const value = item.get("value");
  const namespace = item.get("namespace").text ?? usualNamespace;
  return [{ namespace, name, value: value.text, at: value.exists ? value.at : item.at }];
}

function fromMap(namespace: string, node: ManifestNode): readonly EbOption[] {
  return node.entries.map(([name, value]) => ({ namespace, name, value: value.text, at: value.at }));
}

/** The API says: "Each option setting in configuration file … must be a map" (InvalidParameterValueError). */
function noMap(path: string, name: string, { at }: ManifestNode): ManifestProblem {
  return {
    kind: "wrong-type",
    message: `${name} in ${path} holds no mapping, and Elastic Beanstalk refuses the file`,
    at,
    severity: "error",
  };
}

function command([name, node]: readonly [string, ManifestNode]): readonly EbCommand[] {
  const told = node.get("command");
  const text = told.kind === "list" ? told.items.map((item) => quoted(item.text ?? "")).join(" ") : told.text;
  if (!text?.trim()) return [];
  const leaderOnly = /^(?:true|yes|on)$/i.test(node.get("leader_only").text ?? "");
  return [{ name, command: text, at: told.at, leaderOnly, test: node.get("test").text }];
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
