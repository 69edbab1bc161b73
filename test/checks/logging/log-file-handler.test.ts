import { expect, test } from "vitest";
import check from "../../../src/checks/logging/log-file-handler.ts";
import { brief, runOn } from "../../support/run-on.ts";

const logging = (rest: string) =>
  `from pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\nLOGGING = {"version": 1, "handlers": {"file": {"class": "logging.FileHandler", ${rest}}}}\n`;
const run = (settings: string, files: Readonly<Record<string, string>> = {}, platform = "heroku") =>
  runOn(
    check,
    {
      "manage.py": "import django\n",
      Procfile: "web: gunicorn shop.wsgi\n",
      "requirements.txt": "django==5.2\ngunicorn\n",
      "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
      ...files,
    },
    { platform },
  );
const inLogs = logging('"filename": BASE_DIR / "logs" / "django.log"');

test("a folder that is not there stops everything", async () => {
  expect(brief(await run(inLogs))).toEqual([
    expect.stringMatching(
      /^error certain \S+ LOGGING's handler file opens a file in logs, a folder that the repository does not have/,
    ),
  ]);
  expect(brief(await run(logging('"filename": "logs/django.log"')))).toEqual([
    expect.stringMatching(/^error certain/),
  ]);
});

test("a file that is opened late is a warning", async () => {
  expect(brief(await run(logging('"filename": BASE_DIR / "logs" / "x.log", "delay": True')))).toEqual([
    expect.stringMatching(/^warning certain \S+ LOGGING's handler file writes to a file in logs/),
  ]);
});

test.each([
  ["a folder of the repository", inLogs, { "logs/.gitkeep": "" }],
  ["the project's own folder", logging('"filename": BASE_DIR / "django.log"'), {}],
  ["a folder of the machine's", logging('"filename": "/var/log/shop.log"'), {}],
  ["a folder that the settings make", `${inLogs}os.makedirs(BASE_DIR / "logs", exist_ok=True)\n`, {}],
  ["a folder that the start makes", inLogs, { Procfile: "web: mkdir -p logs && gunicorn shop.wsgi\n" }],
])("on a disk that is thrown away it is a warning: %s", async (_name, settings, files) => {
  expect(brief(await run(settings, files))).toEqual([
    expect.stringMatching(
      /^warning certain \S+ LOGGING's handler file writes to .*, which Heroku throws away/,
    ),
  ]);
});

test("a machine of one's own keeps its disk, and may have the folder", async () => {
  expect((await run(inLogs, {}, "pythonanywhere")).findings).toEqual([]);
});

test.each([
  ["standard output", logging('"filename": "/dev/stdout"')],
  ["a stream", 'LOGGING = {"version": 1, "handlers": {"c": {"class": "logging.StreamHandler"}}}\n'],
])("fine: %s", async (_name, settings) => {
  expect((await run(settings)).status).toBe("passed");
});

test.each([
  ["a file that the environment names", logging('"filename": os.environ["LOG_FILE"]')],
  ["no LOGGING", ""],
])("not asked: %s", async (_name, settings) => {
  expect((await run(settings)).status).toBe("skipped");
});
