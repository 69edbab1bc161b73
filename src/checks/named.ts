import { areas, type Check } from "../check.ts";
import { editDistance } from "../edit-distance.ts";

/** The checks that a user means by a name: an id, an old id, a Django id, or an area. Empty if there is none. */
export function checksNamed(checks: readonly Check[], name: string): readonly Check[] {
  return checks.filter((check) => check.area === name || namesOf(check).includes(name));
}

/** The name of a check or an area that is nearest to a misspelt one; undefined if none is near. */
export function nearestName(checks: readonly Check[], name: string): string | undefined {
  const candidates = [...checks.flatMap(namesOf), ...Object.keys(areas)].map((candidate) => ({
    candidate,
    distance: editDistance(name.toLowerCase(), candidate.toLowerCase()),
  }));
  const [nearest] = candidates.sort((a, b) => a.distance - b.distance);
  return nearest && nearest.distance <= Math.max(2, name.length * 0.4) ? nearest.candidate : undefined;
}

function namesOf({ id, aliases = [], django = [] }: Check): readonly string[] {
  return [id, ...aliases, ...django];
}
