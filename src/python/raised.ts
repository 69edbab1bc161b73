import type { Location } from "../location.ts";
import type { EnvNames, Instance } from "./value.ts";

/** A Python exception on its way up. It is no `Error`: a stack trace of ours takes longer than all the rest of a `try`. */
export class PythonException {
  /** The exception object. */
  readonly value: Instance;
  readonly at: Location | undefined;
  /** What the failure depends on, also through branches. */
  readonly env: EnvNames;
  constructor(value: Instance, at: Location | undefined, env: EnvNames) {
    this.value = value;
    this.at = at;
    this.env = env;
  }
}

/** The interpreter gives up on the whole run: a budget is spent. No Python handler sees it. */
export class Stopped extends Error {
  /** Finishes "cannot be evaluated: it …". */
  readonly because: string;
  constructor(because: string) {
    super(because);
    this.because = because;
  }
}
