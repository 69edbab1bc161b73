import type { Location } from "../../location.ts";
import type { ManifestProblem } from "../manifest.ts";

/** A YAML, JSON or TOML file that is read key by key, with places. */
export interface ManifestTree {
  readonly root: ManifestNode;
  readonly problems: readonly ManifestProblem[];
}

export type NodeKind = "map" | "list" | "text" | "number" | "boolean" | "nothing";

/** A place in a manifest; asking for what is not there, or is of another type, gives nothing. */
export interface ManifestNode {
  /** The value's place; where the format does not tell, that of its key. */
  readonly at: Location;
  readonly kind: NodeKind;
  /** The text of a scalar as written, without quotes: `False` stays "False". */
  readonly text: string | undefined;
  get(key: string): ManifestNode;
  readonly items: readonly ManifestNode[];
  readonly entries: readonly (readonly [key: string, value: ManifestNode])[];
  /** Whether there is anything but null. */
  readonly exists: boolean;
}

/** What stands where nothing is. */
export function absent(at: Location): ManifestNode {
  const node: ManifestNode = {
    at,
    kind: "nothing",
    text: undefined,
    exists: false,
    items: [],
    entries: [],
    get: () => node,
  };
  return node;
}
