import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import { placeOf } from "../../python/place.ts";
import type { Expression, Statement } from "../../python/tree.ts";
import type { Code } from "../code.ts";
import type { Settings } from "../django/settings.ts";
import type { Entry, OpenEntry } from "./entry.ts";
import type { Known } from "./known.ts";

export interface Source {
  readonly files: ProjectFiles;
  readonly code: Code;
  readonly settings: Settings;
  /** Folders on `sys.path`. */
  readonly path: readonly string[];
  /** LocaleMiddleware is installed. */
  readonly localeFromPath: boolean;
}

/** What a module bound a name to: the expression, and the patterns that it stood for then. */
export interface Bound {
  readonly node: Expression | undefined;
  readonly entries: readonly Entry[] | undefined;
}

/** A module while it is read. */
export interface Scope extends Known {
  readonly names: Map<string, Bound>;
}

export function placeIn(node: Expression | Statement, { file }: Scope): Location {
  return placeOf(node, file.path);
}

export function open(because: string, at: Location): OpenEntry {
  return { kind: "open", because, at };
}

export function inWords(node: Expression, { file }: Scope): string {
  const call = node.nodeType === "Call" ? file.qualified(node.func) : file.qualified(node);
  return call === undefined
    ? "an expression that is not followed"
    : node.nodeType === "Call"
      ? `${call}(…)`
      : call;
}
