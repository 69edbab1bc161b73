import type { Requirement } from "../packages.ts";
import { evaluateMarker, type MarkerEnvironment } from "./markers.ts";

/** A dependency inside a lock. */
export interface Edge {
  readonly name: string;
  readonly extras: readonly string[];
  readonly marker?: string | undefined;
}

/** A package as a lock pins it. */
export interface LockedPackage {
  readonly name: string;
  readonly requirement: Requirement;
  readonly dependencies: readonly Edge[];
  /** What each of its extras needs besides. */
  readonly extras: ReadonlyMap<string, readonly Edge[]>;
}

/** The packages that `roots` need, directly or not: what a lock installs of everything it pins. */
export function reachable(
  packages: readonly LockedPackage[],
  roots: readonly Edge[],
  environment: MarkerEnvironment,
): readonly LockedPackage[] {
  const byName = new Map<string, LockedPackage[]>();
  for (const each of packages) byName.set(each.name, [...(byName.get(each.name) ?? []), each]);
  const reached = new Map<LockedPackage, Set<string>>();
  const queue = [...roots];
  for (let edge = queue.pop(); edge !== undefined; edge = queue.pop()) {
    if (edge.marker !== undefined && evaluateMarker(edge.marker, environment) === false) continue;
    for (const found of byName.get(edge.name) ?? []) {
      const known = reached.get(found);
      if (!known) queue.push(...found.dependencies);
      const extras = known ?? new Set<string>();
      reached.set(found, extras);
      for (const extra of edge.extras.filter((each) => !extras.has(each))) {
        extras.add(extra);
        queue.push(...(found.extras.get(extra) ?? []));
      }
    }
  }
  return packages.flatMap((each) => {
    const extras = reached.get(each);
    return extras ? [{ ...each, requirement: { ...each.requirement, extras: [...extras] } }] : [];
  });
}
