import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Module, Value } from "../value.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { defaultOf } from "./django-defaults.ts";
import { bool, none, str, textOf } from "./make.ts";

/**
 * `django.conf.settings`, asked while the settings themselves are imported: the first question imports the
 * module that DJANGO_SETTINGS_MODULE names, and takes what it has so far. What is set later is not seen
 * any more (https://github.com/django/django/blob/main/django/conf/__init__.py).
 */

/** The settings as Django holds them from the first question on. */
interface Taken {
  readonly names: ReadonlyMap<string, Value>;
  readonly open: Module["open"];
}

const isSetting = (name: string): boolean => name === name.toUpperCase() && name !== name.toLowerCase();

function take(machine: Machine, at: Location | undefined): Taken | Value {
  const name = machine.environment.get("DJANGO_SETTINGS_MODULE", at);
  if (name?.kind !== "str")
    return machine.opaque("asks for settings of a module that is not known", at, name ? [name] : []);
  const module = machine.import(name.value, at);
  const names = [...module.names].flatMap(([key, held]) =>
    isSetting(key) && held.value ? [[key, held.value] as const] : [],
  );
  return { names: new Map(names), open: module.open };
}

/** Relative URLs are below the script's prefix. */
function prefixed(name: string, value: Value): Value {
  const isUrl = (name === "STATIC_URL" || name === "MEDIA_URL") && value.kind === "str";
  if (!isUrl || /^(https?:\/\/|\/)/.test(value.value)) return value;
  return str(`/${value.value}`, value.at, value.env);
}

export const djangoConfModels: readonly Model[] = [
  model("django.conf", (machine) => {
    let taken: Taken | undefined;
    const get = method(
      "__getattr__",
      { required: ["name"] },
      (_self, { machine: m, at, given }) => {
        const name = textOf(given.name) ?? "";
        if (taken === undefined) {
          const found = take(m, at);
          if ("kind" in found) return found;
          taken ??= found;
        }
        const value = taken.names.get(name);
        if (name === "SECRET_KEY" && (value ? m.truth(value) === false : !taken.open))
          return m.raise(
            m.classNamed("django.core.exceptions.ImproperlyConfigured"),
            "The SECRET_KEY setting must not be empty.",
            at,
            value?.env,
          );
        if (value) return prefixed(name, value);
        if (taken.open) return m.opaque(taken.open.because, at, [taken.open]);
        const own = isSetting(name) ? defaultOf(name, m.world.djangoVersion) : undefined;
        if (own) return prefixed(name, own);
        return m.raise("AttributeError", `'Settings' object has no attribute '${name}'`, at);
      },
      { takesOpaque: true },
    );
    const isConfigured = define("configured", { required: ["self"] }, ({ at }) =>
      bool(taken !== undefined, at),
    );
    const configure = method("configure", { optional: ["default_settings"], others: true }, (_self, { at }) =>
      none(at),
    );
    const lazy = nativeClass(machine, "django.conf.LazySettings", [
      ...byName(get, configure),
      ["configured", machine.call(machine.classNamed("property"), [isConfigured])],
    ]);
    return [
      ["settings", instance(lazy, undefined)],
      ["LazySettings", lazy],
      ["global_settings", machine.import("django.conf.global_settings")],
      ["ENVIRONMENT_VARIABLE", str("DJANGO_SETTINGS_MODULE")],
      ["DEFAULT_STORAGE_ALIAS", str("default")],
      ["STATICFILES_STORAGE_ALIAS", str("staticfiles")],
    ];
  }),
];
