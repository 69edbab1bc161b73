import type { Location } from "../location.ts";

export interface DotenvFile {
  readonly path: string;
  /** In git's index; undefined where there is no index to ask. */
  readonly tracked: boolean | undefined;
  /** `.env.example`, `.env.sample`, `.env.template`, `.env.dist`: meant to be shared. */
  readonly isExample: boolean;
  readonly entries: readonly DotenvEntry[];
}

export interface DotenvEntry {
  readonly name: string;
  /** What the value is, without the value (design.md §5: a secret is never printed). */
  readonly holds: "nothing" | "placeholder" | "ciphertext" | "harmless" | "secret";
  readonly at: Location;
}
