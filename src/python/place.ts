import type { Location } from "../location.ts";
import type { Span } from "./tree.ts";

const places = new WeakMap<Span, Location>();

/** Where a node of `file`'s tree stands. The same node always gives the same object. */
export function placeOf(node: Span, file: string): Location {
  const known = places.get(node);
  if (known) return known;
  const place = {
    file,
    line: node.lineno,
    column: node.col_offset + 1,
    endLine: node.end_lineno,
    endColumn: node.end_col_offset + 1,
  };
  places.set(node, place);
  return place;
}
