import { expect, test } from "vitest";
import check from "../../../src/checks/services/email-backend-not-sending.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";

const sends = {
  "orders/views.py":
    "from django.core.mail import send_mail\n\ndef pay(request):\n    send_mail('a', 'b', 'c@d.e', [request.user.email])\n",
};
const backend = (name: string) => `"django.core.mail.backends.${name}.EmailBackend"`;

test.each([
  ["console", "writes mails to the log"],
  ["filebased", "writes mails to files"],
  ["locmem", "keeps mails in memory"],
  ["dummy", "throws mails away"],
])("reports the backend %s", async (name, does) => {
  expect(brief(await runOn(check, settingsOnly(`EMAIL_BACKEND = ${backend(name)}`, sends)))).toEqual([
    `error certain shop/settings.py:1:17 EMAIL_BACKEND ${does}, and send_mail() wants to send some`,
  ]);
});

test("the fix replaces the backend, and not the host alone", async () => {
  const { findings } = await runOn(check, settingsOnly(`EMAIL_BACKEND = ${backend("console")}`, sends));
  expect(findings).toMatchObject([
    { fix: `import os\nEMAIL_HOST = os.environ["EMAIL_HOST"]\nEMAIL_BACKEND = ${backend("smtp")}` },
  ]);
});

test("reports a fallback as a warning", async () => {
  const text = `import os\nEMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", ${backend("console")})`;
  expect(brief(await runOn(check, settingsOnly(text, sends)))).toEqual([
    "warning conditional shop/settings.py:2:49 EMAIL_BACKEND writes mails to the log, and send_mail() wants to send some",
  ]);
});

test("reports mail of an installed app as a warning", async () => {
  const text = `INSTALLED_APPS = ["allauth.account"]\nEMAIL_BACKEND = ${backend("console")}`;
  expect(brief(await runOn(check, settingsOnly(text)))).toEqual([
    "warning certain shop/settings.py:2:17 EMAIL_BACKEND writes mails to the log, and allauth.account wants to send some",
  ]);
});

test("reports the password reset that Django's own addresses bring", async () => {
  const urls = {
    "shop/urls.py":
      'from django.urls import include, path\nurlpatterns = [path("a/", include("django.contrib.auth.urls"))]\n',
  };
  expect(brief(await runOn(check, settingsOnly(`EMAIL_BACKEND = ${backend("dummy")}`, urls)))).toEqual([
    "error certain shop/settings.py:1:17 EMAIL_BACKEND throws mails away, and the password reset wants to send some",
  ]);
});

test.each([
  [
    "no host",
    "DEBUG = False",
    "warning certain orders/views.py:4:5 no EMAIL_HOST is set, so send_mail() looks for a mail server on localhost",
  ],
  [
    "localhost",
    'EMAIL_HOST = "localhost"',
    'warning certain shop/settings.py:1:14 EMAIL_HOST is "localhost", where no mail server answers, and send_mail() wants to send mail',
  ],
])("reports %s in a container of its own", async (_, text, expected) => {
  expect(brief(await runOn(check, settingsOnly(text, { ...sends, ...onHeroku })))).toEqual([expected]);
});

test.each([
  ["a project that sends no mail", "skipped", `EMAIL_BACKEND = ${backend("console")}`, {}],
  [
    "mail with a connection of its own",
    "skipped",
    `EMAIL_BACKEND = ${backend("console")}`,
    {
      "a.py": "from django.core.mail import EmailMessage\nEmailMessage('a', 'b', connection=mine)\n",
    },
  ],
  [
    "tests that send mail",
    "skipped",
    `EMAIL_BACKEND = ${backend("console")}`,
    { "orders/tests/test_mail.py": sends["orders/views.py"] },
  ],
  [
    "development alone",
    "passed",
    `DEBUG = False\nif DEBUG:\n    EMAIL_BACKEND = ${backend("console")}`,
    sends,
  ],
  ["a backend of somebody else", "passed", 'EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"', sends],
  [
    "a backend that the environment names",
    "passed",
    'import os\nEMAIL_BACKEND = os.environ["EMAIL_BACKEND"]',
    sends,
  ],
  ["MAILERS", "skipped", `MAILERS = {}\nEMAIL_BACKEND = ${backend("console")}`, sends],
  ["no host where a relay may be at hand", "passed", "DEBUG = False", sends],
  [
    "a backend that cannot be read",
    "passed",
    "from elsewhere import chosen\nEMAIL_BACKEND = chosen()",
    sends,
  ],
  ["a value of another type", "passed", "EMAIL_BACKEND = 3", sends],
])("is silent about %s", async (_, status, text, more) => {
  const result = await runOn(check, settingsOnly(text, more));
  expect([...brief(result), result.status]).toEqual([status]);
});

test("is a warning where other settings of the project send mail", async () => {
  const other = {
    "shop/live_settings.py": `from shop.settings import *\nEMAIL_BACKEND = ${backend("smtp")}\n`,
  };
  const result = await runOn(
    check,
    settingsOnly(`EMAIL_BACKEND = ${backend("console")}`, { ...sends, ...other }),
  );
  expect(brief(result)).toEqual([
    "warning conditional shop/settings.py:1:17 EMAIL_BACKEND writes mails to the log, and send_mail() wants to send some",
  ]);
});
