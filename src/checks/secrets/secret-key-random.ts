import { defineCheck } from "../../check.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { isGenerated } from "../../facts/django/secret-key.ts";
import { cannotTell, evidence, fails } from "../../finding.ts";

export default defineCheck({
  id: "secret-key-random",
  title: "SECRET_KEY stays the same from start to start",
  area: "secrets",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "Each worker that imports the settings makes a key of its own, and each restart another: sessions of one are nothing to the other, so users are logged out at random, and links to reset a password do not work.",
    fix: "Read it from a variable that stays.",
    bad: {
      "shop/settings.py":
        'import os\nimport secrets\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ.get("SECRET_KEY") or secrets.token_urlsafe(50)\n',
    },
    good: {
      "shop/settings.py": 'import os\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\n',
    },
    notReported: [
      "A variable that a manifest of the repository sets or generates.",
      "A key that is made only with DEBUG on.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secret-key"],
  },
  *run({ settings }) {
    const { value, at, env, otherwise } = settings.get("SECRET_KEY");
    const variables = env.filter((name) => !settings.given.has(name) && name !== "DJANGO_SETTINGS_MODULE");
    if (isGenerated(value)) {
      const escapes = otherwise.filter((other) => !isGenerated(other.value)).map(({ whenNot }) => whenNot);
      return yield fails("SECRET_KEY is made anew by each process and at each start", {
        at,
        when: [...variables.map((name) => `$${name} is unset`), ...escapes],
        fix: assignment(settings, "SECRET_KEY", "text", variables[0] ?? "SECRET_KEY"),
      });
    }
    for (const other of otherwise)
      if (isGenerated(other.value))
        yield cannotTell(`SECRET_KEY is made anew at each start if ${other.when}`, {
          at: other.at,
          when: [other.when],
        });
    yield evidence("SECRET_KEY is not made by the settings", at);
  },
});
