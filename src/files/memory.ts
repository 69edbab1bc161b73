import { decode } from "./decode.ts";
import { listing } from "./listing.ts";
import type { FileRead, ProjectFiles, TrackedFiles } from "./project-files.ts";

/**
 * A project that is in memory: for tests, for the examples of the checks, and for anyone who has the
 * files somewhere else. It reads as the same files on a disk would.
 *
 * `tracked` is what git's index holds; without it there is no repository. `ignored` names files, or
 * folders, that .gitignore keeps out: they are not listed, unless they are tracked all the same. `executable`
 * are those of the index whose mode says so; without it nobody knows.
 */
export function memoryFiles(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: {
    readonly tracked?: readonly string[];
    readonly ignored?: readonly string[];
    readonly executable?: readonly string[];
  } = {},
): ProjectFiles {
  const contents = new Map(Object.entries(files));
  const tracked = options.tracked && trackedOf(options.tracked, options.executable);
  const named = new Set(options.ignored);
  const isIgnored = (path: string): boolean =>
    !tracked?.has(path) && withAncestors(path).some((p) => named.has(p));
  const existing = new Set([...contents.keys()].flatMap(withAncestors));
  const tree = listing([...contents.keys()].filter((path) => !isIgnored(path)));
  const reads = new Map<string, FileRead>();

  const read = (path: string): FileRead => {
    const content = tree.isFile(path) ? contents.get(path) : undefined;
    if (content === undefined) return { kind: "absent" };
    const known =
      reads.get(path) ??
      decode(path, typeof content === "string" ? new TextEncoder().encode(content) : content);
    reads.set(path, known);
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
    isIgnored: (path) => existing.has(path) && !tree.isFile(path) && !tree.isFolder(path) && isIgnored(path),
    passedOver: [],
  };
}

function trackedOf(paths: readonly string[], executable: readonly string[] | undefined): TrackedFiles {
  const all = new Set(paths);
  return {
    has: (path) => all.has(path),
    isExecutable: (path) => (all.has(path) ? executable?.includes(path) : undefined),
    [Symbol.iterator]: () => all.values(),
  };
}

/** "a/b/c" as "a", "a/b" and "a/b/c". */
function withAncestors(path: string): readonly string[] {
  return path.split("/").map((_, at, parts) => parts.slice(0, at + 1).join("/"));
}
