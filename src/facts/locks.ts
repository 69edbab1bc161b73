import { satisfies } from "@renovatebot/pep440";
import { folderOf, nameOf } from "../files/listing.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { defineFact } from "./define.ts";
import { normalName } from "./packages/names.ts";
import { mainOnly, within } from "./packages/package-list.ts";
import { readPipfile } from "./packages/pipfile.ts";
import { readPyproject } from "./packages/pyproject.ts";
import { asTable, asText, inside, readJson } from "./packages/toml.ts";
import type { Requirement } from "./packages.ts";

/** A lock that production installs from, compared with the manifest that it was made from. */
export interface Lock {
  readonly path: string;
  readonly manifest: string;
  /** What makes it anew. */
  readonly command: string;
  /** What the manifest asks for, and the lock does not have. */
  readonly lacking: readonly Requirement[];
  /** What the manifest asks for in other versions than the lock has. */
  readonly outdated: readonly { readonly requirement: Requirement; readonly locked: string }[];
}

/** Which lock belongs to which manifest. */
const pairs: Readonly<Record<string, { readonly manifest: string; readonly command: string }>> = {
  "Pipfile.lock": { manifest: "Pipfile", command: "pipenv lock" },
  "poetry.lock": { manifest: "pyproject.toml", command: "poetry lock" },
  "uv.lock": { manifest: "pyproject.toml", command: "uv lock" },
  "pdm.lock": { manifest: "pyproject.toml", command: "pdm lock" },
};

/**
 * Names and versions are compared, and not the hash that a lock holds of its manifest: Poetry's and Pipenv's
 * change with their own versions.
 */
export const locks = defineFact<"locks", "packages">({
  wants: ["packages"],
  read: ({ files }, { packages }) =>
    (packages?.sources ?? []).flatMap((path): readonly Lock[] => {
      const name = nameOf(path);
      const pair = Object.hasOwn(pairs, name) ? pairs[name] : undefined;
      const locked = pair && versionsIn(files, path);
      if (!pair || !locked || locked.size === 0) return [];
      const manifest = within(folderOf(path), pair.manifest);
      const asked = requirementsOf(files, manifest);
      const known = asked.filter(({ name: one }) => locked.has(one));
      return [
        {
          path,
          manifest,
          command: pair.command,
          lacking: asked.filter((one) => !locked.has(one.name)),
          outdated: known.flatMap((requirement) => {
            const versions = locked.get(requirement.name) ?? [];
            // Of several with markers one is enough.
            const fits = known.some((one) => one.name === requirement.name && allows(one, versions));
            return fits ? [] : [{ requirement, locked: versions[0] ?? "" }];
          }),
        },
      ];
    }),
});

/** PEP 440 alone: managers have forms of their own. */
const comparable = /^(?:(?:~=|[=!]=|[<>]=?)\d[\d.]*(?:\*|(?:a|b|rc)\d+)?(?:,|$))+$/;

function allows({ specifier }: Requirement, versions: readonly string[]): boolean {
  if (versions.length === 0 || !comparable.test(specifier)) return true;
  return versions.some((version) => satisfies(version, specifier, { prereleases: true }));
}

function requirementsOf(files: ProjectFiles, manifest: string): readonly Requirement[] {
  const source = { files, python: undefined };
  const list = manifest.endsWith("Pipfile")
    ? readPipfile(source, manifest)
    : readPyproject(source, manifest, mainOnly);
  return (list?.requirements ?? []).filter(({ url, at }) => url === undefined && at.file === manifest);
}

/** Every version that a lock has of each package. */
function versionsIn(files: ProjectFiles, path: string): ReadonlyMap<string, readonly string[]> | undefined {
  const found = new Map<string, readonly string[]>();
  const add = (name: string, version: string | undefined) => {
    const key = normalName(name);
    found.set(key, [...(found.get(key) ?? []), ...(version === undefined ? [] : [version])]);
  };
  if (nameOf(path) === "Pipfile.lock") {
    const table = readJson({ files }, path)?.table;
    for (const [name, entry] of Object.entries(table ? inside(table, "default") : {}))
      add(name, asText(asTable(entry).version)?.replace(/^==/, ""));
    return found;
  }
  for (const block of (files.text(path) ?? "").split(/^\[\[package\]\]\s*$/m).slice(1)) {
    const name = /^name = "([^"]+)"/m.exec(block)?.[1];
    if (name !== undefined) add(name, /^version = "([^"]+)"/m.exec(block)?.[1]);
  }
  return found;
}
