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

/** Files by which other platforms, and servers of one's own, are told what to start. They are not read. */
const otherFiles: readonly RegExp[] = [
  /^\.do\/(?:app|deploy\.template)\.ya?ml$/,
  /^\.ebextensions\/.+\.config$/,
  /^\.platform\.app\.ya?ml$/,
  /^\.upsun\/config\.ya?ml$/,
  /^\.railway\/railway\.(?:ts|py|go)$/,
  /^(?:railway|nixpacks)\.toml$/,
  /^(?:railway|railpack|scalingo|vercel|zappa_settings)\.json$/,
  /^(?:app|service|manifest)\.ya?ml$/,
  /^captain-definition$/,
  /^clevercloud\/.+\.json$/,
  /^config\/deploy\.ya?ml$/,
  /(?:^|\/)(?:supervisord?|[\w.-]*uwsgi)\.(?:conf|ini)$/,
  /(?:^|\/)[\w.@-]+\.service$/,
  /(?:^|\/)passenger_wsgi\.py$/,
  /(?:^|\/)Chart\.ya?ml$/,
  /(?:^|\/)(?:[\w-]+\.)?Dockerfile(?:[._-][\w.-]+)?$/i,
  /(?:^|\/)fly(?:\.[\w-]+)?\.toml$/,
  /(?:^|\/)k8s\/.+\.ya?ml$/,
  /(?:^|\/)kubernetes\/.+\.ya?ml$/,
  /\.tf$/,
  /(?:^|\/)fabfile\.py$/,
  /(?:^|\/)(?:ansible|playbooks?|roles)\/.+\.ya?ml$/,
];

/** Deployment files that are there but that no reader understands, below the project's folder or beside it. */
export function otherDeploymentFiles(files: ProjectFiles, folder: string): readonly string[] {
  return files.list.filter((path) => {
    const below = folder !== "" && path.startsWith(`${folder}/`) ? path.slice(folder.length + 1) : path;
    return otherFiles.some((pattern) => pattern.test(below) || pattern.test(path));
  });
}
