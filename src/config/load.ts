import { posix } from "node:path";
import type { Check } from "../check.ts";
import { folderOf } from "../files/listing.ts";
import { type Location, showLocation } from "../location.ts";
import { type Config, emptyConfig, over } from "./config.ts";
import { configIn, configsIn, type FoundConfig, type ReadText } from "./find.ts";
import { type ConfigProblem, readConfig } from "./read.ts";

/** The configuration of a project. */
export interface LoadedConfig {
  readonly config: Config;
  /** "deploy-check.yaml", "[tool.deploy-check] in pyproject.toml"; undefined where there is none. */
  readonly called: string | undefined;
  /** Its file, from the top of the repository; "" where there is none. */
  readonly file: string;
  /** What its paths are from, as a path from the top of the repository; "" is the top. */
  readonly folder: string;
  /** Configurations beside it that count for nothing. */
  readonly passedOver: readonly string[];
}

export interface LoadRequest {
  readonly read: ReadText;
  /** The folder that is judged, as a path from the top of the repository. */
  readonly folder: string;
  /** `--config`, from the top of the repository. */
  readonly named?: string | undefined;
  readonly checks: readonly Check[];
}

/** A configuration that cannot be used: what is wrong, line by line. */
export class WrongConfig extends Error {}

/** Files that extend each other more often than this go round in circles. */
const deepest = 10;

/** Nobody shares that much. A few files that extend each other over and over would never come to an end. */
const mostFiles = 50;

/**
 * Finds the configuration of a folder: one that is named, or the nearest, in the folder itself or above it, up
 * to the top of the repository. Throws `WrongConfig` if it, or what it extends, is wrong or not there.
 */
export async function loadConfig(request: LoadRequest): Promise<LoadedConfig> {
  const { found, folder, passedOver } = await chosen(request);
  if (!found) return { config: emptyConfig, called: undefined, file: "", folder, passedOver };
  return {
    config: await whole(found, folder, request, [], []),
    called: found.called,
    file: found.file,
    folder,
    passedOver,
  };
}

async function chosen({ read, folder, named }: LoadRequest): Promise<{
  readonly found: FoundConfig | undefined;
  readonly folder: string;
  readonly passedOver: readonly string[];
}> {
  if (named !== undefined) {
    const text = read(named);
    const found = text === undefined ? undefined : await configIn(named, text);
    if (found) return { found, folder: folderOf(named), passedOver: [] };
    const because =
      text === undefined ? "it is not there, or not in the repository" : "it says nothing of deploy-check";
    throw new WrongConfig(`${named} cannot be used as configuration: ${because}`);
  }
  for (let at = folder; ; at = folderOf(at)) {
    const [found, ...others] = await configsIn((name) => read(posix.join(at, name)));
    if (found) {
      const placed = { ...found, file: posix.join(at, found.file) };
      return { found: placed, folder: at, passedOver: others.map(({ called }) => called) };
    }
    if (at === "") return { found: undefined, folder, passedOver: [] };
  }
}

/** What a file says, over what it extends. */
async function whole(
  { tree, file }: FoundConfig,
  folder: string,
  request: LoadRequest,
  below: readonly string[],
  /** Every file that was read so far. */
  met: string[],
): Promise<Config> {
  if (below.includes(file) || below.length > deepest)
    throw new WrongConfig(`${[...below, file].join(" extends ")}, which goes round in a circle`);
  if (met.push(file) > mostFiles)
    throw new WrongConfig(`${met[0]} extends more than ${mostFiles} files in all`);
  const problems = tree.problems.map(({ message, at }) => ({ message, at }));
  if (problems.length > 0) throw wrong(problems, file);
  const own = readConfig(tree.root, request.checks);
  if (own.problems.length > 0) throw wrong(own.problems, file);
  let config = emptyConfig;
  for (const { name, at } of own.extends) {
    const base = await extended(name, { ...at, file }, file, folder, request.read);
    config = over(config, await whole(base, folder, request, [...below, file], met));
  }
  return over(config, own.config);
}

/** `./base.yaml` from the file's folder, or a package that holds a deploy-check.yaml. */
async function extended(
  name: string,
  at: Location,
  file: string,
  folder: string,
  read: ReadText,
): Promise<FoundConfig> {
  const isPath = /^\.{1,2}\/|\.(?:ya?ml|toml|json)$/.test(name);
  const candidates = isPath
    ? [posix.join(folderOf(file), name)]
    : ancestors(folder).map((each) => posix.join(each, "node_modules", name, "deploy-check.yaml"));
  for (const path of candidates) {
    const text = path.startsWith("../") ? undefined : read(path);
    const found = text === undefined ? undefined : await configIn(path, text);
    if (found) return found;
  }
  const wanted = isPath
    ? "no such file in the repository"
    : "no package of that name with a deploy-check.yaml in node_modules; a file is named by its path, such as ./base.yaml";
  throw wrong([{ message: `extends names ${name}, and there is ${wanted}`, at }], file);
}

/** The folder and all above it, up to the top. */
function ancestors(folder: string): readonly string[] {
  return folder === "" ? [""] : [folder, ...ancestors(folderOf(folder))];
}

function wrong(problems: readonly ConfigProblem[], file: string): WrongConfig {
  return new WrongConfig(
    problems.map(({ message, at }) => `${showLocation({ ...at, file })} ${message}`).join("\n"),
  );
}
