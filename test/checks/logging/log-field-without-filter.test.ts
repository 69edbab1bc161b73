import { expect, test } from "vitest";
import check from "../../../src/checks/logging/log-field-without-filter.ts";
import { brief, runOn } from "../../support/run-on.ts";

const run = (settings: string, files: Readonly<Record<string, string>> = {}) =>
  runOn(check, {
    "manage.py": "import django\n",
    "shop/__init__.py": "",
    "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
    ...files,
  });
const logging = ({
  format = "%(levelname)s %(request_id)s %(message)s",
  formatter = "",
  handler = "",
  users = '"root": {"handlers": ["c"]}',
}) =>
  `LOGGING = {"version": 1, "disable_existing_loggers": False, "filters": {"id": {"()": "shop.logs.Id"}, "live": {"()": "django.utils.log.RequireDebugFalse"}}, "formatters": {"line": {"format": "${format}"${formatter}}}, "handlers": {"c": {"class": "logging.StreamHandler", "formatter": "line"${handler}}}, ${users}}\n`;

test.each([
  ["a field that nothing sets", logging({})],
  ["in braces", logging({ format: "{levelname} {request_id} {message}", formatter: ', "style": "{"' })],
  ["with dollars", logging({ format: "$levelname ${request_id} $message", formatter: ', "style": "$"' })],
  ["a filter of Django's, which sets nothing", logging({ handler: ', "filters": ["live"]' })],
])("its lines are lost: %s", async (_name, settings) => {
  expect(brief(await run(settings))).toEqual([
    expect.stringMatching(
      /^warning certain \S+ LOGGING's formatter line has the field request_id, which nothing puts/,
    ),
  ]);
});

test.each<[string, string, Readonly<Record<string, string>>?]>([
  ["a filter of the project's own", logging({ handler: ', "filters": ["id"]' })],
  ["fields that every record has", logging({ format: "%(asctime)s %(process)d %(taskName)s %(message)s" })],
  ["a formatter of its own class", logging({ formatter: ', "()": "shop.logs.Json"' })],
  ["a handler that formats nothing", logging({}).replace("logging.StreamHandler", "logging.NullHandler")],
  ["defaults", logging({ formatter: ', "defaults": {"request_id": "-"}' })],
  ["what an agent sets", logging({ format: "%(otelTraceID)s %(message)s" })],
  ["a handler that nobody uses", logging({ users: '"root": {}' })],
  ["a logger with the filter", logging({ users: '"root": {"handlers": ["c"], "filters": ["id"]}' })],
  [
    "the project's own logger, which is given the field",
    logging({ users: '"loggers": {"shop": {"handlers": ["c"]}}' }),
    { "shop/views.py": 'import logging\nlogging.getLogger("shop").info("x", extra={"request_id": 1})\n' },
  ],
  [
    "a record factory",
    logging({}),
    { "shop/logs.py": "import logging\nlogging.setLogRecordFactory(make)\n" },
  ],
])("silent: %s", async (_name, settings, files) => {
  expect((await run(settings, files)).findings).toEqual([]);
});
