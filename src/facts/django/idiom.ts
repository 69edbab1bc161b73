import type { Settings } from "./settings.ts";

/** What a setting is read as. */
export type Reading = "bool" | "text" | "list" | "database";

/** How a library reads a variable, as an expression. */
type Idiom = Readonly<Record<Reading, (variable: string) => string>>;

const plain: Idiom = {
  bool: (variable) => `os.environ.get("${variable}", "").strip().lower() in {"1", "true", "yes", "on"}`,
  text: (variable) => `os.environ["${variable}"]`,
  list: (variable) => `[host.strip() for host in os.environ["${variable}"].split(",") if host.strip()]`,
  database: (variable) =>
    `{"default": dj_database_url.parse(os.environ["${variable}"], conn_max_age=60, conn_health_checks=True)}`,
};

/** By the module that the settings import. */
const idioms: Readonly<Record<string, Idiom>> = {
  environ: {
    bool: (variable) => `env.bool("${variable}", default=False)`,
    text: (variable) => `env("${variable}")`,
    list: (variable) => `env.list("${variable}")`,
    database: (variable) => `{"default": env.db("${variable}")}`,
  },
  environs: {
    bool: (variable) => `env.bool("${variable}", False)`,
    text: (variable) => `env.str("${variable}")`,
    list: (variable) => `env.list("${variable}")`,
    database: (variable) => `{"default": env.dj_db_url("${variable}")}`,
  },
  decouple: {
    bool: (variable) => `config("${variable}", default=False, cast=bool)`,
    text: (variable) => `config("${variable}")`,
    list: (variable) => `config("${variable}", cast=Csv())`,
    database: (variable) =>
      `{"default": dj_database_url.parse(config("${variable}"), conn_max_age=60, conn_health_checks=True)}`,
  },
};

/** Names that an expression needs, and the statement that brings them. */
const imports: readonly (readonly [use: RegExp, module: string, statement: string])[] = [
  [/\bos\./, "os", "import os"],
  [/\bdj_database_url\./, "dj_database_url", "import dj_database_url"],
  [/\bCsv\(/, "decouple.Csv", "from decouple import Csv"],
];

/**
 * A setting read from the environment, as text to paste: in the idiom of the library that the settings
 * already use for it, with the imports that they lack.
 */
export function assignment(
  settings: Pick<Settings, "imports">,
  name: string,
  reading: Reading,
  variable: string,
): string {
  const imported = new Set(settings.imports.map(({ module }) => module));
  const idiom = Object.entries(idioms).find(([module]) => imported.has(module))?.[1] ?? plain;
  const statement = `${name} = ${idiom[reading](variable)}`;
  const lacking = imports.filter(([use, module]) => use.test(statement) && !imported.has(module));
  return [...lacking.map(([, , line]) => line), statement].join("\n");
}
