import type { Location } from "../location.ts";
import type { Code } from "./code.ts";
import { defineFact } from "./define.ts";
import { isInstalled } from "./django/static-files.ts";

/** What of the project sends mail through Django. */
export interface Mail {
  /** The first place in the code that does; undefined if none is found. */
  readonly sentAt: { readonly by: string; readonly at: Location } | undefined;
  /** An installed app that sends mail by itself: "allauth.account". */
  readonly sentByApp: string | undefined;
}

/** Apps that mail people as part of what everybody uses them for: confirmations and password resets. */
const mailing: readonly string[] = [
  "allauth.account",
  "django_registration",
  "djoser",
  "magiclink",
  "post_office",
  "registration",
  "sesame",
  "userena",
  "verify_email",
];

const sender =
  /^django\.core\.mail\.(?:message\.)?(?:send_mail|send_mass_mail|mail_managers|EmailMessage|EmailMultiAlternatives)$|^django\.contrib\.auth\.(?:views\.(?:PasswordResetView\.as_view|password_reset)|forms\.PasswordResetForm)$|\.email_user$/;
const mention =
  /django\.core\.mail|from django\.core import|email_user|PasswordReset|password_reset|auth\.urls/;

export const mail = defineFact<"mail", "code" | "settings">({
  wants: ["code", "settings"],
  read: (_, { code, settings }) => ({
    sentAt: code && firstSending(code),
    sentByApp: settings && mailing.find((app) => isInstalled(settings, app) === true),
  }),
});

function firstSending(code: Code): Mail["sentAt"] {
  for (const file of code.mentioning(mention)) {
    for (const { name, node } of file.calls) {
      // Mail that is given a connection of its own does not go by the settings.
      if (node.keywords.some(({ arg }) => arg === "connection")) continue;
      if (name !== undefined && sender.test(name)) return { by: shown(name), at: file.at(node) };
      const [argument] = node.args;
      if (
        name === "django.urls.include" &&
        argument?.nodeType === "Constant" &&
        argument.value === "django.contrib.auth.urls"
      )
        return { by: "the password reset", at: file.at(node) };
    }
  }
  return undefined;
}

/** "send_mail()", "PasswordResetView". */
function shown(name: string): string {
  const words = name.split(".").filter((word) => word !== "as_view");
  const last = words.at(-1) ?? name;
  return /^[a-z]/.test(last) ? `${last}()` : last;
}
