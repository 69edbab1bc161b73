import type { Location } from "../../location.ts";
import { type Edge, type LockedPackage, reachable } from "./lock.ts";
import { normalName } from "./names.ts";
import {
  type ListSource,
  mainOnly,
  mayBeInstalled,
  type PackageList,
  type Selection,
} from "./package-list.ts";
import { asList, asTable, asText, asTexts, find, namesOfTables, readToml, type Table } from "./toml.ts";

/**
 * What `uv sync --no-default-groups` installs: the dependencies of the project, or of every member
 * where the root of a workspace is no project. https://docs.astral.sh/uv/concepts/projects/sync/
 */
export function readUvLock(
  source: ListSource,
  path: string,
  selection: Selection = mainOnly,
): PackageList | undefined {
  const file = readToml(source, path);
  if (!file) return undefined;
  const tables = asList(file.table.package).map(asTable);
  const places = namesOfTables(file, "[[package]]");
  const packages = tables.map((table, index) => lockedPackage(table, places[index] ?? find(file, /^/)));
  const members = tables.filter((table) => memberFolder(table) !== undefined);
  const root = members.filter((table) => memberFolder(table) === ".");
  // A lock that does not name the project was not written for it whole: nothing says what is left out.
  const names =
    members.length === 0 ? packages.map(({ name }) => ({ name, extras: [], marker: undefined })) : [];
  const installed = reachable(
    packages,
    (root.length > 0 ? root : members)
      .flatMap((table) => [
        ...edges(table.dependencies),
        ...selection.extras.flatMap((extra) => edges(asTable(table["optional-dependencies"])[extra])),
        ...selection.groups.flatMap((group) => edges(asTable(table["dev-dependencies"])[group])),
      ])
      .concat(names),
    { python: source.python, extras: selection.extras.map(normalName) },
  );
  const own = new Set(members.map((table) => normalName(asText(table.name) ?? "")));
  return {
    manager: "uv",
    sources: [path],
    requirements: installed.filter(({ name }) => !own.has(name)).map(({ requirement }) => requirement),
    locked: true,
    incomplete: members.length === 0 ? `${path} does not name the project itself` : undefined,
    optional: new Map(
      members.flatMap((table) => [
        ...partsOf("extra", table["optional-dependencies"]),
        ...partsOf("group", table["dev-dependencies"]),
      ]),
    ),
    broken: [],
  };
}

function partsOf(kind: "extra" | "group", value: unknown): readonly (readonly [string, string])[] {
  return Object.entries(asTable(value))
    .filter(([part]) => mayBeInstalled(kind, part))
    .flatMap(([part, list]) => edges(list).map(({ name }) => [name, `the ${kind} "${part}"`] as const));
}

/** The folder of a package that is the project's own. */
function memberFolder(table: Table): string | undefined {
  const source = asTable(table.source);
  return asText(source.editable) ?? asText(source.virtual);
}

function edges(value: unknown): readonly Edge[] {
  return asList(value).map((each) => {
    const table = asTable(each);
    return {
      name: normalName(asText(table.name) ?? ""),
      extras: asTexts(table.extra).map(normalName),
      marker: asText(table.marker),
    };
  });
}

function lockedPackage(table: Table, at: Location): LockedPackage {
  const name = normalName(asText(table.name) ?? "");
  const version = asText(table.version);
  const extras = Object.entries(asTable(table["optional-dependencies"]));
  return {
    name,
    requirement: { name, extras: [], specifier: version === undefined ? "" : `==${version}`, version, at },
    dependencies: edges(table.dependencies),
    extras: new Map(extras.map(([extra, value]) => [normalName(extra), edges(value)])),
  };
}
