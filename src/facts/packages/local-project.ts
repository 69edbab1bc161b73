import { type Location, startOf } from "../../location.ts";
import type { Requirement } from "../packages.ts";
import { evaluateMarker } from "./markers.ts";
import { asRequirement, type ListSource, within } from "./package-list.ts";
import { readPyproject } from "./pyproject.ts";
import { parseDependency } from "./requirement-line.ts";

/** What installing a folder of the repository (`pip install .`) installs besides the folder's own code. */
export interface LocalProject {
  readonly sources: readonly string[];
  readonly requirements: readonly Requirement[];
  readonly incomplete: string | undefined;
  /** Requirements files that it takes its list from. */
  readonly includes?: readonly string[];
}

export function readLocalProject(
  source: ListSource,
  folder: string,
  extras: readonly string[],
): LocalProject {
  const pyproject = readPyproject(source, within(folder, "pyproject.toml"), { extras, groups: [] });
  if (pyproject) return pyproject;
  const setupCfg = within(folder, "setup.cfg");
  const text = source.files.text(setupCfg);
  const declared = text === undefined ? undefined : installRequires(text, setupCfg);
  if (declared) {
    const installed = declared.flatMap(({ text: line, at }) => {
      const dependency = parseDependency(line);
      if (!dependency) return [];
      const { marker } = dependency;
      if (marker !== undefined && evaluateMarker(marker, { python: source.python, extras }) === false)
        return [];
      return [asRequirement(dependency, at)];
    });
    return { sources: [setupCfg], requirements: installed, incomplete: undefined };
  }
  const setupPy = within(folder, "setup.py");
  return {
    sources: [],
    requirements: [],
    incomplete: source.files.isFile(setupPy) ? `${setupPy} decides itself what that brings` : undefined,
  };
}

/** `install_requires` of setup.cfg, one dependency a line. */
function installRequires(
  text: string,
  file: string,
): readonly { readonly text: string; readonly at: Location }[] | undefined {
  const lines = text.split(/\r\n|\r|\n/);
  const start = lines.findIndex((line) => /^install_requires\s*=/.test(line));
  if (start === -1) return undefined;
  const found: { text: string; at: Location }[] = [];
  const inline = (lines[start] ?? "").replace(/^install_requires\s*=/, "").trim();
  if (inline !== "") found.push({ text: inline, at: { ...startOf(file), line: start + 1 } });
  for (let index = start + 1; /^(\s|$|#|;)/.test(lines[index] ?? "x"); index += 1) {
    const line = (lines[index] ?? "").trim();
    if (line !== "" && !/^[#;]/.test(line))
      found.push({ text: line, at: { ...startOf(file), line: index + 1 } });
  }
  return found;
}
