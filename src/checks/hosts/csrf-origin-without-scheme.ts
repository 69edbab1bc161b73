import { defineCheck } from "../../check.ts";
import { originsIn, originVariables, partsOf } from "../../facts/django/origins.ts";
import { fails, notApplicable } from "../../finding.ts";
import { show } from "../../python/inspect.ts";
import { asDjango } from "../told-by-django.ts";

export default defineCheck({
  id: "csrf-origin-without-scheme",
  title: "Every entry of CSRF_TRUSTED_ORIGINS is an origin",
  area: "hosts",
  severity: "error",
  django: ["4_0.E001"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: 'Since Django 4.0 an entry has to begin with a scheme. One that does not stops `migrate` and every other command that runs the system checks with 4_0.E001, and it matches nothing. `"".split(",")` gives `[""]`, which is such an entry. An entry with a path or a slash at its end passes that test and matches nothing either.',
    fix: 'Write scheme and host, and the port where there is one:\n\n```python\nCSRF_TRUSTED_ORIGINS = ["https://shop.example.com"]\n```',
    bad: { "shop/settings.py": 'CSRF_TRUSTED_ORIGINS = ["shop.example.com"]\nROOT_URLCONF = "shop.urls"\n' },
    good: {
      "shop/settings.py":
        'CSRF_TRUSTED_ORIGINS = ["https://shop.example.com", "https://*.example.org"]\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      '`"https://*.example.org"`, which matches the subdomains.',
      "Django before 4.0, which wants no scheme.",
      "An entry that an unset variable leaves empty is a warning, and so is one with a path: the rest of the list works.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#csrf-trusted-origins"],
  },
  *run({ settings, systemChecks }) {
    const name = "CSRF_TRUSTED_ORIGINS";
    const setting = settings.get(name);
    const origins = originsIn(setting);
    if (!setting.explicit || systemChecks.answer("4_0.E001") === undefined)
      return yield notApplicable(
        setting.explicit ? "Django before 4.0 wants no scheme" : `${name} is not set`,
      );
    const variables = originVariables(settings, name);
    const when = variables.map((variable) => `$${variable} is unset`);
    const split = variables[0]
      ? `${name} = [origin for origin in os.environ.get("${variables[0]}", "").split(",") if origin]`
      : undefined;
    const wrong = (origins ?? []).filter(({ text }) => !text.includes("://"));
    for (const { text, at } of wrong)
      yield fails(
        `the entry ${JSON.stringify(text)} of ${name} has no scheme, on which manage.py stops with 4_0.E001`,
        {
          at,
          when,
          fix: split ?? `${name} = [${JSON.stringify(`https://${bare(text)}`)}]`,
          ...(variables.length > 0 && { severity: "warning" }),
        },
      );
    if (wrong.length > 0) return;
    const pathed = (origins ?? []).filter(({ text }) => partsOf(text).rest !== "");
    for (const { text, at } of pathed)
      yield fails(
        `the entry ${JSON.stringify(text)} of ${name} matches no Origin header, which ends behind host and port`,
        {
          at,
          when,
          fix: `${name} = [${JSON.stringify(text.slice(0, text.length - partsOf(text).rest.length))}]`,
          severity: "warning",
        },
      );
    if (pathed.length > 0) return;
    yield* asDjango({ settings, systemChecks }, ["4_0.E001"], {
      setting: name,
      fails: `an entry of ${name} has no scheme, on which manage.py stops with 4_0.E001`,
      passes: `${name} is ${show(setting.value)}`,
      fix: `${name} = ["https://shop.example.com"]`,
    });
  },
});

/** The host that was probably meant. */
function bare(entry: string): string {
  return (
    entry
      .trim()
      .replace(/^\/+|\/.*$/g, "")
      .replace(/^\./, "*.") || "shop.example.com"
  );
}
