import type { Location } from "../../location.ts";
import { truthOf } from "../../python/inspect.ts";
import type { Code } from "../code.ts";
import type { SettingsView } from "../django/settings.ts";
import { type CeleryApp, celeryValue } from "./celery-app.ts";

/** What makes Celery run tasks by the clock; undefined where the code has no schedule. */
export function periodicTasks(
  app: CeleryApp,
  settings: SettingsView,
  code: Code | undefined,
): { readonly by: string; readonly at: Location | undefined } | undefined {
  const found = celeryValue(app, settings, "beat_schedule");
  if (found.kind === "setting" && truthOf(found.setting.value) === true)
    return { by: found.setting.name, at: found.setting.at };
  if (found.kind === "code") {
    const { expression, at } = found;
    if (expression.nodeType === "Dict" && expression.keys.length > 0) return { by: "beat_schedule", at };
  }
  for (const file of code?.mentioning(/\badd_periodic_task\s*\(/) ?? []) {
    const call = file.calls.find(({ name }) => name?.endsWith(".add_periodic_task"));
    if (call) return { by: "add_periodic_task()", at: file.at(call.node) };
  }
  return undefined;
}
