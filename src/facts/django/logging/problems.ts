import type { Location } from "../../../location.ts";
import { entryOf, show, textOf } from "../../../python/inspect.ts";
import type { Value } from "../../../python/value.ts";
import { type HandlerConfig, type LoggingConfig, levels, type Part } from "./config.ts";

/** What `dictConfig` raises an error for, so that nothing starts. */
export interface LoggingProblem {
  /** A sentence about LOGGING. */
  readonly message: string;
  readonly at: Location | undefined;
  readonly fix?: string;
}

/** Everything that certainly fails. What is not known is taken to be right. */
export function loggingProblems(config: LoggingConfig): readonly LoggingProblem[] {
  if (config.incremental) return [];
  return [
    ...versionProblems(config),
    ...[...config.formatters.values()].flatMap(formatterProblems),
    ...[...config.handlers.values()].flatMap((handler) => handlerProblems(handler, config)),
    ...loggerProblems(config),
    ...[...config.handlers.values(), ...config.filters.values()].flatMap(classProblems),
  ];
}

function versionProblems({ value, at }: LoggingConfig): readonly LoggingProblem[] {
  const version = entryOf(value, "version");
  if (version === undefined)
    return value.open ? [] : [{ message: "LOGGING has no version", at, fix: '"version": 1,' }];
  const known = version.kind === "int" || version.kind === "str" || version.kind === "none";
  if (!known || (version.kind === "int" && version.value === 1n)) return [];
  const message = `LOGGING has the version ${show(version)}, and 1 is the only one there is`;
  return [{ message, at: version.at ?? at, fix: '"version": 1,' }];
}

