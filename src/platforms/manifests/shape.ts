import { editDistance } from "../../edit-distance.ts";
import type { ManifestProblem } from "../manifest.ts";
import type { ManifestNode, NodeKind } from "./tree.ts";

/** What a platform takes in one place of its manifest, as data. Only mistakes that matter are told. */
export type Shape =
  | { readonly is: "any" }
  /** A scalar of one of these kinds. YAML and TOML tell `"3"` from `3`, and some platforms refuse one of them. */
  | { readonly is: readonly NodeKind[] }
  /** One of these words. `retired` ones are understood and no longer offered. */
  | {
      readonly is: "word";
      readonly words: readonly string[];
      readonly retired?: Readonly<Record<string, string>>;
    }
  | { readonly is: "list"; readonly of: Shape }
  /** A list, or what would be its only item. */
  | { readonly is: "one-or-several"; readonly of: Shape }
  | {
      readonly is: "map";
      readonly keys: Readonly<Record<string, Shape>>;
      /** Old names that still work, or have stopped working, with what to write instead. */
      readonly deprecated?: Readonly<Record<string, string>>;
      /** What keys of the user's own making hold; without it, a key that is not listed is unknown. */
      readonly others?: Shape;
    };

export const any: Shape = { is: "any" };
export const text: Shape = { is: ["text"] };
/** A text that may be written without quotes: `1`, `true`. */
export const scalar: Shape = { is: ["text", "number", "boolean"] };
export const number: Shape = { is: ["number"] };
export const boolean: Shape = { is: ["boolean"] };

export function word(...words: readonly string[]): Shape {
  return { is: "word", words };
}

export function listOf(of: Shape): Shape {
  return { is: "list", of };
}

export function oneOrSeveral(of: Shape): Shape {
  return { is: "one-or-several", of };
}

export function map(
  keys: Readonly<Record<string, Shape>>,
  more: Pick<Extract<Shape, { is: "map" }>, "deprecated" | "others"> = {},
): Shape {
  return { is: "map", keys, ...more };
}

/**
 * Where a manifest departs from its platform's shape. `platform` is how people write its name. A key that
 * the shape does not list is `unknown`, with the name that was probably meant.
 */
export function departures(node: ManifestNode, shape: Shape, platform: string): readonly ManifestProblem[] {
  return [...depart(node, shape, { platform, path: "" })];
}

interface Place {
  readonly platform: string;
  /** "services[0].envVars" */
  readonly path: string;
}

function* depart(node: ManifestNode, shape: Shape, place: Place): Generator<ManifestProblem> {
  if (!node.exists || shape.is === "any") return;
  switch (shape.is) {
    case "list":
      if (node.kind !== "list") yield wrongType(node, "a list", place);
      for (const [index, item] of node.items.entries()) {
        yield* depart(item, shape.of, { ...place, path: `${place.path}[${index}]` });
      }
      return;
    case "one-or-several":
      yield* depart(node, node.kind === "list" ? listOf(shape.of) : shape.of, place);
      return;
    case "map":
      if (node.kind !== "map") yield wrongType(node, "a mapping", place);
      for (const [key, value] of node.entries) yield* departKey(key, value, shape, place);
      return;
    case "word":
      yield* departWord(node, shape, place);
      return;
    default:
      if (!shape.is.includes(node.kind)) yield wrongType(node, wanted(shape.is), place);
  }
}

function* departKey(
  key: string,
  value: ManifestNode,
  shape: Extract<Shape, { is: "map" }>,
  place: Place,
): Generator<ManifestProblem> {
  const { platform, path } = place;
  const inside = path === "" ? key : `${path}.${key}`;
  const known = own(shape.keys, key);
  if (known) return yield* depart(value, known, { platform, path: inside });
  const instead = own(shape.deprecated ?? {}, key);
  if (instead !== undefined) {
    return yield { kind: "deprecated", message: `${inside} is an old name`, at: value.at, fix: instead };
  }
  if (shape.others) return yield* depart(value, shape.others, { platform, path: inside });
  const meant = closest(key, Object.keys(shape.keys));
  const suffix = meant === undefined ? "" : `; ${meant} is one`;
  yield {
    kind: "unknown",
    message: `${inside} is no key that ${platform} knows${suffix}`,
    at: value.at,
    ...(meant !== undefined && { fix: meant }),
  };
}

function* departWord(
  node: ManifestNode,
  { words, retired = {} }: Extract<Shape, { is: "word" }>,
  { platform, path }: Place,
): Generator<ManifestProblem> {
  const value = node.text;
  if (value === undefined) return yield wrongType(node, "a text", { platform, path });
  // A placeholder is filled in before the platform reads it.
  if (words.includes(value) || /[${]/.test(value)) return;
  const instead = own(retired, value);
  if (instead !== undefined) {
    const message = `${path} is "${value}", which ${platform} no longer offers`;
    return yield { kind: "retired", message, at: node.at, fix: instead };
  }
  const meant = closest(value, words);
  yield {
    kind: "wrong-type",
    message: `${path} is "${value}", and ${platform} takes ${words.map((one) => `"${one}"`).join(", ")}`,
    at: node.at,
    ...(meant !== undefined && { fix: meant }),
  };
}

function wrongType(node: ManifestNode, expected: string, { platform, path }: Place): ManifestProblem {
  const place = path === "" ? "the file" : path;
  const message = `${place} holds ${wanted([node.kind])}, and ${platform} takes ${expected}`;
  return { kind: "wrong-type", message, at: node.at };
}

const kindNames: Readonly<Record<NodeKind, string>> = {
  map: "a mapping",
  list: "a list",
  text: "a text",
  number: "a number",
  boolean: "true or false",
  nothing: "nothing",
};

function wanted(kinds: readonly NodeKind[]): string {
  return kinds.map((kind) => kindNames[kind]).join(" or ");
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** The name that is at most two letters off. */
function closest(name: string, names: readonly string[]): string | undefined {
  const lower = name.toLowerCase();
  return names
    .map((one) => ({ one, distance: editDistance(lower, one.toLowerCase()) }))
    .filter(({ distance }) => distance <= Math.min(2, Math.floor(name.length / 3)))
    .sort((a, b) => a.distance - b.distance)[0]?.one;
}
