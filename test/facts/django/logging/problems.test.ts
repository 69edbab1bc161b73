import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loggingConfig } from "../../../../src/facts/django/logging/config.ts";
import { loggingProblems } from "../../../../src/facts/django/logging/problems.ts";
import { factOf } from "../../../support/facts.ts";
import { hasPython, python } from "../../../support/python.ts";

const one = (rest: string) => `LOGGING = {"version": 1, "disable_existing_loggers": False, ${rest}}`;
const handler = (rest: string) => one(`"handlers": {"h": {${rest}}}`);

/** LOGGING, and what is wrong with it: nothing, or a part of our sentence. */
const cases: readonly (readonly [settings: string, problem: string | undefined])[] = [
  [one('"handlers": {"c": {"class": "logging.StreamHandler"}}, "root": {"handlers": ["c"]}'), undefined],
  ['LOGGING = {"handlers": {}}', "LOGGING has no version"],
  ['LOGGING = {"version": 2}', "LOGGING has the version 2"],
  ['LOGGING = {"version": "1"}', 'LOGGING has the version "1"'],
  [one('"root": {"handlers": ["c"]}'), "LOGGING's root logger has the handler c, which is not defined"],
  [one('"loggers": {"shop": {"handlers": ["c"]}}'), "logger shop has the handler c, which is not defined"],
  [one('"loggers": {"": {"handlers": ["c"]}}'), 'logger "" has the handler c'],
  [handler('"class": "logging.StreamHandler", "formatter": "f"'), "the formatter f, which is not defined"],
  [handler('"class": "logging.StreamHandler", "filters": ["f"]'), "the filter f, which is not defined"],
  [one('"loggers": {"shop": {"filters": ["f"]}}'), "the filter f, which is not defined"],
  [handler('"class": "logging.StreamHandler", "level": "info"'), 'the level "info", which is none'],
  [handler('"class": "logging.StreamHandler", "level": "WARN"'), undefined],
  [handler('"class": "logging.StreamHandler", "level": 15'), undefined],
  [one('"root": {"level": "verbose"}'), 'the level "verbose"'],
  [one('"root": {"level": ""}'), 'the level ""'],
  [handler('"level": "INFO"'), "handler h has no class"],
  [handler('"()": "logging.StreamHandler"'), undefined],
  [handler('"class": "logging.RotatingFileHandler", "filename": "/tmp/x"'), "which logging does not have"],
  [handler('"class": "logging.handlers.StreamHandler"'), "which logging.handlers does not have"],
  [handler('"class": "logging.StreamHandler", "filename": "/tmp/x"'), "has the option filename"],
  [handler('"class": "logging.FileHandler"'), "is a logging.FileHandler without a filename"],
  [
    handler('"class": "logging.FileHandler", "filename": "/tmp/dc-x", "maxBytes": 5'),
    "has the option maxBytes",
  ],
  [
    handler(
      '"class": "logging.handlers.RotatingFileHandler", "filename": "/tmp/dc-x", "maxBytes": 5, "backupCount": 1, "delay": True',
    ),
    undefined,
  ],
  [
    handler(
      '"class": "logging.handlers.TimedRotatingFileHandler", "filename": "/tmp/dc-x", "when": "D", "interval": 1, "utc": True',
    ),
    undefined,
  ],
  [
    handler('"class": "logging.handlers.TimedRotatingFileHandler", "filename": "/tmp/dc-x", "maxBytes": 1'),
    "has the option maxBytes",
  ],
  [one('"formatters": {"f": {"format": "{levelname} {message}"}}'), "has no field in the style %"],
  [one('"formatters": {"f": {"format": "{levelname} {message}", "style": "{"}}'), undefined],
  [one('"formatters": {"f": {"format": "%(message)s", "style": "{"}}'), "has no field in the style {"],
  [one('"formatters": {"f": {"format": "$message", "style": "$"}}'), undefined],
  [one('"formatters": {"f": {"format": "%(message)s", "style": "$"}}'), "has no field in the style $"],
  [one('"formatters": {"f": {"format": "x", "style": "@"}}'), "which is none of"],
  [one('"formatters": {"f": {"format": "%(asctime)-15s %(message)s", "datefmt": "%H"}}'), undefined],
  [one('"formatters": {"f": {"format": "plain"}}'), "has no field in the style %"],
  [
    one(
      '"formatters": {"f": {"()": "django.utils.log.ServerFormatter", "format": "[{server_time}] {message}", "style": "{"}}',
    ),
    undefined,
  ],
  [one('"formatters": {"f": {}}'), undefined],
  [
    one('"filters": {"f": {"()": "django.utils.log.RequireDebugOff"}}'),
    "which django.utils.log does not have",
  ],
  [one('"filters": {"f": {"()": "django.utils.log.RequireDebugFalse"}}'), undefined],
];

async function problemsOf(text: string) {
  const settings = await factOf("settings", {
    "manage.py": "import django\n",
    "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${text}\n`,
  });
  const config = loggingConfig(settings.get("LOGGING"));
  return config ? loggingProblems(config).map(({ message }) => message) : [];
}

test.each(cases)("%s", async (text, problem) => {
  expect(await problemsOf(text)).toEqual(problem === undefined ? [] : [expect.stringContaining(problem)]);
});

test("what is not known is taken to be right", async () => {
  const unknown = [
    'LOGGING = {"version": 1, "handlers": {"c": {"class": os.listdir("/")[0], "level": os.environ["LEVEL"]}}}',
    'LOGGING = {"version": 1, "handlers": {**dict(os.listdir("/"))}, "root": {"handlers": ["c"]}}',
  ];
  for (const text of unknown) expect(await problemsOf(text)).toEqual([]);
});

test.skipIf(!hasPython("django"))("Django refuses the same (needs Python with Django)", () => {
  const answers = JSON.parse(
    execFileSync(python, [join(import.meta.dirname, "real.py")], {
      input: JSON.stringify(cases.map(([text]) => text)),
      encoding: "utf8",
    }),
  );
  const refused = (answers as readonly { invalid?: string }[]).map(({ invalid }, index) => [
    cases[index]?.[0],
    invalid !== undefined,
  ]);
  expect(refused).toEqual(cases.map(([text, problem]) => [text, problem !== undefined]));
});
