import type { ProjectFiles } from "../files/project-files.ts";
import type { Manifest } from "./platform.ts";

/** A manifest, if there is such a file and it is text. `read` is its reader. */
export function readManifest<Read extends Manifest>(
  files: ProjectFiles,
  path: string,
  read: (path: string, text: string) => Read,
): Read | undefined {
  const text = files.text(path);
  return text === undefined ? undefined : read(path, text);
}

/** A path inside `folder` ("" is the root). */
export function inside(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/**
 * The Procfile that counts: the root's, and failing that the one beside the project, for repositories
 * whose subfolder is what is deployed. Its processes start beside it.
 */
export function findProcfile(files: ProjectFiles, folder: string): string | undefined {
  return ["Procfile", inside(folder, "Procfile")].find((path) => files.isFile(path));
}
