import type { Location } from "../location.ts";
import type { PythonVersionFile } from "../platforms/platform.ts";

export interface PythonVersions {
  /** Every file that names a version, in the platform's order, strongest first; files it does not read come last. */
  readonly declared: readonly DeclaredPython[];
  /** The one that decides on this platform. */
  readonly chosen: DeclaredPython | undefined;
  /** Files whose name the platform rejects as a misspelling of `.python-version`. */
  readonly misspelt: readonly string[];
  /** The image of the Dockerfile that is deployed decides instead: "python:3.13-slim". */
  readonly image:
    | { readonly name: string; readonly version: string | undefined; readonly at: Location }
    | undefined;
}

export interface DeclaredPython {
  readonly file: PythonVersionFile | "pyproject.toml";
  readonly path: string;
  readonly at: Location;
  /** As written. */
  readonly text: string;
  /** `major.minor` or `major.minor.patch`, if it can be told. */
  readonly version: string | undefined;
  /** Why this platform rejects it, as a sentence, or undefined. */
  readonly problem: string | undefined;
  /** Whether this platform reads the file at all. */
  readonly read: boolean;
}
