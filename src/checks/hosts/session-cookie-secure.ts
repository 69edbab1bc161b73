import { defineCheck } from "../../check.ts";
import { notApplicable } from "../../finding.ts";
import { asDjango } from "../told-by-django.ts";

export default defineCheck({
  id: "session-cookie-secure",
  title: "The session cookie is sent over HTTPS only",
  area: "hosts",
  severity: "warning",
  django: ["security.W010", "security.W011", "security.W012"],
  needs: ["settings", "systemChecks"],
  wants: ["deployment"],
  docs: {
    why: 'The first request of a visitor often goes over plain HTTP, and the session cookie with it, for everybody on the way to read. The setting has to be True itself: the text `"True"` is not, and Django reports it as well.',
    fix: "Switch it on wherever the site is served over HTTPS:\n\n```python\nSESSION_COOKIE_SECURE = True\n```",
    bad: {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_COOKIE_SECURE = True\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: [
      "A project without the sessions of Django.",
      "A deployment that serves plain HTTP only: there the setting would end every session.",
      "A value that an environment variable holds and that the code insists on.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-secure"],
  },
  *run({ settings, systemChecks, deployment }) {
    const { tls, name } = deployment?.platform ?? {};
    if (tls?.endsAt === "none" && !systemChecks.alone)
      return yield notApplicable(
        `${name} serves plain HTTP as it stands, over which a secure cookie is never sent`,
      );
    yield* asDjango({ settings, systemChecks }, ["security.W010", "security.W011", "security.W012"], {
      setting: "SESSION_COOKIE_SECURE",
      fails: "SESSION_COOKIE_SECURE is not True, so the session cookie is sent over plain HTTP as well",
      passes: "the session cookie is sent over HTTPS only, or there are no sessions",
      fix: "SESSION_COOKIE_SECURE = not DEBUG",
    });
  },
});
