import type { Location } from "../../location.ts";
import { internalData } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import { projectRoot } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { defaultOf } from "./django-defaults.ts";
import { dataClasses } from "./dynaconf-data.ts";
import { djangoOptions, globalOptions } from "./dynaconf-django.ts";
import { currentEnv, load, runHook } from "./dynaconf-load.ts";
import { upperfy } from "./dynaconf-nodes.ts";
import { isOwnName, optionKey } from "./dynaconf-options.ts";
import { parsed } from "./dynaconf-parse.ts";
import type { Store } from "./dynaconf-settings.ts";
import { validate, validatorClass } from "./dynaconf-validators.ts";
import { bool, dataOf, list, none, str, textOf, truthOr, tuple } from "./make.ts";
import { dirname } from "./posix-path.ts";

/**
 * dynaconf (https://www.dynaconf.com): settings from files, tables of environments and variables, either in an
 * object of its own or, by `DjangoDynaconf(__name__)`, back in the module that calls it.
 */

/** What stands behind an object of settings: they are loaded when one of them is first asked for. */
interface Handle {
  readonly given: ReadonlyMap<string, Value>;
  readonly at: Location | undefined;
  store: Store | undefined;
  /** Django's own defaults, where the settings are Django's. */
  readonly isDjango: boolean;
}
const isHandle = (data: unknown): data is Handle =>
  typeof data === "object" && data !== null && "given" in data && "isDjango" in data;

function storeOf(machine: Machine, self: Value, at?: Location): Store | undefined {
  const handle = dataOf(self, isHandle);
  if (!handle) return undefined;
  handle.store ??= load(machine, handle.given, at ?? handle.at, (store) => {
    // Hooks and texts that are filled in ask before everything is there.
    handle.store = store;
    store.wrapped = wrapper(machine);
    return self;
  });
  return handle.store;
}

const wrapper =
  (machine: Machine) =>
  (value: Value): Value => {
    const { dict, list: items } = dataClasses(machine);
    if (value.kind === "dict") return wrap(dict, value);
    return value.kind === "list" ? wrap(items, value) : value;
  };
const wrap = (of: Class, value: Value): Value =>
  instance(of, value.at, { data: internalData({ is: "derived", value }), env: value.env });

/** A setting, or undefined: then it is noted that a variable could have set it. */
function find(machine: Machine, self: Value, name: string, at: Location | undefined): Value | undefined {
  const store = storeOf(machine, self, at);
  const value = store?.get(name);
  if (value) return store?.wrapped(value);
  const own = dataOf(self, isHandle)?.isDjango
    ? defaultOf(upperfy(name), machine.world.djangoVersion)
    : undefined;
  if (own) return own;
  const variable = store?.variableOf(upperfy(name));
  if (variable !== undefined && !isOwnName(name)) machine.environment.get(variable, at, none(at));
  return undefined;
}

function lacking(
  machine: Machine,
  self: Value,
  error: string,
  text: string,
  name: string,
  at: Location | undefined,
): never {
  const store = storeOf(machine, self, at);
  const variable = store?.variableOf(upperfy(name));
  return machine.raise(
    error,
    text,
    at,
    [...(store?.shared ?? []), ...(variable === undefined ? [] : [variable])].sort(),
  );
}

