import type { Location } from "../location.ts";

/** Latin-1 is taken only from a Python file that declares it (PEP 263). */
export type Encoding = "utf-8" | "utf-8-bom" | "utf-16le" | "utf-16be" | "latin-1";

/** A file as text, or why it is not. */
export type FileRead =
  | { readonly kind: "text"; readonly text: string; readonly encoding: Encoding }
  | { readonly kind: "absent" }
  /** `because` finishes the sentence "cannot be read: it …". */
  | { readonly kind: "unreadable"; readonly because: string };

/** Which files git tracks. Paths are relative to the project root; files outside it are left out. */
export interface TrackedFiles extends Iterable<string> {
  has(path: string): boolean;
  /** Whether everybody's checkout has it as an executable file; undefined for links, and for what is not tracked. */
  isExecutable(path: string): boolean | undefined;
}

/**
 * The only door to the project. It shows the files that a deployment would get: what git tracks, and
 * what it would track if added (untracked files that .gitignore does not name). Dependencies, virtual
 * environments and the inside of .git are not listed; links that leave the root are not followed.
 *
 * Paths are relative to the root, with forward slashes, and compared case-sensitively on every system.
 */
export interface ProjectFiles {
  /** Every file, sorted by path. */
  readonly list: readonly string[];
  isFile(path: string): boolean;
  isFolder(path: string): boolean;
  /** Files and folders directly inside `folder` ("" is the root), as paths from the root, sorted. */
  children(folder: string): readonly string[];
  /** Never throws. Each file is read at most once. */
  read(path: string): FileRead;
  /** The text, or undefined when the file is absent or cannot be read. */
  text(path: string): string | undefined;
  /** What git's index holds; undefined outside a repository, or when git did not answer. */
  readonly tracked: TrackedFiles | undefined;
  /** Files that exist here but would not reach a deployment, such as an ignored `.env`. */
  isIgnored(path: string): boolean;
  /** What was passed over, and why: links out of the project, unreadable folders. In order of path. */
  readonly passedOver: readonly { readonly path: string; readonly because: string }[];
}

/**
 * A project file that cannot be understood: the one error a fact may end in. The checks that need the
 * fact are then unknown, with this message.
 */
export class Unreadable extends Error {
  readonly at: Location | undefined;
  /** `message` is one sentence about the project, like the message of a finding. */
  constructor(message: string, at?: Location) {
    super(message);
    this.at = at;
  }
}
