import { isIgnoredBy, parseIgnoreRules } from "../files/gitignore.ts";
import { folderOf, nameOf } from "../files/listing.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { defineFact, missing } from "./define.ts";

/** What git's index holds that no repository should. Missing outside a repository, and where git did not answer. */
export interface Repository {
  /** Folders of virtual environments with files in the index. */
  readonly environments: readonly string[];
  /** SQLite databases in the index, but those of tests, documentation and examples. */
  readonly databases: readonly string[];
  /** Compiled files of Python in the index. */
  readonly compiled: readonly string[];
  /** Folders of packages that npm installed, with files in the index. */
  readonly nodeModules: readonly string[];
  /** Dumps of a database with the rows of its tables. */
  readonly dumps: readonly { readonly path: string; readonly kind: string }[];
  /** The files below a folder that are in the index, sorted; "" is the root. */
  below(folder: string): readonly string[];
  /** Whether a file of this path would be kept out by the project's .gitignore files. */
  ignores(path: string): boolean;
}

export const repository = defineFact<"repository">({
  read({ files }) {
    const { tracked } = files;
    if (!tracked) return missing("without git's index there is no telling what is in the repository");
    const paths = [...tracked].sort();
    return {
      environments: outermost(
        paths
          .filter(
            (path) =>
              nameOf(path) === "pyvenv.cfg" ||
              /(?:^|\/)(?:lib\/python[\d.]+|Lib)\/site-packages\//.test(path),
          )
          .map(environmentOf),
      ),
      databases: paths.filter((path) => isDatabase(path, files)),
      compiled: paths.filter((path) => /\.py[co]$/.test(path)),
      nodeModules: outermost(paths.flatMap((path) => /^(?:.*\/)?node_modules(?=\/)/.exec(path)?.[0] ?? [])),
      dumps: paths.flatMap((path) => dumpIn(path, files)),
      below: (folder) => paths.filter((path) => folder === "" || path.startsWith(`${folder}/`)),
      ignores: (path) => ignores(files, path),
    };
  },
});

function environmentOf(path: string): string {
  return nameOf(path) === "pyvenv.cfg"
    ? folderOf(path)
    : path.replace(/(?:^|\/)(?:lib\/python[\d.]+|Lib)\/site-packages\/.*$/, "") ||
        (path.split("/")[0] ?? path);
}

function outermost(folders: readonly string[]): readonly string[] {
  const all = [...new Set(folders)].filter((folder) => folder !== "").sort();
  return all.filter((folder) => !all.some((other) => folder.startsWith(`${other}/`)));
}

/** What is there to be read or tested. */
const notDeployed =
  /(?:^|\/)(?:tests?|testing|test_?data|fixtures?|docs?|documentation|examples?|samples?|demos?|seeds?)(?:\/|$)|(?:^|[/_-])tests?[_.-]/i;

/** By name and content: other programs call their files `.db` too. */
function isDatabase(path: string, files: ProjectFiles): boolean {
  if (!/\.(?:sqlite3?|db3?)$/i.test(path) || notDeployed.test(path)) return false;
  const read = files.read(path);
  return (
    read.kind === "unreadable" &&
    (read.because === "is a SQLite database" ||
      (/sqlite/i.test(path) && read.because.startsWith("is larger")))
  );
}

/** What `pg_dump`, `mysqldump` and `dumpdata` write at the top, and rows of users. */
function dumpIn(
  path: string,
  files: ProjectFiles,
): readonly { readonly path: string; readonly kind: string }[] {
  if (notDeployed.test(path) || /(?:^|\/)migrations\//.test(path)) return [];
  if (
    /\.(?:dump|bak)$/i.test(path) &&
    /^PGDMP|-- (?:PostgreSQL|MySQL) d/.test(files.text(path)?.slice(0, 200) ?? "")
  )
    return [{ path, kind: "a dump of a database" }];
  if (!/\.(?:sql|json)$/i.test(path)) return [];
  const text = files.text(path);
  if (text === undefined) return [];
  if (/\.sql$/i.test(path)) {
    const isDump = /^-- (?:PostgreSQL database|MySQL|MariaDB) dump/m.test(text.slice(0, 1000));
    return isDump && users.test(text) ? [{ path, kind: "a dump of a database with its users" }] : [];
  }
  return /"password":\s*"(?:pbkdf2_sha256|argon2|bcrypt|bcrypt_sha256|scrypt)\$/.test(text)
    ? [{ path, kind: "a dump of data with the password hashes of users" }]
    : [];
}

const users =
  /(?:COPY|INSERT INTO)\s+[`"\w.]*(?:auth_user|users?_user|accounts?_user|core_user|customuser)[`"]?\s*(?:\(|VALUES|FROM)[\s\S]{0,2000}?(?:pbkdf2_|argon2|bcrypt|@)/i;

function ignores(files: ProjectFiles, path: string): boolean {
  const parts = path.split("/");
  const folders = parts.map((_, index) => parts.slice(0, index).join("/"));
  const placed = folders.flatMap((folder) => {
    const text = files.text(folder === "" ? ".gitignore" : `${folder}/.gitignore`);
    return text === undefined
      ? []
      : [{ rules: parseIgnoreRules(text), start: folder === "" ? 0 : folder.length + 1 }];
  });
  // A folder that is ignored takes everything in it along.
  return parts.some((_, index) => {
    const part = parts.slice(0, index + 1).join("/");
    const applying = placed.filter(({ start }) => start <= part.length);
    return isIgnoredBy(applying, part, index + 1 < parts.length);
  });
}
