import type { Location } from "../../location.ts";
import type { Argument } from "../shell/expand.ts";

/** A program that a command starts, with what wraps it taken off. */
export interface Launch {
  /** Without its folder: "gunicorn", "manage.py"; "python" for a script or a module that is not a program. */
  readonly program: string;
  readonly args: readonly Argument[];
  /** The folder of the project that it runs in; undefined if it cannot be told. */
  readonly folder: string | undefined;
  /** Where Python looks for modules first, where that is not the folder it runs in: that of a script. */
  readonly imports?: string | undefined;
  /** Variables that the command sets for it. */
  readonly env: ReadonlyMap<string, Argument>;
  /** The command, in the file that holds it. */
  readonly at: Location;
  /** It only runs if a test in a script says so. */
  readonly conditional: boolean;
  /** What makes its failure count as success, as written: "|| true". Absent where nothing does. */
  readonly forgiven?: string;
  /** The proxy that is started in front of it, in the same container: "nginx". */
  readonly front: string | undefined;
}

export interface Launches {
  /** In the order in which they start. */
  readonly launches: readonly Launch[];
  /** What could not be followed, one sentence each. */
  readonly unclear: readonly string[];
}
