import type { ProjectFiles } from "../../files/project-files.ts";
import { type FoundApp, findApps, targetOf } from "../apps/find-apps.ts";
import type { Framework } from "../project.ts";
import { entryModules } from "./entry-modules.ts";

/** A start command to paste: the project's application, of several the one that lies highest. */
export function suggestStart(
  files: ProjectFiles,
  folder: string,
  framework: Framework | undefined = "django",
): string {
  if (framework === "node") return folder === "" ? "npm start" : `npm start --prefix ${folder}`;
  const app = findApps(files).find((one) => one.framework === framework && isBelow(one.file, folder));
  if (app) return startApp(app, folder);
  const depth = (file: string) => file.split("/").length;
  const highest = (name: "wsgi" | "asgi") =>
    [...entryModules(files, folder, name)].sort((one, two) => depth(one) - depth(two))[0];
  const dotted = (file: string) =>
    file.slice(folder === "" ? 0 : folder.length + 1, -".py".length).replaceAll("/", ".");
  const wsgi = highest("wsgi");
  const asgi = highest("asgi");
  if (wsgi === undefined && asgi !== undefined) {
    const where = folder === "" ? "" : `--app-dir ${folder} `;
    return `uvicorn ${where}${dotted(asgi)}:application --host 0.0.0.0 --port $PORT`;
  }
  const where = folder === "" ? "" : `--chdir ${folder} `;
  return `gunicorn ${where}${wsgi === undefined ? "mysite.wsgi" : dotted(wsgi)}`;
}

/** A microframework's application, as gunicorn or uvicorn takes it. */
function startApp(app: FoundApp, folder: string): string {
  const target = targetOf(app, folder);
  const name = target.replace(/\(\)$/, "");
  if (app.framework === "flask") {
    const where = folder === "" ? "" : `--chdir ${folder} `;
    return `gunicorn ${where}${name === target ? target : `'${target}'`}`;
  }
  const where = folder === "" ? "" : `--app-dir ${folder} `;
  return `uvicorn ${where}${name === target ? "" : "--factory "}${name} --host 0.0.0.0 --port $PORT`;
}

function isBelow(file: string, folder: string): boolean {
  return folder === "" || file.startsWith(`${folder}/`);
}
