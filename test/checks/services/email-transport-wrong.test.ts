import { expect, test } from "vitest";
import check from "../../../src/checks/services/email-transport-wrong.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const host = 'EMAIL_HOST = "smtp.example.com"\n';

test.each([
  [
    // Django 5.2: ValueError when the backend is made.
    "EMAIL_USE_TLS = True\nEMAIL_USE_SSL = True",
    "error certain shop/settings.py:3:17 EMAIL_USE_TLS and EMAIL_USE_SSL are both on, so every mail ends in a ValueError",
  ],
  [
    "EMAIL_PORT = 465\nEMAIL_USE_TLS = True",
    "warning certain shop/settings.py:2:14 EMAIL_PORT is 465, which begins with TLS, and EMAIL_USE_TLS waits for a greeting first, so a mail hangs",
  ],
  [
    "EMAIL_PORT = 465",
    "warning certain shop/settings.py:2:14 EMAIL_PORT is 465, which begins with TLS, and EMAIL_USE_SSL is off, so a mail hangs",
  ],
  [
    "EMAIL_PORT = '587'\nEMAIL_USE_SSL = True",
    "warning certain shop/settings.py:2:14 EMAIL_PORT is 587, which begins in the clear, and EMAIL_USE_SSL begins with TLS, so no mail is sent",
  ],
])("reports %j", async (text, expected) => {
  expect(brief(await runOn(check, settingsOnly(host + text)))).toEqual([expected]);
});

test.each([
  ["587 with TLS", "passed", `${host}EMAIL_PORT = 587\nEMAIL_USE_TLS = True`],
  ["465 with SSL", "passed", `${host}EMAIL_PORT = 465\nEMAIL_USE_SSL = True`],
  ["another port", "passed", `${host}EMAIL_PORT = 2525\nEMAIL_USE_SSL = True`],
  ["nothing of it", "skipped", host],
  [
    "a backend for a service",
    "skipped",
    'EMAIL_BACKEND = "anymail.backends.mailgun.EmailBackend"\nEMAIL_PORT = 465',
  ],
  ["a relay at hand", "passed", 'EMAIL_HOST = "localhost"\nEMAIL_PORT = 465'],
  ["MAILERS", "skipped", "MAILERS = {}\nEMAIL_PORT = 465"],
  [
    "what the environment decides",
    "passed",
    `import os\n${host}EMAIL_PORT = int(os.environ["EMAIL_PORT"])\nEMAIL_USE_SSL = True`,
  ],
  [
    "values that cannot be read",
    "passed",
    `from elsewhere import x\n${host}EMAIL_PORT = x\nEMAIL_USE_SSL = x`,
  ],
])("is silent about %s", async (_, status, text) => {
  const result = await runOn(check, settingsOnly(text));
  expect([...brief(result), result.status]).toEqual([status]);
});
