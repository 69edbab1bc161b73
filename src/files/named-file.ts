import { lstatSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join, sep } from "node:path";

// Files that the user names, wherever they are: an environment, a report. Files of the project have their own door.

/** The text of a file. `because` finishes the sentence "cannot be read: …". */
export function readNamed(path: string): { readonly text: string } | { readonly because: string } {
  try {
    return { text: readFileSync(path, "utf8") };
  } catch (error) {
    return { because: reasonOf(error) };
  }
}

/** All that is on standard input; whoever calls knows that somebody writes there. */
export function readStandardInput(): string {
  try {
    return readFileSync(0, "utf8");
  } catch {
    // Closed, which is as good as empty.
    return "";
  }
}

/** The path of a folder without links; undefined where there is none. */
export function realFolder(path: string): string | undefined {
  try {
    const real = realpathSync(path);
    return lstatSync(real).isDirectory() ? real : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The text of a file below `top` (absolute, without links), as of a configuration. Undefined where there is none,
 * where it is larger than anyone writes, and where a link leads out of `top`: whoever wrote the project decides
 * where its links lead.
 */
export function readBelow(top: string, path: string, max = largest): string | undefined {
  try {
    const real = realpathSync(join(top, path));
    const stat = lstatSync(real);
    const inside = real.startsWith(top.endsWith(sep) ? top : top + sep);
    return inside && stat.isFile() && stat.size <= max ? readFileSync(real, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

const largest = 1_000_000;

/**
 * Whether a path (absolute) stays below `top` (absolute, without links) wherever links lead. What is not there yet
 * counts by the folder that it would be made in.
 */
export function staysBelow(top: string, path: string): boolean {
  try {
    const real = realpathSync(path);
    return real === top || real.startsWith(top.endsWith(sep) ? top : top + sep);
  } catch {
    const isLinkToNowhere = lstatSync(path, { throwIfNoEntry: false }) !== undefined;
    return !isLinkToNowhere && dirname(path) !== path && staysBelow(top, dirname(path));
  }
}

/** Writes a file, or behind what is in it; why that is not possible, if it is not. */
export function writeNamed(
  path: string,
  text: string,
  { append }: { readonly append: boolean },
): string | undefined {
  try {
    writeFileSync(path, text, { flag: append ? "a" : "w" });
    return undefined;
  } catch (error) {
    return reasonOf(error);
  }
}

/** Why the disk refuses a file, in words where it is one of the usual reasons. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  const words: Readonly<Record<string, string>> = {
    ENOENT: "it does not exist, or its folder does not",
    EISDIR: "it is a folder",
    ENOTDIR: "part of its path is no folder",
    EACCES: "permission is denied",
    EROFS: "the disk is read-only",
  };
  return words[String(code)] ?? String(code);
}
