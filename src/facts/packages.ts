import type { Location } from "../location.ts";

/** What production installs, from the files that the platform's package manager reads. */
export interface Packages {
  /** The files they were read from, in order: requirements.txt, then what it includes. */
  readonly sources: readonly string[];
  /** A requirement of production; undefined if there is none. `name` in any spelling (PEP 503). */
  get(name: string): Requirement | undefined;
  readonly requirements: readonly Requirement[];
  /** The list holds indirect dependencies too, because it comes from a lock or a compiled file. */
  readonly locked: boolean;
  /** Why the list may lack something ("requirements.txt includes https://…"), or undefined if it is complete. */
  readonly incomplete: string | undefined;
  /**
   * Whether production will have a top-level module that is neither of the project nor of Python:
   * "unknown" when it may come as an indirect dependency, or its distribution is not known.
   */
  provides(module: string): "yes" | "no" | "unknown";
  /** The distributions of which any provides the module, best first; empty if it is not known. */
  distributionsFor(module: string): readonly string[];
  /** Where a missing requirement should be written: "requirements.txt", "pyproject.toml". */
  readonly addTo: string;
  /** Text to paste that adds a requirement to `addTo`, or the command that does it: `poetry add gunicorn`. */
  addition(name: string): string;
}

export interface Requirement {
  /** Normalised by PEP 503. */
  readonly name: string;
  readonly extras: readonly string[];
  /** A PEP 440 specifier; "" for any version. */
  readonly specifier: string;
  /** The version that will be installed, where the file decides it. */
  readonly version: string | undefined;
  readonly at: Location;
}
