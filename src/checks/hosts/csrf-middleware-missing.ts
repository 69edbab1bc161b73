import { defineCheck } from "../../check.ts";
import { substitute } from "../../facts/django/middleware.ts";
import { textsIn } from "../../python/inspect.ts";
import { asDjango } from "../told-by-django.ts";

const login = 'MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"';

export default defineCheck({
  id: "csrf-middleware-missing",
  title: "Forms are protected against forgery",
  area: "hosts",
  severity: "error",
  django: ["security.W003"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "Without CsrfViewMiddleware any site can make the browser of a visitor who is logged in send a form to this one, and this one takes it for the visitor's own.",
    fix: 'Add it to MIDDLEWARE, behind the sessions and in front of views:\n\n```python\nMIDDLEWARE = [\n    ...,\n    "django.middleware.csrf.CsrfViewMiddleware",\n]\n```',
    bad: { "shop/settings.py": `${login}]\nROOT_URLCONF = "shop.urls"\n` },
    good: {
      "shop/settings.py": `${login}, "django.middleware.csrf.CsrfViewMiddleware"]\nROOT_URLCONF = "shop.urls"\n`,
    },
    notReported: [
      "Without sessions, as in an API that asks for a token, it is a warning: no cookie says who sends a request.",
      "A middleware of the project's own that has CSRF in its name makes it advice.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/csrf/"],
  },
  *run({ settings, systemChecks }) {
    const own = substitute(settings, /csrf/i);
    const sessions = textsIn(settings.get("MIDDLEWARE").value).some((name) =>
      /\bSession\w*Middleware$/.test(name),
    );
    const because = sessions
      ? ", so any site can send forms in the name of whoever is logged in"
      : ", which leaves every form open that is ever added";
    yield* asDjango({ settings, systemChecks }, ["security.W003"], {
      setting: "MIDDLEWARE",
      fails: own
        ? `MIDDLEWARE has ${own} in place of Django's CsrfViewMiddleware`
        : `MIDDLEWARE lacks CsrfViewMiddleware${because}`,
      passes: "CsrfViewMiddleware is in MIDDLEWARE",
      fix: '"django.middleware.csrf.CsrfViewMiddleware",  # in MIDDLEWARE, behind SessionMiddleware',
      ...(own ? { severity: "info" } : !sessions && { severity: "warning" }),
    });
  },
});
