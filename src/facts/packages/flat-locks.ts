import type { Location } from "../../location.ts";
import type { Requirement } from "../packages.ts";
import { evaluateMarker } from "./markers.ts";
import { normalName } from "./names.ts";
import type { ListSource, PackageList } from "./package-list.ts";
import { asList, asTable, asText, asTexts, find, namesOfTables, readToml, type Table } from "./toml.ts";

/** Locks that say of each package by itself whether it is installed. */

/** What `pdm sync --prod` installs. */
export function readPdmLock(source: ListSource, path: string): PackageList | undefined {
  return readFlat(source, path, "pdm", "package", (table) => ({
    marker: asText(table.marker),
    // Before lock format 4.3 no groups were written; everything counts then.
    installed: table.groups === undefined || asTexts(table.groups).includes("default"),
  }));
}

/** What an installer takes from a `pylock.toml`: https://packaging.python.org/en/latest/specifications/pylock-toml/ */
export function readPylock(source: ListSource, path: string): PackageList | undefined {
  return readFlat(source, path, "pip", "packages", (table) => ({
    marker: asText(table.marker),
    installed: true,
  }));
}

function readFlat(
  source: ListSource,
  path: string,
  manager: PackageList["manager"],
  key: string,
  read: (table: Table) => { readonly marker: string | undefined; readonly installed: boolean },
): PackageList | undefined {
  const file = readToml(source, path);
  if (!file) return undefined;
  const places = namesOfTables(file, `[[${key}]]`);
  const requirements = asList(file.table[key]).flatMap((value, index) => {
    const table = asTable(value);
    const { marker, installed } = read(table);
    const environment = { python: source.python, extras: [], groups: ["default"] };
    if (!installed || (marker !== undefined && evaluateMarker(marker, environment) === false)) return [];
    return [requirementOf(table, places[index] ?? find(file, /^/))];
  });
  return { manager, sources: [path], requirements, locked: true, incomplete: undefined, broken: [] };
}

function requirementOf(table: Table, at: Location): Requirement {
  const version = asText(table.version);
  return {
    name: normalName(asText(table.name) ?? ""),
    extras: asTexts(table.extras).map(normalName),
    specifier: version === undefined ? "" : `==${version}`,
    version,
    at,
  };
}
