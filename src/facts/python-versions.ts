import { type ProjectFiles, Unreadable } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import type { Deployment } from "../platforms/platform.ts";
import type { PythonRules, PythonSource, PythonVersionFile } from "../platforms/rules.ts";
import { defineFact, missing } from "./define.ts";
import { within } from "./packages/package-list.ts";
import { noPython } from "./project.ts";
import { compareSeries } from "./python-releases.ts";
import { readVersion } from "./python-version-builders.ts";

export interface PythonVersions {
  /** Every file that names a version, in the platform's order, strongest first; files it does not read come last. */
  readonly declared: readonly DeclaredPython[];
  /** The one that decides on this platform. */
  readonly chosen: DeclaredPython | undefined;
  /** Files whose name the platform rejects as a misspelling of `.python-version`. */
  readonly misspelt: readonly string[];
  /** The image of the Dockerfile that is deployed decides instead: "python:3.13-slim". */
  readonly image:
    | { readonly name: string; readonly version: string | undefined; readonly at: Location }
    | undefined;
}

export interface DeclaredPython {
  readonly file: PythonSource | "pyproject.toml";
  /** The file that says it; for a variable, the manifest that declares it, or `--env`. */
  readonly path: string;
  /** Undefined for `--env`. */
  readonly at: Location | undefined;
  /** As written. */
  readonly text: string;
  /** `major.minor` or `major.minor.patch`, if it can be told. */
  readonly version: string | undefined;
  /** Why this platform rejects it, as a sentence, or undefined. */
  readonly problem: string | undefined;
  /** It stops the build, even on a platform that takes its default for what it cannot read. */
  readonly stops?: boolean;
  /** Whether this platform reads it at all. */
  readonly read: boolean;
}

/** Where no platform is known: the order in which hosts that share Heroku's conventions look. */
const usualOrder: readonly PythonVersionFile[] = [
  "runtime.txt",
  ".python-version",
  "Pipfile.lock",
  "Pipfile",
  ".tool-versions",
  "mise.toml",
];

export const pythonVersions = defineFact<"pythonVersions", "project" | "deployment" | "packageFiles">({
  wants: ["project", "deployment", "packageFiles"],
  read({ files, options }, { project, deployment, packageFiles }) {
    if (project?.framework === "node") return missing(noPython);
    const rules = deployment?.platform.python;
    const folder = packageFiles?.folder ?? "";
    const order: readonly PythonSource[] = rules?.sources ?? usualOrder;
    const all = [...order, ...usualOrder.filter((file) => !order.includes(file)), "pyproject.toml" as const];
    const declared = all.flatMap((file): readonly DeclaredPython[] => {
      const read = file !== "pyproject.toml" && order.includes(file);
      const found = isFile(file)
        ? readFile(files, file, within(folder, file), rules, read)
        : fromManifest(file, deployment, options.env);
      if (!found) return [];
      return [{ ...found, problem: read ? problemOf(rules, found) : undefined, read }];
    });
    return {
      declared,
      chosen: declared.find(({ read }) => read),
      misspelt: misspelt(files, folder, rules),
      image: deployment?.image?.base,
    };
  },
});

/** A broken file that the platform does not read is no obstacle. */
function readFile(
  files: ProjectFiles,
  file: PythonVersionFile | "pyproject.toml",
  path: string,
  rules: PythonRules | undefined,
  read: boolean,
): Omit<DeclaredPython, "read"> | undefined {
  try {
    return readVersion(read ? rules?.grammar : undefined, files, file, path);
  } catch (error) {
    if (!read && rules && error instanceof Unreadable) return undefined;
    throw error;
  }
}

function isFile(source: PythonSource | "pyproject.toml"): source is PythonVersionFile | "pyproject.toml" {
  return source !== "manifest" && !source.startsWith("$");
}

/** A variable that the manifest or `--env` sets, or what the manifest itself asks for. */
function fromManifest(
  source: PythonSource,
  deployment: Deployment | undefined,
  given: ReadonlyMap<string, string>,
): Omit<DeclaredPython, "read"> | undefined {
  if (source === "manifest") {
    const { python } = deployment ?? {};
    return python && { ...python, file: source, path: python.at.file, problem: undefined };
  }
  const name = source.slice(1);
  const variable = deployment?.env.findLast((one) => one.name === name);
  const text = given.get(name) ?? variable?.value;
  if (text === undefined) return undefined;
  const at = given.has(name) ? undefined : variable?.at;
  const path = at?.file ?? "--env";
  const version = /^\d+(?:\.\d+){1,2}$/.exec(text.trim())?.[0];
  const isExact = version !== undefined && version.split(".").length === 3;
  const problem =
    deployment?.platform.python?.exact === source && !isExact
      ? `${path} sets $${name} to "${text}", and the form is "3.13.2", with the patch version`
      : undefined;
  return { file: source, path, at, text, version, problem };
}

/**
 * What of it the platform rejects. On a host without known rules only what no builder could read as a
 * version is a problem; builders that take what mise takes, or look for digits, take more than Heroku.
 */
function problemOf(rules: PythonRules | undefined, found: Omit<DeclaredPython, "read">): string | undefined {
  if (rules) return found.problem ?? unknownTo(rules, found);
  return found.version === undefined && !/\n/.test(found.text) ? found.problem : undefined;
}

/** Newer than anything the platform has. Older ones are not rejected for their form but for their age. */
function unknownTo(
  { supported }: PythonRules,
  { path, version, text }: Omit<DeclaredPython, "read">,
): string | undefined {
  const [newest] = supported;
  if (version === undefined || newest === undefined || compareSeries(version, newest) <= 0) return undefined;
  return `${path} asks for Python "${text}", and ${newest} is the newest there is`;
}

/** A misspelt `.python-version` counts beside a well-spelt one, too, but not where `runtime.txt` comes first. */
function misspelt(files: ProjectFiles, folder: string, rules: PythonRules | undefined): readonly string[] {
  if (!rules || files.isFile(within(folder, "runtime.txt"))) return [];
  return rules.misspellings.map((name) => within(folder, name)).filter((path) => files.isFile(path));
}
