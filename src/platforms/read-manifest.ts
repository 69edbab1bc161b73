import type { ProjectFiles } from "../files/project-files.ts";
import type { Process } from "./manifest.ts";
import { readProcfile, usualProcfile } from "./manifests/procfile.ts";
import { folderOf } from "./paths.ts";
import type { DeploymentRead } from "./platform.ts";
import type { ProcfileRules } from "./rules.ts";

/** A manifest, if there is such a file and it is text. `read` is its reader. */
export function readManifest<Read>(
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

/** Programs that rebuild what changes: nobody starts them where nothing does. */
const watching =
  /(?:^|[\s:-])watch(?:\b|[-:])|\blivereload\b|\bwebpack-dev-server\b|\bvite(?:\s*$|\s+(?:dev|serve|--))|\b(?:npm|yarn|pnpm) (?:run )?dev\b|\bbrowser-sync\b/;

/** Heroku's home folder, and that of the platforms that build with its buildpacks. */
const home = [{ from: "", to: "/app" }];

/**
 * The deployment that a Procfile declares. One with a process that watches files was written for a
 * process manager on the developer's machine, and may not be what is deployed.
 */
export function readProcfileDeployment(
  files: ProjectFiles,
  folder: string,
  rules: ProcfileRules = usualProcfile,
): DeploymentRead | undefined {
  const path = findProcfile(files, folder);
  const text = path === undefined ? undefined : files.text(path);
  if (path === undefined || text === undefined) return undefined;
  const procfile = readProcfile(path, text, rules);
  const watcher = procfile.processes.find(({ command }) => watching.test(command));
  const processes = thoseThatRun(procfile.processes, rules).map((process) => ({
    ...process,
    folder: folderOf(procfile.path),
    mounts: home,
    ...(watcher && { onlyIf: `${procfile.path} is deployed, and not only used for development` }),
  }));
  const { release } = rules;
  return {
    manifests: [procfile.path],
    processes,
    env: [],
    steps: processes
      .filter(({ name }) => name === release?.name)
      .map(({ name: _, ...command }) => ({ ...command, phase: release?.phase ?? "release" })),
  };
}

/** Of several entries with one name, the one that the platform runs; all of them where nobody knows. */
function thoseThatRun(processes: readonly Process[], { duplicates }: ProcfileRules): readonly Process[] {
  if (duplicates !== "first" && duplicates !== "last") return processes;
  const chosen = new Map<string, Process>();
  for (const process of processes) {
    if (duplicates === "last" || !chosen.has(process.name)) chosen.set(process.name, process);
  }
  return processes.filter((process) => chosen.get(process.name) === process);
}

/** Files by which other platforms, and servers of one's own, are told what to start. They are not read. */
const otherFiles: readonly RegExp[] = [
  /^\.do\/(?:app|deploy\.template)\.ya?ml$/,
  /^\.ebextensions\/.+\.config$/,
  /^\.platform\.app\.ya?ml$/,
  /^\.platform\/.+/,
  /^\.upsun\/config\.ya?ml$/,
  /^\.railway\/railway\.(?:ts|py|go)$/,
  /^(?:railway|nixpacks)\.toml$/,
  /^(?:railway|railpack|scalingo|vercel|zappa_settings)\.json$/,
  /^(?:app|service|manifest)\.ya?ml$/,
  /(?:^|\/)manifests?(?:[/._-].*)?\.ya?ml$/,
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
