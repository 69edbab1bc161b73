import { expect, test } from "vitest";
import { factOf } from "../support/facts.ts";
import { settingsOnly } from "../support/settings.ts";

test.each([
  ["from django.core import mail\nmail.EmailMessage('a').send()\n", "EmailMessage"],
  ["def greet(user):\n    user.email_user('a', 'b')\n", "email_user()"],
  ["from django.contrib.auth import views\nview = views.PasswordResetView.as_view()\n", "PasswordResetView"],
  ["from django.core.mail import mail_admins\nmail_admins('a', 'b')\n", undefined],
  ["from mine import send_mail\nsend_mail('a')\n", undefined],
])("%j sends mail by %s", async (text, by) => {
  const mail = await factOf("mail", settingsOnly("DEBUG = False", { "orders/a.py": text }));
  expect(mail.sentAt?.by).toBe(by);
});
