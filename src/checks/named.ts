import { areas, type Check } from "../check.ts";

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

/** How many letters must be added, removed or replaced (Levenshtein). Names are short, so is this. */
function editDistance(a: string, b: string): number {
  let row = [...Array(b.length + 1).keys()];
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
