import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import type { EnvDeclaration, ManifestProblem, Process, Service, Step } from "../manifest.ts";
import { folderOf, resolvePath } from "../paths.ts";
import type { DeclaredRuntime } from "../platform.ts";
import type { StaticMapping } from "../rules.ts";
import { departures } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";
import { upsunApplication } from "./upsun-shape.ts";

/** What an application of Upsun's or Platform.sh's declares. */
export interface UpsunConfig {
  readonly manifests: readonly string[];
  /** The application that the project is; undefined if there is none for Python. */
  readonly app: UpsunApp | undefined;
  readonly services: readonly Service[];
  readonly problems: readonly ManifestProblem[];
}

export interface UpsunApp {
  readonly folder: string;
  readonly python: DeclaredRuntime | undefined;
  readonly processes: readonly Process[];
  readonly steps: readonly Step[];
  readonly env: readonly EnvDeclaration[];
  /** The names of its relationships: "database". */
  readonly relationships: readonly string[];
  readonly statics: readonly StaticMapping[];
  /** Folders that stay writable, but for those that are temporary. */
  readonly keeps: readonly { readonly path: string; readonly at: Location }[];
  readonly problems: readonly ManifestProblem[];
}

interface Found {
  readonly node: ManifestNode;
  readonly folder: string;
}

const upsunFiles = /^\.upsun\/[^/]+\.ya?ml$/;
const applicationFiles = [".platform/applications.yaml", ".platform/applications.yml"];

/** Upsun takes every YAML file of `.upsun`; Platform.sh a file in each application's folder, or all in one. */
export function readUpsun(files: ProjectFiles, project: string): UpsunConfig {
  const manifests: string[] = [];
  const problems: ManifestProblem[] = [];
  const read = (path: string): ManifestNode | undefined => {
    const text = files.text(path);
    if (text === undefined) return undefined;
    const tree = readYaml(path, text);
    manifests.push(path);
    problems.push(...tree.problems);
    return tree.root;
  };
  const roots = files.list.filter((path) => upsunFiles.test(path)).flatMap((path) => read(path) ?? []);
  const found: Found[] = [
    ...roots.flatMap((root) =>
      root.get("applications").entries.map(([, node]) => ({ node, folder: rootOf(node, "") })),
    ),
    ...applicationFiles.flatMap((path) => listed(read(path), path, read)),
    ...files.list
      .filter((path) => /(?:^|\/)\.platform\.app\.ya?ml$/.test(path))
      .flatMap((path) => {
        const node = read(path);
        return node ? [{ node, folder: rootOf(node, folderOf(path)) }] : [];
      }),
  ];
  const chosen = choose(found, project);
  const servicesFile = [".platform/services.yaml", ".platform/services.yml"]
    .map(read)
    .find((one) => one?.exists);
  const services = [
    ...roots.flatMap((root) => root.get("services").entries),
    ...(servicesFile?.entries ?? []),
  ].flatMap(service);
  return { manifests, app: chosen && application(chosen), services, problems };
}

/** A list, or a mapping by name; `!include pip.app.yaml` puts another file of the folder in its place. */
function listed(
  root: ManifestNode | undefined,
  path: string,
  read: (path: string) => ManifestNode | undefined,
): readonly Found[] {
  const nodes = root ? [...root.items, ...root.entries.map(([, node]) => node)] : [];
  return nodes.flatMap((node) => {
    const named = node.text === undefined ? undefined : resolvePath(folderOf(path), node.text);
    const app = named === undefined ? node : read(named);
    return app?.kind === "map" ? [{ node: app, folder: rootOf(app, "") }] : [];
  });
}

function rootOf(app: ManifestNode, own: string): string {
  const root = app.get("source").get("root").text;
  return root === undefined ? own : (resolvePath("", root) ?? own);
}

function isPython({ node }: Found): boolean {
  const runtimes = node.get("stack").get("runtimes").items;
  return (
    /^python:/.test(node.get("type").text ?? "") ||
    [...runtimes, ...node.get("stack").items].some(({ text, entries }) =>
      /^python@/.test(text ?? entries[0]?.[0] ?? ""),
    )
  );
}

function choose(found: readonly Found[], project: string): Found | undefined {
  const python = found.filter(isPython);
  return python.find(({ folder }) => folder === project) ?? python[0];
}

