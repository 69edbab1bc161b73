import { folderOf } from "../../files/listing.ts";
import type { ProjectFiles } from "../../files/project-files.ts";
import type { Command } from "../../platforms/manifest.ts";
import { fromContainer } from "../../platforms/paths.ts";
import type { DeployedImage } from "../../platforms/platform.ts";
import { isCharted } from "./dependencies.ts";
import { readPdmLock, readPylock } from "./flat-locks.ts";
import { type Install, installsOf } from "./install-commands.ts";
import { type LocalProject, readLocalProject } from "./local-project.ts";
import {
  type ListSource,
  mainOnly,
  type PackageList,
  production,
  resolvePath,
  type Selection,
  within,
} from "./package-list.ts";
import { readPipfile, readPipfileLock } from "./pipfile.ts";
import { readPoetryLock } from "./poetry-lock.ts";
import { readPyproject } from "./pyproject.ts";
import { readRequirementLines, readRequirementsFile } from "./requirements-file.ts";
import { asTable, readToml } from "./toml.ts";
import { readUvLock } from "./uv-lock.ts";

type Reader = (source: ListSource, path: string, selection?: Selection) => PackageList | undefined;

const requirementsFile: Reader = (source, path) =>
  source.files.isFile(path) ? readRequirementsFile(source, [path]) : undefined;

/** Files that say in full what to install, by name. */
const lists: Readonly<Record<string, Reader>> = {
  "requirements.txt": requirementsFile,
  "Pipfile.lock": readPipfileLock,
  "poetry.lock": readPoetryLock,
  "uv.lock": readUvLock,
  "pdm.lock": readPdmLock,
  "pylock.toml": readPylock,
};

/** Files that say it where there is no list. */
const declarations: Readonly<Record<string, Reader>> = {
  Pipfile: readPipfile,
  "pyproject.toml": (source, path, selection) => withIncludes(source, readPyproject(source, path, selection)),
};

/** Where the files are looked for. */
export interface Where {
  /** The folder that the platform builds, then the project's own. */
  readonly folders: readonly string[];
  /** The files that the platform installs from, if it tells. */
  readonly accepted: readonly string[] | undefined;
}

/**
 * What production may install. Several lists stand for files of several package managers side by side:
 * nothing says which one counts, so what is in any of them may be there.
 */
export function findLists(source: ListSource, { folders, accepted }: Where): readonly PackageList[] {
  // A platform that tells what it reads installs no more than the main dependencies.
  const selection = accepted ? mainOnly : production;
  const readAll = (folder: string, readers: Readonly<Record<string, Reader>>, names: readonly string[]) =>
    names.flatMap((name) => readers[name]?.(source, within(folder, name), selection) ?? []);

  for (const folder of folders) {
    if (accepted) {
      const found = readAll(folder, lists, accepted);
      if (found.length > 0) return found;
    }
    for (const [readers, names] of [
      [lists, Object.keys(lists)],
      [declarations, Object.keys(declarations)],
    ] as const) {
      const found = readAll(folder, readers, names).filter(isAnswer);
      if (found.length > 0) return found;
    }
    const file = conventionalFile(source.files, folder);
    if (file !== undefined) return [readRequirementsFile(source, [file])];
  }
  return [];
}

/** A declaration without packages is a configuration of tools, not a list; an empty list is one. */
function isAnswer({ requirements, incomplete, locked }: PackageList): boolean {
  return requirements.length > 0 || incomplete !== undefined || locked;
}

/** What people call the requirements of production, best first. */
const conventional = [
  "production",
  "prod",
  "deploy",
  "live",
  "heroku",
  "base",
  "common",
  "main",
  "requirements",
];

function conventionalFile(files: ProjectFiles, folder: string): string | undefined {
  return conventional
    .flatMap((name) => [
      `requirements/${name}.txt`,
      `requirements-${name}.txt`,
      `requirements_${name}.txt`,
      `requirements.${name}.txt`,
      `${name}-requirements.txt`,
      `${name}_requirements.txt`,
    ])
    .map((name) => within(folder, name))
    .find((path) => files.isFile(path));
}

function withIncludes(source: ListSource, list: PackageList | undefined): PackageList | undefined {
  if (!list?.includes || list.includes.length === 0) return list;
  const included = readRequirementsFile(source, list.includes);
  return {
    ...list,
    sources: [...list.sources, ...included.sources],
    requirements: [...list.requirements, ...included.requirements],
    incomplete: list.incomplete ?? included.incomplete,
    broken: included.broken,
  };
}

