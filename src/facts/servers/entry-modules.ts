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
