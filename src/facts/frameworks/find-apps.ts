import { folderOf } from "../../files/listing.ts";
import type { ProjectFiles } from "../../files/project-files.ts";
import { besideApplication } from "../servers/entry-modules.ts";

/** The frameworks whose application is an object that a module of the project makes. */
export type AppFramework = "flask" | "fastapi" | "starlette";

/** A place where the project makes its application, found by its text. */
export interface FoundApp {
  readonly framework: AppFramework;
  readonly file: string;
  /** What a server is told: "app", or "create_app()" where a function makes it. */
  readonly attribute: string;
}

const frameworks: Readonly<Record<string, AppFramework>> = {
  Flask: "flask",
  FastAPI: "fastapi",
  Starlette: "starlette",
};

const imported =
  /^[^\S\n]*(?:from\s+(?:flask|fastapi|starlette)(?:\.\w+)*\s+import\b|import\s+(?:flask|fastapi|starlette)\b)/m;
const made = /^([ \t]*)(\w+)\s*(?::[^=\n]+)?=\s*(?:\w+\.)?(Flask|FastAPI|Starlette)\(/gm;
const notTheApplication = /(?:^|\/)(?:test_[^/]*|[^/]*_test|conftest|setup)\.py$/;
/** Nobody writes a module as long, in characters, to make an application. */
const longest = 300_000;

/** Where Python modules make an application of Flask, FastAPI or Starlette; those of the root first. */
export function findApps(files: ProjectFiles): readonly FoundApp[] {
  const depth = ({ file }: FoundApp) => file.split("/").length;
  return files.list
    .filter((file) => file.endsWith(".py") && !besideApplication.test(file) && !notTheApplication.test(file))
    .flatMap((file) => appsIn(file, files.text(file) ?? ""))
    .sort((one, other) => depth(one) - depth(other) || rank(one) - rank(other));
}

/** Of several in one folder, the one that a server finds where people look for it. */
function rank({ file, attribute }: FoundApp): number {
  const usual = ["wsgi.py", "asgi.py", "app.py", "main.py", "application.py", "server.py", "__init__.py"];
  const place = usual.indexOf(file.slice(folderOf(file).length).replace("/", ""));
  return (place < 0 ? usual.length : place) + (attribute.endsWith(")") ? 0.5 : 0);
}

function appsIn(file: string, text: string): readonly FoundApp[] {
  if (text.length > longest || !/\b(?:Flask|FastAPI|Starlette)\(/.test(text) || !imported.test(text))
    return [];
  return [...text.matchAll(made)].flatMap((match) => {
    const [, indent = "", name = "", of = ""] = match;
    const framework = frameworks[of];
    if (framework === undefined) return [];
    if (indent === "") return [{ framework, file, attribute: name }];
    const around = [...text.slice(0, match.index).matchAll(block)].at(-1);
    if (around?.[1] === "def") return [{ framework, file, attribute: `${around[2] ?? ""}()` }];
    // Below `if` or `try` it is a name of the module all the same.
    return around?.[1] === "class" ? [] : [{ framework, file, attribute: name }];
  });
}

const block = /^(?:async[ ]+)?(def|class|if|try|else|elif|except|with|for)\b(?:[ ]+(\w+))?/gm;

/** The application as a command names it: "shop.main:app", seen from a folder that imports start in. */
export function targetOf({ file, attribute }: FoundApp, folder: string): string {
  const below = folder !== "" && file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : file;
  const module = below
    .replace(/(?:^|\/)__init__\.py$/, "")
    .replace(/\.py$/, "")
    .replaceAll("/", ".");
  return `${module}:${attribute}`;
}
