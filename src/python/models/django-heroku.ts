import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { type Call, define, model } from "./define.ts";
import { databaseFromUrl } from "./dj-database-url.ts";
import { bool, dictOf, int, list, none, type Plain, str, textOf, truthOr, tuple } from "./make.ts";
import { makePath, pathOf } from "./pathlib.ts";
import { join } from "./posix-path.ts";
import { pathText } from "./project-paths.ts";

/** django-heroku 0.3 and django-on-heroku 1.1: `settings(locals())` changes the settings in place. */

const switches = [
  "db_colors",
  "databases",
  "test_runner",
  "staticfiles",
  "allowed_hosts",
  "logging",
  "secret_key",
  "geodjango",
  "db_ssl_required",
] as const;
type Switch = (typeof switches)[number];
type SettingsCall = Call<"config", Switch>;

interface Scope {
  readonly machine: Machine;
  readonly at: Location | undefined;
  get(name: string): Value | undefined;
  set(name: string, value: Plain): void;
}

function scopeOf({ machine, at, given: { config } }: SettingsCall): Scope {
  const key = (name: string): Value => str(name, at);
  return {
    machine,
    at,
    get: (name) => {
      const found = machine.call(machine.attribute(config, "get", at), [key(name)], undefined, at);
      return found.kind === "none" ? undefined : found;
    },
    set: (name, value) =>
      machine.setItem(
        config,
        key(name),
        dictOf(machine, [[name, value]], at)
          .entries.values()
          .next().value?.value ?? none(at),
        at,
      ),
  };
}

const whitenoise = "whitenoise.middleware.WhiteNoiseMiddleware";
const security = "django.middleware.security.SecurityMiddleware";

/** Before everything, or, in the fork, right behind Django's SecurityMiddleware. */
function addWhitenoise(scope: Scope, behindSecurity: boolean): void {
  const { machine, at } = scope;
  const name = scope.get("MIDDLEWARE_CLASSES") ? "MIDDLEWARE_CLASSES" : "MIDDLEWARE";
  const middleware = scope.get(name);
  if (!middleware) {
    machine.raise("KeyError", "MIDDLEWARE", at);
    return;
  }
  const items = machine.iterate(middleware, at);
  if ("kind" in items) return;
  const place = behindSecurity ? items.findIndex((item) => textOf(item) === security) + 1 : 0;
  scope.set(name, tuple([...items.slice(0, place), str(whitenoise, at), ...items.slice(place)], at));
}

function staticRoot(scope: Scope): Value {
  const { machine, at } = scope;
  const base = scope.get("BASE_DIR");
  if (!base) return machine.raise("KeyError", "BASE_DIR", at);
  const path = pathText(machine, base, at);
  if (typeof path !== "string") return path;
  const joined = join(path, "staticfiles");
  return pathOf(base) === undefined
    ? str(joined, at, base.env)
    : str(String(pathOf(makePath(machine, joined, at))), at, base.env);
}

const fields = (entries: Record<string, Plain>): Plain => new Map(Object.entries(entries));
const logging: Plain = fields({
  version: 1n,
  disable_existing_loggers: false,
  formatters: fields({
    verbose: fields({
      format:
        "%(asctime)s [%(process)d] [%(levelname)s] pathname=%(pathname)s lineno=%(lineno)s funcname=%(funcName)s %(message)s",
      datefmt: "%Y-%m-%d %H:%M:%S",
    }),
    simple: fields({ format: "%(levelname)s %(message)s" }),
  }),
  handlers: fields({
    null: fields({ level: "DEBUG", class: "logging.NullHandler" }),
    console: fields({ level: "DEBUG", class: "logging.StreamHandler", formatter: "verbose" }),
  }),
  loggers: fields({ testlogger: fields({ handlers: ["console"], level: "INFO" }) }),
});

function addDatabase(scope: Scope, call: SettingsCall, connMaxAge: Value): void {
  const { machine, at } = scope;
  if (!scope.get("DATABASES")) scope.set("DATABASES", fields({ default: null }));
  const url = machine.environment.get("DATABASE_URL", at, scope.get("DATABASES"));
  const databases = scope.get("DATABASES");
  if (!url || !databases) return;
  const ssl_require = call.given.db_ssl_required ?? bool(true, at);
  const database =
    machine.truth(url) === false
      ? dictOf(machine, [], at, ["DATABASE_URL"])
      : databaseFromUrl(call, url, { conn_max_age: connMaxAge, ssl_require });
  machine.setItem(databases, str("default", at), database, at);
  // On Heroku CI, tests run on that very database: there, the dict holds itself, and here a copy.
  const isTested = machine.environment.get("CI", at, none(at));
  if (isTested && isTested.kind !== "none" && database.kind === "dict")
    machine.setItem(database, str("TEST", at), { ...database, entries: new Map(database.entries) }, at);
}

function model_(module: string, fork: boolean): Model {
  const settings = define(
    "settings",
    { required: ["config"], optional: switches, named: switches },
    (call) => {
      const { machine, at, given } = call;
      const scope = scopeOf(call);
      const on = (name: Switch): boolean => truthOr(machine, given[name], true);
      if (on("databases"))
        addDatabase(scope, call, (fork ? scope.get("CONN_MAX_AGE") : undefined) ?? int(600, at));
      if (on("test_runner") && machine.environment.get("CI", at, none(at)))
        scope.set("TEST_RUNNER", `${module}.HerokuDiscoverRunner`);
      if (on("staticfiles")) {
        scope.set("STATIC_ROOT", staticRoot(scope));
        scope.set("STATIC_URL", "/static/");
        addWhitenoise(scope, fork);
        scope.set("STATICFILES_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage");
      }
      if (on("allowed_hosts")) scope.set("ALLOWED_HOSTS", list([str("*", at)], at));
      if (on("logging")) scope.set("LOGGING", logging);
      const key = on("secret_key")
        ? machine.environment.get("SECRET_KEY", at, scope.get("SECRET_KEY"))
        : undefined;
      if (key) scope.set("SECRET_KEY", key);
      return none(at);
    },
    { takesOpaque: true },
  );
  return model(module, () => [["settings", settings]]);
}

export const djangoHerokuModels: readonly Model[] = [
  model_("django_heroku", false),
  model_("django_heroku.core", false),
  model_("django_on_heroku", true),
];
