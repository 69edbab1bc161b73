import { expect, test } from "vitest";
import check from "../../../src/checks/logging/mail-admins-misconfigured.ts";
import { brief, runOn } from "../../support/run-on.ts";

const run = (settings: string) =>
  runOn(check, {
    "manage.py": "import django\n",
    "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\n${settings}`,
  });
const admins = 'ADMINS = [("Ops", "ops@example.com")]\n';
const far = 'EMAIL_HOST = "smtp.example.com"\n';
const own = 'SERVER_EMAIL = "errors@example.com"\n';
const mail = (option: string) =>
  `LOGGING = {"version": 1, "disable_existing_loggers": False, "handlers": {"mail": {"class": "django.utils.log.AdminEmailHandler"${option}}}, "loggers": {"django": {"handlers": ["mail"]}}}\n`;

test("no server sends for root@localhost", async () => {
  expect(brief(await run(admins + far))).toEqual([
    expect.stringMatching(
      /^warning certain \S+ mail about errors is sent from root@localhost \(SERVER_EMAIL\)/,
    ),
  ]);
});

test("HTML mails hold what should not be mailed", async () => {
  expect(brief(await run(admins + far + own + mail(', "include_html": True')))).toEqual([
    expect.stringMatching(
      /^warning certain \S+ LOGGING's handler mail mails the local variables and the settings/,
    ),
  ]);
});

test.each([
  ["a sender", admins + far + own],
  ["a mail server on the same machine", admins],
  ["another backend", `${admins}${far}EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"\n`],
])("fine: %s", async (_name, settings) => {
  expect((await run(settings)).status).toBe("passed");
});

test.each([
  ["nobody is told", far + mail("")],
  ["the environment says who is told", `ADMINS = os.environ["ADMINS"]\n${far}`],
  [
    "LOGGING has no handler that mails",
    `${admins}${far}LOGGING = {"version": 1, "handlers": {"c": {"class": "logging.StreamHandler"}}, "loggers": {"django": {"handlers": ["c"]}}}\n`,
  ],
])("not asked: %s", async (_name, settings) => {
  expect((await run(settings)).findings.filter(({ certainty }) => certainty === "unknown")).toEqual([]);
});
