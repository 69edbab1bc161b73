import type { Encoding } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import type { Process } from "../platforms/platform.ts";

export interface Procfiles {
  /** The file named exactly `Procfile` in the repository root. */
  readonly procfile: Procfile | undefined;
  /** Files that were probably meant to be it: `procfile`, `Procfile.txt`, `backend/Procfile`. */
  readonly lookalikes: readonly string[];
}

export interface Procfile {
  readonly path: string;
  readonly encoding: Encoding;
  /** In the order of the file, duplicates included. */
  readonly processes: readonly Process[];
  /** Lines that are neither blank, a comment nor `type: command`. */
  readonly malformed: readonly { readonly text: string; readonly at: Location }[];
}
