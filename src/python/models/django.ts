import type { Machine, Model } from "../machine.ts";
import { drawn } from "../text-shape.ts";
import type { Str, Value } from "../value.ts";
import { byName, define, exceptionClass, model, nativeClass } from "./define.ts";
import { defaultNames, defaultOf } from "./django-defaults.ts";
import { inertClasses, noEffect } from "./inert.ts";
import { dictOf, int, none, type Plain, str, textOf, tuple } from "./make.ts";
import { characters, randomText, sizeOf } from "./random.ts";

/** The parts of Django that settings modules import. Django itself is not modelled here. */

export function djangoAtLeast(machine: Machine, major: number, minor = 0): boolean | undefined {
  return isAtLeast(machine.world.djangoVersion, major, minor);
}

function isAtLeast(version: string | undefined, major: number, minor: number): boolean | undefined {
  const [a, b = 0] = (version ?? "").split(".").filter(Boolean).map(Number);
  return a === undefined ? undefined : a > major || (a === major && b >= minor);
}

const exceptions = [
  "ImproperlyConfigured", "FieldError", "ObjectDoesNotExist", "MultipleObjectsReturned", "SuspiciousOperation", "PermissionDenied", "ViewDoesNotExist",
  "MiddlewareNotUsed", "AppRegistryNotReady", "ValidationError", "RequestAborted", "BadRequest", "SynchronousOnlyOperation",
]; // biome-ignore format: a list of names

/** Text that is translated when it is shown: here, the message itself. */
function translation(
  name: string,
  lazy: boolean,
  message: (texts: readonly string[]) => number = () => 0,
): Value {
  return define(name, { rest: true, others: true }, ({ machine, at, rest }) => {
    const texts = rest.map((one) => textOf(one) ?? "");
    const chosen = rest[message(texts)];
    if (!chosen)
      return machine.raise("TypeError", `${name}() missing 1 required positional argument: 'message'`, at);
    if (chosen.kind !== "str") return chosen;
    const made: Str = { ...chosen, at: chosen.at ?? at };
    return lazy ? { ...made, lazy: true } : made;
  });
}

const translations = ["gettext", "ngettext", "pgettext", "npgettext"];
/** pgettext has the context first. */
const messageIndex = (name: string): number => (name.includes("pgettext") ? 1 : 0);

function translationNames(machine: Machine): (readonly [string, Value])[] {
  const old = lacksOldNames(machine) ? [] : ["ugettext", "ungettext"];
  return [
    ...[...translations, ...old, "gettext_noop"].map(
      (name) => [name, translation(name, false, () => messageIndex(name))] as const,
    ),
    ...[...translations, ...old].map(
      (name) => [`${name}_lazy`, translation(`${name}_lazy`, true, () => messageIndex(name))] as const,
    ),
    ...(old.length > 0 ? [["ugettext_noop", translation("ugettext_noop", false)] as const] : []),
    ...["activate", "deactivate", "override", "deactivate_all"].map(noEffect),
    [
      "to_language",
      define(
        "to_language",
        { required: ["locale"] },
        ({ at, given: { locale } }) =>
          str((textOf(locale) ?? "").toLowerCase().replace("_", "-"), at, locale.env),
        { gives: "str" },
      ),
    ],
    [
      "get_language",
      define("get_language", {}, ({ machine: m, at }) =>
        m.opaque("is the language of a request", at, [], { type: "str", cause: "unmodelled" }),
      ),
    ],
  ];
}

/**
 * Names that Django 4 dropped. Where the version is not known, code that imports them is taken to run on
 * a Django that has them; so is code whose requirements name such a Django, if it is judged by another.
 */
function lacksOldNames(machine: Machine): boolean {
  const { djangoVersion, requiredDjango = djangoVersion } = machine.world;
  return [djangoVersion, requiredDjango].every((version) => isAtLeast(version, 4, 0) === true);
}

/** Gone in Django 4: importing them fails there. */
const oldTranslations = ["ugettext", "ugettext_lazy", "ugettext_noop", "ungettext", "ungettext_lazy"];

const reverseLazy = define(
  "reverse_lazy",
  { required: ["viewname"], rest: true, others: true },
  ({ machine, at, given }) =>
    machine.opaque(
      `is the URL of the view ${textOf(given.viewname) ?? ""}, which is looked up when a request comes`,
      at,
      [given.viewname],
      { type: "str", truth: true, cause: "unmodelled" },
    ),
);

