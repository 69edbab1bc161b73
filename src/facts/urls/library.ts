import type { Location } from "../../location.ts";
import type { Entry } from "./entry.ts";
import { routePattern } from "./pattern.ts";

// What libraries include, where it is short and has been the same for years: their own urls.py, read on 2026-11-20.

interface Included {
  readonly routes: Readonly<Record<string, string>>;
  /** It has others too. */
  readonly more?: true;
}

const modules: Readonly<Record<string, Included>> = {
  "django.contrib.auth.urls": {
    routes: Object.fromEntries(
      [
        ["login/", "LoginView"],
        ["logout/", "LogoutView"],
        ["password_change/", "PasswordChangeView"],
        ["password_change/done/", "PasswordChangeDoneView"],
        ["password_reset/", "PasswordResetView"],
        ["password_reset/done/", "PasswordResetDoneView"],
        ["reset/<uidb64>/<token>/", "PasswordResetConfirmView"],
        ["reset/done/", "PasswordResetCompleteView"],
      ].map(([route, view]) => [route, `django.contrib.auth.views.${view}`]),
    ),
  },
  "django.conf.urls.i18n": { routes: { "setlang/": "django.views.i18n.set_language" } },
  "django_prometheus.urls": { routes: { metrics: "django_prometheus.exports.ExportToDjangoView" } },
  "health_check.urls": {
    routes: { "": "health_check.views.MainView", "<str:subset>/": "health_check.views.MainView" },
  },
  // Everything below it that the admin does not know is answered by a view of its own.
  "django.contrib.admin.site.urls": {
    routes: { "": "django.contrib.admin.site.index", "login/": "django.contrib.admin.site.login" },
    more: true,
  },
};

/** What `include(…)` of a library's module gives. */
export function libraryEntries(module: string, at: Location): readonly Entry[] {
  const known = Object.hasOwn(modules, module) ? modules[module] : undefined;
  const routes = Object.entries(known?.routes ?? {}).map(
    ([route, name]): Entry => ({
      kind: "view",
      pattern: routePattern(route, true),
      view: { name, wrappers: [] },
      name: undefined,
      sure: true,
      at,
    }),
  );
  if (known && !known.more) return routes;
  return [...routes, { kind: "open", because: `includes ${module}`, module, at }];
}
