import type { ProjectFiles } from "../../files/project-files.ts";
import type { PortRules } from "../../platforms/rules.ts";
import { findApps, targetOf } from "../frameworks/find-apps.ts";
import type { Framework } from "../project.ts";
import { entryModules } from "./entry-modules.ts";

/** What a start command is suggested for. */
export interface StartQuestion {
  readonly files: ProjectFiles;
  /** The project's folder. */
  readonly folder: string;
  readonly framework: Framework | undefined;
  readonly port: PortRules;
}

/** A start command to paste: the project's application, of several the one that lies highest. */
export function suggestStart({ files, folder, framework = "django", port }: StartQuestion): string {
  if (framework === "node") return folder === "" ? "npm start" : `npm start --prefix ${folder}`;
  const gunicorn = (target: string) =>
    ["gunicorn", ...(folder === "" ? [] : [`--chdir ${folder}`]), ...bindOf(port), target].join(" ");
  const uvicorn = (target: string) =>
    ["uvicorn", ...(folder === "" ? [] : [`--app-dir ${folder}`]), target, ...listenOf(port)].join(" ");

  const app = findApps(files).find((one) => one.framework === framework && isBelow(one.file, folder));
  if (app) {
    const target = targetOf(app, folder);
    const name = target.replace(/\(\)$/, "");
    if (app.framework === "flask") return gunicorn(name === target ? target : `'${target}'`);
    return uvicorn(name === target ? target : `--factory ${name}`);
  }
  const depth = (file: string) => file.split("/").length;
  const highest = (name: "wsgi" | "asgi") =>
    [...entryModules(files, folder, name)].sort((one, two) => depth(one) - depth(two))[0];
  const dotted = (file: string) =>
    file.slice(folder === "" ? 0 : folder.length + 1, -".py".length).replaceAll("/", ".");
  const wsgi = highest("wsgi");
  const asgi = highest("asgi");
  return wsgi === undefined && asgi !== undefined
    ? uvicorn(`${dotted(asgi)}:application`)
    : gunicorn(wsgi === undefined ? "mysite.wsgi" : dotted(wsgi));
}

/** gunicorn listens on $PORT by itself where that is set, and on loopback where it is not. */
function bindOf({ variable, number, reachedFrom }: PortRules): readonly string[] {
  return variable === undefined && reachedFrom === "outside" ? [`--bind 0.0.0.0:${number ?? 8000}`] : [];
}

function listenOf({ variable, number }: PortRules): readonly string[] {
  return ["--host 0.0.0.0", `--port ${variable === undefined ? (number ?? 8000) : `$${variable}`}`];
}

function isBelow(file: string, folder: string): boolean {
  return folder === "" || file.startsWith(`${folder}/`);
}
