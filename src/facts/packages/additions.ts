import { nameOf } from "../../files/listing.ts";
import type { PackageManager } from "../package-files.ts";
import { normalName } from "./names.ts";
import type { PackageList } from "./package-list.ts";

/** Releases to advise, where it is known which are current. As of 2026-11-20. */
const current: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "dj-database-url": ">=3,<4",
    django: ">=5.2,<5.3",
    gunicorn: ">=23,<27",
    "psycopg[binary]": ">=3.2,<4",
    "psycopg2-binary": ">=2.9,<3",
    uvicorn: ">=0.34",
    whitenoise: ">=6.9,<7",
  }),
);

const commands: Readonly<Record<Exclude<PackageManager, "pip">, string>> = {
  pipenv: "pipenv install",
  poetry: "poetry add",
  uv: "uv add",
  pdm: "pdm add",
};

/** Where a missing package is to be written, and the text that adds it: a line with its file above it, or a command. */
export function additionTo(list: PackageList): { readonly addTo: string; addition(name: string): string } {
  const { manager } = list;
  if (manager !== "pip") {
    const addTo = manager === "pipenv" ? "Pipfile" : "pyproject.toml";
    return { addTo, addition: (name) => `${commands[manager]} ${quoted(name)}` };
  }
  const file = list.sources[0] ?? "requirements.txt";
  const line = (name: string) => `${name}${current.get(extended(name)) ?? ""}`;
  const written = (name: string) => {
    if (file.endsWith(".toml")) return `"${line(name)}",`;
    return /dockerfile|containerfile/i.test(nameOf(file)) ? `RUN pip install "${line(name)}"` : line(name);
  };
  return { addTo: file, addition: (name) => `# ${file}\n${written(name)}` };
}

function extended(name: string): string {
  const [, bare = name, extras = ""] = /^([^[]+)(\[.*\])?$/.exec(name) ?? [];
  return `${normalName(bare)}${extras}`;
}

/** Brackets mean something to a shell. */
function quoted(name: string): string {
  return name.includes("[") ? `"${name}"` : name;
}
