import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loggingConfig } from "../../../../src/facts/django/logging/config.ts";
import { errorsGo } from "../../../../src/facts/django/logging/errors.ts";
import { factOf } from "../../../support/facts.ts";
import { hasPython, python } from "../../../support/python.ts";

const stream = '"console": {"class": "logging.StreamHandler"}';
const debugOnly =
  '"filters": {"dev": {"()": "django.utils.log.RequireDebugTrue"}}, "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["dev"]}}';
const keep = '"version": 1, "disable_existing_loggers": False';

/** LOGGING, where an error goes, and whether it would be seen if nothing were disabled. */
type Row = readonly [name: string, settings: string, to: string, disabled?: true];
const cases: readonly Row[] = [
  ["nothing is set", "", "mail"],
  [
    "root prints",
    `LOGGING = {${keep}, "handlers": {${stream}}, "root": {"handlers": ["console"]}}`,
    "console",
  ],
  [
    "root under its empty name",
    `LOGGING = {${keep}, "handlers": {${stream}}, "loggers": {"": {"handlers": ["console"]}}}`,
    "console",
  ],
  [
    "root prints, and Django's loggers are disabled",
    `LOGGING = {"version": 1, "handlers": {${stream}}, "root": {"handlers": ["console"]}}`,
    "nowhere",
    true,
  ],
  [
    "they are disabled by name",
    `LOGGING = {"version": 1, "disable_existing_loggers": True, "handlers": {${stream}}, "root": {"handlers": ["console"]}}`,
    "nowhere",
    true,
  ],
  [
    "a logger that is named is not disabled, nor are those below it",
    `LOGGING = {"version": 1, "handlers": {${stream}}, "loggers": {"django": {"handlers": ["console"]}}}`,
    "console",
  ],
  [
    "the logger of requests alone",
    `LOGGING = {"version": 1, "handlers": {${stream}}, "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}}}`,
    "console",
  ],
  [
    "a named logger that hands on to root",
    `LOGGING = {"version": 1, "handlers": {${stream}}, "root": {"handlers": ["console"]}, "loggers": {"django": {"level": "INFO"}}}`,
    "console",
  ],
  [
    "a named logger that hands on to nobody, which Python then prints itself",
    `LOGGING = {${keep}, "handlers": {${stream}}, "root": {"handlers": ["console"]}, "loggers": {"django": {"propagate": False}}}`,
    "console",
  ],
  [
    "no handler at all, which Python then prints itself",
    `LOGGING = {${keep}, "loggers": {"django": {"level": "INFO"}}}`,
    "console",
  ],
  [
    "the project's own logger alone",
    `LOGGING = {${keep}, "handlers": {${stream}}, "loggers": {"shop": {"handlers": ["console"]}}}`,
    "mail",
  ],
  [
    "a handler for development",
    `LOGGING = {${keep}, ${debugOnly}, "root": {"handlers": ["console"]}}`,
    "mail",
  ],
  [
    "a level above errors",
    `LOGGING = {${keep}, "handlers": {"console": {"class": "logging.StreamHandler", "level": "CRITICAL"}}, "root": {"handlers": ["console"]}}`,
    "mail",
  ],
  [
    "a logger above errors",
    `LOGGING = {${keep}, "handlers": {${stream}}, "loggers": {"django": {"handlers": ["console"], "level": "CRITICAL"}}}`,
    "nowhere",
  ],
  [
    "a handler to nowhere",
    `LOGGING = {${keep}, "handlers": {"null": {"class": "logging.NullHandler"}}, "loggers": {"django": {"handlers": ["null"]}}}`,
    "nowhere",
  ],
  [
    "a file",
    `LOGGING = {${keep}, "handlers": {"file": {"class": "logging.FileHandler", "filename": "/tmp/deploy-check-test.log"}}, "loggers": {"django": {"handlers": ["file"], "propagate": False}}}`,
    "file",
  ],
  [
    "a file that is standard output",
    `LOGGING = {${keep}, "handlers": {"file": {"class": "logging.FileHandler", "filename": "/dev/stdout"}}, "loggers": {"django": {"handlers": ["file"]}}}`,
    "console",
  ],
  [
    "standard output",
    `LOGGING = {${keep}, "handlers": {"console": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout"}}, "root": {"handlers": ["console"], "level": "WARNING"}}`,
    "console",
  ],
  [
    "mails and the console",
    `LOGGING = {${keep}, "handlers": {"mail": {"class": "django.utils.log.AdminEmailHandler"}, ${stream}}, "loggers": {"django.request": {"handlers": ["mail"], "propagate": True}}, "root": {"handlers": ["console"]}}`,
    "console",
  ],
  [
    "mails alone",
    `LOGGING = {${keep}, "handlers": {"mail": {"class": "django.utils.log.AdminEmailHandler"}, ${stream}}, "loggers": {"django.request": {"handlers": ["mail"], "propagate": False}}, "root": {"handlers": ["console"]}}`,
    "mail",
  ],
];

async function goes(text: string) {
  const settings = await factOf("settings", {
    "manage.py": "import django\n",
    "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${text}\n`,
  });
  return errorsGo(loggingConfig(settings.get("LOGGING")), false);
}

test.each(cases.map((row) => ({ row, name: row[0] })))("$name", async ({ row: [, text, to, disabled] }) => {
  expect(await goes(text)).toEqual({ to, disabled: disabled ?? false });
});

test("what is not known is not guessed", async () => {
  const unknown = `LOGGING = {${keep}, "handlers": {${stream}}, "root": {"handlers": os.listdir("/")}}`;
  expect((await goes(unknown)).to).toBe("unknown");
});

test.skipIf(!hasPython("django"))(
  "Django prints an error where it goes to the console, and nowhere else (needs Python with Django)",
  () => {
    const answers: unknown = JSON.parse(
      execFileSync(python, [join(import.meta.dirname, "real.py")], {
        input: JSON.stringify(cases.map(([, text]) => text)),
        encoding: "utf8",
      }),
    );
    expect(answers).toEqual(cases.map(([, , to]) => ({ seen: to === "console", fails: false })));
  },
);
