import type { ProjectFiles } from "../../files/project-files.ts";
import { baseName } from "../../platforms/paths.ts";

/** Folders whose modules are not the application. */
export const besideApplication = /(?:^|\/)(?:tests?|docs?|examples?|node_modules|site-packages)\//;

/** The modules of a project that are called `wsgi` or `asgi`, and are not those of tests or examples. */
export function entryModules(files: ProjectFiles, folder: string, name: "wsgi" | "asgi"): readonly string[] {
  return files.list.filter(
    (file) =>
      baseName(file) === `${name}.py` &&
      (folder === "" || file.startsWith(`${folder}/`)) &&
      !besideApplication.test(file),
  );
}

/** A start command to paste: the project's WSGI application, of several the one that lies highest. */
export function suggestStart(files: ProjectFiles, folder: string): string {
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
