import type { Location } from "../../location.ts";
import { entryOf, itemsOf, textOf } from "../../python/inspect.ts";
import type { EnvNames, Value } from "../../python/value.ts";
import type { Settings } from "./settings.ts";

/** A tool for developers that production installs. */
export interface DevTool {
  /** "the debug toolbar" */
  readonly name: string;
  /** It is in MIDDLEWARE, so it sees every request; otherwise an app only. */
  readonly middleware: boolean;
  /** As written. */
  readonly entry: string;
  readonly at: Location | undefined;
  /** The test that has to go the other way for it; undefined where it is installed as things stand. */
  readonly otherwise: string | undefined;
  /** The variables that it depends on. */
  readonly env: EnvNames;
}

/** By the top-level module. django_extensions is harmless, and silk has a check of its own. */
const tools: Readonly<Record<string, string>> = {
  debug_toolbar: "the debug toolbar",
  django_browser_reload: "django-browser-reload",
  template_profiler_panel: "the template profiler",
  pyinstrument: "pyinstrument",
  livereload: "django-livereload",
  nplusone: "nplusone",
  querycount: "django-querycount",
  pympler: "Pympler",
};

/** Each tool once: its middleware before its app. */
export function devTools(settings: Settings): readonly DevTool[] {
  const found = (["MIDDLEWARE", "INSTALLED_APPS"] as const).flatMap((list) => {
    const setting = settings.get(list);
    const now = entriesIn(setting.value);
    const others = setting.otherwise
      .filter(({ assumed }) => !assumed)
      .flatMap(({ value, when }) => entriesIn(value).map((each) => ({ ...each, otherwise: when })));
    return [...now, ...others].map(
      (each): DevTool => ({
        otherwise: undefined,
        ...each,
        at: each.at ?? setting.at,
        env: each.env,
        middleware: list === "MIDDLEWARE",
      }),
    );
  });
  const certainFirst = [...found].sort(
    (a, b) => Number(a.otherwise !== undefined) - Number(b.otherwise !== undefined),
  );
  return [...new Map([...certainFirst].reverse().map((each) => [each.name, each])).values()].reverse();
}

function entriesIn(value: Value): readonly Pick<DevTool, "name" | "entry" | "at" | "env">[] {
  return (itemsOf(value) ?? []).flatMap((item) => {
    const entry = textOf(item);
    const top = entry?.split(".")[0] ?? "";
    const name = Object.hasOwn(tools, top) ? tools[top] : undefined;
    return entry === undefined || name === undefined ? [] : [{ name, entry, at: item.at, env: item.env }];
  });
}

/** Whom DEBUG_TOOLBAR_CONFIG shows the toolbar to: its own callback asks for DEBUG and INTERNAL_IPS. */
export function guardedBy(settings: Settings): "everybody" | "callback" | undefined {
  const callback = entryOf(settings.get("DEBUG_TOOLBAR_CONFIG").value, "SHOW_TOOLBAR_CALLBACK");
  if (!callback) return undefined;
  return textOf(callback) === "builtins.bool" || alwaysTrue(callback) ? "everybody" : "callback";
}

/** `lambda request: True` */
function alwaysTrue(value: Value): boolean {
  if (value.kind !== "function") return false;
  const { node } = value.body;
  return node.nodeType === "Lambda" && node.body.nodeType === "Constant" && node.body.value === true;
}
