import type { Provision, Requirement } from "../packages.ts";
import { along, bringsNoApp, isCharted } from "./dependencies.ts";
import {
  bringersOf,
  comesAlone,
  distributionsOf,
  isAmbiguous,
  isForDjango,
  isLikelyAmong,
  isSingleApp,
  topLevel,
} from "./modules.ts";
import { normalName } from "./names.ts";
import { isStandard } from "./stdlib.ts";

/** What is known of everything that gets installed. */
export interface Installed {
  readonly requirements: readonly Requirement[];
  /** Indirect dependencies are listed too. */
  readonly locked: boolean;
  /** Nothing else can be installed but the requirements and what they bring. */
  readonly complete: boolean;
  /** The project's own top-level modules. */
  readonly local: ReadonlySet<string>;
}

/** Answers for `Packages.installs` and `Packages.provides`. */
export function provision({ requirements, locked, complete, local }: Installed) {
  const names = new Set(requirements.map(({ name }) => name));
  const { surely, perhaps } = along(requirements);
  // Something that is no release of an index has dependencies of its own that nobody sees.
  const opaque = requirements.some((each) => each.url !== undefined && !isCharted(each));
  const charted = requirements.every(isCharted);
  const bundles = requirements.some(
    ({ name }) => isForDjango(name) && !bringsNoApp(name) && !isSingleApp(name),
  );

  const installs = (distribution: string): Provision => {
    const name = normalName(distribution);
    if (names.has(name) || surely.has(name)) return "yes";
    if (!complete || perhaps.has(name)) return "unknown";
    if (locked || charted) return "no";
    if (opaque || !comesAlone(name)) return "unknown";
    return isForDjango(name) && bundles ? "unknown" : "no";
  };

  const provides = (module: string): Provision => {
    const top = topLevel(module);
    if (isStandard(top) || local.has(top)) return "yes";
    const known = distributionsOf(module);
    const answers = known.map(installs);
    if (answers.includes("yes")) return "yes";
    if (bringersOf(module).some((bringer) => isAskedFor(bringer, requirements))) return "yes";
    if (isLikelyAmong(module, names)) return "yes";
    if (known.length === 0 || isAmbiguous(module)) return "unknown";
    return answers.every((answer) => answer === "no") ? "no" : "unknown";
  };

  return { installs, provides };
}

/** "celery[redis]": the distribution is there, with that extra. */
function isAskedFor(bringer: string, requirements: readonly Requirement[]): boolean {
  const [, name, extra] = /^([^[]+)(?:\[(.+)\])?$/.exec(bringer) ?? [];
  return requirements.some(
    (each) => each.name === name && (extra === undefined || each.extras.includes(normalName(extra))),
  );
}
