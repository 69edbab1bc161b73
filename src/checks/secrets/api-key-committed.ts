import { defineCheck } from "../../check.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { literalSecrets } from "../../facts/django/settings-secrets.ts";
import { evidence, fails } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const settingsFile = shop["shop/settings.py"] ?? "";

export default defineCheck({
  id: "api-key-committed",
  title: "No key of another service is in the repository",
  area: "secrets",
  severity: "error",
  needs: ["writtenSecrets"],
  wants: ["settings"],
  docs: {
    why: "Programs look for keys in everything that is pushed: a key of a cloud or of a payment service is used by strangers within minutes, and the bill comes to its owner. Private repositories leak, too: by a copy, a fork or an account that was taken over.",
    fix: 'Revoke the key at its provider first: removing it from the files does not make it secret again. Then read a new one from the environment:\n\n```python\nSTRIPE_SECRET_KEY = os.environ["STRIPE_SECRET_KEY"]\n```',
    bad: {
      ...shop,
      "shop/settings.py": `${settingsFile}STRIPE_SECRET_KEY = "sk_${"live"}_9aK2mQ7xT4vB8nR1cW5z"\n`,
    },
    good: {
      ...shop,
      "shop/settings.py": `${settingsFile}STRIPE_SECRET_KEY = os.environ["STRIPE_SECRET_KEY"]\n`,
    },
    notReported: [
      "Keys of a test mode (`sk_test_…`), publishable keys (`pk_live_…`), the DSN of Sentry, and keys of maps, which browsers get.",
      "Keys from documentation (`AKIAIOSFODNN7EXAMPLE`), placeholders, and what a test file holds.",
      "`.env` files, which `dotenv-tracked` answers for.",
      "A private key may be for a container on somebody's machine: a warning, and advice where its path says so.",
      "Something that only its name makes a secret is a warning unless it looks like a generated one.",
    ],
    links: [
      "https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns",
      "https://docs.github.com/en/authentication/keeping-your-account-and-data-secure/removing-sensitive-data-from-a-repository",
    ],
  },
  *run({ writtenSecrets, settings }) {
    const keys = writtenSecrets.filter(({ is, tracked }) => is === "key" && tracked !== false);
    const seen = new Set<string>();
    for (const { kind, opens, length, at, tracked, isForDevelopment, mayBeForTrying } of keys) {
      const place = `${at.file}:${at.line}`;
      if (seen.has(place)) continue;
      seen.add(place);
      const where = tracked === undefined ? { when: [`${at.file} is in the repository`] } : {};
      yield fails(`${at.file} holds ${kind} (${length} characters): whoever reads it ${opens}`, {
        at,
        ...where,
        ...((isForDevelopment || mayBeForTrying) && {
          severity: isForDevelopment && mayBeForTrying ? "info" : "warning",
        }),
      });
    }
    for (const { name, length, at, unless, random } of settings ? literalSecrets(settings) : []) {
      if (at === undefined || seen.has(`${at.file}:${at.line}`)) continue;
      seen.add(`${at.file}:${at.line}`);
      const fallback = unless.length > 0 ? `, for the case that $${unless[0]} is unset` : "";
      yield fails(`${name} is written in the code: a text of ${length} characters${fallback}`, {
        at,
        fix: fixFor(name, settings),
        ...(random && fallback === "" && !/(?:^|[/_.])(?:dev|local|test)\w*\.py$/.test(at.file)
          ? {}
          : { severity: "warning" }),
      });
    }
    yield evidence("no file holds what looks like a key of another service");
  },
});

function fixFor(name: string, settings: Settings | undefined): string | undefined {
  if (!settings || !/^\w+$/.test(name)) return undefined;
  return `${name} = os.environ["${name}"]`;
}
