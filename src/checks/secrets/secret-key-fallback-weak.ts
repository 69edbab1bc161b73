import { defineCheck } from "../../check.ts";
import { describeKey } from "../../facts/django/secret-key.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { itemsOf, textOf } from "../../python/inspect.ts";
import { asDjango } from "../told-by-django.ts";

const start = 'import os\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\n';

export default defineCheck({
  id: "secret-key-fallback-weak",
  title: "The old keys in SECRET_KEY_FALLBACKS are strong, and not in the repository",
  area: "secrets",
  severity: "warning",
  django: ["security.W025"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Django takes what an old key signed for genuine. Whoever can read that key in the repository, or guess it, forges sessions as if it were the new one.",
    fix: 'Read old keys from the environment, and drop them once sessions have expired:\n\n```python\nSECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]\n```',
    bad: { "shop/settings.py": `${start}SECRET_KEY_FALLBACKS = ["the-key-of-last-year"]\n` },
    good: {
      "shop/settings.py": `${start}SECRET_KEY_FALLBACKS = [key for key in os.environ.get("OLD_KEYS", "").split(",") if key]\n`,
    },
    notReported: ["Keys that the environment holds.", "Django before 4.1, which has no such setting."],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secret-key-fallbacks"],
  },
  *run({ settings, systemChecks }) {
    const setting = settings.get("SECRET_KEY_FALLBACKS");
    if (!setting.explicit) return yield notApplicable("SECRET_KEY_FALLBACKS is not set");
    const fix =
      'SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SECRET_KEY_FALLBACKS", "").split(",") if key]';
    const inCode = itemsOf(setting.value)?.find((item) => textOf(item) && item.env.length === 0);
    if (inCode && systemChecks.answer("security.W025") !== undefined)
      return yield fails(`SECRET_KEY_FALLBACKS holds a key in the code: ${describeKey(inCode)}`, {
        at: inCode.at ?? setting.at,
        fix,
      });
    yield* asDjango({ settings, systemChecks }, ["security.W025"], {
      setting: "SECRET_KEY_FALLBACKS",
      fails: "SECRET_KEY_FALLBACKS holds a key that can be guessed",
      passes: "no key in SECRET_KEY_FALLBACKS is known to be weak",
      fix,
    });
    yield evidence("no key in SECRET_KEY_FALLBACKS stands in the code", setting.at);
  },
});
