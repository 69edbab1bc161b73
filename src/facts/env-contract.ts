import { nameOf } from "../files/listing.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { type Location, locator } from "../location.ts";
import { defineFact } from "./define.ts";

/** What the project's Python asks of its environment. */
export interface EnvContract {
  /** Every variable that is read, by name; the settings' own reads come first. */
  readonly variables: readonly ContractVariable[];
}

export interface ContractVariable {
  readonly name: string;
  /** The code insists on it: it fails where the variable is unset. */
  readonly required: boolean;
  readonly readBy: "settings" | "code";
  readonly at: Location | undefined;
  /** Who sets or names it: a manifest, the platform, `.env.example`, a README; undefined for nobody. */
  readonly declaredIn: string | undefined;
}

export const envContract = defineFact<"envContract", "settingsModule" | "deployment" | "dotenvFiles">({
  wants: ["settingsModule", "deployment", "dotenvFiles"],
  read({ files }, { settingsModule, deployment, dotenvFiles = [] }) {
    const declared = new Map<string, string>();
    const declare = (name: string, by: string) => {
      if (!declared.has(name)) declared.set(name, by);
    };
    for (const name of Object.keys(deployment?.platform.injects ?? {}))
      declare(name, deployment?.platform.name ?? "");
    for (const name of conventional) declare(name, "the platform");
    const { variable, others = [] } = deployment?.platform.database ?? {};
    for (const name of [...(variable === undefined ? [] : [variable]), ...others])
      declare(name, "the platform");
    for (const { name, at } of deployment?.env ?? []) declare(name, at.file);
    for (const { path, entries } of dotenvFiles) for (const { name } of entries) declare(name, path);
    for (const [name, { by }] of settingsModule?.given ?? []) declare(name, by);

    const reads = new Map<string, Omit<ContractVariable, "declaredIn">>();
    for (const { name, fallback, at } of settingsModule?.reads ?? []) {
      const known = reads.get(name);
      if (!known || (!known.required && fallback === undefined))
        reads.set(name, { name, required: fallback === undefined, readBy: "settings", at });
    }
    for (const read of readsInCode(files)) if (!reads.has(read.name)) reads.set(read.name, read);
    const silent = [...reads.keys()].filter((name) => !declared.has(name));
    for (const [name, path] of namedInTexts(files, silent)) declare(name, path);
    return {
      variables: [...reads.values()].map((read) => ({ ...read, declaredIn: declared.get(read.name) })),
    };
  },
});

/** What platforms and shells set by convention, whether or not a manifest names them. */
const conventional: readonly string[] = [
  ..."PORT HOME PATH USER HOSTNAME PWD TMPDIR TZ LANG DATABASE_URL REDIS_URL DJANGO_SETTINGS_MODULE PYTHONPATH VIRTUAL_ENV CI DYNO RENDER WEB_CONCURRENCY PGHOST PGPORT PGUSER PGPASSWORD PGDATABASE".split(
    " ",
  ),
];

/** `os.environ["X"]`, `os.environ.get("X")`, `os.getenv("X", …)`: how code outside the settings reads variables. */
const reading =
  /\bos\.(?:environ\[\s*["']([A-Z][A-Z\d_]+)["']\s*\](?!\s*=[^=])|(?:environ\.get|getenv)\(\s*["']([A-Z][A-Z\d_]+)["'])/g;

const notDeployed =
  /(?:^|\/)(?:tests?|testing|docs?|examples?|scripts?|tools?|node_modules|migrations)(?:\/|$)|(?:^|\/)(?:test_[^/]*|conftest|setup|noxfile|fabfile|tasks)\.py$/i;
/** No file that people write is as long. */
const longest = 300_000;

function* readsInCode(files: ProjectFiles): Generator<Omit<ContractVariable, "declaredIn">> {
  for (const path of files.list) {
    if (!path.endsWith(".py") || notDeployed.test(path)) continue;
    const text = files.text(path);
    if (text === undefined || text.length > longest || !/\bos\.(?:environ|getenv)/.test(text)) continue;
    const place = locator(path, text);
    for (const match of text.matchAll(reading)) {
      const line = text.slice(text.lastIndexOf("\n", match.index) + 1, match.index);
      if (line.includes("#")) continue;
      const [whole, insisted, asked] = match;
      yield {
        name: insisted ?? asked ?? "",
        required: insisted !== undefined,
        readBy: "code",
        at: place(match.index, match.index + whole.length),
      };
    }
  }
}

/** Files that tell people or machines which variables there are. */
const telling =
  /\.(?:md|rst|txt|adoc|ya?ml|json|toml|ini|cfg|conf|sh|bash|env|tf|tfvars|j2|tmpl|example|sample|template|dist)$|^(?:Procfile|Dockerfile\S*|Makefile|justfile|\.env\S*|\.travis\.yml)$|(?:^|[._-])env(?:$|[._-])/i;
const generated =
  /(?:^|\/)(?:package-lock\.json|[\w.-]+\.lock|[\w.-]*-lock\.ya?ml|fixtures?|locale|node_modules|static)(?:\/|$)/i;

/** Where each of these names stands first in a file that is no code; those that stand nowhere are left out. */
function namedInTexts(files: ProjectFiles, names: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (names.length === 0) return found;
  const open = new Set(names);
  for (const path of files.list) {
    if (open.size === 0) break;
    if (!telling.test(nameOf(path)) || generated.test(path)) continue;
    const text = files.text(path);
    if (text === undefined || text.length > longest) continue;
    for (const [word] of text.matchAll(/\b[A-Z][A-Z\d_]{2,}\b/g)) {
      if (!open.delete(word)) continue;
      found.set(word, path);
    }
  }
  return found;
}
