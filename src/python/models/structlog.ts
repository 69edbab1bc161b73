import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { define, instance, model } from "./define.ts";
import { inertClass, noEffect } from "./inert.ts";

/** structlog: what LOGGING names of it. Its own configuration has no effect on the settings. */

/** Where each name lives: structlog gives most of them from private modules, and from several public ones. */
const classes = {
  "structlog.processors": [
    "TimeStamper",
    "StackInfoRenderer",
    "UnicodeDecoder",
    "UnicodeEncoder",
    "JSONRenderer",
    "CallsiteParameterAdder",
    "ExceptionPrettyPrinter",
    "ExceptionRenderer",
    "KeyValueRenderer",
    "LogfmtRenderer",
    "EventRenamer",
    "MaybeTimeStamper",
  ],
  "structlog.stdlib": [
    "ProcessorFormatter",
    "PositionalArgumentsFormatter",
    "BoundLogger",
    "AsyncBoundLogger",
    "LoggerFactory",
    "ExtraAdder",
  ],
  "structlog.dev": ["ConsoleRenderer"],
} as const;

const functions: Readonly<Record<string, readonly string[]>> = {
  "structlog.processors": ["structlog._log_levels.add_log_level"],
  "structlog.stdlib": [
    "structlog.stdlib.add_logger_name",
    "structlog._log_levels.add_log_level",
    "structlog.stdlib.add_log_level_number",
    "structlog.stdlib.filter_by_level",
    "structlog.stdlib.render_to_log_kwargs",
  ],
  "structlog.dev": [
    "structlog.dev.set_exc_info",
    "structlog.dev.plain_traceback",
    "structlog.dev.rich_traceback",
  ],
  "structlog.contextvars": [
    "merge_contextvars",
    "bind_contextvars",
    "clear_contextvars",
    "unbind_contextvars",
  ].map((name) => `structlog.contextvars.${name}`),
};

const leaf = (path: string): string => path.slice(path.lastIndexOf(".") + 1);

function names(machine: Machine, module: string): (readonly [string, Value])[] {
  const made = Object.entries(classes).find(([name]) => name === module)?.[1] ?? [];
  return [
    ...made.map((name) => [name, classOf(machine, module, name)] as const),
    ...(functions[module] ?? []).map((path) => [leaf(path), noEffect(path)[1]] as const),
  ];
}

function classOf(machine: Machine, module: string, name: string): Value {
  const of = inertClass(machine, `${module}.${name}`);
  if (name === "ProcessorFormatter") {
    of.attributes.set("remove_processors_meta", noEffect(`${module}.${name}.remove_processors_meta`)[1]);
    of.attributes.set("wrap_for_formatter", noEffect(`${module}.${name}.wrap_for_formatter`)[1]);
  }
  return of;
}

export const structlogModels: readonly Model[] = [
  model("structlog", (machine) => [
    ...["configure", "configure_once", "reset_defaults"].map((name) => noEffect(name)),
    ...["get_logger", "getLogger", "wrap_logger"].map(
      (name) =>
        [
          name,
          define(
            name,
            { rest: true, others: true },
            ({ machine: m, at }) => instance(inertClass(m, "structlog.BoundLogger"), at),
            { takesOpaque: true },
          ),
        ] as const,
    ),
    ["make_filtering_bound_logger", noEffect("make_filtering_bound_logger")[1]],
    ["BoundLogger", inertClass(machine, "structlog.BoundLogger")],
    ["PrintLoggerFactory", inertClass(machine, "structlog.PrintLoggerFactory")],
    ["processors", machine.import("structlog.processors")],
    ["stdlib", machine.import("structlog.stdlib")],
    ["dev", machine.import("structlog.dev")],
    ["contextvars", machine.import("structlog.contextvars")],
  ]),
  model("structlog.processors", (machine) => [
    ...names(machine, "structlog.processors"),
    ["format_exc_info", instance(inertClass(machine, "structlog.processors.ExceptionRenderer"), undefined)],
    ["dict_tracebacks", instance(inertClass(machine, "structlog.processors.ExceptionRenderer"), undefined)],
    ["CallsiteParameter", inertClass(machine, "structlog.processors.CallsiteParameter")],
  ]),
  ...["structlog.stdlib", "structlog.dev", "structlog.contextvars"].map((module) =>
    model(module, (machine) => names(machine, module)),
  ),
];
