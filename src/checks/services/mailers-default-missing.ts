import { defineCheck } from "../../check.ts";
import { notApplicable } from "../../finding.ts";
import { asDjango } from "../told-by-django.ts";

const requirements = { "requirements.txt": "django==6.1\n" };
const smtp = '{"BACKEND": "django.core.mail.backends.smtp.EmailBackend"}';

export default defineCheck({
  id: "mailers-default-missing",
  title: "MAILERS has a default that sends mail",
  area: "services",
  severity: "error",
  django: ["mail.W001", "mail.E001"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "From Django 6.1 on MAILERS says how mail is sent. Without an entry `default`, `send_mail()` and password resets end in an exception; with a backend for development in it mails go to the log, to a file or nowhere.",
    fix: `Give it a default that sends:\n\n\`\`\`python\nMAILERS = {"default": ${smtp}}\n\`\`\``,
    bad: {
      ...requirements,
      "shop/settings.py": `MAILERS = {"news": ${smtp}}\nROOT_URLCONF = "shop.urls"\n`,
    },
    good: {
      ...requirements,
      "shop/settings.py": `MAILERS = {"default": ${smtp}}\nROOT_URLCONF = "shop.urls"\n`,
    },
    notReported: [
      "A default that a variable brings, which is unset: a warning.",
      "Django before 6.1, and a project that does not set MAILERS.",
    ],
    links: ["https://docs.djangoproject.com/en/dev/ref/settings/#mailers"],
  },
  *run({ settings, systemChecks }) {
    if (!settings.get("MAILERS").explicit) return yield notApplicable("MAILERS is not set");
    const unset = systemChecks.cures(["mail.W001", "mail.E001"], "MAILERS").length > 0;
    const isMissing = systemChecks.answer("mail.W001") === true;
    yield* asDjango({ settings, systemChecks }, ["mail.W001", "mail.E001"], {
      setting: "MAILERS",
      fails: isMissing
        ? 'MAILERS has no "default", so send_mail() ends in an exception'
        : 'the "default" of MAILERS has a backend for development, so no mail leaves the machine',
      passes: "MAILERS has a default that sends mail",
      fix: `"default": ${smtp},  # in MAILERS`,
      ...(unset && { severity: "warning" }),
    });
  },
});
