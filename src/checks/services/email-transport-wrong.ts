import { defineCheck, type Example } from "../../check.ts";
import type { Setting, Settings } from "../../facts/django/settings.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import { textOf, truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const smtp = "django.core.mail.backends.smtp.EmailBackend";

const settingsExample = (lines: string): Example => ({
  ...shop,
  "shop/settings.py": `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nEMAIL_HOST = "smtp.example.com"\n${lines}ROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nWSGI_APPLICATION = "shop.wsgi.application"\n`,
});

export default defineCheck({
  id: "email-transport-wrong",
  title: "The mail server is spoken to as its port expects",
  area: "services",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "Port 587 begins in the clear and turns TLS on (EMAIL_USE_TLS), port 465 begins with TLS (EMAIL_USE_SSL). The other way round both sides wait for each other until EMAIL_TIMEOUT, which is for ever unless it is set, or the connection ends with `[SSL: WRONG_VERSION_NUMBER]`. With both options on Django raises ValueError at every mail.",
    fix: "Let the three fit together:\n\n```python\nEMAIL_PORT = 587\nEMAIL_USE_TLS = True\nEMAIL_TIMEOUT = 10\n```",
    bad: settingsExample("EMAIL_PORT = 465\nEMAIL_USE_TLS = True\n"),
    good: settingsExample("EMAIL_PORT = 465\nEMAIL_USE_SSL = True\n"),
    notReported: [
      "Backends that speak to a service's API, and those for development.",
      "Other ports, which may be anything, and a relay on the same machine.",
      "Values that the environment decides.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#email-use-tls",
      "https://www.rfc-editor.org/rfc/rfc8314",
    ],
  },
  *run({ settings }) {
    if (settings.get("MAILERS").explicit) return yield notApplicable("MAILERS says how mail is sent");
    const backend = settings.get("EMAIL_BACKEND");
    if (textOf(backend.value) !== smtp)
      return yield notApplicable("mail is not sent by Django's SMTP backend");
    const [tls, ssl, port] = ["EMAIL_USE_TLS", "EMAIL_USE_SSL", "EMAIL_PORT"].map((name) =>
      settings.get(name),
    );
    if (!tls || !ssl || !port) return;
    if (![tls, ssl, port].some(({ explicit }) => explicit))
      return yield notApplicable("no port or option is set");
    const [usesTls, usesSsl] = [truthOf(tls.value), truthOf(ssl.value)];
    if (usesTls && usesSsl && tls.value.kind !== "opaque" && ssl.value.kind !== "opaque")
      return yield fails("EMAIL_USE_TLS and EMAIL_USE_SSL are both on, so every mail ends in a ValueError", {
        ...whenUnset(settings, [tls, ssl], "error"),
        at: ssl.at,
        fix: "EMAIL_USE_SSL = False",
      });
    const host = textOf(settings.get("EMAIL_HOST").value) ?? "";
    if (/^(?:localhost|127\.|::1|mailhog|mailpit|mailcatcher)/.test(host))
      return yield evidence("the mail server is a relay at hand", settings.get("EMAIL_HOST").at);
    const number = numberOf(port);
    if (number === 465 && usesSsl === false)
      return yield fails(
        `EMAIL_PORT is 465, which begins with TLS, and EMAIL_USE_${usesTls ? "TLS waits for a greeting first" : "SSL is off"}, so a mail hangs`,
        {
          ...whenUnset(settings, [port, ssl, tls]),
          at: port.at,
          fix: "EMAIL_USE_SSL = True\nEMAIL_USE_TLS = False",
        },
      );
    if (number === 587 && usesSsl === true)
      return yield fails(
        "EMAIL_PORT is 587, which begins in the clear, and EMAIL_USE_SSL begins with TLS, so no mail is sent",
        {
          ...whenUnset(settings, [port, ssl]),
          at: port.at,
          fix: "EMAIL_USE_TLS = True\nEMAIL_USE_SSL = False",
        },
      );
    yield evidence("EMAIL_PORT, EMAIL_USE_TLS and EMAIL_USE_SSL fit together", port.at);
  },
});

/** The variables that the values are fallbacks of; without any the severity may be another. */
function whenUnset(
  { assumed }: Settings,
  settings: readonly Setting[],
  literal?: Finding["severity"],
): Pick<Finding, "when" | "severity"> {
  const names = [...new Set(settings.flatMap(({ value }) => value.env))].filter((name) => !assumed.has(name));
  return {
    when: names.map((name) => `$${name} is unset`),
    ...(names.length === 0 && literal && { severity: literal }),
  };
}

/** smtplib takes a port as text as well. */
function numberOf({ value }: Setting): number | undefined {
  if (value.kind === "int") return Number(value.value);
  return value.kind === "str" && /^\d+$/.test(value.value) ? Number(value.value) : undefined;
}