function settingsClass(machine: Machine): Class {
  const get = (name: string, cast?: string) =>
    method(
      name,
      {
        required: ["key"],
        optional: ["default", "cast", "fresh", "dotted_lookup", "parent", "sysenv_fallback"],
      },
      (self, { machine: m, at, given }) => {
        const key = textOf(given.key);
        if (key === undefined) return m.opaque("asks dynaconf for a name that is not known", at, [given.key]);
        const found = find(m, self, key, at) ?? fallback(m, self, key, at);
        const variable = storeOf(m, self, at)?.variableOf(upperfy(key));
        const value = found ?? given.default ?? none(at, variable === undefined ? [] : [variable]);
        const how = cast ?? textOf(given.cast);
        const store = storeOf(m, self, at);
        if (how === undefined || !store || value.kind === "opaque" || value.kind === "none") return value;
        const text = m.str(value);
        return typeof text === "string" ? parsed(store.parsing, str(`${how} ${text}`, at, value.env)) : value;
      },
      { takesOpaque: true },
    );
  const within = (name: string) =>
    method(name, { required: ["key"], optional: ["fresh"] }, (self, { machine: m, at, given }) => {
      const key = textOf(given.key) ?? "";
      const variable = storeOf(m, self, at)?.variableOf(upperfy(key));
      return bool(find(m, self, key, at) !== undefined, at, variable === undefined ? [] : [variable]);
    });
  const set = (name: string) =>
    method(
      name,
      { required: ["key", "value"], others: true },
      (self, { machine: m, at, given, others }) => {
        storeOf(m, self, at)?.set(textOf(given.key) ?? "", given.value, {
          toml: truthOr(m, others.get("tomlfy"), false),
          ...(others.has("merge") && { merge: truthOr(m, others.get("merge"), false) }),
        });
        return none(at);
      },
      { takesOpaque: true },
    );
  const update = method(
    "update",
    { optional: ["data"], others: true },
    (self, { machine: m, at, given, others }) => {
      const store = storeOf(m, self, at);
      if (given.data?.kind === "dict")
        for (const { key, value } of given.data.entries.values()) store?.set(textOf(key) ?? "", value);
      const flags = ["merge", "tomlfy", "loader_identifier", "validate", "dotted_lookup"];
      for (const [key, value] of others) if (!flags.includes(key)) store?.set(key, value);
      return none(at);
    },
    { takesOpaque: true },
  );
  const pairs = (
    m: Machine,
    self: Value,
    at: Location | undefined,
  ): readonly (readonly [string, Value])[] => {
    const store = storeOf(m, self, at);
    return [...(store?.values.keys() ?? [])].flatMap((key) => {
      const value = isOwnName(key) ? undefined : store?.get(key);
      return value ? [[key, value] as const] : [];
    });
  };
  const asDict = (name: string) =>
    method(name, { optional: ["env", "internal"] }, (self, { machine: m, at }) =>
      m.dict(
        pairs(m, self, at).map(([key, value]) => [str(key, at), value] as const),
        at,
      ),
    );
  const listing = (name: string, of: (pair: readonly [string, Value]) => Value) =>
    method(name, {}, (self, { machine: m, at }) => list(pairs(m, self, at).map(of), at));
  const fromEnv = method(
    "from_env",
    { optional: ["env", "keep"], others: true },
    (self, { machine: m, at, given, others }) => {
      const store = storeOf(m, self, at);
      const keep = truthOr(m, given.keep, false);
      const kept = [...(store?.values ?? [])].filter(([key]) => key.endsWith("_FOR_DYNACONF") || keep);
      const paths = store?.raw("DEFAULT_SETTINGS_PATHS");
      const options = new Map<string, Value>([
        ...kept,
        ...(paths ? [["default_settings_paths", paths] as const] : []),
        ...others,
        [optionKey("FORCE_ENV"), given.env ?? str("", at)],
      ]);
      return settingsOf(m, options, at);
    },
  );
  const attribute = method(
    "__getattr__",
    { required: ["name"] },
    (self, { machine: m, at, given }) => {
      const name = textOf(given.name) ?? "";
      const store = storeOf(m, self, at);
      if (name === "current_env" && store) return str(currentEnv(store) ?? "", at, store.shared);
      if (name === "store" && store) return m.call(m.attribute(self, "as_dict"), [], undefined, at);
      if (name === "validators") return validators(m, self, at);
      if (/^(?:__|loaded_|using_env|setenv|load_file|dynaconf|reload|clean|inspect|logger)/.test(name))
        return m.opaque(`uses ${name} of dynaconf, which is not modelled`, at, [self]);
      const isHidden = name === name.toLowerCase() && store?.isOn("LOWERCASE_READ") === false;
      const value = isHidden ? undefined : find(m, self, name, at);
      const message = isHidden ? `'DataDict' object has no attribute '${name}'` : name;
      return value ?? lacking(m, self, "AttributeError", message, name, at);
    },
    { takesOpaque: true },
  );
  const item = method("__getitem__", { required: ["key"] }, (self, { machine: m, at, given }) => {
    const name = textOf(given.key) ?? "";
    return find(m, self, name, at) ?? lacking(m, self, "KeyError", `${name} does not exist`, name, at);
  });
  const casts = { as_bool: "@bool", as_int: "@int", as_float: "@float", as_json: "@json" };
  return nativeClass(machine, "dynaconf.base.LazySettings", [
    ...byName(
      ...["get", "__call__", "get_fresh"].map((name) => get(name)),
      ...Object.entries(casts).map(([name, cast]) => get(name, cast)),
      ...["__contains__", "exists"].map(within),
      ...["set", "__setattr__", "__setitem__"].map(set),
      update,
      ...["as_dict", "to_dict"].map(asDict),
      listing("keys", ([key]) => str(key)),
      listing("values", ([, value]) => value),
      listing("items", ([key, value]) => tuple([str(key), value])),
      fromEnv,
      attribute,
      item,
      method(
        "setdefault",
        { required: ["item", "default"], others: true },
        (self, { machine: m, at, given }) => {
          const name = textOf(given.item) ?? "";
          const found = find(m, self, name, at);
          if (!found) storeOf(m, self, at)?.set(name, given.default, { toml: true });
          return found ?? given.default;
        },
      ),
      method("populate_obj", { required: ["obj"], others: true }, (self, { machine: m, at, given }) => {
        const store = storeOf(m, self, at);
        if (store) populate(m, store, given.obj, at);
        return none(at);
      }),
    ),
    [
      "__new__",
      define(
        "__new__",
        { required: ["cls"], optional: ["wrapped"], others: true },
        ({ machine: m, at, others }) => settingsOf(m, others, at),
        { takesOpaque: true },
      ),
    ],
  ]);
}

