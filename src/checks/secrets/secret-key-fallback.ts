import { defineCheck } from "../../check.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { describeKey, secretKeySource } from "../../facts/django/secret-key.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { hostThatSets } from "../../platforms/host-variables.ts";
import { textOf, truthOf } from "../../python/inspect.ts";

export default defineCheck({
  id: "secret-key-fallback",
  title: "SECRET_KEY has no fallback in the code",
  area: "secrets",
  severity: "error",
  django: ["security.W009"],
  needs: ["settings"],
  docs: {
    why: "When the variable is forgotten or misspelt the site starts all the same, and signs sessions and password-reset links with a key that everybody with the code knows. Nothing looks wrong.",
    fix: "Insist on the variable, so that a deployment without it fails at once.",
    bad: {
      "shop/settings.py":
        'import os\n\nSECRET_KEY = os.environ.get("SECRET_KEY", "change-me")\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py": 'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A fallback that only development reaches: `if DEBUG:` around it, or an error raised when it is used in production.",
      '`DEBUG = "RENDER" not in os.environ` and a key for development `if DEBUG:`, on Render, which sets that variable.',
      "A fallback that is generated (`secrets.token_urlsafe()`): it is no public key.",
      "A variable that a host always sets, such as `PLATFORM_PROJECT_ENTROPY`, is a warning.",
      "A variable that a manifest in the repository sets is a warning: the code still starts without it elsewhere.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#secret-key"],
  },
  *run({ settings }) {
    const setting = settings.get("SECRET_KEY");
    const source = secretKeySource(settings);
    if (source.kind === "literal")
      return yield notApplicable("SECRET_KEY does not depend on the environment");
    if (source.kind === "empty") return yield notApplicable("SECRET_KEY is empty");
    if (source.kind === "opaque" && settings.outcome.kind !== "completed") {
      return yield cannotTell(`SECRET_KEY ${source.because}`, { at: setting.at });
    }
    const variables = source.kind === "opaque" ? [] : source.variables;
    const fix = assignment(settings, "SECRET_KEY", "text", variables.find(holdsKey) ?? "SECRET_KEY");
    if (source.kind === "fallback") {
      return yield fails(
        `SECRET_KEY is ${describeKey(setting.value)} from the code when ${named(variables)} is unset`,
        {
          at: setting.at,
          when: variables.map((name) => `$${name} is unset`),
          fix,
          ...(variables.some((name) => hostThatSets(name) !== undefined) && { severity: "warning" }),
        },
      );
    }
    for (const name of variables) {
      const given = settings.given.get(name);
      if (!given || given.by === "--env") continue;
      const elsewhere = settings.under({ [name]: undefined });
      const without = elsewhere.get("SECRET_KEY");
      // Where that switches DEBUG on too it is development, and debug-fail-open has said so if it may be production.
      if (!textOf(without.value) || truthOf(elsewhere.get("DEBUG").value) === true) continue;
      yield fails(
        `SECRET_KEY is ${describeKey(without.value)} from the code where ${given.by} does not set ${name}`,
        {
          at: without.at,
          when: [`$${name} is unset`],
          severity: "warning",
          fix,
        },
      );
    }
    yield evidence(
      `SECRET_KEY has no text in the code to fall back to${variables.length > 0 ? ` when ${named(variables)} is unset` : ""}`,
      setting.at,
    );
  },
});

/** Not `RENDER` or `DYNO`, which say where the code runs. */
function holdsKey(variable: string): boolean {
  return /key|secret|entropy/i.test(variable);
}

function named(variables: readonly string[]): string {
  return variables.map((name) => `$${name}`).join(" or ");
}
