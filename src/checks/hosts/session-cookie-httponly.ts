import { defineCheck } from "../../check.ts";
import { asDjango } from "../told-by-django.ts";

export default defineCheck({
  id: "session-cookie-httponly",
  title: "Scripts cannot read the session cookie",
  area: "hosts",
  severity: "warning",
  django: ["security.W013", "security.W014", "security.W015"],
  needs: ["settings", "systemChecks"],
  docs: {
    why: "A script that gets into a page can then read the session cookie and take the session over. Django keeps it from scripts unless it is told not to.",
    fix: "Delete the line: the default is True.",
    bad: {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_COOKIE_HTTPONLY = False\nROOT_URLCONF = "shop.urls"\n',
    },
    good: {
      "shop/settings.py":
        'INSTALLED_APPS = ["django.contrib.sessions"]\nMIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_COOKIE_HTTPONLY = True\nROOT_URLCONF = "shop.urls"\n',
    },
    notReported: ["A project without the sessions of Django."],
    links: ["https://docs.djangoproject.com/en/stable/ref/settings/#session-cookie-httponly"],
  },
  *run({ settings, systemChecks }) {
    yield* asDjango({ settings, systemChecks }, ["security.W013", "security.W014", "security.W015"], {
      setting: "SESSION_COOKIE_HTTPONLY",
      fails: "SESSION_COOKIE_HTTPONLY is not True, so a script in a page can read the session cookie",
      passes: "scripts cannot read the session cookie, or there are no sessions",
      fix: "SESSION_COOKIE_HTTPONLY = True",
    });
  },
});
