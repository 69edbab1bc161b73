import { defineCheck } from "../../check.ts";
import { assignment } from "../../facts/django/idiom.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";

/** Settings that are on or off, of Django and of what most projects use with it. */
const switches = [
  "DEBUG",
  "SECURE_SSL_REDIRECT",
  "SECURE_HSTS_INCLUDE_SUBDOMAINS",
  "SECURE_HSTS_PRELOAD",
  "SECURE_CONTENT_TYPE_NOSNIFF",
  "SESSION_COOKIE_SECURE",
  "SESSION_COOKIE_HTTPONLY",
  "SESSION_EXPIRE_AT_BROWSER_CLOSE",
  "CSRF_COOKIE_SECURE",
  "CSRF_COOKIE_HTTPONLY",
  "CSRF_USE_SESSIONS",
  "USE_X_FORWARDED_HOST",
  "USE_X_FORWARDED_PORT",
  "EMAIL_USE_TLS",
  "EMAIL_USE_SSL",
  "CELERY_TASK_ALWAYS_EAGER",
  "CORS_ALLOW_ALL_ORIGINS",
  "CORS_ALLOW_CREDENTIALS",
] as const;

export default defineCheck({
  id: "env-bool-truthy-string",
  title: 'Switches understand the text "False"',
  area: "settings",
  severity: "error",
  django: ["security.W018"],
  needs: ["settings"],
  docs: {
    why: 'An environment variable is text, and any text but the empty one is true in Python. `DEBUG=False` in the environment then turns DEBUG on, exactly when somebody wanted to be sure that it is off; so do `bool("False")` and `"DEBUG" in os.environ`.',
    fix: "Compare the text with the words that mean yes, or use a library that does.",
    bad: {
      "shop/settings.py": 'import os\n\nDEBUG = os.environ.get("DEBUG", False)\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'import os\n\nDEBUG = os.environ.get("DEBUG", "").lower() in {"1", "true"}\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "Functions of the project that parse the text (`env_bool`): they are followed.",
      '`env("DEBUG", default=False)` and `Env(DEBUG=(bool, False))` of django-environ, which cast to bool.',
      '`DEBUG = os.environ.get("ENV") != "production"`: a comparison, not a switch.',
      '`"DYNO" in os.environ`: a platform sets it or does not.',
    ],
    links: ["https://docs.python.org/3/library/stdtypes.html#truth-value-testing"],
  },
  *run({ settings }) {
    const read = switches.filter((name) => ownVariables(settings, name).length > 0);
    for (const name of read) {
      for (const variable of ownVariables(settings, name)) {
        if (!isTrap(settings, name, variable)) continue;
        yield fails(`${name} is on when $${variable} is "False", because that text is true`, {
          at: settings.under({ [variable]: "False" }).get(name).at,
          when: [`$${variable} is "False"`],
          fix: assignment(settings, name, "bool", variable),
          // DEBUG is the one that opens the site; the others are on where they were meant to be off.
          severity: name === "DEBUG" ? "error" : "warning",
        });
      }
    }
    if (read.length === 0) yield notApplicable("no switch among the settings reads the environment");
    else
      yield evidence(
        `${read.join(", ")} ${read.length === 1 ? "reads" : "read"} the environment as a switch`,
      );
  },
});

/** The variables a switch depends on, without those that a platform sets for its own purposes. */
function ownVariables(settings: Settings, name: string): readonly string[] {
  const setting = settings.declared.get(name);
  const env = new Set([...setting.env, ...settings.get(name).env]);
  return [...env].filter((variable) => {
    const given = settings.given.get(variable);
    return variable !== "DJANGO_SETTINGS_MODULE" && (given === undefined || given.at !== undefined);
  });
}

/**
 * "False" turns the switch on although no text, or the empty one, leaves it off. The setting itself may
 * hold the text, or it may be made from it by `bool()`, `if` or `in os.environ`; the last is only a
 * switch if the variable is named after the setting.
 */
function isTrap(settings: Settings, name: string, variable: string): boolean {
  const with_ = (text: string | undefined) => settings.declaredUnder({ [variable]: text }).get(name).value;
  const off = with_("False");
  if (truthOf(off) !== true || !off.env.includes(variable) || truthOf(with_("True")) !== true) return false;
  if (off.kind === "str") return off.value === "False";
  if (truthOf(with_("")) === false) return truthOf(with_("0")) === true && truthOf(with_("no")) === true;
  const namedAlike = variable.includes(name) || name.includes(variable);
  return namedAlike && truthOf(with_(undefined)) === false && truthOf(with_("0")) === true;
}
