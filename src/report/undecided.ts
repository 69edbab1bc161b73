import type { Plain } from "../python/plain.ts";

/** Another value that a setting may have, and why it is not known whether it has. */
export interface Other {
  readonly value: Plain;
  readonly because: string;
}

/** What a value is for certain, where it may be another one: what differs becomes `{"$opaque": reason}`. */
export function undecided(value: Plain, others: readonly Other[]): Plain {
  return others.reduce((sure, { value: other, because }) => common(sure, other, because), value);
}

function common(a: Plain, b: Plain, because: string): Plain {
  if (same(a, b)) return a;
  const unknown = { $opaque: because };
  if (!isObject(a) || !isObject(b)) return unknown;
  if (isList(a) || isList(b))
    return isList(a) && isList(b) ? (commonItems(a, b, because) ?? unknown) : unknown;
  for (const mark of ["$tuple", "$set"]) {
    const [x, y] = [a[mark], b[mark]];
    if (x === undefined && y === undefined) continue;
    const items = isList(x) && isList(y) ? commonItems(x, y, because) : undefined;
    return items ? { [mark]: items } : unknown;
  }
  const keys = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  if (keys.some((key) => key.startsWith("$"))) return unknown;
  return Object.fromEntries(
    keys.map((key) => {
      const [x, y] = [a[key], b[key]];
      return [key, x === undefined || y === undefined ? unknown : common(x, y, because)];
    }),
  );
}

/** The items that both have, with a mark that there may be more; undefined if they have none. */
function commonItems(
  a: readonly Plain[],
  b: readonly Plain[],
  because: string,
): readonly Plain[] | undefined {
  const areAlike = a.length === b.length && a.every((item, at) => isTable(item) && isTable(b[at] ?? null));
  if (areAlike) return a.map((item, at) => common(item, b[at] ?? null, because));
  const shared: Plain[] = [];
  let from = 0;
  for (const item of a) {
    const at = b.findIndex((other, index) => index >= from && same(item, other));
    if (at < 0) continue;
    from = at + 1;
    shared.push(item);
  }
  return shared.length > 0 ? [...shared, { $opaque: because }] : undefined;
}

function same(a: Plain, b: Plain): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isObject(plain: Plain): plain is Exclude<Plain, null | boolean | number | string> {
  return typeof plain === "object" && plain !== null;
}

/** A dict, as those in TEMPLATES. */
function isTable(plain: Plain): boolean {
  return isObject(plain) && !isList(plain) && !Object.keys(plain).some((key) => key.startsWith("$"));
}

function isList(plain: Plain | undefined): plain is readonly Plain[] {
  return Array.isArray(plain);
}
