import type { Location } from "../../location.ts";
import type { ExposedPort } from "../manifest.ts";
import { type HealthRules, noHealthCheck } from "../rules.ts";
import { quote } from "../shell/expand.ts";
import { healthOfCommand } from "./health-command.ts";
import type { ManifestNode } from "./tree.ts";

export interface Volume {
  /** A folder of the host, relative to the compose file; undefined for a volume of Docker's own. */
  readonly folder: string | undefined;
  /** The absolute path in the container. */
  readonly target: string;
  readonly at: Location;
}

/** The ports of the container: behind the last colon of `ports`, and those of `expose`. */
export function composePorts(service: ManifestNode): readonly ExposedPort[] {
  const read = (key: string, node: ManifestNode): ExposedPort[] =>
    node.items.flatMap((item) => {
      const long = item.get("target");
      const text = long.text ?? item.text ?? "";
      const [, port] = /(?:^|:)(\d+)(?:\/tcp)?$/.exec(text) ?? [];
      return port === undefined ? [] : [{ key, port: Number(port), at: item.at }];
    });
  return [...read("ports", service.get("ports")), ...read("expose", service.get("expose"))];
}

/** `./src:/app:ro`, `data:/data`, `/data`, and the long form. */
export function composeVolumes(node: ManifestNode): readonly Volume[] {
  return node.items.flatMap((item): Volume[] => {
    const { at } = item;
    const [first = "", second] = (item.text ?? "").split(":");
    const source = item.get("source").text ?? (second === undefined ? "" : first);
    const target = item.get("target").text ?? second ?? first;
    if (!target.startsWith("/")) return [];
    const isFolder = item.get("type").text === "bind" || /^[./~$]/.test(source);
    return [{ folder: isFolder ? source : undefined, target: target.replace(/(?<=.)\/$/, ""), at }];
  });
}

/** https://docs.docker.com/reference/compose-file/services/#healthcheck; undefined if nothing is said. */
export function composeHealth(node: ManifestNode): HealthRules | undefined {
  if (!node.exists) return undefined;
  const test = node.get("test");
  const [kind, ...words] = test.items.map(({ text = "" }) => text);
  if (node.get("disable").text === "true" || kind === "NONE" || test.text === "NONE") return noHealthCheck;
  // `$$` is a dollar.
  const plain = (text: string) => text.replaceAll("$$", "$");
  if (test.text !== undefined) return healthOfCommand({ command: plain(test.text), form: "shell" }, test.at);
  if (kind === "CMD-SHELL")
    return healthOfCommand({ command: plain(words.join(" ")), form: "shell" }, test.at);
  if (kind === "CMD")
    return healthOfCommand(
      { command: words.map((word) => quote(plain(word))).join(" "), form: "exec" },
      test.at,
    );
  return undefined;
}