function application({ node, folder }: Found): UpsunApp {
  const commands = node.get("web").get("commands");
  const start = commands.get("start");
  const mounts = [{ from: folder, to: "/app" }];
  const place = { folder, mounts };
  const step = (phase: Step["phase"], { text, at }: ManifestNode, source?: string): readonly Step[] =>
    text?.trim() ? [{ phase, command: text, at, ...place, ...(source !== undefined && { source }) }] : [];
  const hooks = node.get("hooks");
  const web: readonly Process[] = start.text?.trim()
    ? [{ name: "web", command: start.text.trim(), at: start.at, ...place }]
    : [];
  const workers = node.get("workers").entries.flatMap(([name, worker]): readonly Process[] => {
    const { text, at } = worker.get("commands").get("start");
    return text?.trim() ? [{ name, command: text.trim(), at, ...place }] : [];
  });
  return {
    folder,
    python: pythonOf(node),
    processes: [...web, ...workers],
    steps: [
      ...step("build", hooks.get("build"), "the build hook"),
      ...step("release", hooks.get("deploy"), "the deploy hook"),
      ...step("release", hooks.get("post_deploy"), "the post_deploy hook"),
      ...step("start", commands.get("pre_start")),
    ],
    env: node
      .get("variables")
      .get("env")
      .entries.map(([name, { text, at }]) => ({
        name,
        ...(text !== undefined && { value: text }),
        scope: "both",
        at,
      })),
    relationships: node.get("relationships").entries.map(([name]) => name),
    statics: node.get("web").get("locations").entries.flatMap(location),
    keeps: node.get("mounts").entries.flatMap(([path, mount]) => {
      const source = mount.get("source").text ?? mount.text ?? "";
      return /^tmp$/.test(source) ? [] : [{ path, at: mount.at }];
    }),
    problems: [
      ...departures(node, upsunApplication, "Upsun"),
      ...listening(node.get("web").get("upstream").get("socket_family").text, start),
      ...inBackground(start),
    ],
  };
}

function pythonOf(node: ManifestNode): DeclaredRuntime | undefined {
  const type = node.get("type");
  const places = [type, ...node.get("stack").get("runtimes").items, ...node.get("stack").items];
  for (const { text, at, entries } of places) {
    const written = text ?? entries[0]?.[0];
    const version = /^python[:@](\d+\.\d+)/.exec(written ?? "")?.[1];
    if (written !== undefined && version !== undefined) return { text: written, version, at };
  }
  return undefined;
}

/** A location with a folder and without `passthru` serves what is in the folder. */
function location([url, node]: readonly [string, ManifestNode]): readonly StaticMapping[] {
  const root = node.get("root").text;
  if (root === undefined || url === "/" || node.get("allow").text === "false") return [];
  return [{ url, folder: root, at: node.at }];
}

/** use-variables.md: SOCKET is there where socket_family is unix, PORT where it is not. */
function listening(family: string | undefined, { text = "", at }: ManifestNode): readonly ManifestProblem[] {
  const wantsSocket = /\$\{?SOCKET\b/.test(text);
  const wantsPort = /\$\{?PORT\b/.test(text);
  if (family !== "unix" && wantsSocket && !wantsPort) {
    const message =
      "web.commands.start listens on $SOCKET, which is there only where web.upstream.socket_family is unix";
    const fix = "web:\n  upstream:\n    socket_family: unix";
    return [{ kind: "invalid", message, at, fix, severity: "error" }];
  }
  if (family === "unix" && wantsPort && !wantsSocket) {
    const message =
      "web.commands.start listens on $PORT, which is there only where web.upstream.socket_family is tcp";
    return [
      { kind: "invalid", message, at, fix: "web:\n  upstream:\n    socket_family: tcp", severity: "error" },
    ];
  }
  return [];
}

/** image-properties/web.md: the supervisor takes it for ended, and starts another. */
function inBackground({ text = "", at }: ManifestNode): readonly ManifestProblem[] {
  if (!/(?:^|[^&>])&\s*$/.test(text)) return [];
  const message =
    "web.commands.start ends with &, so Upsun takes it for ended and starts another, again and again";
  return [{ kind: "invalid", message, at, severity: "error", fix: text.replace(/\s*&\s*$/, "").trim() }];
}

const kinds: readonly (readonly [RegExp, Service["kind"]])[] = [
  [/^postgresql\b/, "postgres"],
  [/^(?:mariadb|mysql|oracle-mysql)\b/, "mysql"],
  [/^(?:redis|valkey)\b/, "redis"],
  [/^mongodb\b/, "mongodb"],
];

function service([name, node]: readonly [string, ManifestNode]): readonly Service[] {
  const type = node.get("type").text;
  if (type === undefined) return [];
  const kind = kinds.find(([pattern]) => pattern.test(type))?.[1] ?? "other";
  return [{ kind, name: `${name} (${type})`, at: node.at }];
}
