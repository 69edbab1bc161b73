import { parse, TomlError } from "smol-toml";
import { type Location, locator, startOf } from "../../location.ts";
import type { Manifest, Process } from "../manifest.ts";

/** fly.toml (superfly/docs @5c22c8c, 2026-08-07: reference/configuration). */
export interface FlyToml extends Manifest {
  /** The Dockerfile that is built, and its stage, as far as the file names them. */
  readonly build: { readonly dockerfile: string | undefined; readonly target: string | undefined };
  readonly disk: "persistent" | "ephemeral";
}

export function readFlyToml(path: string, text: string): FlyToml {
  let root: unknown;
  try {
    root = parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    const at =
      error instanceof TomlError ? { file: path, line: error.line, column: error.column } : startOf(path);
    return {
      path,
      processes: [],
      env: [],
      steps: [],
      problems: [{ kind: "invalid", message: `${path} is not valid TOML`, at }],
      build: { dockerfile: undefined, target: undefined },
      disk: "ephemeral",
    };
  }
  const find = keyFinder(path, text);
  const release = textAt(root, "deploy", "release_command");
  return {
    path,
    processes: processes(root, find),
    env: entries(at(root, "env")).flatMap(([name, value]) =>
      typeof value === "object" ? [] : [{ name, value: String(value), at: find("env", name) }],
    ),
    steps:
      release === undefined
        ? []
        : [{ phase: "release", command: release, at: find("deploy", "release_command") }],
    problems: [],
    build: { dockerfile: textAt(root, "build", "dockerfile"), target: textAt(root, "build", "build-target") },
    disk: at(root, "mounts") === undefined ? "ephemeral" : "persistent",
  };
}

/** The group that the HTTP service sends requests to is the web process; the default group is called "app". */
function processes(root: unknown, find: KeyFinder): Process[] {
  const groups = entries(at(root, "processes")).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && entry[1].trim() !== "",
  );
  const services: unknown[] = [at(root, "http_service"), at(root, "services")].flat();
  const served = services
    .flatMap((service) => at(service, "processes"))
    .filter((name) => typeof name === "string");
  const isWeb = (name: string) =>
    served.includes(name) ||
    (served.length === 0 && (name === "app" || name === "web" || groups.length === 1));
  return groups.map(([name, command]) => ({
    name: isWeb(name) ? "web" : name,
    command,
    at: find("processes", name),
  }));
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key)
    ? entries(value).find(([name]) => name === key)?.[1]
    : undefined;
}

function entries(value: unknown): [string, unknown][] {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function textAt(root: unknown, table: string, key: string): string | undefined {
  const value = at(at(root, table), key);
  return typeof value === "string" ? value : undefined;
}

type KeyFinder = (table: string, key: string) => Location;

/** Where a key of a table is assigned: the parser gives no places. */
function keyFinder(path: string, text: string): KeyFinder {
  const locate = locator(path, text);
  const places = new Map<string, Location>();
  let table = "";
  for (const line of text.matchAll(/[^\r\n]+/g)) {
    const content = line[0].trimStart();
    const heading = /^\[+[ \t]*([\w.-]+)/.exec(content)?.[1];
    if (heading !== undefined) table = heading;
    const key = /^["']?([\w-]+)["']?[ \t]*=/.exec(content)?.[1];
    if (key === undefined || places.has(`${table}.${key}`)) continue;
    const end = line.index + line[0].length;
    places.set(`${table}.${key}`, locate(end - content.length, end));
  }
  return (table, key) => places.get(`${table}.${key}`) ?? startOf(path);
}
