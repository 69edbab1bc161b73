import type { Finding } from "../finding.ts";
import type { Location } from "../location.ts";
import { installsFrom } from "../platforms/rules.ts";
import { defineFact, missing } from "./define.ts";
import { additionTo } from "./packages/additions.ts";
import { addUp, findLists, readImage, readSteps } from "./packages/choose.ts";
import { localModules } from "./packages/local-modules.ts";
import { distributionsOf } from "./packages/modules.ts";
import { normalName } from "./packages/names.ts";
import type { PackageList } from "./packages/package-list.ts";
import { provision } from "./packages/provision.ts";
import { noPython } from "./project.ts";

/** What production installs, from the files that the platform's package manager reads. */
export interface Packages {
  /** The files they were read from, in order: requirements.txt, then what it includes. */
  readonly sources: readonly string[];
  /** A requirement of production; undefined if there is none. `name` in any spelling (PEP 503). */
  get(name: string): Requirement | undefined;
  readonly requirements: readonly Requirement[];
  /** The list holds indirect dependencies too, because it comes from a lock or a compiled file. */
  readonly locked: boolean;
  /** Why the list may lack something ("requirements.txt includes https://…"), or undefined if it is complete. */
  readonly incomplete: string | undefined;
  /**
   * Whether production can import a module (dotted or not): one of Python's, of the project's own, or
   * of an installed distribution. "unknown" when it may come as an indirect dependency, or when its
   * distribution is not known.
   */
  provides(module: string): Provision;
  /** Whether production installs a distribution, by itself or with another. "unknown" when it may come as an indirect dependency. */
  installs(distribution: string): Provision;
  /** The part of the project that a package is not installed without, if it is declared for one: `the extra "prod"`. */
  onlyWith(distribution: string): string | undefined;
  /** The distributions of which any provides the module, best first; empty if it is not known. */
  distributionsFor(module: string): readonly string[];
  /** Lines at which the package manager stops with an error, such as a `-r` of a file that is not there. */
  readonly broken: readonly { readonly message: string; readonly at: Location }[];
  /** Where a missing requirement should be written: "requirements.txt", "pyproject.toml". */
  readonly addTo: string;
  /** Text to paste that adds a requirement: a line of `addTo` below its name, or a command (`poetry add gunicorn`). */
  addition(name: string): string;
}

export type Provision = "yes" | "no" | "unknown";

export interface Requirement {
  /** Normalised by PEP 503. */
  readonly name: string;
  readonly extras: readonly string[];
  /** A PEP 440 specifier; "" for any version. */
  readonly specifier: string;
  /** The version that will be installed, where the file decides it. */
  readonly version: string | undefined;
  readonly at: Location;
  /** Where it comes from, if not from a package index: a repository, an archive, a folder. It may bring anything. */
  readonly url?: string;
}

export const packages = defineFact<"packages", "project" | "deployment" | "packageFiles" | "pythonVersions">({
  wants: ["project", "deployment", "packageFiles", "pythonVersions"],
  read({ files }, { project, deployment, packageFiles, pythonVersions }) {
    if (project?.framework === "node") return missing(noPython);
    const fallback = /\d+\.\d+/.exec(deployment?.platform.python?.fallback ?? "")?.[0];
    const python = pythonVersions?.image?.version ?? pythonVersions?.chosen?.version ?? fallback;
    const source = { files, python };
    const image = deployment?.image && readImage(source, deployment.image);
    const steps = readSteps(
      source,
      (deployment?.steps ?? []).filter(({ at }) => at.file !== deployment?.image?.path),
    );
    const lists = image
      ? [image]
      : steps?.whole
        ? [steps.list]
        : findLists(source, {
            folders: [...new Set([packageFiles?.folder ?? "", project?.folder ?? ""])],
            accepted: installsFrom(deployment?.platform.packages, packageFiles?.inRoot ?? []),
          });
    if (lists.length === 0) return missing("no file names the packages that production installs");
    return packagesOf(
      lists.map((list) => (steps && !steps.whole ? (addUp([list, steps.list]) ?? list) : list)),
      localModules(files, project?.path ?? [""]),
    );
  },
});

/** The fact, from one list, or from several of which any may be what is installed. `local`: the project's own modules. */
export function packagesOf(lists: readonly PackageList[], local: ReadonlySet<string>): Packages {
  const [first] = lists;
  const requirements = new Map<string, Requirement>();
  for (const requirement of lists.flatMap((list) => list.requirements)) {
    const known = requirements.get(requirement.name);
    const extras = [...new Set([...(known?.extras ?? []), ...requirement.extras])];
    requirements.set(requirement.name, { ...(known ?? requirement), extras });
  }
  const all = [...requirements.values()];
  const incomplete = lists.map((list) => list.incomplete).find((why) => why !== undefined);
  const locked = lists.length > 0 && lists.every((list) => list.locked);
  return {
    sources: [...new Set(lists.flatMap((list) => list.sources))],
    requirements: all,
    get: (name) => requirements.get(normalName(name)),
    onlyWith: (name) =>
      lists.map((list) => list.optional?.get(normalName(name))).find((part) => part !== undefined),
    locked,
    incomplete,
    broken: lists.flatMap((list) => list.broken),
    ...provision({ requirements: all, locked, complete: incomplete === undefined, local }),
    distributionsFor: distributionsOf,
    ...additionTo(first ?? emptyList),
  };
}

/** A package that is declared for an extra is missing unless somebody installs the extra, which may not show in the files. */
export function unlessOptional(
  packages: Packages,
  distributions: readonly string[],
): Pick<Finding, "when" | "severity"> {
  const part = distributions.map((name) => packages.onlyWith(name)).find((each) => each !== undefined);
  return part === undefined ? {} : { when: [`${part} is not installed`], severity: "warning" };
}

const emptyList: PackageList = {
  manager: "pip",
  sources: [],
  requirements: [],
  locked: false,
  incomplete: undefined,
  broken: [],
};
