import {
  closeSync,
  constants,
  type Dirent,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import { decode, maxBytes, tooLarge } from "./decode.ts";
import { findRepository, type Repository, trackedFiles } from "./git.ts";
import { isIgnoredBy, type PlacedRules, parseIgnoreRules } from "./gitignore.ts";
import { followLinks } from "./links.ts";
import { ancestors, listing } from "./listing.ts";
import { type FileRead, type ProjectFiles, Unreadable } from "./project-files.ts";
import { skippedByContent, skippedByName } from "./skipped-folders.ts";

/** A tree with more in it is no project; somebody gave the root of a disk. */
const maxEntries = 1_000_000;

/** Above this, a .gitignore is not one. */
const maxIgnoreFile = 256 * 1024;

/**
 * Opens the project in a folder. The names of its files are read at once, their contents when asked.
 *
 * - What .gitignore files name is left out, as is what `.git/info/exclude` names. Those above `root`, up
 *   to the root of the repository, count too. Ignore files outside of the repository do not: they are
 *   the user's, and the answer is about the project. In a worktree or submodule `info/exclude` is not read.
 * - A file that git tracks is listed although it is ignored, if it is there. What is in a virtual
 *   environment or among installed packages is never listed; if git tracks it, it is passed over.
 * - A repository around `root` that ignores `root` and tracks nothing in it is not the project's.
 *
 * With `withIgnored`, what .gitignore names is there like everything else: the project as this machine
 * has it, and not as a deployment gets it.
 *
 * Throws `Unreadable` if `root` is no folder that can be read.
 */
export async function openDisk(
  root: string,
  { withIgnored = false }: { readonly withIgnored?: boolean } = {},
): Promise<ProjectFiles> {
  const top = realFolder(root);
  const repository = findRepository(top);
  // Git works while we read the folders.
  const index = repository && trackedFiles(top, repository);
  const walk = walkFolders(top, repository, withIgnored);
  const answer = await index;
  const tracked = walk.isOutside && answer?.size === 0 ? undefined : answer;

  const passedOver = new Map(walk.passedOver);
  const files = [...walk.files];
  for (const path of tracked ?? []) {
    if (walk.files.has(path) || walk.links.has(path) || !staysInside(path)) continue;
    const skipped = ancestors(path).find((folder) => walk.skipped.has(folder));
    if (skipped !== undefined) passedOver.set(skipped, walk.skipped.get(skipped) ?? "");
    else if (isPlainFile(top, path)) files.push(path);
  }
  const linked = followLinks(files, walk.links);
  for (const { path, because } of linked.passedOver) passedOver.set(path, because);

  const tree = listing([...files, ...linked.files.keys()]);
  const reads = new Map<string, FileRead>();
  const read = (path: string): FileRead => {
    const place = linked.files.get(path) ?? path;
    const known = reads.get(place) ?? (tree.isFile(path) ? readFile(join(top, place)) : { kind: "absent" });
    if (known.kind !== "absent") reads.set(place, known);
    return known;
  };
  return {
    ...tree,
    read,
    text(path) {
      const file = read(path);
      return file.kind === "text" ? file.text : undefined;
    },
    tracked,
    isIgnored: (path) =>
      !tree.isFile(path) &&
      !tree.isFolder(path) &&
      [path, ...ancestors(path)].some((folder) => walk.ignored.has(folder)) &&
      staysInside(path) &&
      realPath(join(top, path)) === join(top, path),
    passedOver: [...passedOver]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([path, because]) => ({ path, because })),
  };
}

interface Walk {
  readonly files: Set<string>;
  /** Where each link leads to, as a path from the root. */
  readonly links: Map<string, string>;
  /** Ignored files, and ignored folders, which are not looked into. */
  readonly ignored: Set<string>;
  /** Folders that are not looked into because of what they are, and what that is. */
  readonly skipped: Map<string, string>;
  readonly passedOver: Map<string, string>;
  /** The repository around the root ignores it. */
  readonly isOutside: boolean;
}

function walkFolders(top: string, repository: Repository | undefined, withIgnored: boolean): Walk {
  const walk: Walk = {
    files: new Set(),
    links: new Map(),
    ignored: new Set(),
    skipped: new Map(),
    passedOver: new Map(),
    isOutside: false,
  };
  const above = repository === undefined ? "" : slashed(relative(repository.root, top));
  const around = repository === undefined ? [] : rulesAround(repository, above);
  const isOutside = around === undefined;
  const prefix = isOutside || above === "" ? "" : `${above}/`;
  const queue: { folder: string; rules: readonly PlacedRules[] }[] = [{ folder: "", rules: around ?? [] }];
  let entriesLeft = maxEntries;

  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const { folder } = next;
    const entries = readFolder(top, folder, walk);
    const content = folder === "" ? undefined : skippedByContent(entries.map(({ name }) => name));
    if (content !== undefined) {
      walk.skipped.set(folder, content);
      continue;
    }
    entriesLeft -= entries.length;
    if (entriesLeft < 0) throw new Unreadable(`the project holds more than ${maxEntries} files and folders`);
    const start = (prefix + inside(folder, "")).length;
    const rules = entries.some(({ name }) => name === ".gitignore")
      ? withRulesOf(join(top, folder, ".gitignore"), start, next.rules)
      : next.rules;
    for (const entry of entries) {
      const path = inside(folder, entry.name);
      const because = skippedByName(entry.name);
      if (because !== undefined) walk.skipped.set(path, because);
      else if (hasBrokenName(top, path)) walk.passedOver.set(path, "has a name that is not UTF-8");
      else if (!withIgnored && isIgnoredBy(rules, prefix + path, entry.isDirectory())) walk.ignored.add(path);
      else if (entry.isDirectory()) queue.push({ folder: path, rules });
      else enterFile(top, path, entry, walk);
    }
  }
  return { ...walk, isOutside };
}