const unstarted = (name: string, what: string): Value =>
  define(
    name,
    { rest: true, others: true },
    ({ machine, at }) => machine.opaque(what, at, [], { cause: "unmodelled" }),
    { takesOpaque: true },
  );

function version(machine: Machine): (readonly [string, Value])[] {
  const { djangoVersion } = machine.world;
  if (djangoVersion === undefined) return [];
  const [major = 0, minor = 0, patch = 0] = djangoVersion
    .split(".")
    .map((part) => Number.parseInt(part, 10) || 0);
  return [
    ["VERSION", tuple([int(major), int(minor), int(patch), str("final"), int(0)])],
    ["__version__", str(djangoVersion)],
    ["get_version", define("get_version", { optional: ["version"] }, ({ at }) => str(djangoVersion, at))],
  ];
}

const messageLevels = { DEBUG: 10, INFO: 20, SUCCESS: 25, WARNING: 30, ERROR: 40 };

/** `django.utils.log.DEFAULT_LOGGING`: the same since Django 1.10, but for `django.server` and the formatter's style. */
const defaultLogging: Plain = plain({
  version: 1n,
  disable_existing_loggers: false,
  filters: {
    require_debug_false: { "()": "django.utils.log.RequireDebugFalse" },
    require_debug_true: { "()": "django.utils.log.RequireDebugTrue" },
  },
  formatters: {
    "django.server": {
      "()": "django.utils.log.ServerFormatter",
      format: "[{server_time}] {message}",
      style: "{",
    },
  },
  handlers: {
    console: { level: "INFO", filters: ["require_debug_true"], class: "logging.StreamHandler" },
    "django.server": { level: "INFO", class: "logging.StreamHandler", formatter: "django.server" },
    mail_admins: {
      level: "ERROR",
      filters: ["require_debug_false"],
      class: "django.utils.log.AdminEmailHandler",
    },
  },
  loggers: {
    django: { handlers: ["console", "mail_admins"], level: "INFO" },
    "django.server": { handlers: ["django.server"], level: "INFO", propagate: false },
  },
});

interface PlainFields {
  readonly [key: string]: Plain | PlainFields;
}
function plain(fields: PlainFields): Plain {
  const isFields = (value: Plain | PlainFields): value is PlainFields =>
    typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
  return new Map(
    Object.entries(fields).map(([key, value]) => [key, isFields(value) ? plain(value) : value] as const),
  );
}

/** 50 of 50 characters. */
const randomKey = define("get_random_secret_key", {}, ({ machine, at }) =>
  randomText(machine, at, "str", drawn(50, 50)),
);

const randomString = define(
  "get_random_string",
  { optional: ["length", "allowed_chars"] },
  ({ machine, at, given }) => {
    const { length, allowed_chars } = given;
    // The default of Django 3.2; from 4.0 on a length must be given.
    const size = sizeOf(length, 12);
    if (allowed_chars || size === undefined)
      return randomText(machine, at, "str", characters(size, allowed_chars));
    return randomText(machine, at, "str", drawn(size, 62));
  },
  { takesOpaque: true },
);

const importString = define("import_string", { required: ["dotted_path"] }, ({ machine, at, given }) => {
  const path = textOf(given.dotted_path) ?? "";
  const dot = path.lastIndexOf(".");
  if (dot === -1) return machine.raise("ImportError", `${path} doesn't look like a module path`, at);
  return machine.attribute(machine.import(path.slice(0, dot), at), path.slice(dot + 1), at);
});

/** Domain and port of a Host header; two empty texts for one that is not valid. */
const splitDomainPort = define(
  "split_domain_port",
  { required: ["host"] },
  ({ at, given }) => {
    const host = (textOf(given.host) ?? "").toLowerCase();
    const [, domain = "", port = ""] =
      /^([a-z0-9.-]+|\[[a-f0-9]*:[a-f0-9.:]+\])(?::([0-9]+))?$/.exec(host) ?? [];
    const { env } = given.host;
    return tuple([str(domain.replace(/\.$/, ""), at, env), str(port, at, env)], at, env);
  },
  { gives: "tuple" },
);

