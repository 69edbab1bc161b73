import { folderOf, nameOf } from "../files/listing.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import { defineFact } from "./define.ts";
import { assignments } from "./dotenv/entries.ts";
import { type Holds, holds, isOpen } from "./dotenv/secrecy.ts";

export interface DotenvFile {
  readonly path: string;
  /** In git's index; undefined where there is no index to ask. */
  readonly tracked: boolean | undefined;
  /** `.env.example`, `.env.sample`, `.env.template`, `.env.dist`: meant to be shared. */
  readonly isExample: boolean;
  /** `.env.dev`, `docker/local/.env`, `.env.test`: its path says that production does not read it. */
  readonly isForDevelopment: boolean;
  readonly entries: readonly DotenvEntry[];
  /** Why it could not be read, to finish "cannot be read: it …". Then it has no entries. */
  readonly unreadable?: string | undefined;
}

export interface DotenvEntry {
  readonly name: string;
  /** What the value is, without the value (design.md §5: a secret is never printed). */
  readonly holds: Holds;
  readonly at: Location;
}

export const dotenvFiles = defineFact<"dotenvFiles">({
  read: ({ files }) => files.list.filter(isDotenv).map((path) => readDotenv(path, files)),
});

/** `.env`, `.env.production`, `prod.env`, and what cookiecutter-django keeps in `.envs/.production/`. */
function isDotenv(path: string): boolean {
  const folders = folderOf(path).split("/");
  if (folders.some((folder) => notDeployed.test(folder) || folder.includes("{{"))) return false;
  if (folders.includes(".envs")) return !folders.includes(".local") && nameOf(path).startsWith(".");
  return /^\.env(\.|$)|\.env$/i.test(nameOf(path)) && !/\.(py|js|ts|md|rst|html|sh)$/i.test(path);
}

/** Folders that are there to be read or tested, not deployed. */
const notDeployed =
  /^(tests?|testing|test_?data|__tests__|fixtures|docs?|documentation|examples?|samples?|demos?|tutorials?|cookiecutter.*)$/i;

const examplePart =
  /^(examples?|samples?|templates?|tmpl|tpl|dist|defaults?|skel(eton)?|schema|j2|jinja2?|orig|reference)$/i;

const developmentPart =
  /^(dev|devel|develop|development|local|locals|localhost|tests?|testing|ci|e2e|cypress|pytest|tox|devcontainer|sandbox)$/i;

function readDotenv(path: string, files: ProjectFiles): DotenvFile {
  const file = files.read(path);
  const found = file.kind === "text" ? assignments(file.text) : [];
  const inTheOpen = new Set(found.flatMap(({ name, value }) => (isOpen(name) ? [value] : [])));
  return {
    path,
    tracked: files.tracked?.has(path),
    // A folder counts as a whole: `.template/.django`, and not `schema-registry/.env`.
    isExample:
      nameOf(path)
        .split(/[._-]/)
        .some((part) => examplePart.test(part)) ||
      folderOf(path)
        .split("/")
        .some((folder) => examplePart.test(folder.replace(/^\./, ""))),
    isForDevelopment: path.split(/[/._-]/).some((part) => developmentPart.test(part)),
    entries: found.map(({ name, value, line, column }) => ({
      name,
      holds: holds(name, value, inTheOpen),
      at: { file: path, line, column, endLine: line, endColumn: column + name.length },
    })),
    unreadable: file.kind === "unreadable" ? file.because : undefined,
  };
}
