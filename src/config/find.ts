import type { ManifestNode, ManifestTree } from "../platforms/manifests/tree.ts";

/** Reads a file of the repository, never through a link that leads out of it; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

/** A configuration in one of the places where it may be. */
export interface FoundConfig {
  /** "deploy-check.yaml", "[tool.deploy-check] in pyproject.toml" */
  readonly called: string;
  readonly file: string;
  readonly tree: ManifestTree;
}

interface Place {
  readonly file: string;
  readonly called?: string;
  read(file: string, text: string): Promise<ManifestTree>;
  /** Where in the file it is; undefined where the file says nothing of us. */
  within?(root: ManifestNode): ManifestNode | undefined;
}

const yaml: Pick<Place, "read"> = {
  read: async (file, text) => (await import("../platforms/manifests/tree-yaml.ts")).readYaml(file, text),
};

/** Where a configuration may be, the most specific first. The first that is there wins. */
const places: readonly Place[] = [
  { file: "deploy-check.yaml", ...yaml },
  { file: "deploy-check.yml", ...yaml },
  { file: ".deploy-check.yaml", ...yaml },
  { file: ".deploy-check.yml", ...yaml },
  {
    file: "pyproject.toml",
    called: "[tool.deploy-check] in pyproject.toml",
    read: async (file, text) => (await import("../platforms/manifests/tree-toml.ts")).readToml(file, text),
    within: (root) => present(root.get("tool").get("deploy-check")),
  },
  {
    file: "package.json",
    called: '"deploy-check" in package.json',
    read: async (file, text) => (await import("../platforms/manifests/tree-json.ts")).readJson(file, text),
    within: (root) => present(root.get("deploy-check")),
  },
];

/** Every configuration in a folder, the one that wins first. */
export async function configsIn(read: ReadText): Promise<readonly FoundConfig[]> {
  const found: FoundConfig[] = [];
  for (const place of places) {
    const text = read(place.file);
    // Nearly every project has one of the last two, and hardly any of them speaks of us.
    if (text === undefined || (place.within && !text.includes("deploy-check"))) continue;
    const config = await configAt(place, place.file, text);
    if (config) found.push(config);
  }
  return found;
}

/** The configuration in a file that is named: by its ending where it is called otherwise than usual. */
export async function configIn(file: string, text: string): Promise<FoundConfig | undefined> {
  const name = file.split("/").at(-1) ?? file;
  const place = places.find((each) => each.file === name) ?? { file: name, read: readerFor(name) };
  return configAt(place, file, text);
}

function readerFor(name: string): Place["read"] {
  const like = name.endsWith(".toml") ? "pyproject.toml" : name.endsWith(".json") ? "package.json" : "";
  return (places.find(({ file }) => file === like) ?? yaml).read;
}

async function configAt(place: Place, file: string, text: string): Promise<FoundConfig | undefined> {
  const { root, problems } = await place.read(file, text);
  const own = place.within ? place.within(root) : root;
  // A file of others that cannot be read at all is not ours to complain of.
  if (!own) return undefined;
  return { called: place.called ?? file, file, tree: { root: own, problems } };
}

function present(node: ManifestNode): ManifestNode | undefined {
  return node.exists ? node : undefined;
}
