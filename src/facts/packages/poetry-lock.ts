import { folderOf } from "../../files/listing.ts";
import type { Location } from "../../location.ts";
import type { Requirement } from "../packages.ts";
import { type Edge, type LockedPackage, reachable } from "./lock.ts";
import { evaluateMarker } from "./markers.ts";
import { normalName } from "./names.ts";
import { type ListSource, mainOnly, type PackageList, type Selection, within } from "./package-list.ts";
import { readPyproject } from "./pyproject.ts";
import { asList, asTable, asText, asTexts, find, namesOfTables, readToml, type Table } from "./toml.ts";

/**
 * What `poetry sync --only main` installs. Poetry 2 writes the groups of each package into the lock,
 * Poetry before 1.5 a category; in between, the main dependencies of pyproject.toml are followed.
 */
export function readPoetryLock(
  source: ListSource,
  path: string,
  selection: Selection = mainOnly,
): PackageList | undefined {
  const file = readToml(source, path);
  if (!file) return undefined;
  const tables = asList(file.table.package).map(asTable);
  const places = namesOfTables(file, "[[package]]");
  const packages = tables.map((table, index) => lockedPackage(table, places[index] ?? find(file, /^/)));
  const pyproject = readPyproject(source, within(folderOf(path), "pyproject.toml"), selection);
  const chosen = new Set(["main", ...selection.groups]);

  const installed = tables.some((table) => table.groups !== undefined || table.category !== undefined)
    ? packages.filter((_, index) => inGroups(tables[index] ?? {}, chosen, source, selection))
    : pyproject
      ? reachable(packages, pyproject.requirements, { python: source.python, extras: [] })
      : packages;
  return {
    manager: "poetry",
    sources: [path],
    requirements: installed.map((each) => withExtras(each, pyproject?.requirements ?? [])),
    locked: true,
    incomplete: undefined,
    broken: [],
    ...(pyproject?.optional && { optional: pyproject.optional }),
  };
}

function inGroups(
  table: Table,
  chosen: ReadonlySet<string>,
  { python }: ListSource,
  { extras }: Selection,
): boolean {
  const groups = table.groups === undefined ? [asText(table.category) ?? "main"] : asTexts(table.groups);
  const installed = groups.filter((group) => chosen.has(group));
  if (installed.length === 0) return false;
  // An optional package of the main group is there only for an extra of the project.
  if (table.optional === true && extras.length === 0) return false;
  const markers =
    typeof table.markers === "string"
      ? [table.markers]
      : installed.map((group) => asText(asTable(table.markers)[group]));
  return markers.some(
    (marker) => marker === undefined || evaluateMarker(marker, { python, extras }) !== false,
  );
}

/** The lock names no extras; those that the project asks for are in pyproject.toml. */
function withExtras(locked: LockedPackage, asked: readonly Requirement[]): Requirement {
  const extras = asked.find(({ name }) => name === locked.name)?.extras ?? [];
  return { ...locked.requirement, extras };
}

function lockedPackage(table: Table, at: Location): LockedPackage {
  const name = normalName(asText(table.name) ?? "");
  const version = asText(table.version);
  const dependencies = Object.entries(asTable(table.dependencies)).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((variant): Edge & { readonly optional: boolean } => ({
      name: normalName(key),
      extras: asTexts(asTable(variant).extras).map(normalName),
      marker: asText(asTable(variant).markers),
      optional: asTable(variant).optional === true,
    })),
  );
  const extras = new Map(
    Object.entries(asTable(table.extras)).map(([extra, texts]) => [
      normalName(extra),
      asTexts(texts).map(
        (text): Edge => ({
          name: normalName(/^[\w.-]+/.exec(text)?.[0] ?? ""),
          extras: [],
          marker: undefined,
        }),
      ),
    ]),
  );
  return {
    name,
    requirement: {
      name,
      extras: [],
      specifier: version === undefined ? "" : `==${version}`,
      version,
      at,
    },
    dependencies: dependencies.filter(({ optional }) => !optional),
    extras,
  };
}
