import { entryOf, textOf } from "../../../python/inspect.ts";
import type { Part } from "./config.ts";

/** What every record has. https://docs.python.org/3/library/logging.html#logrecord-attributes (3.14) */
const own: ReadonlySet<string> = new Set(
  "args asctime created exc_info exc_text filename funcName levelname levelno lineno message module msecs msg name pathname process processName relativeCreated stack_info taskName thread threadName".split(
    " ",
  ),
);

/** How a field is written, by style. */
const fields: Readonly<Record<string, RegExp>> = {
  "%": /%\((\w+)\)/g,
  "{": /(?<!\{)\{(\w+)[^{}]*\}/g,
  $: /\$\{?(\w+)/g,
};

/** What agents put on every record themselves. */
const byAgents = /^(?:otel|dd[._]|newrelic|nr_|trace_id$|span_id$|sentry)/;

/** The fields of a format that no record has by itself; none for a formatter of a class of its own. */
export function addedFields({ value, class: of, isMade, open }: Part): readonly string[] {
  if (isMade || open || of !== undefined || entryOf(value, "class") || entryOf(value, "defaults")) return [];
  const text = textOf(entryOf(value, "format"));
  const style = textOf(entryOf(value, "style")) ?? "%";
  const field = Object.hasOwn(fields, style) ? fields[style] : undefined;
  if (text === undefined || !field) return [];
  const found = [...text.matchAll(field)].map(([, name]) => name ?? "");
  return [...new Set(found)].filter((name) => !own.has(name) && !byAgents.test(name));
}
