import type { ProjectFiles } from "../files/project-files.ts";
import { locator, startOf } from "../location.ts";
import { nixpacksVersion } from "../platforms/builders/nixpacks.ts";
import type { PythonRules, PythonVersionFile } from "../platforms/rules.ts";
import { asTable, asText, inside, readToml } from "./packages/toml.ts";
import { readDeclared, type VersionInFile } from "./python-version-files.ts";

/*
 * Version files as builders read them that do not share Heroku's grammar. Their verdicts on every form here
 * are recorded in fixtures/builders/verdicts.
 */

/** What a file says to a builder of this grammar; undefined if it says nothing to it. */
export function readVersion(
  grammar: PythonRules["grammar"] | undefined,
  files: ProjectFiles,
  file: PythonVersionFile | "pyproject.toml",
  path: string,
): VersionInFile | undefined {
  const read = grammar === undefined ? undefined : readersOf[grammar]?.[file];
  return read ? read(files, file, path) : readDeclared(files, file, path);
}

type Read = (
  files: ProjectFiles,
  file: PythonVersionFile | "pyproject.toml",
  path: string,
) => VersionInFile | undefined;
type Readers = Partial<Readonly<Record<PythonVersionFile | "pyproject.toml", Read>>>;

/** A file's text as a program sees it that knows UTF-8 alone; undefined if there is none to see. */
function plainText(files: ProjectFiles, path: string): string | undefined {
  const read = files.read(path);
  return read.kind === "text" && !read.encoding.startsWith("utf-16") ? read.text : undefined;
}

/** heroku/buildpacks-python @f81d0dc (v6.5.6, 2026-08-05): src/python_version_file.rs. */
const cnb: Readers = {
  ".python-version": (files, file, path) => {
    const declared = readDeclared(files, file, path);
    const text = declared?.text.trim() ?? "";
    const read = files.read(path);
    const isPlain = read.kind === "text" && read.encoding === "utf-8";
    const isOne = isPlain && !/ versions /.test(declared?.problem ?? "");
    if (!declared || !isOne || !/^\+?\d+(?:\.\+?\d+){1,2}$/.test(text)) return declared;
    const version = text.split(".").map(Number).join(".");
    return { ...declared, version, problem: undefined };
  },
};

/** GoogleCloudPlatform/buildpacks @21f28de (2026-08-22), pkg/python/python.go: the whole file is a version, or a range. */
const google: Readers = {
  ".python-version": (files, file, path) => {
    if (!files.isFile(path)) return undefined;
    const text = plainText(files, path);
    const part = text?.trim() ?? "";
    const judged = { version: /^\d+\.\d+(?:\.\d+)?(?=$|\.[*xX]$)/.exec(part)?.[0] };
    const isRange = /^[\d.*xX<>=^~!,| -]+$/.test(part);
    const problem =
      text === undefined
        ? `${path} is not UTF-8`
        : part === ""
          ? `${path} is empty`
          : isRange
            ? undefined
            : `the whole of ${path} is taken for the version, and it is more than that`;
    return found(file, path, text ?? "", part.split(/\r\n|\r|\n/)[0] ?? "", { ...judged, problem });
  },
};

/** A version, with the place of the first text of it in its file. */
function found(
  file: VersionInFile["file"],
  path: string,
  text: string,
  part: string,
  judged: Pick<VersionInFile, "version" | "problem" | "stops">,
): VersionInFile {
  const start = text.indexOf(part);
  const at = start < 0 || part === "" ? startOf(path) : locator(path, text)(start, start + part.length);
  return { file, path, at, text: part, ...judged };
}

