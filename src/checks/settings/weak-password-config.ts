import { defineCheck } from "../../check.ts";
import { isInstalled, isOpen } from "../../facts/django/static-files.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { itemsOf, textsIn } from "../../python/inspect.ts";

const start = 'INSTALLED_APPS = ["django.contrib.auth"]\nROOT_URLCONF = "shop.urls"\n';
/** Hashers that are made to be fast, for tests. */
const fast = /\b(?:Unsalted)?(?:MD5|SHA1)PasswordHasher$|\bCryptPasswordHasher$/;

export default defineCheck({
  id: "weak-password-config",
  title: "Passwords are hashed slowly, and weak ones are refused",
  area: "settings",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "The first of PASSWORD_HASHERS hashes new passwords. MD5 and SHA1 are there for tests: whoever gets the table reads most of the passwords within hours. With an empty AUTH_PASSWORD_VALIDATORS, `1234` is a password.",
    fix: "Delete the override outside of the settings for tests; Django's defaults are right.",
    bad: {
      "shop/settings.py": `${start}PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]\n`,
    },
    good: { "shop/settings.py": start },
    notReported: [
      "Settings for tests, which production does not load.",
      "An old hasher behind a good one, which only reads what is there.",
      "A project without django.contrib.auth, or that logs people in elsewhere only (no ModelBackend).",
      "AUTH_PASSWORD_VALIDATORS that is not set at all.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/topics/auth/passwords/"],
  },
  *run({ settings }) {
    if (isInstalled(settings, "django.contrib.auth") === false)
      return yield notApplicable("django.contrib.auth is not installed");
    const backends = settings.get("AUTHENTICATION_BACKENDS").value;
    if (
      !isOpen(backends) &&
      textsIn(backends).length > 0 &&
      !textsIn(backends).some((name) => /Model|allauth|axes/i.test(name))
    )
      return yield notApplicable("no password is checked here: AUTHENTICATION_BACKENDS has no ModelBackend");
    const hashers = settings.get("PASSWORD_HASHERS");
    const [first] = textsIn(hashers.value);
    if (first !== undefined && fast.test(first))
      yield fails(`PASSWORD_HASHERS begins with ${first.split(".").at(-1)}, which is made to be fast`, {
        at: hashers.at,
        fix: "# delete PASSWORD_HASHERS outside of the settings for tests",
      });
    else if (hashers.value.kind === "opaque")
      yield cannotTell(`PASSWORD_HASHERS cannot be read statically: it ${hashers.value.because}`, {
        at: hashers.at,
      });
    const validators = settings.get("AUTH_PASSWORD_VALIDATORS");
    if (validators.explicit && itemsOf(validators.value)?.length === 0 && !isOpen(validators.value))
      yield fails("AUTH_PASSWORD_VALIDATORS is empty, so any text is a password", {
        at: validators.at,
        fix: 'AUTH_PASSWORD_VALIDATORS = [{"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"}, {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"}]',
      });
    yield evidence(
      "passwords are hashed by Django's defaults or better",
      hashers.explicit ? hashers.at : undefined,
    );
  },
});
