import { defineCheck } from "../../check.ts";
import type { Code } from "../../facts/code.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { bad, good, judge } from "../../facts/django/judge.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { isForDevelopment } from "../../facts/django/settings-names.ts";
import { leftUnset, whenUnset } from "../../facts/django/unset.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { besidesOnLocalhost } from "../../platforms/rules.ts";
import { textOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const smtp = "django.core.mail.backends.smtp.EmailBackend";

/** Where mail goes with Django's backends for development, and those of others. */
const sinks: Readonly<Record<string, string>> = {
  "django.core.mail.backends.console.EmailBackend": "writes mails to the log",
  "django.core.mail.backends.filebased.EmailBackend": "writes mails to files",
  "django.core.mail.backends.locmem.EmailBackend": "keeps mails in memory",
  "django.core.mail.backends.dummy.EmailBackend": "throws mails away",
  "anymail.backends.console.EmailBackend": "writes mails to the log",
  "anymail.backends.test.EmailBackend": "keeps mails in memory",
};

/** Variables that choose how mail is sent, by their names. */
const choosing =
  /MAIL\w{0,40}_(?:BACKEND|STRATEGY|MODE|PROVIDER|TRANSPORT|SERVICE|ENGINE)|(?:^|_)(?:USE|ENABLE|SEND)(?:_\w{1,40})?_(?:E?MAILS?|SMTP)$/;

const settings = (mail: string) =>
  `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\n${mail}ROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`;
const sending = {
  ...shop,
  "orders/views.py":
    'from django.core.mail import send_mail\n\n\ndef pay(request):\n    send_mail("Thank you", "It is on its way", "shop@example.com", [request.user.email])\n',
};

export default defineCheck({
  id: "email-backend-not-sending",
  title: "Mail is sent",
  area: "services",
  severity: "error",
  needs: ["settings", "mail", "deployment"],
  wants: ["code"],
  docs: {
    why: 'A backend for development takes every mail and sends none. Password resets say "we have mailed you", and nobody gets anything. Without a host Django looks for a mail server on its own machine, which no container has.',
    fix: 'Send through a server that the environment names:\n\n```python\nEMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"\nEMAIL_HOST = os.environ["EMAIL_HOST"]\nEMAIL_HOST_USER = os.environ["EMAIL_HOST_USER"]\nEMAIL_HOST_PASSWORD = os.environ["EMAIL_HOST_PASSWORD"]\nEMAIL_PORT = 587\nEMAIL_USE_TLS = True\n```',
    bad: {
      ...sending,
      "shop/settings.py": settings('EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"\n'),
    },
    good: { ...sending, "shop/settings.py": settings('EMAIL_HOST = os.environ["EMAIL_HOST"]\n') },
    notReported: [
      "A project that sends no mail, as far as its code and its apps tell.",
      "A backend for development that only development reaches.",
      "Backends that others make, whatever they do.",
      "MAILERS of Django 6.1: `mailers-default-missing` tells of it.",
      "A backend that a variable or other settings of the project replace, and mail that only an installed app sends, are warnings.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/email/#email-backends"],
  },
  *run({ settings, mail: { sentAt, sentByApp }, deployment: { platform }, code }) {
    if (settings.get("MAILERS").explicit)
      return yield notApplicable("MAILERS is set: mailers-default-missing");
    const by = sentAt?.by ?? sentByApp;
    if (by === undefined) return yield notApplicable("nothing is found that sends mail");
    const setting = settings.get("EMAIL_BACKEND");
    if (isForDevelopment(settings.module) || /(?:^|\.)tests?\./.test(settings.module))
      return yield notApplicable(`${settings.module} is no module for production`);
    // What a variable of that name decides may not show in the value: through an Enum, for one.
    const switches = settings.reads.map(({ name }) => name).filter((name) => choosing.test(name));
    const named = leftUnset(settings, setting.value.env, setting.env);
    const unset = named.length > 0 ? named : leftUnset(settings, switches);
    const other = unset.length > 0 ? undefined : otherModule(code, settings);
    const when = [
      ...whenUnset(unset),
      ...(other === undefined ? [] : [`production loads ${settings.module}, and not ${other}`]),
    ];
    const findings = [
      ...judge(
        setting,
        (value) => {
          const name = textOf(value);
          if (name === undefined) return good;
          const does = Object.hasOwn(sinks, name) ? sinks[name] : undefined;
          return does === undefined ? good : bad(`${does}, and ${by} wants to send some`);
        },
        {
          fix: `${assignment(settings, "EMAIL_HOST", "text", "EMAIL_HOST")}\nEMAIL_BACKEND = "${smtp}"`,
          when,
          ...((when.length > 0 || !sentAt) && { severity: "warning" }),
        },
      ),
    ];
    yield* findings;
    if (findings.length > 0) return;
    if (textOf(setting.value) !== smtp)
      return yield evidence("mail goes through a backend of its own", setting.at);
    const host = settings.get("EMAIL_HOST");
    const where = textOf(host.value);
    const local = where !== undefined && /^(?:localhost|127\.0\.0\.1|::1|)$/.test(where);
    if (!local || besidesOnLocalhost(platform) !== "nothing")
      return yield evidence("mail goes to the server that EMAIL_HOST names", host.at);
    // Other settings than those of this deployment may say how mail is sent, and those may be meant.
    if (
      !host.explicit &&
      code &&
      code.mentioning(/\bEMAIL_(?:HOST|BACKEND)\s*(?::[^=\n]{0,100})?=[^=]/).length > 0
    )
      return yield notApplicable("another module of the project says how mail is sent");
    const variables = leftUnset(settings, host.value.env, host.env);
    yield fails(
      host.explicit
        ? `EMAIL_HOST is "${where}", where no mail server answers, and ${by} wants to send mail`
        : `no EMAIL_HOST is set, so ${by} looks for a mail server on localhost`,
      {
        at: host.explicit ? host.at : sentAt?.at,
        severity: "warning",
        when: whenUnset(variables),
        fix: assignment(settings, "EMAIL_HOST", "text", "EMAIL_HOST"),
      },
    );
  },
});

/** Another file of the project's settings that says how mail is sent: a dashboard may name that one. */
function otherModule(code: Code | undefined, { file }: Settings): string | undefined {
  const sending =
    /\bEMAIL_BACKEND\s*(?::[^=\n]{0,100})?=\s*["'](?!django\.core\.mail\.backends\.(?!smtp)|anymail\.backends\.(?:console|test))/;
  return code
    ?.mentioning(sending)
    .map(({ path }) => path)
    .find((path) => path !== file && !isForDevelopment(path.replace(/\.py$/, "").replaceAll("/", ".")));
}
