import { defineCheck } from "../../check.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { describeKey, secretKeySource } from "../../facts/django/secret-key.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";

export default defineCheck({
  id: "secret-key-literal",
  title: "SECRET_KEY is not in the repository",
  area: "secrets",
  severity: "error",
  django: ["security.W009"],
  needs: ["settings"],
  docs: {
    why: "Whoever can read the repository, now or in its history, can forge sessions, password-reset links and everything else that Django signs.",
    fix: "Read the key from the environment, and change it: removing it from the code does not make the old one secret again. Keep the old one in SECRET_KEY_FALLBACKS until sessions have expired.",
    bad: { "shop/settings.py": 'SECRET_KEY = "django-insecure-3k(x!example"\nROOT_URLCONF = "shop.urls"\n' },
    good: {
      "shop/settings.py": 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A literal for the case that a variable is unset: that is `secret-key-fallback`.",
      "A literal that only development reaches (`if DEBUG:`), or that stands in a file git ignores.",
      "A dummy in a build step (`RUN SECRET_KEY=x python manage.py collectstatic`).",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secret-key"],
  },
  *run({ settings }) {
    const setting = settings.get("SECRET_KEY");
    const source = secretKeySource(settings);
    switch (source.kind) {
      case "literal":
        yield fails(`SECRET_KEY is written in the code: ${describeKey(setting.value)}`, {
          at: setting.at,
          fix: [
            assignment(settings, "SECRET_KEY", "text", "SECRET_KEY"),
            '# a new value for it: python -c "from django.core.management.utils import get_random_secret_key as k; print(k())"',
          ].join("\n"),
        });
        break;
      case "opaque":
        if (settings.outcome.kind !== "completed")
          yield cannotTell(`SECRET_KEY ${source.because}`, { at: setting.at });
        else yield evidence("SECRET_KEY is not a text in the code", setting.at);
        break;
      case "empty":
        yield notApplicable("SECRET_KEY is empty");
        break;
      case "environment":
        yield evidence(
          `SECRET_KEY is read from ${source.variables.map((name) => `$${name}`).join(", ")}`,
          setting.at,
        );
        break;
      case "fallback":
        yield evidence(
          `SECRET_KEY is written in the code only for the case that $${source.variables[0]} is unset`,
          setting.at,
        );
    }
  },
});
