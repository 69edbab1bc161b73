import { defineCheck } from "../../check.ts";
import { corsMiddleware, corsSetting } from "../../facts/django/cors.ts";
import { bad, good, judge, unclear } from "../../facts/django/judge.ts";
import { middlewareIn } from "../../facts/django/middleware.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { itemsOf, textOf, truthOf } from "../../python/inspect.ts";
import { decidedOutside } from "../told-by-django.ts";

const start = `INSTALLED_APPS = ["corsheaders"]\nMIDDLEWARE = ["${corsMiddleware}"]\nROOT_URLCONF = "shop.urls"\n`;

/** Patterns that any origin matches. */
const matchesAll = /^\^?(?:https?\??:\/\/|\(https\?\|http\):\/\/|\w+:\/\/)?\.[*+]\$?$/;

export default defineCheck({
  id: "cors-allow-all",
  title: "Only named sites may read the API",
  area: "hosts",
  severity: "warning",
  needs: ["settings"],
  docs: {
    why: "Any website that a visitor opens may then read what the API answers. With CORS_ALLOW_CREDENTIALS it may do so with the visitor's cookies, that is, in the visitor's name.",
    fix: 'Name the sites:\n\n```python\nCORS_ALLOWED_ORIGINS = ["https://app.example.com"]\n```',
    bad: { "shop/settings.py": `${start}CORS_ALLOW_ALL_ORIGINS = True\n` },
    good: { "shop/settings.py": `${start}CORS_ALLOWED_ORIGINS = ["https://app.example.com"]\n` },
    notReported: [
      "Without credentials it is a warning: an API that anybody may read can be meant. With credentials it is an error.",
      "`CORS_ALLOW_ALL_ORIGINS = DEBUG`, and a module for development.",
      "A project without CorsMiddleware, where the setting has no effect.",
    ],
    links: ["https://github.com/adamchainz/django-cors-headers#cors_allow_all_origins-bool"],
  },
  *run({ settings }) {
    if (middlewareIn(settings).has(corsMiddleware) === false)
      return yield notApplicable("CorsMiddleware is not installed");
    const credentials = truthOf(settings.get("CORS_ALLOW_CREDENTIALS").value) === true;
    const whose = credentials ? ", in the name of whoever visits it" : "";
    const severity = credentials ? "error" : "warning";
    const fix = 'CORS_ALLOWED_ORIGINS = ["https://app.example.com"]';
    const every = corsSetting(settings, "CORS_ALLOW_ALL_ORIGINS");
    const outside = decidedOutside(every);
    if (outside) return yield outside;
    const variables = every.env.filter((name) => !settings.given.has(name));
    const closing = variables.filter((name) =>
      ["False", "0", ""].some((text) => {
        const { value } = corsSetting(settings.under({ [name]: text }), "CORS_ALLOW_ALL_ORIGINS");
        return truthOf(value) === false;
      }),
    );
    yield* judge(
      every,
      (value) => {
        const on = truthOf(value);
        return on === undefined ? unclear(value) : on ? bad(`lets every website read the API${whose}`) : good;
      },
      { fix, severity, when: closing.map((name) => `$${name} is unset`) },
    );
    const patterns = corsSetting(settings, "CORS_ALLOWED_ORIGIN_REGEXES");
    for (const item of itemsOf(patterns.value) ?? []) {
      const text = textOf(item);
      if (text === undefined || !matchesAll.test(text)) continue;
      yield fails(
        `${patterns.name} has ${JSON.stringify(text)}, which lets every website read the API${whose}`,
        {
          at: item.at ?? patterns.at,
          fix,
          severity,
        },
      );
    }
    yield evidence("CORS_ALLOW_ALL_ORIGINS is off", every.explicit ? every.at : undefined);
  },
});
