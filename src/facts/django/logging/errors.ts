import { entryOf, textOf } from "../../../python/inspect.ts";
import { pathOf } from "../../../python/models/pathlib.ts";
import type { HandlerConfig, LoggerConfig, LoggingConfig } from "./config.ts";

/**
 * Where the traceback of a failed request goes, which Django logs at ERROR to `django.request`.
 *
 * What Django sets up itself, in django/utils/log.py of Django 4.2 to 6.1: the logger `django` has a
 * console handler that only works where DEBUG is on, and AdminEmailHandler; root has none. So with
 * DEBUG off nothing is written. Tried on 2026-11-20 with Django 5.2.19: gunicorn 27.0.1, uvicorn
 * 0.54.0, Hypercorn 0.18.0, granian 2.8.7 and uWSGI 2.0.30 print nothing of the error (but for a line
 * with the status in an access log); waitress 3.0.2 and daphne 4.2.3 call `logging.basicConfig`, so
 * that the traceback is on stderr.
 */
export interface ErrorsGo {
  readonly to: "console" | "elsewhere" | "file" | "mail" | "nowhere" | "unknown";
  /** They would be seen if LOGGING did not disable Django's loggers. */
  readonly disabled: boolean;
}

const request = "django.request";
const chain = [request, "django"];

/** What a handler of LOGGING does with an error; "nowhere" for one that is filtered out. */
export function handlerGoes(handler: HandlerConfig, config: LoggingConfig): ErrorsGo["to"] {
  if (handler.level !== undefined && handler.level > 40) return "nowhere";
  const onlyInDebug = handler.filters.some(
    (name) => config.filters.get(name)?.class === "django.utils.log.RequireDebugTrue",
  );
  if (onlyInDebug) return "nowhere";
  if (handler.open && handler.class === undefined) return "unknown";
  switch (handler.class) {
    case "logging.NullHandler":
      return "nowhere";
    case "logging.StreamHandler":
      return "console";
    case "django.utils.log.AdminEmailHandler":
      return "mail";
  }
  if (!isFileHandler(handler)) return "elsewhere";
  const file = filenameOf(handler);
  return file !== undefined && /^\/(?:dev\/std(?:out|err)|dev\/fd\/|proc\/)/.test(file) ? "console" : "file";
}

/** A handler of the standard library that opens a file. */
export function isFileHandler(handler: HandlerConfig): boolean {
  return /^logging\.(?:FileHandler|handlers\.(?:Rotating|TimedRotating|Watched)FileHandler)$/.test(
    handler.class ?? "",
  );
}

/** The file that a handler opens, as written. */
export function filenameOf({ value }: HandlerConfig): string | undefined {
  const name = entryOf(value, "filename");
  return textOf(name) ?? (name && pathOf(name));
}

/** `rootSees`: root has a handler that LOGGING does not set up. */
export function errorsGo(config: LoggingConfig | undefined, rootSees: boolean): ErrorsGo {
  if (!config) return { to: rootSees ? "console" : "mail", disabled: false };
  if (config.incremental) return { to: "unknown", disabled: false };
  const to = follow(config, config.disablesExisting !== false, rootSees);
  if (config.open && to !== "console" && to !== "elsewhere") return { to: "unknown", disabled: false };
  if (to === "console" || to === "elsewhere" || config.disablesExisting === false)
    return { to, disabled: false };
  const otherwise = follow(config, false, rootSees);
  return { to, disabled: otherwise === "console" || otherwise === "elsewhere" };
}

const best = ["unknown", "console", "elsewhere", "file", "mail", "nowhere"] as const;

function follow(config: LoggingConfig, disabling: boolean, rootSees: boolean): ErrorsGo["to"] {
  const { loggers, root, handlers } = config;
  const named = chain.some((name) => loggers.has(name));
  if (!named && disabling) return "nowhere";
  const found: ErrorsGo["to"][] = [];
  const add = ({ handlers: names = [], open }: LoggerConfig): void => {
    if (open) found.push("unknown");
    for (const name of names) {
      const handler = handlers.get(name);
      found.push(handler ? handlerGoes(handler, config) : "unknown");
    }
  };
  const level = [...chain.map((name) => loggers.get(name)), root]
    .map((logger) => logger?.level ?? 0)
    .find((each) => each > 0);
  if (level !== undefined && level > 40) return "nowhere";
  for (const name of chain) {
    const logger = loggers.get(name);
    if (logger) {
      add(logger);
      if (logger.propagate === false) return top(found);
    }
    // Without a configuration of its own `django` keeps the handlers that Django gave it.
    else if (name === "django") found.push("mail");
  }
  if (root) add(root);
  else if (rootSees) found.push("console");
  return top(found);
}

function top(found: readonly ErrorsGo["to"][]): ErrorsGo["to"] {
  // Where no handler is found at all, `logging.lastResort` prints what is a warning or worse.
  if (found.length === 0) return "console";
  // What is known to be seen is seen, whatever else there is.
  const seen = found.find((to) => to === "console" || to === "elsewhere");
  return seen ?? best.find((to) => found.includes(to)) ?? "nowhere";
}
