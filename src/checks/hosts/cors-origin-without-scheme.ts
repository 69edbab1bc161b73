import { defineCheck } from "../../check.ts";
import { originsIn, originVariables, partsOf } from "../../facts/django/origins.ts";
import { isInstalled } from "../../facts/django/static-files.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { decidedOutside } from "../told-by-django.ts";

const start = 'INSTALLED_APPS = ["corsheaders"]\nROOT_URLCONF = "shop.urls"\n';
/** What browsers send from files and sandboxes, which django-cors-headers 4.9 lets pass. */
const special = ["null", "file://"];

export default defineCheck({
  id: "cors-origin-without-scheme",
  title: "Every entry of CORS_ALLOWED_ORIGINS is an origin",
  area: "hosts",
  severity: "error",
  django: ["corsheaders.E013", "corsheaders.E014"],
  needs: ["settings"],
  wants: ["packages"],
  docs: {
    why: "An entry without a scheme, or with a path or a slash at its end, equals no Origin header, and django-cors-headers reports it as corsheaders.E013 or E014: `migrate` and every other command that runs the system checks stops.",
    fix: 'Write scheme and host, and the port where there is one:\n\n```python\nCORS_ALLOWED_ORIGINS = ["https://app.example.com"]\n```',
    bad: { "shop/settings.py": `${start}CORS_ALLOWED_ORIGINS = ["app.example.com"]\n` },
    good: { "shop/settings.py": `${start}CORS_ALLOWED_ORIGINS = ["https://app.example.com", "null"]\n` },
    notReported: [
      '`"null"` and `"file://"`, which browsers send from files.',
      "A project that does not install corsheaders, or a release before 3.0, which wants no scheme.",
      "An entry that an unset variable leaves empty is a warning.",
    ],
    links: ["https://github.com/adamchainz/django-cors-headers#cors_allowed_origins-sequencestr"],
  },
  *run({ settings, packages }) {
    const name = settings.get("CORS_ALLOWED_ORIGINS").explicit
      ? "CORS_ALLOWED_ORIGINS"
      : "CORS_ORIGIN_WHITELIST";
    const setting = settings.get(name);
    if (!setting.explicit) return yield notApplicable("CORS_ALLOWED_ORIGINS is not set");
    if (isInstalled(settings, "corsheaders") !== true)
      return yield notApplicable("corsheaders is not in INSTALLED_APPS");
    if (packages?.get("django-cors-middleware") || isBefore(packages?.get("django-cors-headers")?.version, 3))
      return yield notApplicable("the installed django-cors-headers wants no scheme");
    const origins = originsIn(setting);
    if (!origins)
      return yield decidedOutside(setting) ??
        cannotTell(
          `the entries of ${name} are not known${setting.value.kind === "opaque" ? `: it ${setting.value.because}` : ""}`,
          { at: setting.at },
        );
    const variables = originVariables(settings, name);
    for (const { text, at } of origins) {
      if (special.includes(text)) continue;
      const { scheme, host, rest } = partsOf(text);
      const because = scheme === "" || host === "" ? "no scheme or no host" : "more than scheme and host";
      if (because.startsWith("more") && rest === "") continue;
      const meant = `${scheme && host ? scheme : "https"}://${host || text.replace(/^[a-z]*:?\/*|\/.*$/gi, "") || "app.example.com"}`;
      yield fails(
        `the entry ${JSON.stringify(text)} of ${name} has ${because}, on which manage.py stops with ${because.startsWith("more") ? "corsheaders.E014" : "corsheaders.E013"}`,
        {
          at,
          when: variables.map((variable) => `$${variable} is unset`),
          fix: variables[0]
            ? `${name} = [origin for origin in os.environ.get("${variables[0]}", "").split(",") if origin]`
            : `${name} = [${JSON.stringify(meant)}]`,
          ...(variables.length > 0 && { severity: "warning" }),
        },
      );
    }
    yield evidence(`every known entry of ${name} is an origin`, setting.at);
  },
});

function isBefore(version: string | undefined, major: number): boolean {
  return version !== undefined && Number.parseInt(version, 10) < major;
}
