import { defineCheck } from "../../check.ts";
import { declaration } from "../../facts/declaration.ts";
import { assignment } from "../../facts/django/idiom.ts";
import { bad, good, judge, unclear, type Verdict } from "../../facts/django/judge.ts";
import type { Setting, Settings } from "../../facts/django/settings.ts";
import { evidence } from "../../finding.ts";
import { show, truthOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";

export default defineCheck({
  id: "debug-enabled",
  title: "DEBUG is off in production",
  area: "settings",
  severity: "error",
  django: ["security.W018"],
  needs: ["settings"],
  docs: {
    why: "With DEBUG on, every error page shows source code, local variables and settings to whoever asks, and Django keeps every database query in memory until the process dies.",
    fix: "Turn it off unless a developer asks for it.",
    bad: { "shop/settings.py": 'DEBUG = True\nROOT_URLCONF = "shop.urls"\n' },
    good: {
      "shop/settings.py":
        'import os\n\nDEBUG = os.environ.get("DJANGO_DEBUG", "").strip().lower() in {"1", "true", "yes", "on"}\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A module for development (`settings/dev.py`) that production does not load.",
      '`DEBUG = True` that a later statement turns off on the platform, such as `if "DYNO" in os.environ: DEBUG = False` on Heroku.',
      "`DEBUG` that is on only while a variable is unset: that is `debug-fail-open`.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/howto/deployment/checklist/#debug"],
  },
  *run({ settings }) {
    // Where DEBUG had to be held off to judge the rest, the scenario as declared tells how it really is.
    const debug = (settings.debugHeld ? settings.declared : settings).get("DEBUG");
    yield* judge(debug, verdict(settings, debug), {
      fix: inItsManifest(settings, debug) ?? assignment(settings, "DEBUG", "bool", "DJANGO_DEBUG"),
    });
    if (truthOf(debug.value) === false) yield evidence(passing(settings, debug), debug.at);
    if (isOperators(debug.value)) yield evidence(`DEBUG is decided by ${variables(debug)}`, debug.at);
  },
});

function verdict(settings: Settings, debug: Setting): (value: Value) => Verdict {
  return (value) => {
    const truth = truthOf(value);
    if (truth === false || isOperators(value)) return good;
    if (truth === undefined) return unclear(value);
    const giver = debug.env
      .map((name) => ({ name, given: settings.given.get(name) }))
      .find(({ given }) => given);
    return bad(giver?.given ? `is on, because ${giver.given.by} sets ${giver.name}` : `is ${show(value)}`);
  };
}

/** Text or a flag from a variable that is set by whoever deploys. */
function isOperators(value: Value): boolean {
  return value.kind === "opaque" && value.cause === "environment";
}

function passing({ assumed }: Settings, debug: Setting): string {
  if (!debug.explicit) return "DEBUG is not set, and Django's default is False";
  if (assumed.size === 0) return `DEBUG is ${show(debug.value)}`;
  return `DEBUG is off with ${[...assumed].map(([name, text]) => `${name}=${text}`).join(" and ")}`;
}

function variables({ env }: Setting): string {
  return env.map((name) => `$${name}`).join(", ");
}

/** Where a manifest turns DEBUG on, that is where it is turned off, if the code understands "False". */
function inItsManifest(settings: Settings, { env }: Setting): string | undefined {
  for (const name of env) {
    const given = settings.given.get(name);
    if (!given?.at) continue;
    const off = settings.declaredUnder({ [name]: "False" }).get("DEBUG");
    if (truthOf(off.value) === false) return declaration(given.at.file, name, "False");
  }
  return undefined;
}
