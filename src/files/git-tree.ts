import { join, relative, sep } from "node:path";
import { decode, maxBytes, tooLarge } from "./decode.ts";
import { askGit, askGitNow, findRepository, indexOf, type Repository } from "./git.ts";
import { resolveLink } from "./link-target.ts";
import { followLinks } from "./links.ts";
import { ancestors, folderOf, listing, nameOf } from "./listing.ts";
import { realFolder } from "./named-file.ts";
import { type FileRead, type ProjectFiles, Unreadable } from "./project-files.ts";
import { skippedByContent, skippedByName } from "./skipped-folders.ts";

/** One line of a tree or of the index: what git keeps under a path. */
interface Entry {
  /** "100644", "100755", "120000" a link, "160000" a submodule. */
  readonly mode: string;
  readonly object: string;
  /** Whether its name is none in UTF-8; such a file cannot be told from others. */
  readonly misnamed: boolean;
}

/** Which part of a repository is opened, and how. */
export interface TreeOptions {
  /** From `root`, the folder that is the project; it need not be on the disk. */
  readonly below?: string;
  /** Read every file when it is asked for: for who wants to read few. */
  readonly sparing?: boolean;
}

/**
 * Opens the project in a folder as a commit has it, not as the disk does: the same answers that `openDisk` would give
 * of a fresh checkout. Nothing is checked out, no filter runs, no file of the folder is read.
 *
 * @param ref a commit, or what leads to one: a branch, a tag, `HEAD~2`.
 *
 * Throws `Unreadable` if there is no such commit, or it does not hold the folder.
 */
export async function openCommit(
  root: string,
  ref: string,
  options: TreeOptions = {},
): Promise<ProjectFiles> {
  const place = placeOf(root, options);
  const { repository, folder } = place;
  const args = ["ls-tree", "-r", "-z", "--full-tree", `${ref}^{commit}:${folder}`];
  const out = ref.startsWith("-") ? undefined : await askGit({ folder: repository.root, repository, args });
  if (out === undefined)
    throw new Unreadable(
      folder === ""
        ? `${ref} is no commit that git can read`
        : `${ref} is no commit that git can read, or it does not hold ${folder}`,
    );
  return openEntries(place, entriesOf(out, /^(\d{6}) \w+ ([0-9a-f]{40,64})$/, ""), options);
}

/**
 * The same of what is staged: the commit that `git commit` is about to make.
 *
 * @param indexFile the index, where it is not the repository's own.
 */
export async function openIndex(
  root: string,
  { indexFile, ...options }: TreeOptions & { readonly indexFile?: string | undefined } = {},
): Promise<ProjectFiles> {
  const place = placeOf(root, options);
  const { repository, folder } = place;
  const within = folder === "" ? [] : [`:(top,literal)${folder}`];
  const args = ["ls-files", "-z", "--cached", "--stage", "--full-name", "--", ...within];
  const out = await askGit({ folder: repository.root, repository, args, indexFile });
  if (out === undefined) throw new Unreadable(`git cannot read the index of ${root}`);
  const prefix = folder === "" ? "" : `${folder}/`;
  return openEntries(place, entriesOf(out, /^(\d{6}) ([0-9a-f]{40,64}) [0-3]$/, prefix), options);
}

interface Place {
  readonly repository: Repository;
  /** The project's folder, from the top of the repository; "" is the top. */
  readonly folder: string;
}

function placeOf(root: string, { below = "" }: TreeOptions): Place {
  const top = realFolder(root);
  if (top === undefined) throw new Unreadable(`${root} is not a folder`);
  const repository = findRepository(top);
  if (repository === undefined) throw new Unreadable(`${root} is not in a git repository`);
  const folder = relative(repository.root, join(top, below)).replaceAll(sep, "/");
  if (folder !== "" && !isPlain(folder)) throw new Unreadable(`${below} is not in the repository`);
  return { repository, folder };
}

/**
 * @param form what stands before the path, with the mode and the object.
 * @param prefix what every path begins with.
 */
function entriesOf(out: Buffer, form: RegExp, prefix: string): ReadonlyMap<string, Entry> {
  const entries = new Map<string, Entry>();
  // One character for each byte, so that what is no UTF-8 is still there to be seen.
  for (const bytes of out.toString("latin1").split("\0")) {
    const line = Buffer.from(bytes, "latin1").toString();
    const tab = line.indexOf("\t");
    const [, mode, object] = form.exec(line.slice(0, Math.max(0, tab))) ?? [];
    const path = line.slice(tab + 1 + prefix.length);
    if (mode !== undefined && object !== undefined && isPlain(path)) {
      const misnamed = line.includes("\uFFFD") && Buffer.from(line).toString("latin1") !== bytes;
      entries.set(path, { mode, object, misnamed });
    }
  }
  return entries;
}

/** A tree is input: git itself refuses to make such names, but not everyone is git. */
function isPlain(path: string): boolean {
  return path.split("/").every((part) => !["", ".", "..", ".git"].includes(part));
}

