import type { Location } from "../../location.ts";
import type { EnvDeclaration, ManifestProblem } from "../manifest.ts";
import type { DeclaredRuntime } from "../platform.ts";
import type { StaticMapping } from "../rules.ts";
import { appEngineShape, pythonTwoKeys } from "./app-engine-shape.ts";
import { departures } from "./shape.ts";
import type { ManifestNode } from "./tree.ts";
import { readYaml } from "./tree-yaml.ts";

/** `app.yaml` of App Engine. */
export interface AppEngineYaml {
  readonly path: string;
  /** As written: "python313", "python" (flexible), "custom"; undefined if the file is none of App Engine's. */
  readonly runtime: { readonly text: string; readonly at: Location } | undefined;
  readonly python: DeclaredRuntime | undefined;
  readonly flexible: boolean;
  /** The flexible environment's operating system is named. */
  readonly operatingSystem: boolean;
  readonly entrypoint: { readonly command: string; readonly at: Location } | undefined;
  readonly env: readonly EnvDeclaration[];
  readonly statics: readonly StaticMapping[];
  /** Every handler sends HTTP on to HTTPS. */
  readonly secure: boolean;
  readonly problems: readonly ManifestProblem[];
}

/** https://docs.cloud.google.com/appengine/docs/standard/reference/app-yaml (2026), …/flexible/python/runtime (2026). */
export function readAppEngineYaml(path: string, text: string): AppEngineYaml {
  const { root, problems } = readYaml(path, text);
  const runtime = root.get("runtime");
  const flexible = /^flex/.test(root.get("env").text ?? "") || root.get("vm").text === "true";
  const entrypoint = root.get("entrypoint");
  const handlers = root.get("handlers").items;
  const isOwn = runtime.text !== undefined;
  return {
    path,
    runtime: runtime.text === undefined ? undefined : { text: runtime.text, at: runtime.at },
    python: flexible ? flexiblePython(root) : standardPython(runtime),
    flexible,
    operatingSystem: root.get("runtime_config").get("operating_system").exists,
    entrypoint: entrypoint.text?.trim() ? { command: entrypoint.text.trim(), at: entrypoint.at } : undefined,
    env: [
      ...variables(root.get("env_variables"), "run"),
      ...variables(root.get("build_env_variables"), "build"),
    ],
    statics: handlers.flatMap(mapping),
    secure: handlers.some((one) => one.get("script").exists) && handlers.every(isSecure),
    problems: [
      ...problems,
      ...(isOwn ? departures(root, appEngineShape, "App Engine") : []),
      ...(isOwn ? oldKeys(root, path) : []),
    ],
  };
}

/** `python39`, `python313`: the major number has one digit. */
function standardPython({ text, at }: ManifestNode): DeclaredRuntime | undefined {
  const [, major, minor] = /^python(\d)(\d+)$/.exec(text ?? "") ?? [];
  return text === undefined || major === undefined || minor === undefined
    ? undefined
    : { text, version: `${major}.${minor}`, at };
}

/** `runtime_version`, or `python_version` for 3.7 and older. */
function flexiblePython(root: ManifestNode): DeclaredRuntime | undefined {
  const config = root.get("runtime_config");
  const asked = ["runtime_version", "python_version"]
    .map((key) => config.get(key))
    .find(({ exists }) => exists);
  if (asked?.text === undefined) return undefined;
  const version = /^\d+(?:\.\d+){0,2}$/.test(asked.text) ? asked.text : undefined;
  return { text: asked.text, version: version?.includes(".") ? version : undefined, at: asked.at };
}

function variables(node: ManifestNode, scope: "run" | "build"): readonly EnvDeclaration[] {
  return node.entries.map(([name, { text, at }]) => ({
    name,
    ...(text !== undefined && { value: text }),
    scope,
    at,
  }));
}

/** A folder, or a pattern of files whose folder is what stands before the first group. */
function mapping(handler: ManifestNode): readonly StaticMapping[] {
  const url = handler.get("url");
  const folder =
    handler.get("static_dir").text ?? handler.get("static_files").text?.replace(/\/[^/]*\\\d.*$/, "");
  if (url.text === undefined || folder === undefined) return [];
  return [{ url: url.text.replace(/\/?\(.*$/, ""), folder, at: url.at }];
}

function isSecure(handler: ManifestNode): boolean {
  return handler.get("secure").text === "always";
}

/** https://docs.cloud.google.com/appengine/docs/standard/python3/migrate-to-python3/config-files (2026). */
function oldKeys(root: ManifestNode, path: string): readonly ManifestProblem[] {
  const keys = root.entries.filter(([key]) => pythonTwoKeys.includes(key));
  const scripts = root
    .get("handlers")
    .items.map((handler) => handler.get("script"))
    .filter(({ text }) => text !== undefined && text !== "auto");
  return [
    ...keys.map(
      ([key, { at }]): ManifestProblem => ({
        kind: "retired",
        message: `${key} is a key for Python 2, and App Engine no longer takes it`,
        at,
        fix: `# ${path}: remove ${key}`,
      }),
    ),
    ...scripts.map(
      ({ text, at }): ManifestProblem => ({
        kind: "retired",
        message: `a handler has the script "${text}", and the Python 3 runtime takes none but "auto"`,
        at,
        fix: "script: auto",
      }),
    ),
  ];
}