export const djangoModels: readonly Model[] = [
  model("django", (machine) => [...version(machine), noEffect("setup")]),
  model("django.conf.global_settings", ({ world: { djangoVersion } }) =>
    defaultNames(djangoVersion).map((name) => [name, defaultOf(name, djangoVersion) ?? none()] as const),
  ),
  model("django.core.exceptions", (machine) =>
    exceptions.map((name) => [name, exceptionClass(machine, `django.core.exceptions.${name}`)] as const),
  ),
  model("django.utils.translation", translationNames, (machine) =>
    lacksOldNames(machine) ? oldTranslations : [],
  ),
  model("django.urls", () => byName(reverseLazy)),
  model("django.core.urlresolvers", () => byName(reverseLazy)),
  model("django.utils.functional", (machine) => {
    const lazy = define("lazy", { required: ["func"], rest: true }, ({ given }) => given.func, {
      takesOpaque: true,
    });
    return [
      ...byName(lazy),
      ["cached_property", machine.classNamed("property")],
      [
        "SimpleLazyObject",
        define("SimpleLazyObject", { required: ["func"] }, ({ machine: m, at, given }) =>
          m.call(given.func, [], undefined, at),
        ),
      ],
    ];
  }),
  model("django.core.management.utils", () => byName(randomKey)),
  model("django.utils.crypto", () => byName(randomString)),
  model("django.utils.module_loading", () => byName(importString)),
  model("django.utils.log", (machine) => [
    ["DEFAULT_LOGGING", dictOf(machine, defaultLogging instanceof Map ? defaultLogging : [], undefined)],
    ...inertClasses(
      machine,
      "django.utils.log",
      "RequireDebugFalse",
      "RequireDebugTrue",
      "CallbackFilter",
      "AdminEmailHandler",
      "ServerFormatter",
    ),
  ]),
  model("django.contrib.messages.constants", (machine) => [
    ...Object.entries(messageLevels).map(([name, level]) => [name, int(level)] as const),
    [
      "DEFAULT_TAGS",
      machine.dict(
        Object.entries(messageLevels).map(([name, level]) => [int(level), str(name.toLowerCase())] as const),
        undefined,
      ),
    ],
    [
      "DEFAULT_LEVELS",
      dictOf(
        machine,
        Object.entries(messageLevels).map(([name, level]) => [name, BigInt(level)] as const),
        undefined,
      ),
    ],
  ]),
  model("django.contrib.messages", (machine) => [
    ["constants", machine.import("django.contrib.messages.constants")],
    ...Object.entries(messageLevels).map(([name, level]) => [name, int(level)] as const),
  ]),
  model("django.core.wsgi", () => [
    ["get_wsgi_application", unstarted("get_wsgi_application", "is the running application")],
  ]),
  model("django.core.asgi", () => [
    ["get_asgi_application", unstarted("get_asgi_application", "is the running application")],
  ]),
  model("django.http.request", () => byName(splitDomainPort)),
  model("django.utils.safestring", () =>
    ["mark_safe", "SafeText", "SafeString"].map(
      (name) => [name, define(name, { required: ["s"] }, ({ given }) => given.s)] as const,
    ),
  ),
  model("django.utils.text", () =>
    byName(
      define("slugify", { required: ["value"], optional: ["allow_unicode"] }, ({ machine, at, given }) => {
        const text = machine.str(given.value);
        if (typeof text !== "string") return text;
        const isUnicode = given.allow_unicode && machine.truth(given.allow_unicode) === true;
        const plain = isUnicode
          ? text.normalize("NFKC")
          : [...text.normalize("NFKD")].filter((char) => char <= "\x7f").join("");
        const kept = plain.toLowerCase().replace(isUnicode ? /[^\p{L}\p{N}_\s-]/gu : /[^\w\s-]/g, "");
        return str(kept.replace(/[-\s]+/g, "-").replace(/^[-_]+|[-_]+$/g, ""), at, given.value.env);
      }),
    ),
  ),
  model("django.utils.deprecation", (machine) => [
    ...inertClasses(machine, "django.utils.deprecation", "MiddlewareMixin"),
    ...[
      "RemovedInDjango40Warning",
      "RemovedInDjango41Warning",
      "RemovedInDjango50Warning",
      "RemovedInDjango51Warning",
      "RemovedInDjango60Warning",
    ].map(
      (name) =>
        [
          name,
          nativeClass(
            machine,
            `django.utils.deprecation.${name}`,
            [],
            [machine.classNamed("DeprecationWarning")],
          ),
        ] as const,
    ),
  ]),
  model("django_stubs_ext", () => [noEffect("monkeypatch")]),
  model("pymysql", () => [noEffect("install_as_MySQLdb")]),
];