/** What an image holds. The commands that make it add to each other. */
export function readImage(
  source: ListSource,
  { installs, mayBring }: Pick<DeployedImage, "installs" | "mayBring">,
): PackageList | undefined {
  const all = readSteps(source, installs)?.list;
  if (!all) return undefined;
  // An image with nothing in it but tools is filled when its container starts.
  const isEmpty = all.requirements.every(
    ({ name }) => name === "virtualenv" || name === "uv" || name === "pip-tools",
  );
  return {
    ...all,
    incomplete:
      all.incomplete ?? mayBring ?? (isEmpty ? "the image holds no package of the project" : undefined),
  };
}

/** What commands of a deployment install. */
export interface StepsList {
  readonly list: PackageList;
  /** They install a whole list (`-r requirements.txt`, `uv sync`), so that nothing else does. */
  readonly whole: boolean;
}

/** What a deployment installs by commands, and by the scripts that they run. */
export function readSteps(source: ListSource, steps: readonly Command[]): StepsList | undefined {
  const installs = steps.flatMap((step) =>
    [step.command, ...scriptsIn(source.files, step)].flatMap((text) =>
      installsOf(text).map((install) => ({ install, step })),
    ),
  );
  const list = addUp(
    installs
      .map(({ install, step }) => readInstall(source, install, step))
      .filter((each) => each !== undefined),
  );
  if (!list) return undefined;
  const whole = installs.some(
    ({ install }) =>
      (install.kind === "pip" && install.files.length > 0) ||
      (install.kind !== "pip" && install.kind !== "other"),
  );
  return { list, whole };
}

