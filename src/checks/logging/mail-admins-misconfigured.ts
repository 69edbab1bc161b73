import { defineCheck } from "../../check.ts";
import { loggingConfig } from "../../facts/django/logging/config.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { entryOf, textOf, truthOf } from "../../python/inspect.ts";
import { start, toConsole } from "../example-logging.ts";

const mail = (options: string) =>
  toConsole
    .replace(
      '{"console": {"class": "logging.StreamHandler"}}',
      `{\n        "console": {"class": "logging.StreamHandler"},\n        "mail": {"class": "django.utils.log.AdminEmailHandler", "level": "ERROR"${options}},\n    }`,
    )
    .replace('["console"]', '["console", "mail"]');
const admins = 'ADMINS = ["ops@example.com"]\nEMAIL_HOST = "smtp.example.com"\n';
const sender = 'SERVER_EMAIL = "errors@example.com"\n';

export default defineCheck({
  id: "mail-admins-misconfigured",
  title: "Mail about errors arrives, and holds no secrets",
  area: "logging",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "Django mails errors to ADMINS from SERVER_EMAIL, which is root@localhost unless it is set: most mail servers refuse to send for that address. With `include_html` the mail holds the values of every local variable and of the settings.",
    fix: `Say who gets the mail, and who sends it:\n\n\`\`\`python\nADMINS = ["ops@example.com"]\n${sender}\`\`\``,
    bad: { "shop/settings.py": start + admins + mail("") },
    good: { "shop/settings.py": start + admins + sender + mail("") },
    notReported: [
      "No ADMINS, so that no mail is sent: `errors-invisible` asks where errors go.",
      "A mail server on localhost, and a backend that sends no mail: `email-backend-not-sending`.",
      "ADMINS that the environment gives.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/howto/error-reporting/#email-reports"],
  },
  *run({ settings }) {
    const admins = settings.get("ADMINS");
    const setting = settings.get("LOGGING");
    if (setting.value.kind === "opaque")
      return yield notApplicable(`LOGGING cannot be read statically: it ${setting.value.because}`);
    const config = loggingConfig(setting);
    const handlers = [...(config?.handlers.values() ?? [])].filter(
      ({ class: of }) => of === "django.utils.log.AdminEmailHandler",
    );
    // Django's own handler is there unless the logger `django` is set up anew.
    if (handlers.length === 0 && (config?.loggers.has("django") || config?.open))
      return yield notApplicable("LOGGING mails nothing to ADMINS");
    if (truthOf(admins.value) === false) return yield notApplicable("ADMINS is empty, so no mail is sent");
    if (truthOf(admins.value) === undefined) return yield notApplicable("who ADMINS are is not known");
    for (const { name, value, at } of handlers) {
      const html = entryOf(value, "include_html");
      if (html && truthOf(html) === true)
        yield fails(
          `LOGGING's handler ${name} mails the local variables and the settings of every error (include_html)`,
          { at: html.at ?? at, fix: '"include_html": False,' },
        );
    }
    const from = settings.get("SERVER_EMAIL");
    const host = settings.get("EMAIL_HOST");
    const smtp =
      textOf(settings.get("EMAIL_BACKEND").value) === "django.core.mail.backends.smtp.EmailBackend";
    const isFar =
      host.explicit && !/^(?:localhost|127\.|\[?::1|mail(?:hog|pit)?$)/.test(textOf(host.value) ?? "");
    if (textOf(from.value) === "root@localhost" && smtp && isFar)
      return yield fails(
        "mail about errors is sent from root@localhost (SERVER_EMAIL), which a mail server refuses",
        {
          at: from.explicit ? from.at : admins.at,
          fix: 'SERVER_EMAIL = "errors@example.com"',
        },
      );
    yield evidence("ADMINS get mail about errors", admins.at);
  },
});
