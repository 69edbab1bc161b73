import { nameOf } from "../files/listing.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { type Location, startOf } from "../location.ts";
import { type Launch, launchesOf } from "../platforms/commands/follow.ts";
import type { Process } from "../platforms/manifest.ts";
import { readJson } from "../platforms/manifests/tree-json.ts";
import { resolvePath } from "../platforms/paths.ts";
import { defineFact, missing } from "./define.ts";
import { deployedVariables } from "./deploy-steps.ts";
import { type Listen, listensIn, packagesLoaded } from "./frameworks/javascript.ts";
import { within } from "./packages/package-list.ts";

/** A server of Node's: its package.json, and what the web process starts of it. */
export interface NodeApp {
  /** "package.json", or "server/package.json". */
  readonly path: string;
  readonly scripts: ReadonlyMap<string, { readonly text: string; readonly at: Location }>;
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlyMap<string, Location>;
  /** Where the version of Node is asked for: `engines`, `volta`, `.nvmrc`, …; undefined for nowhere. */
  readonly versionFrom: string | undefined;
  /** The lock files beside package.json, or in the root of a workspace. */
  readonly locks: readonly string[];
  /** Lock files that exist here, and that git ignores. */
  readonly ignoredLocks: readonly string[];
  /** What gets the requests: declared, or what the platform runs by itself. Undefined where nothing says. */
  readonly web: Process | undefined;
  /** The programs that it starts, and what of it could not be followed. */
  readonly launches: readonly Launch[];
  readonly unclear: readonly string[];
  /** The JavaScript files that it starts with Node. */
  readonly entries: readonly NodeEntry[];
}

export interface NodeEntry {
  readonly file: string;
  readonly launch: Launch;
  readonly listens: readonly Listen[];
  readonly loads: readonly { readonly name: string; readonly at: Location }[];
}

const lockFiles = [
  "package-lock.json",
  "npm-shrinkwrap.json",
  "yarn.lock",
  "pnpm-lock.yaml",
  "bun.lock",
  "bun.lockb",
];
const versionFiles = [".nvmrc", ".node-version"];

export const nodeApp = defineFact<"nodeApp", "project" | "deployment">({
  wants: ["project", "deployment"],
  read({ files, options }, { project, deployment }) {
    if (project?.framework !== "node") return missing("this is no project of Node's");
    const folder = project.folder;
    const path = within(folder, "package.json");
    const text = files.text(path);
    const { root, problems } = readJson(path, text ?? "");
    if (problems.length > 0) return missing(`${path} cannot be read`);
    const named = (key: string) => root.get(key).entries;
    const places = [...new Set([folder, ""])];
    const web = deployment?.processes.findLast(({ name }) => name === "web") ?? byItself();
    const variables = deployment ? deployedVariables(deployment, options) : new Map<string, undefined>();
    const { launches, unclear } = web ? launchesOf(web, files, variables) : { launches: [], unclear: [] };
    return {
      path,
      scripts: new Map(
        named("scripts").map(([name, { text: script = "", at }]) => [name, { text: script, at }] as const),
      ),
      dependencies: new Set([
        ...named("dependencies").map(([name]) => name),
        ...named("optionalDependencies").map(([name]) => name),
      ]),
      devDependencies: new Map(named("devDependencies").map(([name, { at }]) => [name, at] as const)),
      versionFrom: root.get("engines").get("node").exists
        ? `engines in ${path}`
        : root.get("volta").get("node").exists
          ? `volta in ${path}`
          : versionFile(files, places),
      locks: places
        .map((place) => lockFiles.map((name) => within(place, name)).filter((one) => files.isFile(one)))
        .reduce((found, more) => (found.length > 0 ? found : more), []),
      ignoredLocks: lockFiles.map((name) => within(folder, name)).filter((one) => files.isIgnored(one)),
      web,
      launches,
      unclear,
      entries: launches.flatMap((launch) => entryOf(files, launch) ?? []),
    };

    /** A platform that starts a project of Node's without being told. */
    function byItself(): Process | undefined {
      const command = deployment?.platform.start.node?.command;
      const source = `what ${deployment?.platform.name} runs by itself`;
      return command === undefined ? undefined : { name: "web", command, at: startOf(path), source, folder };
    }
  },
});

function versionFile(files: ProjectFiles, places: readonly string[]): string | undefined {
  const named = places.flatMap((place) => versionFiles.map((name) => within(place, name)));
  const found = named.find((path) => files.isFile(path));
  if (found !== undefined) return found;
  const tools = places.flatMap((place) => [".tool-versions", "mise.toml"].map((name) => within(place, name)));
  return tools.find((path) => /^[^\S\n]*node(?:js)?\b/m.test(files.text(path) ?? ""));
}

const extensions = ["", ".js", ".mjs", ".cjs", "/index.js"];

/** The file that `node server` runs; undefined for what is made by a build, or is no file. */
function entryOf(files: ProjectFiles, launch: Launch): NodeEntry | undefined {
  if (launch.program !== "node" && launch.program !== "nodejs") return undefined;
  const first = launch.args.find(({ text }) => !text.startsWith("-"));
  if (
    !first?.known ||
    launch.folder === undefined ||
    launch.args.some(({ text }) => /^-(?:e|p|r)$/.test(text))
  )
    return undefined;
  const stem = resolvePath(launch.folder, first.text);
  const file = extensions.map((extension) => `${stem}${extension}`).find((path) => files.isFile(path));
  if (stem === undefined || file === undefined || nameOf(file) === "") return undefined;
  const text = files.text(file) ?? "";
  return { file, launch, listens: listensIn(file, text), loads: packagesLoaded(file, text) };
}