/** The text of the project's shell scripts that a command names. */
function scriptsIn(files: ProjectFiles, step: Command): readonly string[] {
  return [...step.command.matchAll(/(?:^|[\s"'])((?:\.{0,2}\/)?[\w./-]+\.sh)\b/g)].flatMap(
    ([, path = ""]) => {
      const [found] = placesOf(path, step);
      return files.text(found ?? "") ?? files.text(path.replace(/^\.\//, "")) ?? [];
    },
  );
}

/** The paths of the project that a step of an image, or in a folder, may mean by a path; the best comes first. */
function placesOf(written: string, { folder, mounts }: Command): readonly string[] {
  if (written.startsWith("/"))
    return [fromContainer(written, mounts ?? [])].filter((path) => path !== undefined);
  return [resolvePath(folder ?? "", written)].filter((path) => path !== undefined);
}

function readInstall(source: ListSource, install: Install, step: Command): PackageList | undefined {
  const { at } = step;
  const by = at.file;
  const empty: PackageList = {
    manager: "pip",
    sources: [],
    requirements: [],
    locked: true,
    incomplete: undefined,
    broken: [],
  };
  if (install.kind === "other") return { ...empty, incomplete: `in ${by}, ${install.because}` };
  if (install.kind !== "pip")
    return (
      readManaged(source, install.kind, install, step) ?? {
        ...empty,
        incomplete: `${by} runs ${install.kind}, whose lock is not there`,
      }
    );

  const found = install.files.map((file) => ({ file, path: locate(source.files, file, step) }));
  const lost = found.find(({ path }) => path === undefined);
  const paths = found.flatMap(({ path }) => path ?? []);
  const local = install.requirements.filter(isLocal).map((text) => readFolder(source, text, by));
  const groups =
    install.groups.length > 0
      ? (readGroups(source, install.groups) ?? {
          ...empty,
          incomplete: `${by} installs the group ${install.groups[0]}, whose pyproject.toml is not there`,
        })
      : undefined;
  const named = readRequirementLines(
    source,
    install.requirements.filter((text) => !isLocal(text)),
    at,
  );
  // pip itself and its tools say nothing about the rest of the list.
  if (paths.length === 0 && !lost && !groups && local.length === 0 && named.requirements.length === 0)
    return undefined;
  const files = paths.length > 0 ? readRequirementsFile(source, paths) : undefined;
  const lists = [
    ...(files ? [files] : []),
    ...local.map((project) => ({ ...empty, ...project, locked: false })),
    ...(groups ? [groups] : []),
  ];
  return addUp([
    ...lists,
    // What is known to the end leaves a lock as complete as it was.
    {
      ...named,
      sources: lists.some(({ sources }) => sources.length > 0) ? [] : [by],
      locked: named.requirements.every(isCharted),
    },
    ...(lost
      ? [{ ...empty, incomplete: `${by} installs ${lost.file}, which is not in the repository` }]
      : []),
  ]);
}

/** A folder rather than a package: ".", "./backend[prod]", "/app". */
function isLocal(requirement: string): boolean {
  return /^\.{0,2}(\/|\[|$)/.test(requirement);
}

/** What installing a folder of the project brings; an image may know the folder by another path. */
function readFolder(source: ListSource, written: string, by: string): LocalProject {
  const [, path = "", extras = ""] = /^([^[]*)(?:\[(.*)\])?$/.exec(written) ?? [];
  const folder = projectFolder(source.files, path);
  return folder === undefined
    ? {
        sources: [],
        requirements: [],
        incomplete: `${by} installs ${written}, and which folder that is cannot be told`,
      }
    : readLocalProject(
        source,
        folder,
        extras
          .split(",")
          .map((each) => each.trim())
          .filter(Boolean),
      );
}

const projectFile = /(?:^|\/)(?:pyproject\.toml|setup\.py|setup\.cfg)$/;

/** The folder of a Python project by the longest end of its path that there is; failing that, the only one there is. */
function projectFolder(files: ProjectFiles, path: string): string | undefined {
  const folders = [...new Set(files.list.filter((file) => projectFile.test(file)).map(folderOf))];
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  const ends = parts.map((_, index) => parts.slice(index).join("/"));
  const found = [...ends, ""].find((end) => folders.includes(end));
  return found ?? (folders.length === 1 ? folders[0] : undefined);
}

function readGroups(source: ListSource, groups: readonly string[]): PackageList | undefined {
  const folder = projectFolder(source.files, "");
  return folder === undefined
    ? undefined
    : readPyproject(source, within(folder, "pyproject.toml"), { extras: [], groups });
}

/** From the files in the step's own folder; failing that, of the first folder that has any. */
function readManaged(
  source: ListSource,
  manager: "poetry" | "uv" | "pdm" | "pipenv",
  asked: Selection,
  { folder: own = "" }: Command,
) {
  const folder = [own, "", ...source.files.children("").filter((each) => source.files.isFolder(each))].find(
    (each) =>
      ["pyproject.toml", "Pipfile", "Pipfile.lock"].some((name) => source.files.isFile(within(each, name))),
  );
  const at = (name: string) => within(folder ?? "", name);
  const selection = everyPart(source, at("pyproject.toml"), asked);
  const declared = () => withIncludes(source, readPyproject(source, at("pyproject.toml"), selection));
  switch (manager) {
    case "poetry":
      return readPoetryLock(source, at("poetry.lock"), selection) ?? declared();
    case "uv":
      return readUvLock(source, at("uv.lock"), selection) ?? declared();
    case "pdm":
      return readPdmLock(source, at("pdm.lock")) ?? declared();
    case "pipenv":
      return readPipfileLock(source, at("Pipfile.lock")) ?? readPipfile(source, at("Pipfile"));
  }
}

/** `--all-extras` and `--all-groups`: every name that pyproject.toml has. */
function everyPart(source: ListSource, path: string, { extras, groups }: Selection): Selection {
  if (!extras.includes("*") && !groups.includes("*")) return { extras, groups };
  const table = asTable(readToml(source, path)?.table);
  const poetry = asTable(asTable(table.tool).poetry);
  const all = {
    extras: [asTable(table.project)["optional-dependencies"], poetry.extras],
    groups: [
      table["dependency-groups"],
      Object.fromEntries(
        Object.entries(asTable(poetry.group)).filter(([, group]) => asTable(group).optional !== true),
      ),
      poetry["dev-dependencies"] === undefined ? {} : { dev: true },
    ],
  };
  const named = (asked: readonly string[], tables: readonly unknown[]) =>
    asked.flatMap((name) => (name === "*" ? tables.flatMap((one) => Object.keys(asTable(one))) : [name]));
  return { extras: named(extras, all.extras), groups: named(groups, all.groups) };
}

/** A file that an image knows by another path: `/app/requirements.txt` is the repository's requirements.txt. */
function locate(files: ProjectFiles, written: string, step: Command): string | undefined {
  const [exact] = placesOf(written, step).filter((path) => files.isFile(path));
  if (exact !== undefined) return exact;
  const folder = folderOf(step.at.file);
  const parts = written.split("/").filter((part) => part !== "" && part !== ".");
  for (let index = 0; index < parts.length; index += 1) {
    const tail = parts.slice(index).join("/");
    const found = [resolvePath("", tail), resolvePath(folder, tail)].find(
      (path) => path !== undefined && files.isFile(path),
    );
    if (found !== undefined) return found;
  }
  const last = parts.at(-1) ?? "";
  const same = files.list.filter((path) => path === last || path.endsWith(`/${last}`));
  return same.length === 1 ? same[0] : undefined;
}

/** Lists that are installed one after the other. */
export function addUp(all: readonly PackageList[]): PackageList | undefined {
  const [first] = all;
  if (!first) return undefined;
  const filled = all.filter(({ requirements }) => requirements.length > 0);
  return {
    manager: (filled[0] ?? first).manager,
    sources: [...new Set(all.flatMap(({ sources }) => sources))],
    requirements: all.flatMap(({ requirements }) => requirements),
    locked: filled.length > 0 && filled.every(({ locked }) => locked),
    incomplete: all.map(({ incomplete }) => incomplete).find((why) => why !== undefined),
    broken: all.flatMap(({ broken }) => broken),
  };
}
