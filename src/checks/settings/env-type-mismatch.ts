import { defineCheck } from "../../check.ts";
import { type Typed, typedSettings } from "../../facts/django/typed-settings.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";

export default defineCheck({
  id: "env-type-mismatch",
  title: "Numbers and lists are made from the text of a variable",
  area: "settings",
  severity: "error",
  needs: ["settings"],
  docs: {
    why: "An environment variable is text. CONN_MAX_AGE as text ends in a TypeError at the first connection to the database, and a list that is one text is read letter by letter. It fails only where the variable is set, so never on the machine where it was written.",
    fix: 'Make a number or a list of it:\n\n```python\nSESSION_COOKIE_AGE = int(os.environ.get("SESSION_COOKIE_AGE", "1209600"))\n```',
    bad: {
      "shop/settings.py":
        'import os\n\nROOT_URLCONF = "shop.urls"\nSESSION_COOKIE_AGE = os.environ["SESSION_COOKIE_AGE"]\n',
    },
    good: {
      "shop/settings.py":
        'import os\n\nROOT_URLCONF = "shop.urls"\nSESSION_COOKIE_AGE = int(os.environ["SESSION_COOKIE_AGE"])\n',
    },
    notReported: [
      "EMAIL_PORT and SECURE_HSTS_SECONDS, which work as text.",
      "Functions and libraries that make a number of it.",
      "A variable that may stay unset, and then gives a number, is a warning.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/"],
  },
  *run({ settings }) {
    const found = typedSettings(settings);
    if (found.length === 0)
      return yield notApplicable("no setting that is a number or a list reads the environment");
    for (const each of found.filter(({ isText }) => isText)) {
      const { name, variable, at, insists, ends } = each;
      yield fails(`${name} is text where $${variable} is set, and ${ends}`, {
        at,
        fix: cure(each),
        ...(!insists && { severity: "warning", when: [`$${variable} is set`] }),
      });
    }
    yield evidence(`${found.map(({ name }) => name).join(", ")} understands the text of a variable`);
  },
});

function cure({ name, variable, type }: Typed): string {
  const setting = name.startsWith("CONN_MAX_AGE") ? '"CONN_MAX_AGE":' : `${name} =`;
  return type === "number"
    ? `${setting} int(os.environ["${variable}"])`
    : `${setting} [each for each in os.environ["${variable}"].split(",") if each]`;
}