/** railwayapp/railpack @b5e8058 (2026-08-18): core/providers/python/python.go, and what mise 2026.8.6 lists. */
const mise: Readers = {
  ".python-version": (files, file, path) =>
    firstOf([path, `${path}s`], (one) => {
      const text = plainText(files, one);
      const words = text?.split(/\r\n|\r|\n/).flatMap((line) => wordsOf(line.replace(/#.*/, ""))) ?? [];
      return text === undefined ? undefined : miseVersion(file, one, text, words);
    }),
  ".tool-versions": (files, file, path) => {
    const text = plainText(files, path);
    const line = text?.split(/\r\n|\r|\n/).find((one) => /^\s*python\s/.test(one));
    if (text === undefined || line === undefined) return undefined;
    return miseVersion(file, path, text, wordsOf(line.replace(/#.*/, "")).slice(1));
  },
  "mise.toml": (files, file, path) =>
    firstOf([path, path.replace(/mise\.toml$/, ".mise.toml")], (one) => {
      const table = files.isFile(one) ? readToml({ files, python: undefined }, one) : undefined;
      if (!table) return undefined;
      const tool = inside(table.table, "tools").python;
      const all: readonly unknown[] = Array.isArray(tool) ? tool : [asText(tool) ?? asTable(tool).version];
      const words = all.flatMap((each) => asText(each) ?? asText(asTable(each).version) ?? []);
      return miseVersion(file, one, files.text(one) ?? "", words);
    }),
  // ExtractSemverVersion: the first number, wherever it stands.
  "runtime.txt": (files, file, path) => {
    if (!files.isFile(path)) return undefined;
    const text = plainText(files, path) ?? "";
    const part = /\d+(?:\.\d+)?(?:\.\d+)?/.exec(text)?.[0] ?? "";
    return found(file, path, text, part, { version: minorOf(part), problem: undefined });
  },
  // parseVersionFromPipfile.
  Pipfile: (files, file, path) => {
    const text = plainText(files, path);
    const part =
      /python_full_version\s*=\s*['"]([0-9.]*)"?/.exec(text ?? "")?.[1] ??
      /python_version\s*=\s*['"]([0-9.]*)"?/.exec(text ?? "")?.[1];
    if (text === undefined || !part) return undefined;
    return found(file, path, text, part, { version: minorOf(part), problem: undefined });
  },
};

/** Of several versions mise lists the lowest first, and the first counts. A quote makes it pass the file over. */
function miseVersion(
  file: VersionInFile["file"],
  path: string,
  text: string,
  words: readonly string[],
): VersionInFile | undefined {
  const [lowest] = words.filter((word) => !/^["']/.test(word)).sort(byNumbers);
  if (lowest === undefined) return undefined;
  // `3`, `latest` and `>=3.12` are whatever is newest.
  const open = /^(?:\d+|latest|lts|[<>=~^!].*)$/.test(lowest);
  const version = open ? undefined : minorOf(lowest);
  const problem =
    open || version !== undefined ? undefined : `${path} holds "${lowest}", which is no version of Python`;
  return found(file, path, text, lowest, { version, problem });
}

/** `3.9` before `3.12`. */
function byNumbers(one: string, other: string): number {
  const a = (one.match(/\d+/g) ?? []).map(Number);
  const b = (other.match(/\d+/g) ?? []).map(Number);
  const index = a.findIndex((number, at) => number !== b[at]);
  return index < 0 ? a.length - b.length : (a[index] ?? 0) - (b[index] ?? 0);
}

/** The first `3.12` or `3.12.1` in a text; undefined for what is none, such as `3.012`. */
function minorOf(text: string): string | undefined {
  const version = /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0];
  return version === undefined || /\.0\d/.test(version) ? undefined : version;
}

/** railwayapp/nixpacks @f51d7fd (2025-08-04): src/providers/python.rs, get_nix_python_package. */
const nixpacks: Readers = {
  ".python-version": wholeFile,
  "runtime.txt": wholeFile,
  Pipfile: (files, file, path) => {
    const text = plainText(files, path);
    if (text === undefined) return undefined;
    const part = /(?:python_version|python_full_version) = ['"|]([0-9|.]*)/.exec(text)?.[1];
    if (part !== undefined) return judged(file, path, text, part);
    // A file without a version keeps those behind it from being asked.
    const problem = `${path} names no Python version, and Nixpacks looks no further`;
    return found(file, path, text, "", { version: undefined, problem });
  },
  ".tool-versions": (files, file, path) => {
    const text = plainText(files, path);
    const part = /^[^\S\n]*python\s+([^\s#]+)/m.exec(text ?? "")?.[1];
    if (text === undefined || part === undefined) return undefined;
    if (part.includes(".")) return judged(file, path, text, part.split(".").slice(0, 2).join("."));
    const problem = `${path} asks for Python "${part}", and Nixpacks crashes without a dot in it`;
    return found(file, path, text, part, { version: undefined, problem, stops: true });
  },
};

/** The whole file has to look like one version; anything else counts as none. */
function wholeFile(
  files: ProjectFiles,
  file: VersionInFile["file"],
  path: string,
): VersionInFile | undefined {
  if (!files.isFile(path)) return undefined;
  const text = plainText(files, path);
  if (text === undefined) {
    const problem = `${path} is not UTF-8`;
    return found(file, path, "", "", { version: undefined, problem, stops: true });
  }
  if (hasMark(files, path)) {
    const problem = `${path} begins with a byte order mark, and Nixpacks takes it for no version`;
    return found(file, path, text, text.trim(), { version: undefined, problem });
  }
  return judged(file, path, text, text.trim());
}

function hasMark(files: ProjectFiles, path: string): boolean {
  const read = files.read(path);
  return read.kind === "text" && read.encoding === "utf-8-bom";
}

function judged(file: VersionInFile["file"], path: string, text: string, part: string): VersionInFile {
  const version = nixpacksVersion(part);
  const shown = part.split("\n")[0] ?? "";
  const why = /^[\sa-z"'-]*\d+\.\d/i.test(part) ? "does not have" : "takes for no version";
  const problem = version === undefined ? `${path} holds "${shown}", which Nixpacks ${why}` : undefined;
  return found(file, path, text, part, { version, problem });
}

function wordsOf(line: string): string[] {
  return line.split(/\s+/).filter((word) => word !== "");
}

function firstOf(
  paths: readonly string[],
  read: (path: string) => VersionInFile | undefined,
): VersionInFile | undefined {
  for (const path of paths) {
    const version = read(path);
    if (version) return version;
  }
  return undefined;
}

const readersOf: Partial<Readonly<Record<PythonRules["grammar"], Readers>>> = {
  google,
  "heroku-cnb": cnb,
  mise,
  nixpacks,
};