/** `PercentStyle`, `StrFormatStyle` and `StringTemplateStyle.validate` of Lib/logging/__init__.py. */
const styles: Readonly<Record<string, { readonly field: RegExp; readonly example: string }>> = {
  "%": { field: /%\(\w+\)[#0+ -]*(\*|\d+)?(\.(\*|\d+))?[diouxefgcrsa%]/i, example: "%(message)s" },
  "{": { field: /\{\w/, example: "{message}" },
  $: { field: /\$(?:\w|\{\w)/, example: "$message" },
};

function formatterProblems({ name, value, class: of, isMade, at }: Part): readonly LoggingProblem[] {
  // A class of its own may take any format.
  if (isMade || of !== undefined || entryOf(value, "class") || entryOf(value, "validate")) return [];
  const style = entryOf(value, "style");
  const styleName = style === undefined ? "%" : textOf(style);
  const known = styleName !== undefined && Object.hasOwn(styles, styleName) ? styles[styleName] : undefined;
  if (styleName !== undefined && !known)
    return [
      {
        message: `LOGGING's formatter ${name} has the style ${show(style ?? value)}, which is none of %, { and $`,
        at,
      },
    ];
  const format = entryOf(value, "format") ?? entryOf(value, "fmt");
  const text = textOf(entryOf(value, "format"));
  if (!known || text === undefined || format === undefined || known.field.test(text)) return [];
  const meant = Object.entries(styles).find(([, { field }]) => field.test(text))?.[0];
  const message = `LOGGING's formatter ${name} has the format ${show(format)}, which has no field in the style ${styleName}`;
  return [{ message, at: format.at ?? at, ...(meant !== undefined && { fix: `"style": "${meant}",` }) }];
}

function handlerProblems(handler: HandlerConfig, config: LoggingConfig): readonly LoggingProblem[] {
  const { name, value, at } = handler;
  const found: LoggingProblem[] = [];
  if (!handler.open && !entryOf(value, "class") && !entryOf(value, "()"))
    found.push({
      message: `LOGGING's handler ${name} has no class`,
      at,
      fix: '"class": "logging.StreamHandler",',
    });
  const { formatter } = handler;
  if (formatter !== undefined && isLacking(config, "formatters", formatter))
    found.push({
      message: `LOGGING's handler ${name} has the formatter ${formatter}, which is not defined`,
      at: entryOf(value, "formatter")?.at ?? at,
    });
  return [
    ...found,
    ...filterProblems(`handler ${name}`, handler.filters, config, at),
    ...levelProblems(`handler ${name}`, entryOf(value, "level")),
    ...optionProblems(handler),
  ];
}

function loggerProblems(config: LoggingConfig): readonly LoggingProblem[] {
  const sections = [...config.loggers.values()].map((logger) => ({
    logger,
    of: `logger ${logger.name || '""'}`,
  }));
  if (config.root && !config.loggers.has("")) sections.push({ logger: config.root, of: "root logger" });
  return sections.flatMap(({ logger, of }) => {
    const value =
      of === "root logger"
        ? entryOf(config.value, "root")
        : entryOf(entryOf(config.value, "loggers"), logger.name);
    return [
      ...(logger.handlers ?? [])
        .filter((name) => isLacking(config, "handlers", name))
        .map((name) => ({
          message: `LOGGING's ${of} has the handler ${name}, which is not defined`,
          at: entryOf(value, "handlers")?.at ?? logger.at,
        })),
      ...filterProblems(of, logger.filters, config, logger.at),
      ...levelProblems(of, entryOf(value, "level")),
    ];
  });
}

/** Whether a name is certainly not defined. */
function isLacking(
  config: LoggingConfig,
  section: "handlers" | "formatters" | "filters",
  name: string,
): boolean {
  const value = entryOf(config.value, section);
  const open = config.value.open || (value !== undefined && (value.kind !== "dict" || value.open));
  return !open && !config[section].has(name);
}

function filterProblems(
  of: string,
  filters: readonly string[],
  config: LoggingConfig,
  at: Location | undefined,
): readonly LoggingProblem[] {
  return filters
    .filter((name) => isLacking(config, "filters", name))
    .map((name) => ({ message: `LOGGING's ${of} has the filter ${name}, which is not defined`, at }));
}

/** Names are taken as they are written: "info" is no level. */
function levelProblems(of: string, value: Value | undefined): readonly LoggingProblem[] {
  const text = textOf(value);
  if (value === undefined || text === undefined || Object.hasOwn(levels, text)) return [];
  const upper = text.trim().toUpperCase();
  return [
    {
      message: `LOGGING's ${of} has the level ${show(value)}, which is none`,
      at: value.at,
      ...(Object.hasOwn(levels, upper) && { fix: `"level": "${upper}",` }),
    },
  ];
}

const fileOptions = ["filename", "mode", "encoding", "delay", "errors"];

/** What the constructors of the usual handlers take. https://docs.python.org/3/library/logging.handlers.html */
const options: Readonly<Record<string, readonly string[]>> = {
  "logging.StreamHandler": ["stream", "strm"],
  "logging.FileHandler": fileOptions,
  "logging.NullHandler": ["level"],
  "logging.handlers.WatchedFileHandler": fileOptions,
  "logging.handlers.RotatingFileHandler": [...fileOptions, "maxBytes", "backupCount"],
  "logging.handlers.TimedRotatingFileHandler": [
    ...["filename", "when", "interval", "backupCount", "encoding", "delay", "utc", "atTime", "errors"],
  ],
};

/** Keys of a handler that are no options of its class. */
const own = ["class", "level", "formatter", "filters", "."];

function optionProblems({
  name,
  value,
  class: of,
  isMade,
  open,
  at,
}: HandlerConfig): readonly LoggingProblem[] {
  if (isMade || open || of === undefined || value.kind !== "dict") return [];
  const taken = Object.hasOwn(options, of) ? options[of] : undefined;
  if (!taken) return [];
  const given = [...value.entries.values()].map(({ key }) => textOf(key) ?? "");
  const wrong = given.find((key) => !own.includes(key) && !taken.includes(key));
  if (wrong !== undefined)
    return [{ message: `LOGGING's handler ${name} has the option ${wrong}, which ${of} does not take`, at }];
  if (taken.includes("filename") && !given.includes("filename"))
    return [{ message: `LOGGING's handler ${name} is a ${of} without a filename`, at }];
  return [];
}

/** Classes of `logging` and of Django's `django.utils.log`, which have been the same for years. */
const classes: Readonly<Record<string, readonly string[]>> = {
  logging: ["StreamHandler", "FileHandler", "NullHandler", "Handler", "Filter", "Formatter"],
  "logging.handlers": [
    ...["RotatingFileHandler", "TimedRotatingFileHandler", "WatchedFileHandler", "SysLogHandler"],
    ...["NTEventLogHandler", "SMTPHandler", "HTTPHandler", "SocketHandler", "DatagramHandler"],
    ...["BufferingHandler", "MemoryHandler", "QueueHandler", "QueueListener", "BaseRotatingHandler"],
  ],
  "django.utils.log": [
    ...["AdminEmailHandler", "CallbackFilter", "RequireDebugFalse", "RequireDebugTrue", "ServerFormatter"],
  ],
};

function classProblems({ name, class: of, at }: Part): readonly LoggingProblem[] {
  const dot = of?.lastIndexOf(".") ?? -1;
  if (of === undefined || dot < 0) return [];
  const [module, written] = [of.slice(0, dot), of.slice(dot + 1)];
  const known = Object.hasOwn(classes, module) ? classes[module] : undefined;
  if (!known || known.includes(written) || !/(?:Handler|Filter|Formatter|^RequireDebug\w*)$/.test(written))
    return [];
  const home = Object.entries(classes).find(([, names]) => names.includes(written))?.[0];
  return [
    {
      message: `LOGGING's ${name} is a ${of}, which ${module} does not have`,
      at,
      ...(home !== undefined && { fix: `"class": "${home}.${written}",` }),
    },
  ];
}
