import type { Check } from "../check.ts";
import { checksNamed, nearestName } from "../checks/named.ts";
import { type Severity, severities } from "../finding.ts";
import type { Location } from "../location.ts";
import { departures } from "../platforms/manifests/shape.ts";
import type { ManifestNode } from "../platforms/manifests/tree.ts";
import type { Config, Ignored } from "./config.ts";
import { fileShape, type KeyName } from "./keys.ts";

/** What is wrong with a configuration file. Nothing of it is used then. */
export interface ConfigProblem {
  /** One sentence. */
  readonly message: string;
  readonly at: Location;
}

/** What a file says by itself, and what it builds on. */
export interface OwnConfig {
  readonly config: Config;
  readonly extends: readonly { readonly name: string; readonly at: Location }[];
  readonly problems: readonly ConfigProblem[];
}

/** Reads a file's tree. An unknown key, a value of a wrong kind and a name that no check has are problems. */
export function readConfig(root: ManifestNode, checks: readonly Check[]): OwnConfig {
  const unknown = (name: string) => {
    const nearest = nearestName(checks, name);
    const instead = nearest === undefined ? "deploy-check list shows them all" : `did you mean ${nearest}?`;
    return `there is no check ${name}; ${instead}`;
  };
  const problems: ConfigProblem[] = departures(root, fileShape, "deploy-check").map(({ message, at }) => ({
    message,
    at,
  }));
  for (const [index, [key, { at }]] of root.entries.entries())
    if (root.entries.findIndex(([other]) => other === key) < index)
      problems.push({ message: `${key} stands there twice`, at });
  const known = (name: string, at: Location) => {
    if (name === "") problems.push({ message: "the name of a check is wanted here", at });
    else if (checksNamed(checks, name).length === 0) problems.push({ message: unknown(name), at });
  };
  const names = (node: ManifestNode) => {
    for (const one of several(node)) known(one.text ?? "", one.at);
    return node.exists ? texts(node) : undefined;
  };
  const ignoring = (node: ManifestNode): readonly Ignored[] => {
    const found =
      node.kind === "map"
        ? node.entries.map(([name, why]) => ({ name, justification: why.text, at: why.at }))
        : several(node).map(({ text: name = "", at }) => ({ name, justification: undefined, at }));
    for (const { name, at } of found) known(name, at);
    for (const [name, why] of node.entries)
      if (why.exists && why.text === undefined)
        problems.push({ message: `the reason to ignore ${name} is a text`, at: why.at });
    return found;
  };
  const get = (key: KeyName) => root.get(key);
  const config: Config = {
    root: get("root").text,
    settings: get("settings").text,
    platforms: get("platforms").exists ? texts(get("platforms")) : undefined,
    envFiles: get("env-files").exists ? texts(get("env-files")) : undefined,
    failLevel: severities.find((level) => level === get("fail-level").text),
    strict: get("strict").exists ? /^true$/i.test(get("strict").text ?? "") : undefined,
    maxWarnings: get("max-warnings").exists ? Number(get("max-warnings").text) : undefined,
    select: names(get("select")),
    ignore: ignoring(get("ignore")),
    perPathIgnores: get("per-path-ignores").entries.flatMap(([glob, node]) =>
      ignoring(node).map((one) => ({ ...one, glob })),
    ),
    severity: get("severity").entries.flatMap(([name, { text: level, at }]) => {
      known(name, at);
      const severity = isLevel(level) ? level : undefined;
      return severity === undefined ? [] : [[name, severity] as const];
    }),
    baseline: get("baseline").text,
  };
  const most = config.maxWarnings;
  if (most !== undefined && !(Number.isInteger(most) && most >= 0))
    problems.push({ message: "max-warnings takes a whole number from 0 on", at: get("max-warnings").at });
  const bases = several(get("extends")).map(({ text: name = "", at }) => ({ name, at }));
  return { config, extends: bases, problems };
}

function isLevel(text: string | undefined): text is Severity | "off" {
  return text === "off" || severities.some((level) => level === text);
}

/** The items of a list, or what stands there instead of one. */
function several(node: ManifestNode): readonly ManifestNode[] {
  if (node.kind === "list") return node.items;
  return node.exists && node.kind !== "map" ? [node] : [];
}

function texts(node: ManifestNode): readonly string[] {
  return several(node).flatMap(({ text }) => text ?? []);
}
