import { editDistance } from "../edit-distance.ts";
import { folderOf, nameOf } from "../files/listing.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import type { Deployment } from "../platforms/platform.ts";
import { defineFact, missing } from "./define.ts";
import { type NotPortable, notPortable } from "./packages/portability.ts";
import { noPython, type Project } from "./project.ts";
import { movedBy } from "./servers/target.ts";

/** The package managers we know, by the file that makes a platform choose them. */
export type PackageManager = "pip" | "pipenv" | "poetry" | "uv" | "pdm";

export interface PackageFiles {
  /** The folder that the platform builds; "" is the root. */
  readonly folder: string;
  /** The script that makes that folder the root while building; undefined where it is built as it is. */
  readonly mover: string | undefined;
  /** Files in that folder, by name: requirements.txt, Pipfile, Pipfile.lock, pyproject.toml, … */
  readonly inRoot: readonly string[];
  /** Names that look like a misspelt `requirements.txt`, in that folder. */
  readonly misspelt: readonly string[];
  /** Other files that name packages: `requirements/production.txt`, `backend/requirements.txt`. */
  readonly elsewhere: readonly string[];
  /** Package files in that folder which exist here, but which git ignores, so that they are not deployed. */
  readonly ignored: readonly string[];
  /** The Dockerfile that builds the deployment instead, if that is what is deployed. */
  readonly dockerfile: string | undefined;
  /** What of the requirements files in that folder, and of `requirements/`, pip cannot install elsewhere. */
  readonly notPortable: readonly NotPortable[];
}

const known = [
  "requirements.txt",
  "Pipfile",
  "Pipfile.lock",
  "pyproject.toml",
  "poetry.lock",
  "uv.lock",
  "pdm.lock",
  "pylock.toml",
  "setup.py",
  "setup.cfg",
  "environment.yml",
];

export const packageFiles = defineFact<"packageFiles", "project" | "deployment">({
  wants: ["project", "deployment"],
  read({ files }, { project, deployment }) {
    if (project?.framework === "node") return missing(noPython);
    const built = buildFolder(deployment, project);
    const mover = rootMover(files, built, project?.folder ?? "");
    const folder = mover === undefined ? built : (project?.folder ?? "");
    const names = files
      .children(folder)
      .filter((path) => files.isFile(path))
      .map(nameOf);
    const inRoot = names.filter((name) => known.includes(name));
    const own = new Set(inRoot.map((name) => inFolder(folder, name)));
    return {
      folder,
      mover,
      inRoot,
      misspelt: names.filter(isMisspelt),
      elsewhere: files.list.filter((path) => isPackageFile(path) && !own.has(path)),
      ignored: known.filter((name) => !names.includes(name) && files.isIgnored(inFolder(folder, name))),
      dockerfile: deployment?.image?.path,
      notPortable: [
        "requirements.txt",
        "requirements/production.txt",
        "requirements/prod.txt",
        "requirements/base.txt",
      ].flatMap((name) => notPortable(files, inFolder(folder, name))),
    };
  },
});

/** The script of the build that makes the project's own folder the root, where nothing names packages there. */
function rootMover(files: ProjectFiles, built: string, own: string): string | undefined {
  if (built !== "" || own === "" || known.some((name) => files.isFile(name))) return undefined;
  return known.some((name) => files.isFile(inFolder(own, name))) ? movedBy(own, files) : undefined;
}

/** What the manifest names; else the root, unless the manifest that counts stands in the project's own folder. */
export function buildFolder(
  deployment: Pick<Deployment, "folder" | "manifests"> | undefined,
  project: Project | undefined,
): string {
  if (deployment?.folder !== undefined) return deployment.folder;
  const manifests = deployment?.manifests ?? [];
  const folders = manifests.map(folderOf);
  return folders.length > 0 && !folders.includes("") && folders[0] === project?.folder
    ? (folders[0] ?? "")
    : "";
}

/** One or two letters off, whatever the case; `requirements-dev.txt` is a name of its own. */
function isMisspelt(name: string): boolean {
  if (known.includes(name)) return false;
  const lower = name.toLowerCase();
  if (/^requirements?[-_.]?\d+\.txt$/.test(lower)) return false;
  return (
    ["requirements.txt", "requirements"].some(
      (right) => editDistance(lower, right) <= (right.includes(".") ? 2 : 1),
    ) || lower === "requirements.text"
  );
}

function isPackageFile(path: string): boolean {
  const name = nameOf(path);
  return (
    known.includes(name) ||
    /(^|[-_.])requirements?([-_.][\w-]+)?\.txt$/.test(name) ||
    /(^|\/)requirements\/[^/]+\.txt$/.test(path)
  );
}

function inFolder(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
