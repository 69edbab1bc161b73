import type { Machine, Model } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, define, instance, method, model, nativeClass } from "./define.ts";
import { inertClass, inertClasses, noEffect } from "./inert.ts";
import { bool, dictOf, int, none, str } from "./make.ts";

/** logging and warnings: what is said goes nowhere. */

const levels = { CRITICAL: 50, FATAL: 50, ERROR: 40, WARNING: 30, WARN: 30, INFO: 20, DEBUG: 10, NOTSET: 0 };
const speaking = [
  "debug",
  "info",
  "warning",
  "warn",
  "error",
  "critical",
  "exception",
  "log",
  "fatal",
  "disable",
  "captureWarnings",
  "basicConfig",
  "shutdown",
  "addLevelName",
  "setLoggerClass",
];

/** What loggers and handlers are told. */
const told = [
  "setLevel",
  "addHandler",
  "removeHandler",
  "addFilter",
  "removeFilter",
  "setFormatter",
  "close",
  "flush",
  ...speaking,
];

/** A class of the module: told anything, it gives None. */
function listener(machine: Machine, path: string): Class {
  const of = inertClass(machine, path);
  for (const name of told)
    of.attributes.set(
      name,
      method(name, { rest: true, others: true }, (_, { at }) => none(at), { takesOpaque: true }),
    );
  return of;
}

const listeners = ["Logger", "Handler", "StreamHandler", "FileHandler", "NullHandler", "LoggerAdapter"];

function logger(machine: Machine): Value {
  const of = listener(machine, "logging.Logger");
  return define(
    "getLogger",
    { optional: ["name"] },
    ({ at, given }) =>
      instance(of, at, {
        attributes: [
          ["name", given.name ?? str("root", at)],
          ["handlers", { kind: "list", items: [], at, env: [] }],
          ["propagate", bool(true, at)],
          ["level", int(0, at)],
        ],
      }),
    { takesOpaque: true },
  );
}

const levelName = define("getLevelName", { required: ["level"] }, ({ at, given: { level } }) => {
  if (level.kind === "int")
    return str(
      Object.entries(levels).find(([, number]) => BigInt(number) === level.value)?.[0] ??
        `Level ${level.value}`,
      at,
      level.env,
    );
  const known = level.kind === "str" ? levels[level.value as keyof typeof levels] : undefined;
  return known === undefined
    ? str(level.kind === "str" ? `Level ${level.value}` : "", at, level.env)
    : int(known, at, level.env);
});

/** Priorities and facilities of syslog, by their numbers. */
const syslogNames = [
  ...["EMERG KERN", "ALERT USER", "CRIT MAIL", "ERR DAEMON", "WARNING AUTH", "NOTICE SYSLOG", "INFO LPR"],
  ...["DEBUG NEWS", "UUCP", "CRON", "AUTHPRIV", "FTP", "NTP", "SECURITY", "CONSOLE", "SOLCRON"],
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((number) => `LOCAL${number}`),
];

const handlers = [
  "WatchedFileHandler",
  "RotatingFileHandler",
  "TimedRotatingFileHandler",
  "SysLogHandler",
  "SMTPHandler",
  "QueueHandler",
  "QueueListener",
  "HTTPHandler",
  "MemoryHandler",
  "SocketHandler",
];

export const loggingModels: readonly Model[] = [
  model("logging", (machine) => [
    ...Object.entries(levels).map(([name, level]) => [name, int(level)] as const),
    [
      "_nameToLevel",
      dictOf(
        machine,
        Object.entries(levels).map(([name, level]) => [name, BigInt(level)] as const),
        undefined,
      ),
    ],
    [
      "_levelToName",
      machine.dict(
        Object.entries(levels).map(([name, level]) => [int(level), str(name)] as const),
        undefined,
      ),
    ],
    ["getLogger", logger(machine)],
    ["root", instance(listener(machine, "logging.RootLogger"), undefined)],
    ...listeners.map((name) => [name, listener(machine, `logging.${name}`)] as const),
    ...inertClasses(machine, "logging", "Formatter", "Filter", "LogRecord"),
    ...speaking.map(noEffect),
    ...byName(
      levelName,
      define("getLevelNamesMapping", {}, ({ machine: m, at }) =>
        dictOf(
          m,
          Object.entries(levels).map(([name, level]) => [name, BigInt(level)] as const),
          at,
        ),
      ),
    ),
    ["config", machine.import("logging.config")],
    ["handlers", machine.import("logging.handlers")],
  ]),
  model("logging.config", () => ["dictConfig", "fileConfig", "listen"].map(noEffect)),
  model("logging.handlers", (machine) => {
    const made = handlers.map((name) => [name, listener(machine, `logging.handlers.${name}`)] as const);
    const syslog = made.find(([name]) => name === "SysLogHandler")?.[1];
    for (const [number, names] of syslogNames.entries())
      for (const name of names.split(" ")) syslog?.attributes.set(`LOG_${name}`, int(number));
    return made;
  }),
  model("warnings", (machine) => [
    ...["warn", "warn_explicit", "filterwarnings", "simplefilter", "resetwarnings", "showwarning"].map(
      noEffect,
    ),
    [
      "catch_warnings",
      nativeClass(machine, "warnings.catch_warnings", [
        [
          "__new__",
          define("__new__", { required: ["cls"], others: true }, ({ at, given }) =>
            given.cls.kind === "class" ? instance(given.cls, at) : given.cls,
          ),
        ],
        ["__enter__", method("__enter__", {}, (_, { at }) => ({ kind: "list", items: [], at, env: [] }))],
        [
          "__exit__",
          method("__exit__", { rest: true }, (_, { at }) => bool(false, at), { takesOpaque: true }),
        ],
      ]),
    ],
  ]),
];
