/** Folders that hold no file that anyone of the project wrote, by name. */
const names: Readonly<Record<string, string>> = {
  node_modules: "holds installed packages",
  bower_components: "holds installed packages",
  "site-packages": "holds installed packages",
  __pypackages__: "holds installed packages",
  __pycache__: "is a cache",
  ".mypy_cache": "is a cache",
  ".pytest_cache": "is a cache",
  ".ruff_cache": "is a cache",
  ".tox": "holds virtual environments",
  ".nox": "holds virtual environments",
  ".git": "is a repository",
  ".hg": "is a repository",
  ".svn": "is a repository",
};

/** What only the root of an installed environment holds. */
const markers: Readonly<Record<string, string>> = {
  "pyvenv.cfg": "is a virtual environment",
  "conda-meta": "is a conda environment",
};

/** Why a folder of this name is not looked into; undefined if it is. */
export function skippedByName(name: string): string | undefined {
  return Object.hasOwn(names, name) ? names[name] : undefined;
}

/** Why a folder with these things in it is not looked into; undefined if it is. */
export function skippedByContent(entries: readonly string[]): string | undefined {
  const marker = entries.find((name) => Object.hasOwn(markers, name));
  return marker === undefined ? undefined : markers[marker];
}
