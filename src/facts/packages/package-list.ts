import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import type { PackageManager } from "../package-files.ts";
import type { Requirement } from "../packages.ts";
import { type Dependency, pinnedVersion } from "./requirement-line.ts";

/** What one package manager would install from its files. */
export interface PackageList {
  readonly manager: PackageManager;
  /** The files it was read from, in order. */
  readonly sources: readonly string[];
  readonly requirements: readonly Requirement[];
  /** See `Packages.locked`. */
  readonly locked: boolean;
  /** See `Packages.incomplete`. */
  readonly incomplete: string | undefined;
  /** See `Packages.broken`. */
  readonly broken: readonly { readonly message: string; readonly at: Location }[];
  /** Packages that are there for an extra of the project only, and so are not installed, by name: `the extra "prod"`. */
  readonly optional?: ReadonlyMap<string, string>;
  /** Requirements files that it takes its list from, and that are still to be read. */
  readonly includes?: readonly string[];
}

/** Which parts of a project are installed beside its main dependencies. */
export interface Selection {
  readonly extras: readonly string[];
  readonly groups: readonly string[];
}

export const mainOnly: Selection = { extras: [], groups: [] };

const productionNames = ["prod", "production", "deploy", "deployment", "live", "server", "heroku"];

/** What is installed where nothing says how: the parts that are called after production belong to it. */
export const production: Selection = { extras: productionNames, groups: productionNames };

/** Whether a part of the project by this name may be installed in production, although nothing says so. */
export function mayBeInstalled(kind: "extra" | "group", name: string): boolean {
  if (kind === "group") return productionNames.includes(name);
  return !/^(?:all|ci|debug|dev|develop|development|docs?|lint|local|tests?|testing|typing)$/.test(name);
}

/** What a list is read with: the project, and the Python that markers are judged for. */
export interface ListSource {
  readonly files: ProjectFiles;
  readonly python: string | undefined;
}

/** A dependency that will be installed, at its place. */
export function asRequirement(dependency: Dependency, at: Location): Requirement {
  const { name, extras, specifier, url } = dependency;
  return {
    name,
    extras,
    specifier,
    version: pinnedVersion(specifier),
    at,
    ...(url === undefined ? {} : { url }),
  };
}

/** `path` as seen from `folder`, without `.` and `..`; undefined if it leaves the project. */
export function resolvePath(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}/${path}`.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== "..") parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join("/");
}

/** A file inside `folder`; "" is the root. */
export function within(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}
