import { evaluateMarker } from "./markers.ts";
import { normalName } from "./names.ts";
import { asRequirement, type ListSource, type PackageList } from "./package-list.ts";
import {
  anySpelling,
  asTable,
  asText,
  asTexts,
  find,
  readJson,
  readToml,
  type Table,
  type TableFile,
} from "./toml.ts";

/** What `pipenv install --deploy` installs: the "default" section of Pipfile.lock. */
export function readPipfileLock(source: ListSource, path: string): PackageList | undefined {
  const file = readJson(source, path);
  return file && listOf(source, file, asTable(file.table.default), /^\s*"default"\s*:/, true);
}

/** `[packages]` of a Pipfile: https://pipenv.pypa.io/en/latest/pipfile.html */
export function readPipfile(source: ListSource, path: string): PackageList | undefined {
  const file = readToml(source, path);
  return file && listOf(source, file, asTable(file.table.packages), /^\s*\[packages\]/, false);
}

function listOf(
  source: ListSource,
  file: TableFile,
  section: Table,
  after: RegExp,
  locked: boolean,
): PackageList {
  const requirements = Object.entries(section).flatMap(([key, value]) => {
    const name = normalName(key);
    const table = asTable(value);
    const version = asText(value) ?? asText(table.version) ?? "*";
    const environment = { python: source.python, extras: [] };
    if (markersOf(table).some((marker) => evaluateMarker(marker, environment) === false)) return [];
    const at = find(file, new RegExp(`^\\s*["']?${anySpelling(name)}["']?\\s*[:=].*`, "i"), after, name);
    const dependency = {
      name,
      extras: asTexts(table.extras).map(normalName),
      specifier: version === "*" ? "" : version.replace(/\s+/g, ""),
      marker: undefined,
      url: asText(table.git) ?? asText(table.file) ?? asText(table.path),
    };
    return [asRequirement(dependency, at)];
  });
  return { manager: "pipenv", sources: [file.path], requirements, locked, incomplete: undefined, broken: [] };
}

/** `markers = "…"`, and the shorthand `sys_platform = "== 'win32'"`. */
function markersOf(table: Table): readonly string[] {
  const shorthand = [
    "os_name",
    "sys_platform",
    "platform_system",
    "python_version",
    "platform_machine",
  ].flatMap((name) => (typeof table[name] === "string" ? [`${name} ${table[name]}`] : []));
  return [asText(table.markers) ?? [], ...shorthand].flat();
}
