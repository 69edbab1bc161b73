import { entryOf, itemsOf, textOf } from "../../python/inspect.ts";
import type { SettingsView } from "./settings.ts";

/**
 * A list of classes in REST_FRAMEWORK, such as DEFAULT_PERMISSION_CLASSES, by their dotted names; undefined where it
 * is not known, and "default" where the project leaves the framework's own.
 */
export function classesFor(view: SettingsView, key: string): readonly string[] | "default" | undefined {
  const { value, explicit } = view.get("REST_FRAMEWORK");
  if (!explicit) return "default";
  if (value.kind !== "dict") return undefined;
  const entry = entryOf(value, key);
  if (!entry) return value.open ? undefined : "default";
  const one = textOf(entry);
  if (one !== undefined) return [one];
  const items = itemsOf(entry);
  const open = (entry.kind === "list" || entry.kind === "tuple") && entry.open !== undefined;
  const names = items?.map((item) => textOf(item) ?? "");
  return open || names?.includes("") ? undefined : names;
}
