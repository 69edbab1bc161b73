import type { Location } from "../../location.ts";
import { textsIn } from "../../python/inspect.ts";
import type { Expression } from "../../python/tree.ts";
import { mergeEnv, type Value } from "../../python/value.ts";
import type { SettingsView } from "../django/settings.ts";
import { isOpen } from "../django/static-files.ts";
import { type CeleryApp, type CeleryValue, textIn } from "./celery-app.ts";

/** An address of a service. */
export interface Address {
  /** "redis://localhost:6379", without user and password; undefined if it is not known. */
  readonly text: string | undefined;
  /** Variables that it comes from. */
  readonly env: readonly string[];
  readonly at: Location | undefined;
}

const local =
  /^(?:([a-z][\w+.-]*):\/\/(?:[^@/]*@)?)?(localhost|127(?:\.\d+){3}|\[::1\]|::1)(?=[:/?]|$)(:\d+)?/i;

/** The same without user, password and path; undefined if it is not on this machine. */
export function onThisMachine(text: string): string | undefined {
  const [found, scheme, host, port = ""] = local.exec(text.trim()) ?? [];
  if (found === undefined) return undefined;
  return `${scheme === undefined ? "" : `${scheme}://`}${host}${port}`;
}

/** The first address on this machine in a value: in a text, or in what a list or a dictionary holds. */
export function addressOnThisMachine(value: Value, depth = 0): Address | undefined {
  if (value.kind === "str") {
    const text = onThisMachine(value.value);
    return text === undefined ? undefined : { text, env: value.env, at: value.at };
  }
  if (depth > 5) return undefined;
  const items =
    value.kind === "list" || value.kind === "tuple"
      ? value.items
      : value.kind === "dict"
        ? [...value.entries.values()].map(({ value: item }) => item)
        : [];
  for (const item of items) {
    const found = addressOnThisMachine(item, depth + 1);
    if (found) return found;
  }
  return undefined;
}

/** What a value of Celery's configuration is, where it is a text: written, from a variable or its fallback, from a setting. */
export function celeryText(app: CeleryApp, found: CeleryValue, settings: SettingsView): Address | undefined {
  if (found.kind === "code") return textOfCode(app, found.expression, settings);
  if (found.kind !== "setting") return undefined;
  const { value, at, env } = found.setting;
  return {
    text: value.kind === "str" ? value.value : undefined,
    env: mergeEnv(value.env, env),
    at: value.at ?? at,
  };
}

function textOfCode(app: CeleryApp, expression: Expression, settings: SettingsView): Address {
  const at = app.file.at(expression);
  const written = textIn(expression);
  if (written !== undefined) return { text: written, env: [], at };
  const name = app.file.qualified(expression);
  const setting = /^django\.conf\.settings\.([A-Z]\w*)$/.exec(name ?? "")?.[1];
  if (setting !== undefined) {
    const { value } = settings.get(setting);
    return { text: value.kind === "str" ? value.value : undefined, env: value.env, at: value.at ?? at };
  }
  if (expression.nodeType === "Call") {
    const called = app.file.qualified(expression.func);
    const [variable, fallback] = expression.args;
    const asked = textIn(variable);
    if (asked !== undefined && /^(?:os\.environ\.get|os\.getenv|environ\.get|getenv)$/.test(called ?? ""))
      return { text: textIn(fallback), env: [asked], at };
  }
  return { text: undefined, env: [], at };
}

/** The texts of a list in Celery's configuration; undefined where none is written down. */
export function celeryList(
  app: CeleryApp,
  found: CeleryValue,
):
  | { readonly names: readonly string[]; readonly complete: boolean; readonly at: Location | undefined }
  | undefined {
  if (found.kind === "setting") {
    const { value, at } = found.setting;
    if (value.kind === "opaque") return undefined;
    return { names: textsIn(value), complete: !isOpen(value), at: value.at ?? at };
  }
  if (found.kind !== "code") return undefined;
  const { expression } = found;
  if (expression.nodeType !== "List" && expression.nodeType !== "Tuple" && expression.nodeType !== "Set")
    return undefined;
  const names = expression.elts.map(textIn);
  const known = names.filter((name) => name !== undefined);
  return { names: known, complete: known.length === names.length, at: app.file.at(expression) };
}