/** `sysenv_fallback`: a variable of the same name, without a prefix. */
function fallback(machine: Machine, self: Value, key: string, at: Location | undefined): Value | undefined {
  const store = storeOf(machine, self, at);
  if (!store) return undefined;
  const wanted = store.option("SYSENV_FALLBACK");
  const isWanted =
    wanted.kind === "list"
      ? store.texts(wanted).map(upperfy).includes(upperfy(key))
      : machine.truth(wanted) === true;
  const value = isWanted ? machine.environment.get(upperfy(key), at, none(at)) : undefined;
  return value && parsed(store.parsing, value, true);
}

function validators(machine: Machine, self: Value, at: Location | undefined): Value {
  const registered: Value[] = [];
  const of = nativeClass(
    machine,
    "dynaconf.validator.ValidatorList",
    byName(
      method("register", { rest: true, others: true }, (_, { rest }) => {
        registered.push(...rest);
        return none(at);
      }),
      ...["validate", "validate_all"].map((name) =>
        method(name, { others: true }, (_, { machine: m, at: place }) => {
          const store = storeOf(m, self, place);
          if (store) validate(store, list(registered), place);
          return none(place);
        }),
      ),
    ),
  );
  const made = instance(of, at);
  // The same list every time, as what is registered has to stay.
  if (self.kind === "instance") self.attributes.set("validators", made);
  return made;
}

function settingsOf(
  machine: Machine,
  given: ReadonlyMap<string, Value>,
  at: Location | undefined,
  isDjango = false,
): Value {
  const of = machine.classNamed("dynaconf.LazySettings");
  return instance(of, at, { data: { given, at, store: undefined, isDjango } satisfies Handle });
}

const setOn = (
  machine: Machine,
  target: Value,
  name: string,
  value: Value,
  at: Location | undefined,
): void => {
  const set = machine.attribute(machine.import("builtins"), "setattr");
  machine.call(set, [target, str(name, at), value], undefined, at);
};

function populate(machine: Machine, store: Store, target: Value, at: Location | undefined): void {
  const existing = (name: string): Value | undefined => {
    if (target.kind === "module") return target.names.get(name)?.value;
    return target.kind === "instance" ? target.attributes.get(name) : undefined;
  };
  store.populate(existing, (name, value) => setOn(machine, target, name, value, at));
}

/** Settings that are asked for until production can be told: their variables are named to whoever deploys. */
const asked = ["DEBUG", "SECRET_KEY", "ALLOWED_HOSTS"];

const django = define(
  "DjangoDynaconf",
  { optional: ["django_settings_module_name"], others: true },
  ({ machine, at, given, others }) => {
    const said =
      textOf(given.django_settings_module_name) ??
      textOf(machine.environment.get("DJANGO_SETTINGS_MODULE", at));
    if (said === undefined) {
      const unseen = machine.opaque("may come from dynaconf, for a module that is not known", at);
      machine.execute(unseen, at);
      return unseen;
    }
    const module = machine.import(said, at);
    const file = textOf(module.names.get("__file__")?.value) ?? projectRoot;
    const settings = settingsOf(machine, djangoOptions(module, dirname(file), others), at, true);
    const store = storeOf(machine, settings, at);
    if (!store) return settings;
    for (const name of asked) {
      const variable = store.variableOf(name);
      if (variable !== undefined) machine.environment.get(variable, at, store.raw(name) ?? none(at));
    }
    populate(machine, store, module, at);
    setOn(machine, module, "settings", settings, at);
    setOn(machine, module, "DYNACONF", settings, at);
    runHook(store, dirname(file));
    for (const name of ["MEDIA_URL", "STATIC_URL"]) {
      const url = store.raw(name) ?? defaultOf(name, machine.world.djangoVersion);
      if (url?.kind === "str" && url.value !== "" && !/^(?:https?:\/\/|\/)/.test(url.value))
        store.values.set(name, str(`/${url.value}`, url.at, url.env));
    }
    return settings;
  },
  { takesOpaque: true },
);

export const dynaconfModels: readonly Model[] = [
  model("dynaconf", (machine) => {
    const lazy = settingsClass(machine);
    const { dict, list: items } = dataClasses(machine);
    return [
      ["LazySettings", lazy],
      ["Dynaconf", lazy],
      ["DjangoDynaconf", django],
      ["Validator", validatorClass(machine)],
      ["ValidationError", exceptionClass(machine, "dynaconf.validator.ValidationError", "ValueError")],
      ["DynaconfFormatError", exceptionClass(machine, "dynaconf.utils.parse_conf.DynaconfFormatError")],
      ["DynaconfParseError", exceptionClass(machine, "dynaconf.utils.parse_conf.DynaconfParseError")],
      ["DataDict", dict],
      ["DataList", items],
      [
        "settings",
        instance(lazy, undefined, {
          data: { given: globalOptions(), at: undefined, store: undefined, isDjango: false } satisfies Handle,
        }),
      ],
    ];
  }),
  ...["dynaconf.base", "dynaconf.validator", "dynaconf.contrib"].map((name) =>
    model(name, (machine) =>
      [...machine.import("dynaconf").names].map(([key, { value }]) => [key, value] as const),
    ),
  ),
];
