import { defineCheck } from "../../check.ts";
import { middlewareIn } from "../../facts/django/middleware.ts";
import { isInstalled } from "../../facts/django/static-files.ts";
import { cannotTell, evidence, fails, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";

const start =
  'INSTALLED_APPS = ["silk"]\nMIDDLEWARE = ["silk.middleware.SilkyMiddleware"]\nROOT_URLCONF = "shop.urls"\n';
const needed = ["SILKY_AUTHENTICATION", "SILKY_AUTHORISATION"];

export default defineCheck({
  id: "profiler-public",
  title: "The profiler asks who wants to see it",
  area: "exposure",
  severity: "error",
  needs: ["settings"],
  docs: {
    why: "django-silk keeps requests with their bodies, passwords included, and shows them at /silk/ to everybody unless it is told to ask for a login.",
    fix: "Ask for staff, or leave silk out with DEBUG off:\n\n```python\nSILKY_AUTHENTICATION = True\nSILKY_AUTHORISATION = True\n```",
    bad: { "shop/settings.py": start },
    good: { "shop/settings.py": `${start}SILKY_AUTHENTICATION = True\nSILKY_AUTHORISATION = True\n` },
    notReported: [
      "silk under `if DEBUG:`.",
      "An app without its middleware, which records nothing, is a warning.",
    ],
    links: ["https://github.com/jazzband/django-silk#authenticationauthorisation"],
  },
  *run({ settings }) {
    const setting = settings.get("INSTALLED_APPS");
    if (isInstalled(settings, "silk") !== true)
      return yield notApplicable("silk is not known to be installed");
    const off = needed.map((name) => settings.get(name)).filter(({ value }) => truthOf(value) !== true);
    const unsure = off.find(({ value }) => truthOf(value) === undefined);
    if (unsure)
      return yield unsure.value.kind === "opaque" && unsure.value.cause === "environment"
        ? evidence(`${unsure.name} is decided by the environment`, unsure.at)
        : cannotTell(`${unsure.name} cannot be read statically`, { at: unsure.at });
    if (off.length === 0)
      return yield evidence("silk asks for staff", settings.get("SILKY_AUTHENTICATION").at);
    const records = middlewareIn(settings).names.some((name) => name.startsWith("silk."));
    yield fails(
      `silk is installed and ${off.map(({ name }) => name).join(" and ")} ${off.length > 1 ? "are" : "is"} off, so everybody may read recorded requests`,
      {
        at: setting.at,
        fix: off.map(({ name }) => `${name} = True`).join("\n"),
        ...(!records && { severity: "warning" }),
      },
    );
  },
});
