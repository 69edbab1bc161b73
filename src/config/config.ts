import type { Severity } from "../finding.ts";
import type { Location } from "../location.ts";

/**
 * What a configuration file says, with that of the files it extends; what it leaves open is undefined. Paths
 * and patterns are from the folder of the project's own file, whichever file says them: what is shared between
 * projects speaks of each of them.
 */
export interface Config {
  /** The folder that is judged. */
  readonly root: string | undefined;
  /** The production settings module. */
  readonly settings: string | undefined;
  /** Ids of platforms, `all` or `auto`. */
  readonly platforms: readonly string[] | undefined;
  /** Files with the production environment. */
  readonly envFiles: readonly string[] | undefined;
  readonly failLevel: Severity | undefined;
  readonly strict: boolean | undefined;
  readonly maxWarnings: number | undefined;
  /** Names of checks, Django checks or areas. */
  readonly select: readonly string[] | undefined;
  readonly ignore: readonly Ignored[];
  readonly perPathIgnores: readonly PathIgnore[];
  /** By the name of a check, a Django check or an area; the later ones win. */
  readonly severity: readonly (readonly [name: string, severity: Severity | "off"])[];
  /** The baseline's file. */
  readonly baseline: string | undefined;
}

/** Checks that are set aside, and why. */
export interface Ignored {
  /** A check, a Django check or an area. */
  readonly name: string;
  readonly justification: string | undefined;
  /** Where the configuration says so. */
  readonly at: Location;
}

/** Checks that are set aside in some files. */
export interface PathIgnore extends Ignored {
  /** A pattern as of .gitignore. */
  readonly glob: string;
}

export const emptyConfig: Config = {
  root: undefined,
  settings: undefined,
  platforms: undefined,
  envFiles: undefined,
  failLevel: undefined,
  strict: undefined,
  maxWarnings: undefined,
  select: undefined,
  ignore: [],
  perPathIgnores: [],
  severity: [],
  baseline: undefined,
};

/** A configuration over the one that it extends: what it says wins, what sets findings aside adds up. */
export function over(base: Config, own: Config): Config {
  return {
    root: own.root ?? base.root,
    settings: own.settings ?? base.settings,
    platforms: own.platforms ?? base.platforms,
    envFiles: own.envFiles ?? base.envFiles,
    failLevel: own.failLevel ?? base.failLevel,
    strict: own.strict ?? base.strict,
    maxWarnings: own.maxWarnings ?? base.maxWarnings,
    select: own.select ?? base.select,
    ignore: [...base.ignore, ...own.ignore],
    perPathIgnores: [...base.perPathIgnores, ...own.perPathIgnores],
    severity: [...base.severity, ...own.severity],
    baseline: own.baseline ?? base.baseline,
  };
}