function enterFile(top: string, path: string, entry: Dirent, walk: Walk): void {
  if (entry.isSymbolicLink()) {
    const target = realPath(join(top, path));
    const place = target === undefined ? undefined : slashed(relative(top, target));
    if (place === undefined) walk.passedOver.set(path, "is a link that leads nowhere");
    else if (staysInside(place) || place === "") walk.links.set(path, place);
    else walk.passedOver.set(path, "is a link out of the project");
  } else if (!entry.isFile()) {
    walk.passedOver.set(path, "is a pipe, a socket or a device");
  } else {
    walk.files.add(path);
  }
}

function readFolder(top: string, folder: string, walk: Pick<Walk, "passedOver">): readonly Dirent[] {
  try {
    return readdirSync(join(top, folder), { withFileTypes: true });
  } catch (error) {
    if (folder === "") throw new Unreadable(`${top} ${reason(error)}`);
    walk.passedOver.set(folder, reason(error));
    return [];
  }
}

/**
 * What `.git/info/exclude` and the .gitignore files between the repository's root and the project's
 * say; undefined if they say that the project is not in the repository.
 */
function rulesAround(repository: Repository, above: string): readonly PlacedRules[] | undefined {
  let rules = withRulesOf(join(repository.root, ".git", "info", "exclude"), 0, []);
  let start = 0;
  for (const name of above === "" ? [] : above.split("/")) {
    rules = withRulesOf(join(repository.root, above.slice(0, start), ".gitignore"), start, rules);
    start += name.length + 1;
    if (isIgnoredBy(rules, above.slice(0, start - 1), true)) return undefined;
  }
  return rules;
}

/** `rules` and those of an ignore file, if it is there. Git does not follow a link to one, and neither do we. */
function withRulesOf(file: string, start: number, rules: readonly PlacedRules[]): readonly PlacedRules[] {
  const read = readFile(file, maxIgnoreFile);
  return read.kind === "text" ? [...rules, { rules: parseIgnoreRules(read.text), start }] : rules;
}

/** Nothing but a regular file is opened: a pipe would wait for somebody to write. */
function readFile(file: string, max = maxBytes): FileRead {
  try {
    const descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOFOLLOW);
    try {
      const stats = fstatSync(descriptor);
      if (!stats.isFile()) return { kind: "unreadable", because: "is a pipe, a socket or a device" };
      return stats.size > max ? tooLarge : decode(file, readFileSync(descriptor));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return { kind: "unreadable", because: reason(error) };
  }
}

function realFolder(root: string): string {
  try {
    const top = realpathSync.native(root);
    if (lstatSync(top).isDirectory()) return top;
  } catch (error) {
    throw new Unreadable(`${root} ${reason(error)}`);
  }
  throw new Unreadable(`${root} is not a folder`);
}

/** Where a path leads to in the end; undefined if nowhere. */
function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}

/** Whether a file of exactly this name is there, and no link leads to it. */
function isPlainFile(top: string, path: string): boolean {
  const place = join(top, path);
  return realPath(place) === place && lstatSync(place, { throwIfNoEntry: false })?.isFile() === true;
}

/** Node replaces what is not UTF-8 in a name, and such a file cannot be found again. */
function hasBrokenName(top: string, path: string): boolean {
  return path.includes("\uFFFD") && lstatSync(join(top, path), { throwIfNoEntry: false }) === undefined;
}

/** Whether a path from the root stays below it: git's index and links are input. */
function staysInside(path: string): boolean {
  return !path.startsWith("/") && path.split("/").every((part) => !["", ".", "..", ".git"].includes(part));
}

function inside(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

function slashed(path: string): string {
  return sep === "/" ? path : path.replaceAll(sep, "/");
}

/** The system's word for why not, as the end of a sentence about the file. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "is not readable by this user",
  EPERM: "is not readable by this user",
  ENOENT: "does not exist",
  ENOTDIR: "does not exist",
  ELOOP: "is a link",
  ENAMETOOLONG: "has too long a path",
  EMFILE: "is one file too many to be open at once",
};

function reason(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return reasons[code] ?? `gives an error of the system when it is read${code && ` (${code})`}`;
}
