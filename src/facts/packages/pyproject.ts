import { folderOf } from "../../files/listing.ts";
import type { Location } from "../../location.ts";
import type { Requirement } from "../packages.ts";
import { evaluateMarker } from "./markers.ts";
import { normalName } from "./names.ts";
import {
  asRequirement,
  type ListSource,
  mainOnly,
  mayBeInstalled,
  type PackageList,
  type Selection,
  within,
} from "./package-list.ts";
import { poetryDependencies } from "./poetry.ts";
import { parseDependency } from "./requirement-line.ts";
import {
  anySpelling,
  asList,
  asTable,
  asText,
  asTexts,
  find,
  inside,
  readToml,
  type TableFile,
} from "./toml.ts";

/**
 * The dependencies that a pyproject.toml declares: `[project]` (PEP 621) and its extras,
 * `[dependency-groups]` (PEP 735), and Poetry's own tables. Undefined if it declares none.
 */
export function readPyproject(
  source: ListSource,
  path: string,
  selection: Selection = mainOnly,
): PackageList | undefined {
  const file = readToml(source, path);
  if (!file) return undefined;
  const { table } = file;
  const project = asTable(table.project);
  const poetry = inside(table, "tool", "poetry");
  const dynamic = asTexts(project.dynamic).includes("dependencies");
  const declares = project.dependencies !== undefined || dynamic || poetry.dependencies !== undefined;
  if (
    !declares &&
    selection.groups.every((group) => inside(table, "dependency-groups")[group] === undefined)
  ) {
    return undefined;
  }

  const extras = selection.extras.map(normalName);
  const requirements: Requirement[] = [
    ...standard(source, file, asTexts(project.dependencies), /^\s*dependencies\s*=/, extras),
    ...extras.flatMap((extra) =>
      standard(
        source,
        file,
        asTexts(byName(inside(project, "optional-dependencies"), extra)),
        optional,
        extras,
      ),
    ),
    ...selection.groups.flatMap((group) =>
      standard(source, file, groupOf(inside(table, "dependency-groups"), normalName(group)), groups, extras),
    ),
    ...poetryDependencies(source, file, selection),
  ];
  // Setuptools can take the list from a file: https://setuptools.pypa.io/en/latest/userguide/pyproject_config.html#dynamic-metadata
  const listed = asList(inside(table, "tool", "setuptools", "dynamic", "dependencies").file)
    .concat(asText(inside(table, "tool", "setuptools", "dynamic", "dependencies").file) ?? [])
    .filter((each) => typeof each === "string");
  return {
    manager: poetry.dependencies !== undefined ? "poetry" : "pip",
    sources: [path],
    requirements,
    locked: false,
    incomplete:
      dynamic && listed.length === 0 && poetry.dependencies === undefined
        ? `${path} leaves its dependencies to the build ("dynamic")`
        : undefined,
    broken: [],
    optional: new Map([
      ...partsOf("extra", inside(project, "optional-dependencies")),
      ...partsOf("extra", asTable(poetry.extras)),
      ...partsOf("group", inside(table, "dependency-groups")),
    ]),
    includes: dynamic ? listed.map((each) => within(folderOf(path), each)) : [],
  };
}

function partsOf(
  kind: "extra" | "group",
  parts: Readonly<Record<string, unknown>>,
): readonly (readonly [string, string])[] {
  return Object.entries(parts)
    .filter(([part]) => mayBeInstalled(kind, part))
    .flatMap(([part, texts]) =>
      asTexts(texts).flatMap((text) => {
        const name = parseDependency(text)?.name;
        return name === undefined ? [] : [[name, `the ${kind} "${part}"`] as const];
      }),
    );
}

const optional = /^\s*\[project\.optional-dependencies\]|^\s*optional-dependencies\b/;
const groups = /^\s*\[dependency-groups\]/;

function standard(
  { python }: ListSource,
  file: TableFile,
  texts: readonly string[],
  after: RegExp,
  extras: readonly string[],
): readonly Requirement[] {
  return texts.flatMap((text) => {
    const dependency = parseDependency(text);
    if (!dependency) return [];
    if (dependency.marker !== undefined && evaluateMarker(dependency.marker, { python, extras }) === false)
      return [];
    return [asRequirement(dependency, placeOf(file, dependency.name, after))];
  });
}

function placeOf(file: TableFile, name: string, after: RegExp): Location {
  return find(file, new RegExp(`(?<=["'])${anySpelling(name)}(?![A-Za-z0-9._-])[^"']*`, "i"), after, name);
}

/** A PEP 735 group, with the groups that it includes. */
function groupOf(
  all: Readonly<Record<string, unknown>>,
  name: string,
  seen: readonly string[] = [],
): readonly string[] {
  if (seen.includes(name)) return [];
  return asList(byName(all, name)).flatMap((entry) => {
    const included = asText(asTable(entry)["include-group"]);
    if (included !== undefined) return groupOf(all, normalName(included), [...seen, name]);
    return asText(entry) ?? [];
  });
}

function byName(all: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.entries(all).find(([key]) => normalName(key) === name)?.[1];
}
