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

/** A port that is open on the machine itself. */
export interface PublishedPort {
  /** The address of the machine that it is open on; undefined for all. */
  readonly address: string | undefined;
  /** The port of the container; of a range the first. */
  readonly target: number;
  readonly at: Location;
  /** As written, without the address: "5432:5432". */
  readonly text: string;
}

/** `"127.0.0.1:5432:5432"`, `5432:5432`, `5432`, and the long form. What is left to a variable is left out. */
export function publishedPorts(service: ManifestNode): readonly PublishedPort[] {
  return service.get("ports").items.flatMap((item): PublishedPort[] => {
    const { at } = item;
    const target = item.get("target");
    const [address, port, text] = target.exists
      ? [withDefaults(item.get("host_ip").text), target.text, item.get("published").text ?? ""]
      : shortForm(withDefaults(item.text) ?? "");
    const [, first] = /^(\d+)(?:-\d+)?$/.exec(withDefaults(port) ?? "") ?? [];
    if (first === undefined || address?.includes("$")) return [];
    return [{ address: address === "" ? undefined : address, target: Number(first), at, text }];
  });
}

function shortForm(written: string): readonly [address: string, port: string, text: string] {
  const [, address = "", text = ""] =
    /^(?:(\[[^\]]+\]|\d[\d.]*\.\d+|\$\{?\w+\}?|localhost):)?(.*)$/.exec(
      written.replace(/\/(?:tcp|udp)$/, ""),
    ) ?? [];
  // `$PORT:5432` has no address.
  const isPort = address.startsWith("$") && !text.includes(":");
  return [isPort ? "" : address, text.slice(text.lastIndexOf(":") + 1), text];
}

/** `${NAME:-5432}` with nothing set. */
function withDefaults(text: string | undefined): string | undefined {
  return text?.replace(/\$\{\w+:?-([^}]*)\}/g, "$1");
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
  const kind = test.items[0]?.text ?? test.text;
  if (node.get("disable").text === "true" || kind === "NONE") return noHealthCheck;
  const asked = composeHealthcheck(node);
  const form = kind === "CMD" ? "exec" : "shell";
  return asked && healthOfCommand({ command: asked.text, form }, asked.at);
}

/** What it runs, as a shell command. */
export function composeHealthcheck(
  node: ManifestNode,
): { readonly text: string; readonly at: Location } | undefined {
  const test = node.get("test");
  const [kind, ...words] = test.items.map(({ text = "" }) => text);
  if (node.get("disable").text === "true" || kind === "NONE" || test.text === "NONE") return undefined;
  // `$$` is a dollar.
  const plain = (text: string) => text.replaceAll("$$", "$");
  if (test.text !== undefined) return { text: plain(test.text), at: test.at };
  if (kind === "CMD-SHELL") return { text: plain(words.join(" ")), at: test.at };
  if (kind === "CMD") return { text: words.map((word) => quote(plain(word))).join(" "), at: test.at };
  return undefined;
}
