import type { Location } from "../../location.ts";
import { startOf } from "../../location.ts";
import type { EnvDeclaration, ManifestProblem, Service } from "../manifest.ts";
import { serviceKind } from "../services.ts";
import { kamalKeys, kamalProxy, removedKeys } from "./kamal-shape.ts";
import { departures, map } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/** config/deploy.yml, with what the file of a destination adds to it. */
export interface KamalConfig {
  readonly paths: readonly string[];
  readonly problems: readonly ManifestProblem[];
  readonly roles: readonly KamalRole[];
  readonly env: readonly EnvDeclaration[];
  readonly services: readonly Service[];
  readonly build: {
    readonly dockerfile: string;
    readonly context: string;
    readonly target: string | undefined;
    /** Cloud Native Buildpacks make the image. */
    readonly pack: boolean;
  };
  /** Undefined where the web role has no proxy. */
  readonly proxy: KamalProxy | undefined;
  readonly keepsFiles: boolean;
}

export interface KamalRole {
  readonly name: string;
  readonly command: { readonly text: string; readonly at: Location } | undefined;
  readonly at: Location;
  /** A container on each. */
  readonly hosts: number;
}

export interface KamalProxy {
  readonly port: { readonly number: number; readonly at: Location };
  readonly path: string;
  readonly at: Location;
  readonly tls: boolean;
  readonly redirects: boolean;
  readonly forwardsHeaders: boolean;
}

/** `files`: the base, and then the destination's; later ones win. */
export function readKamal(
  files: readonly { readonly path: string; readonly text: string }[],
): KamalConfig | undefined {
  const trees = files.map(({ path, text }) => ({ path, ...readYaml(path, withoutRuby(text)) }));
  const [first] = trees;
  if (!first) return undefined;
  const roots = trees.map(({ root }) => root).reverse();
  const at = (...keys: readonly string[]): ManifestNode => {
    const found = roots.map((root) => keys.reduce((node, key) => node.get(key), root));
    return found.find(({ exists }) => exists) ?? found[0] ?? first.root;
  };
  const roles = rolesOf(at("servers"));
  const primary = at("primary_role").text ?? "web";
  return {
    paths: files.map(({ path }) => path),
    problems: trees.flatMap(({ root, problems, path }) => [...problems, ...mistakes(root, path)]),
    roles: roles.map((role) => (role.name === primary ? { ...role, name: "web" } : role)),
    env: [...roots].reverse().flatMap((root) => environment(root.get("env"))),
    services: at("accessories").entries.flatMap(([, accessory]): Service[] => {
      const image = accessory.get("image");
      const kind = image.text === undefined ? undefined : serviceKind(image.text);
      return image.text === undefined || kind === undefined ? [] : [{ kind, name: image.text, at: image.at }];
    }),
    build: {
      dockerfile: at("builder", "dockerfile").text ?? "Dockerfile",
      context: at("builder", "context").text ?? ".",
      target: at("builder", "target").text,
      pack: at("builder", "pack").exists,
    },
    proxy: proxyOf(at, primary, first.path),
    keepsFiles: at("volumes").items.length > 0,
  };
}

/** Ruby between `<%` and `%>` runs before the file is read. Blanks keep the places. */
function withoutRuby(text: string): string {
  return text.replace(/<%=?-?[\s\S]*?%>/g, (part) =>
    part.startsWith("<%=") && !part.includes("\n") ? "_".repeat(part.length) : part.replace(/[^\n]/g, " "),
  );
}

function mistakes(root: ManifestNode, path: string): readonly ManifestProblem[] {
  const removed = Object.entries(removedKeys).flatMap(([key, fix]): ManifestProblem[] => {
    const node = root.get(key);
    if (!node.exists) return [];
    const message = `${path} has ${key}, which Kamal 2 no longer takes, so it stops there`;
    return [{ kind: "retired", message, at: node.at, fix: `# ${path}\n${fix}`, severity: "error" }];
  });
  const others = Object.fromEntries(
    root.entries.filter(([key]) => key.startsWith("x-")).map(([key]) => [key, { is: "any" as const }]),
  );
  const proxy = root.get("proxy");
  const shape = map({
    ...kamalKeys,
    ...others,
    ...Object.fromEntries(Object.keys(removedKeys).map((key) => [key, { is: "any" as const }])),
    proxy: proxy.kind === "map" ? kamalProxy : { is: "any" },
  });
  // Validator#check_unknown_keys! and #validate_type! stop at the first.
  return [
    ...removed,
    ...departures(root, shape, "Kamal").map((problem) => ({ ...problem, severity: "error" as const })),
  ];
}

/** A list of hosts is the web role alone; a role is a list of hosts, or a mapping. */
function rolesOf(servers: ManifestNode): readonly KamalRole[] {
  if (servers.kind === "list")
    return [{ name: "web", command: undefined, at: servers.at, hosts: servers.items.length }];
  return servers.entries.map(([name, role]) => {
    const command = role.get("cmd");
    const hosts = role.kind === "list" ? role.items : role.get("hosts").items;
    return {
      name,
      command: command.text?.trim() ? { text: command.text, at: command.at } : undefined,
      at: role.at,
      hosts: hosts.length,
    };
  });
}

/** `clear` and `secret`, or all of it in the clear. `NAME:OTHER` takes its value from the secret OTHER. */
function environment(node: ManifestNode): readonly EnvDeclaration[] {
  const hasParts = node.get("clear").exists || node.get("secret").exists || node.get("tags").exists;
  const clear = (hasParts ? node.get("clear") : node).entries.map(([name, value]) => ({
    name,
    // What Ruby fills in is not known.
    value: /^_+$/.test(value.text ?? "") ? undefined : value.text,
    at: value.at,
  }));
  const secret = node.get("secret").items.flatMap(({ text, at }): EnvDeclaration[] => {
    const [name] = (text ?? "").split(":");
    return name ? [{ name, from: "secret", at }] : [];
  });
  return [...clear, ...secret];
}

/** Only the primary role has a proxy without being told; what a role says of its own comes first. */
function proxyOf(
  at: (...keys: readonly string[]) => ManifestNode,
  primary: string,
  path: string,
): KamalProxy | undefined {
  const own = (...keys: readonly string[]) => {
    const role = at("servers", primary, "proxy", ...keys);
    return role.exists ? role : at("proxy", ...keys);
  };
  if (own().text === "false") return undefined;
  const port = own("app_port");
  const place = own().exists ? own().at : startOf(path);
  const ssl = own("ssl");
  const tls = ssl.kind === "map" || ssl.text === "true";
  return {
    port: { number: Number(port.text ?? 80), at: port.exists ? port.at : lineOf(place) },
    path: own("healthcheck", "path").text ?? "/up",
    at: own("healthcheck", "path").exists ? own("healthcheck", "path").at : lineOf(place),
    tls,
    redirects: tls && own("ssl_redirect").text !== "false",
    forwardsHeaders: own("forward_headers").exists ? own("forward_headers").text === "true" : !tls,
  };
}

/** A mapping reaches over many lines; its first is enough to point at. */
function lineOf({ file, line, column }: Location): Location {
  return { file, line, column };
}
