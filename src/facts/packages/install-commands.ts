import { expandWords } from "../../platforms/shell/expand.ts";
import { parseShell } from "../../platforms/shell/script.ts";

/** A command that installs packages, as far as which ones it installs. */
export type Install =
  | {
      readonly kind: "pip";
      /** `-r` files, as written. */
      readonly files: readonly string[];
      /** Requirements and paths on the command line. */
      readonly requirements: readonly string[];
      /** `--group`: dependency groups of pyproject.toml, without the project itself. */
      readonly groups: readonly string[];
    }
  | {
      /** From the project's own files, in the command's working directory. `*` stands for every group or extra. */
      readonly kind: "poetry" | "uv" | "pdm" | "pipenv";
      readonly groups: readonly string[];
      readonly extras: readonly string[];
    }
  /** Installs packages in a way that cannot be followed. `because` is a sentence about it. */
  | { readonly kind: "other"; readonly because: string };

/** What a line of shell installs, in order. */
export function installsOf(shell: string): readonly Install[] {
  return parseShell(shell).flatMap((command) => {
    const words = expandWords(command.words, new Map()).map(({ text }) => text);
    return readCommand(words) ?? [];
  });
}

const wrappers = new Set(["sudo", "exec", "env", "time", "command"]);

function readCommand(all: readonly string[]): Install | undefined {
  const words = [...all];
  while (wrappers.has(words[0] ?? "") || /^[A-Za-z_]\w*=/.test(words[0] ?? "")) words.shift();
  let program = (words.shift() ?? "").replace(/^.*\//, "");
  if (/^python[\d.]*$/.test(program) && words[0] === "-m") {
    words.shift();
    program = words.shift() ?? "";
  }
  if (program === "uv" && words[0] === "pip") {
    words.shift();
    program = "pip";
  }
  if (/^pip[\d.]*$/.test(program)) return pip(words);
  return Object.hasOwn(managers, program) ? managers[program]?.(words) : undefined;
}

const managers: Readonly<Record<string, (words: readonly string[]) => Install | undefined>> = {
  poetry: (words) =>
    verb(words, ["install", "sync", "export"]) && {
      kind: "poetry",
      // Unless it is told otherwise it installs every group but the optional ones.
      groups: [
        ...(words.some((word) => /^(?:export|--(?:only|without|no-dev|only-root)\b)/.test(word))
          ? []
          : ["*"]),
        ...values(words, ["--with"]),
        ...values(words, ["--only"]).filter((group) => group !== "main"),
      ],
      extras: words.includes("--all-extras") ? ["*"] : values(words, ["-E", "--extras"]),
    },
  uv: (words) =>
    verb(words, ["sync", "export"]) && {
      kind: "uv",
      groups: words.includes("--all-groups") ? ["*"] : values(words, ["--group", "--only-group"]),
      extras: words.includes("--all-extras") ? ["*"] : values(words, ["--extra"]),
    },
  pdm: (words) =>
    verb(words, ["sync", "install", "export"]) && { kind: "pdm", groups: values(words, ["-G"]), extras: [] },
  pipenv: (words) =>
    verb(words, ["install", "sync", "requirements"]) && { kind: "pipenv", groups: [], extras: [] },
  // Without a file pip-sync takes requirements.txt.
  "pip-sync": (words) => {
    const read = pip(["sync", ...words]);
    return read?.kind === "pip" && read.files.length === 0 ? { ...read, files: ["requirements.txt"] } : read;
  },
  conda: (words) => other(words, "conda"),
  mamba: (words) => other(words, "mamba"),
  "apt-get": (words) => apt(words),
  apt: (words) => apt(words),
  apk: (words) =>
    words.some((word) => /^py3-/.test(word))
      ? { kind: "other", because: "apk installs packages of Python" }
      : undefined,
};

function other(words: readonly string[], name: string): Install | undefined {
  return words.some((word) => /^(install|create|update)$/.test(word))
    ? { kind: "other", because: `${name} installs packages` }
    : undefined;
}

function apt(words: readonly string[]): Install | undefined {
  const python = words.find((word) =>
    /^(python3-(?!dev$|pip$|venv$|setuptools$|distutils$|wheel$)|uwsgi|gunicorn)/.test(word),
  );
  return python === undefined ? undefined : { kind: "other", because: `apt installs ${python}` };
}

/** pip's options that take a value and name no requirement. */
const pipValues =
  /^(-[icftbd]|--(index-url|index|index-strategy|default-index|python-preference|extra-index-url|constraint|find-links|target|platform|python-version|prefix|root|src|progress-bar|no-binary|only-binary|trusted-host|cache-dir|timeout|retries|proxy|cert|wheel-dir|upgrade-strategy|config-settings|python|build|log))$|^-w$/;

function pip(words: readonly string[]): Install | undefined {
  if (!verb(words, ["install", "wheel", "sync"])) return undefined;
  const sync = words.includes("sync");
  const files: string[] = [];
  const requirements: string[] = [];
  const groups: string[] = [];
  const rest = words.slice(words.findIndex((word) => ["install", "wheel", "sync"].includes(word)) + 1);
  for (let index = 0; index < rest.length; index += 1) {
    const word = rest[index] ?? "";
    const next = rest[index + 1];
    const file = /^(?:--requirements?=|-r)(.+)$/.exec(word)?.[1];
    if (["-r", "--requirement", "--requirements"].includes(word) && next !== undefined) {
      files.push(next);
      index += 1;
    } else if (file !== undefined && !word.startsWith("--require-")) files.push(file);
    else if ((word === "-e" || word === "--editable") && next !== undefined) {
      requirements.push(next);
      index += 1;
    } else if (word === "--group" && next !== undefined) {
      // `path/pyproject.toml:name` names the file too.
      groups.push(next.replace(/^.*:/, ""));
      index += 1;
    } else if (word.startsWith("--group=")) groups.push(word.replace(/^.*[=:]/, ""));
    else if (pipValues.test(word)) index += 1;
    else if (!word.startsWith("-")) (sync ? files : requirements).push(word);
  }
  return { kind: "pip", files, requirements, groups };
}

function verb(words: readonly string[], verbs: readonly string[]): true | undefined {
  const first = words.find((word) => !word.startsWith("-"));
  return first !== undefined && verbs.includes(first) ? true : undefined;
}

/** The values of an option: `--with a,b`, `--with=a`, `--extra a --extra b`. */
function values(words: readonly string[], options: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const [option = "", inline] = word.split(/=(.*)/);
    if (!options.includes(option)) return [];
    const value = inline ?? words[index + 1] ?? "";
    return value.split(/[,\s]+/).filter(Boolean);
  });
}
