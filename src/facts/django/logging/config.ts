import type { Location } from "../../../location.ts";
import { entryOf, itemsOf, textOf, truthOf } from "../../../python/inspect.ts";
import type { Dict, Value } from "../../../python/value.ts";
import type { Setting } from "../settings.ts";

// LOGGING as `logging.config.dictConfig` reads it: Lib/logging/config.py of CPython 3.10 to 3.14, read on 2026-11-20.
// https://docs.python.org/3/library/logging.config.html#dictionary-schema-details

/** What LOGGING says, as far as it is known. What is not known has no value, and makes its part `open`. */
export interface LoggingConfig {
  readonly value: Dict;
  readonly at: Location | undefined;
  readonly handlers: ReadonlyMap<string, HandlerConfig>;
  readonly loggers: ReadonlyMap<string, LoggerConfig>;
  readonly root: LoggerConfig | undefined;
  readonly formatters: ReadonlyMap<string, Part>;
  readonly filters: ReadonlyMap<string, Part>;
  /** Undefined where it is not known. */
  readonly disablesExisting: boolean | undefined;
  /** Changes what is there instead of replacing it. */
  readonly incremental: boolean;
  /** There may be more in it than is known. */
  readonly open: boolean;
}

/** A part with a name of its own. */
export interface Part {
  readonly name: string;
  readonly value: Value;
  readonly at: Location | undefined;
  /** The dotted name under `class` or `()`, where it is text. */
  readonly class: string | undefined;
  /** It is made by what stands under `()`. */
  readonly isMade: boolean;
  readonly open: boolean;
}

export interface HandlerConfig extends Part {
  /** The number of its level; undefined if it is not known. 0 lets everything through. */
  readonly level: number | undefined;
  readonly filters: readonly string[];
  readonly formatter: string | undefined;
}

export interface LoggerConfig {
  readonly name: string;
  readonly at: Location | undefined;
  /** Undefined where none is given. */
  readonly handlers: readonly string[] | undefined;
  readonly filters: readonly string[];
  /** The number of its level; undefined if it is not known, or not given (then 0). */
  readonly level: number | undefined;
  readonly propagate: boolean | undefined;
  readonly open: boolean;
}

export const levels: Readonly<Record<string, number>> = {
  CRITICAL: 50,
  FATAL: 50,
  ERROR: 40,
  WARN: 30,
  WARNING: 30,
  INFO: 20,
  DEBUG: 10,
  NOTSET: 0,
};

/** The setting as a configuration; undefined where it is no dict that is known, or an empty one, which Django passes over. */
export function loggingConfig({ value, at }: Pick<Setting, "value" | "at">): LoggingConfig | undefined {
  if (value.kind !== "dict" || (value.entries.size === 0 && !value.open)) return undefined;
  const sections = ["handlers", "loggers", "formatters", "filters"].map((key) => entryOf(value, key));
  const root = entryOf(value, "root") ?? entryOf(entryOf(value, "loggers"), "");
  return {
    value,
    at,
    handlers: partsOf(value, "handlers", handlerOf),
    loggers: partsOf(value, "loggers", loggerOf),
    root: root && loggerOf("root", root),
    formatters: partsOf(value, "formatters", partOf),
    filters: partsOf(value, "filters", partOf),
    disablesExisting: truthAt(value, "disable_existing_loggers", true),
    incremental: truthAt(value, "incremental", false) !== false,
    open: [value, root, ...sections].some(isOpen),
  };
}

function isOpen(value: Value | undefined): boolean {
  if (value === undefined) return false;
  return value.kind === "opaque" || (value.kind === "dict" && value.open !== undefined);
}

function partsOf<One>(
  value: Dict,
  key: string,
  of: (name: string, value: Value) => One,
): ReadonlyMap<string, One> {
  const section = entryOf(value, key);
  const found = new Map<string, One>();
  if (section?.kind !== "dict") return found;
  for (const { key: name, value: part } of section.entries.values()) {
    const text = textOf(name);
    if (text !== undefined) found.set(text, of(text, part));
  }
  return found;
}

function partOf(name: string, value: Value): Part {
  const made = entryOf(value, "()");
  return {
    name,
    value,
    at: value.at,
    class: textOf(made ?? entryOf(value, "class")) ?? classNamed(made),
    isMade: made !== undefined,
    open: value.kind !== "dict" || value.open !== undefined,
  };
}

/** A class may stand there itself. */
function classNamed(value: Value | undefined): string | undefined {
  return value?.kind === "class" ? `${value.module}.${value.name}` : undefined;
}

function handlerOf(name: string, value: Value): HandlerConfig {
  return {
    ...partOf(name, value),
    level: levelOf(entryOf(value, "level")),
    filters: namesIn(entryOf(value, "filters")) ?? [],
    formatter: textOf(entryOf(value, "formatter")),
  };
}

function loggerOf(name: string, value: Value): LoggerConfig {
  const handlers = entryOf(value, "handlers");
  return {
    name,
    at: value.at,
    handlers: namesIn(handlers),
    filters: namesIn(entryOf(value, "filters")) ?? [],
    level: levelOf(entryOf(value, "level")),
    propagate: truthAt(value, "propagate", true),
    open:
      isOpen(value) ||
      value.kind !== "dict" ||
      (handlers !== undefined && (namesIn(handlers)?.length ?? -1) !== itemsOf(handlers)?.length) ||
      ((handlers?.kind === "list" || handlers?.kind === "tuple") && handlers.open !== undefined),
  };
}

/** The names in a list; what is no text is left out. */
function namesIn(value: Value | undefined): readonly string[] | undefined {
  return itemsOf(value)
    ?.map(textOf)
    .filter((name) => name !== undefined);
}

function levelOf(value: Value | undefined): number | undefined {
  if (value === undefined || value.kind === "none") return 0;
  if (value.kind === "int") return Number(value.value);
  const text = textOf(value);
  return text === undefined || !Object.hasOwn(levels, text) ? undefined : levels[text];
}

function truthAt(value: Value, key: string, otherwise: boolean): boolean | undefined {
  const found = entryOf(value, key);
  return found === undefined ? otherwise : truthOf(found);
}
