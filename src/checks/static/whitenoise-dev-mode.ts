import { defineCheck } from "../../check.ts";
import { bad, good, judge, type Verdict } from "../../facts/django/judge.ts";
import { middlewareIn } from "../../facts/django/middleware.ts";
import { evidence, notApplicable } from "../../finding.ts";
import { truthOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";

const start =
  'MIDDLEWARE = [\n    "django.middleware.security.SecurityMiddleware",\n    "whitenoise.middleware.WhiteNoiseMiddleware",\n]\nROOT_URLCONF = "shop.urls"\n';

export default defineCheck({
  id: "whitenoise-dev-mode",
  title: "WhiteNoise serves what was collected",
  area: "static",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "With WHITENOISE_AUTOREFRESH, WhiteNoise looks on the disk for a file at every request, whatever the address: it is slow, meant for development only, and before WhiteNoise 6.12 it could give out files that it should not. WHITENOISE_USE_FINDERS serves files from where they were written, so that nobody notices that collectstatic does not run. Both follow DEBUG by themselves.",
    fix: "Delete WHITENOISE_AUTOREFRESH and WHITENOISE_USE_FINDERS, and run collectstatic in the build.",
    bad: { "shop/settings.py": `${start}WHITENOISE_AUTOREFRESH = True\n` },
    good: { "shop/settings.py": `DEBUG = False\n${start}WHITENOISE_AUTOREFRESH = DEBUG\n` },
    notReported: [
      "`WHITENOISE_AUTOREFRESH = DEBUG`.",
      "WHITENOISE_USE_FINDERS alone, which reads the folders once when the app starts, is advice.",
      "A project without WhiteNoise's middleware.",
    ],
    links: ["https://whitenoise.readthedocs.io/en/stable/django.html#WHITENOISE_AUTOREFRESH"],
  },
  // The catalogue makes it an error before WhiteNoise 6.12, whose change nobody has shown to matter on Linux.
  *run({ settings }) {
    if (!middlewareIn(settings).names.some((name) => name.startsWith("whitenoise.")))
      return yield notApplicable("WhiteNoise is not in MIDDLEWARE");
    const refresh = settings.get("WHITENOISE_AUTOREFRESH");
    const finders = settings.get("WHITENOISE_USE_FINDERS");
    yield* judge(
      refresh,
      on("is on in production, so WhiteNoise looks on the disk for a file at every request"),
      { fix: "WHITENOISE_AUTOREFRESH = DEBUG" },
    );
    yield* judge(
      finders,
      on("is on in production, so files are served that nothing collected, and without their hash"),
      { fix: "WHITENOISE_USE_FINDERS = DEBUG", severity: "info" },
    );
    yield evidence("WhiteNoise serves what was collected", refresh.explicit ? refresh.at : finders.at);
  },
});

function on(says: string): (value: Value) => Verdict {
  return (value) => (truthOf(value) === true && value.kind !== "opaque" ? bad(says) : good);
}