async function openEntries(
  place: Place,
  entries: ReadonlyMap<string, Entry>,
  { sparing = false }: TreeOptions,
): Promise<ProjectFiles> {
  const passedOver = new Map<string, string>();
  const files = new Map<string, string>();
  const linkObjects = new Map<string, string>();
  const skipped = skippedFolders(entries);
  for (const [path, { mode, object, misnamed }] of entries) {
    const folder = ancestors(path).find((each) => skipped.has(each));
    if (folder !== undefined) passedOver.set(folder, skipped.get(folder) ?? "");
    else if (misnamed) passedOver.set(path, "has a name that is not UTF-8");
    else if (mode === "160000")
      passedOver.set(path, "is a submodule, whose files are in a repository of its own");
    else if (mode === "120000") linkObjects.set(path, object);
    else files.set(path, object);
  }
  const blobs = await readBlobs(place, [...linkObjects.values(), ...(sparing ? [] : wanted(files))]);
  const links = new Map<string, string>();
  const targets = new Map([...linkObjects].map(([path, object]) => [path, blobs(object)?.toString() ?? ""]));
  const everything = listing(entries.keys());
  for (const path of linkObjects.keys()) {
    const found = resolveLink(path, targets, everything);
    if (found.kind === "inside") links.set(path, found.path);
    else passedOver.set(path, found.because);
  }
  const linked = followLinks([...files.keys()], links);
  for (const { path, because } of linked.passedOver) passedOver.set(path, because);

  const tree = listing([...files.keys(), ...linked.files.keys()]);
  const reads = new Map<string, FileRead>();
  const read = (path: string): FileRead => {
    const origin = linked.files.get(path) ?? path;
    const object = tree.isFile(path) ? files.get(origin) : undefined;
    if (object === undefined) return { kind: "absent" };
    const known = reads.get(origin) ?? readBlob(origin, blobs(object));
    reads.set(origin, known);
    return known;
  };
  return {
    ...tree,
    read,
    text(path) {
      const file = read(path);
      return file.kind === "text" ? file.text : undefined;
    },
    tracked: indexOf(new Map([...entries].map(([path, { mode }]) => [path, mode]))),
    // Whatever a commit holds reaches a deployment.
    isIgnored: () => false,
    passedOver: [...passedOver]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([path, because]) => ({ path, because })),
  };
}

/** Folders that are not looked into, and what they are; the outermost only. */
function skippedFolders(entries: ReadonlyMap<string, Entry>): ReadonlyMap<string, string> {
  const named = new Map<string, string>();
  for (const path of entries.keys()) {
    const folders = ancestors(path);
    for (const folder of folders) {
      const because = skippedByName(nameOf(folder));
      if (because !== undefined) named.set(folder, because);
    }
    for (const each of [path, ...folders]) {
      const because = each.includes("/") ? skippedByContent([nameOf(each)]) : undefined;
      if (because !== undefined) named.set(folderOf(each), because);
    }
  }
  return new Map([...named].filter(([folder]) => !ancestors(folder).some((outer) => named.has(outer))));
}

/** The objects of files that may well be read: all but those that hold no text. */
function wanted(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([path, object]) => (withoutText.test(path) ? [] : [object]));
}

const withoutText =
  /\.(?:png|jpe?g|gif|webp|avif|ico|bmp|tiff?|psd|woff2?|ttf|otf|eot|mp[34]|m4[av]|mov|webm|og[gv]|wav|pdf|docx?|xlsx?|pptx?|zip|gz|tgz|bz2|xz|7z|rar|jar|whl|so|dll|exe|mo|py[co]|parquet|npy|pkl|map)$/i;

/** Objects above this are read when they are asked for, as are all beyond `maxAtOnce` bytes. */
const maxEach = 512 * 1024;
const maxAtOnce = 96 * 1024 * 1024;

/** An object's bytes; "too large" ones are not read. Undefined if this clone does not have it. */
type Blobs = (object: string) => Buffer | "too large" | undefined;

/** Reads all objects of a usual size at once, and the rest when it is asked for. */
async function readBlobs({ repository }: Place, objects: readonly string[]): Promise<Blobs> {
  const ask = { folder: repository.root, repository };
  const known = new Map<string, Buffer | "too large" | undefined>();
  const unique = [...new Set(objects)];
  const sizes =
    unique.length > 0
      ? await askGit({ ...ask, args: ["cat-file", "--batch-check"], input: lines(unique) })
      : undefined;
  let left = maxAtOnce;
  const small = (sizes?.toString() ?? "").split("\n").flatMap((line) => {
    const [object = "", type, size] = line.split(" ");
    if (type === "missing") known.set(object, undefined);
    if (type !== "blob" || Number(size) > Math.min(maxEach, left)) return [];
    left -= Number(size);
    return [object];
  });
  const out =
    small.length > 0
      ? await askGit({ ...ask, args: ["cat-file", "--batch"], input: lines(small) })
      : undefined;
  if (out !== undefined) enterBatch(out, known);
  return (object) => {
    if (!known.has(object)) known.set(object, blobNow(ask, object));
    return known.get(object);
  };
}

function lines(objects: readonly string[]): string {
  return objects.map((object) => `${object}\n`).join("");
}

/** Each object is `<name> blob <size>`, a line feed, its bytes, a line feed. */
function enterBatch(out: Buffer, known: Map<string, Buffer | "too large" | undefined>): void {
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(0x0a, at);
    if (end === -1) return;
    const [object = "", type, size] = out.toString("latin1", at, end).split(" ");
    at = end + 1;
    if (type !== "blob") continue;
    known.set(object, out.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
}

function blobNow(
  ask: { readonly folder: string; readonly repository: Repository },
  object: string,
): Buffer | "too large" | undefined {
  const out = askGitNow({ ...ask, args: ["cat-file", "--batch"], input: lines([object]) });
  const found = new Map<string, Buffer | "too large" | undefined>();
  if (out !== undefined) enterBatch(out, found);
  const bytes = found.get(object);
  return typeof bytes === "object" && bytes.length > maxBytes ? "too large" : bytes;
}

function readBlob(path: string, bytes: Buffer | "too large" | undefined): FileRead {
  if (bytes === undefined) return { kind: "unreadable", because: "is not in this clone" };
  return bytes === "too large" ? tooLarge : decode(path, bytes);
}
