import { defineCheck } from "../../check.ts";
import { loggingConfig } from "../../facts/django/logging/config.ts";
import { addedFields } from "../../facts/django/logging/fields.ts";
import { loggingProblems } from "../../facts/django/logging/problems.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { start } from "../example-logging.ts";

const logging = (filters: string) =>
  `LOGGING = {\n    "version": 1,\n    "disable_existing_loggers": False,\n    "filters": {"request_id": {"()": "shop.logs.RequestId"}},\n    "formatters": {"line": {"format": "%(levelname)s %(request_id)s %(message)s"}},\n    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"${filters}}},\n    "root": {"handlers": ["console"], "level": "INFO"},\n}\n`;

const filter = {
  "shop/logs.py":
    'import logging\n\n\nclass RequestId(logging.Filter):\n    def filter(self, record):\n        record.request_id = "-"\n        return True\n',
};

// The catalogue calls it an error. The line is lost and nothing else, so it is a warning (design.md §2).
export default defineCheck({
  id: "log-field-without-filter",
  title: "Every field of a log format has a value",
  area: "logging",
  severity: "warning",
  needs: ["settings"],
  wants: ["code"],
  docs: {
    why: "A field that Python does not know has to be put on every record by a filter of the handler. Without one, formatting fails with `Formatting field not found in record`: the line is lost, and a traceback of logging itself is printed in its place.",
    fix: 'Give the filter to every handler that uses the format:\n\n```python\n"filters": ["request_id"],\n```',
    bad: { ...filter, "shop/settings.py": start + logging("") },
    good: { ...filter, "shop/settings.py": start + logging(', "filters": ["request_id"]') },
    notReported: [
      "A handler with a filter of the project's own, whatever that sets.",
      "A formatter of a class of its own (JSON), and one with `defaults`.",
      "A record factory (`setLogRecordFactory`), and fields that an agent sets (`otelTraceID`, `dd.trace_id`).",
      "A handler of the project's own loggers, which are given the field by `extra`.",
    ],
    links: ["https://docs.python.org/3/library/logging.html#logrecord-attributes"],
  },
  *run({ settings, code }) {
    const setting = settings.get("LOGGING");
    const config = loggingConfig(setting);
    if (!config) return yield notApplicable(setting.explicit ? "LOGGING is not known" : "LOGGING is not set");
    if (loggingProblems(config).length > 0)
      return yield notApplicable("LOGGING cannot be configured: logging-config-invalid");
    if (code?.mentioning(/\bsetLogRecordFactory\b/).length)
      return yield notApplicable("the project makes its log records itself");
    for (const [name, handler] of config.handlers) {
      const formatter =
        handler.formatter === undefined ? undefined : config.formatters.get(handler.formatter);
      const fields = formatter && !handler.open ? addedFields(formatter) : [];
      const isFiltered = handler.filters.some(
        (filter) => !/^django\.utils\.log\.RequireDebug/.test(config.filters.get(filter)?.class ?? ""),
      );
      // NullHandler formats nothing.
      const isNull = handler.class === "logging.NullHandler";
      if (fields.length === 0 || isFiltered || isNull) continue;
      const users = [config.root, ...config.loggers.values()].filter(
        (logger) => logger?.handlers?.includes(name) && logger.filters.length === 0,
      );
      for (const field of fields) {
        const given =
          code?.mentioning(new RegExp(`["']${field}["']|\\.${field}\\s*=|\\b${field}=`)).length ?? 0;
        const shared = users.find((logger) => logger === config.root || logger?.name.startsWith("django"));
        if (!shared && (given > 0 || users.length === 0)) continue;
        yield fails(
          `LOGGING's formatter ${handler.formatter} has the field ${field}, which nothing puts on the records of the handler ${name}, so their lines are lost`,
          { at: formatter?.at ?? setting.at, fix: `"filters": ["${field}"],` },
        );
      }
    }
    yield evidence("the fields of the formats are known or filled in by filters", setting.at);
  },
});
