import type { Settings } from "./settings.ts";

/** How a project reads its environment, as code to paste in its own idiom. */
export interface Idiom {
  bool(variable: string): string;
  text(variable: string): string;
  list(variable: string): string;
}

const idioms: { readonly [module: string]: Idiom } = {
  environ: {
    bool: (variable) => `env.bool("${variable}", default=False)`,
    text: (variable) => `env("${variable}")`,
    list: (variable) => `env.list("${variable}")`,
  },
  environs: {
    bool: (variable) => `env.bool("${variable}", False)`,
    text: (variable) => `env.str("${variable}")`,
    list: (variable) => `env.list("${variable}")`,
  },
  decouple: {
    bool: (variable) => `config("${variable}", default=False, cast=bool)`,
    text: (variable) => `config("${variable}")`,
    list: (variable) => `config("${variable}", cast=Csv())  # from decouple import Csv`,
  },
};

const plain: Idiom = {
  bool: (variable) => `os.environ.get("${variable}", "").strip().lower() in {"1", "true", "yes", "on"}`,
  text: (variable) => `os.environ["${variable}"]`,
  list: (variable) => `[host.strip() for host in os.environ["${variable}"].split(",") if host.strip()]`,
};

/** The library that the settings already import for this, or plain `os.environ`. */
export function idiomOf({ imports }: Pick<Settings, "imports">): Idiom {
  const known = imports.map(({ module }) => idioms[module]).find((idiom) => idiom !== undefined);
  return known ?? plain;
}
