import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { factOf } from "../support/facts.ts";
import { hasPython, python } from "../support/python.ts";

const common = 'MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]\n';
const locale =
  'MIDDLEWARE = ["django.middleware.locale.LocaleMiddleware", "django.middleware.common.CommonMiddleware"]\n';
const views =
  'from django.http import HttpResponse\nfrom django.views import View\n\n\ndef home(request, **kwargs):\n    return HttpResponse("ok")\n\n\nclass Home(View):\n    def get(self, request, **kwargs):\n        return HttpResponse("ok")\n';
const imports =
  "from django.urls import include, path, re_path\nfrom django.conf import settings\nfrom . import views\nfrom .views import Home, home\n";

type Answers = "yes" | "slash" | "no" | "unknown";

interface Case {
  readonly name: string;
  /** The root URLconf, below the usual imports. */
  readonly urls: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly settings?: string;
  readonly paths: Readonly<Record<string, Answers>>;
}

const cases: readonly Case[] = [
  {
    name: "path, converters and the slash at the end",
    urls: 'urlpatterns = [path("", home), path("healthz", home), path("about/", Home.as_view()), path("o/<int:pk>/", home), path("s/<slug:s>", home), path("u/<uuid:u>/", home), path("f/<path:p>", home), path("n/<name>/x", home), path("a.b/", home)]\n',
    paths: {
      "/": "yes",
      "/healthz": "yes",
      "/healthz/": "no",
      "/about": "slash",
      "/about/": "yes",
      "/about/x": "no",
      "/o/12/": "yes",
      "/o/12": "slash",
      "/o/x/": "no",
      "/s/a-b_1": "yes",
      "/s/a.b": "no",
      "/u/075194d3-6885-417e-a8a8-6c931e272f00/": "yes",
      "/u/075194D3-6885-417E-A8A8-6C931E272F00/": "no",
      "/f/a/b/c": "yes",
      "/f/": "no",
      "/n/any/x": "yes",
      "/n/a/b/x": "no",
      "/a.b/": "yes",
      "/axb/": "no",
    },
  },
  {
    name: "no slash is appended without CommonMiddleware",
    urls: 'urlpatterns = [path("about/", home)]\n',
    settings: "MIDDLEWARE = []\n",
    paths: { "/about": "no", "/about/": "yes" },
  },
  {
    name: "no slash is appended with APPEND_SLASH off",
    urls: 'urlpatterns = [path("about/", home)]\n',
    settings: `${common}APPEND_SLASH = False\n`,
    paths: { "/about": "no" },
  },
  {
    name: "re_path searches, and takes all of it only where it ends in a dollar",
    urls: 'urlpatterns = [re_path(r"^healthz/?$", home), re_path(r"^open", home), re_path(r"inner/$", home), re_path(r"^y/(?P<y>[0-9]{4})/$", home), re_path(r"^d/\\d+\\Z", home)]\n',
    paths: {
      "/healthz": "yes",
      "/healthz/": "yes",
      "/healthzz": "no",
      "/openings": "yes",
      "/any/inner/": "no",
      "/inner/": "yes",
      "/y/2026/": "yes",
      "/y/26/": "no",
      "/d/7": "yes",
      "/d/7x": "no",
    },
  },
  {
    name: "include of a name, a module, a list, a tuple and a variable",
    urls: 'from shop import api as api_module\nextra = [path("e/", home)]\npair = ([path("p", home)], "pair")\nurlpatterns = [path("api/", include("shop.api")), path("m/", include(api_module)), path("l/", include([path("x", home)])), path("t/", include(([path("y", home)], "app"))), path("v/", include(extra)), path("w/", include(pair)), re_path(r"^r/", include("shop.api")), path("d/", (extra, "a", "n"))]\n',
    files: {
      "shop/api.py": `${imports}urlpatterns = [path("", home), path("orders/", include("shop.orders"))]\n`,
      "shop/orders.py": `${imports}urlpatterns = [re_path(r"^(?P<pk>\\d+)/$", home)]\n`,
    },
    paths: {
      "/api/": "yes",
      "/api": "slash",
      "/api/orders/": "no",
      "/api/orders/7/": "yes",
      "/m/orders/7/": "yes",
      "/l/x": "yes",
      "/l/y": "no",
      "/t/y": "yes",
      "/v/e/": "yes",
      "/w/p": "yes",
      "/r/orders/1/": "yes",
      "/r/orders/x/": "no",
      "/d/e/": "yes",
    },
  },
  {
    name: "a list that grows",
    urls: 'urlpatterns = [path("a", home)]\nurlpatterns += [path("b", home)]\nurlpatterns = urlpatterns + [path("c", home)]\nurlpatterns.append(path("d", home))\nurlpatterns.extend([path("e", home)])\nurlpatterns.insert(0, path("f", home))\nurlpatterns = [*urlpatterns, path("g", home)]\none = path("h", home)\nurlpatterns += [one]\n',
    paths: {
      "/a": "yes",
      "/b": "yes",
      "/c": "yes",
      "/d": "yes",
      "/e": "yes",
      "/f": "yes",
      "/g": "yes",
      "/h": "yes",
      "/i": "no",
    },
  },
  {
    name: "branches",
    urls: 'urlpatterns = [path("a", home)]\nif settings.DEBUG:\n    urlpatterns += [path("debug", home)]\nelse:\n    urlpatterns += [path("live", home)]\nif settings.SHOW:\n    urlpatterns += [path("shown", home)]\nif "shop.extra" in settings.INSTALLED_APPS:\n    urlpatterns += [path("extra", home)]\nif getattr(settings, "MISSING", False):\n    urlpatterns += [path("missing", home)]\nif hasattr(settings, "SHOW") and not settings.DEBUG:\n    urlpatterns += [path("both", home)]\nurlpatterns += [path("c", home)] if settings.SHOW else []\nif settings.MODE == "full":\n    urlpatterns += [path("full", home)]\n',
    settings: `${common}SHOW = True\nMODE = "full"\nINSTALLED_APPS = ["shop"]\n`,
    paths: {
      "/a": "yes",
      "/debug": "no",
      "/live": "yes",
      "/shown": "yes",
      "/extra": "no",
      "/missing": "no",
      "/both": "yes",
      "/c": "yes",
      "/full": "yes",
    },
  },
  {
    name: "branches that cannot be known",
    urls: 'import os\nurlpatterns = [path("a", home)]\nif os.path.exists("/nowhere/at/all"):\n    urlpatterns += [path("b", home)]\ntry:\n    import nothing_at_all\n    urlpatterns += [path("c", home)]\nexcept ImportError:\n    pass\nfor name in ["d", "e"]:\n    urlpatterns.append(path(name, home))\n',
    paths: { "/a": "yes", "/b": "unknown", "/c": "unknown", "/d": "unknown", "/x": "unknown" },
  },
  {
    name: "static files, which DEBUG alone serves",
    urls: 'from django.conf.urls.static import static\nfrom django.contrib.staticfiles.urls import staticfiles_urlpatterns\nurlpatterns = [path("a", home)] + static("/media/", document_root="/tmp")\nurlpatterns += staticfiles_urlpatterns()\n',
    settings: `${common}STATIC_URL = "/static/"\n`,
    paths: { "/a": "yes", "/media/x": "no", "/static/x": "no" },
  },
  {
    name: "text that is put together",
    urls: 'PREFIX = "v1/"\nurlpatterns = [path(PREFIX + "a", home), path(f"{PREFIX}b", home), path(settings.BACK, home), path(route="k", view=home, name="k"), path(settings.STATIC_URL.lstrip("/") + "s", home)]\n',
    settings: `${common}BACK = "office/"\nSTATIC_URL = "/static/"\n`,
    paths: {
      "/v1/a": "yes",
      "/v1/b": "yes",
      "/office/": "yes",
      "/k": "yes",
      "/static/s": "yes",
      "/static/t": "no",
    },
  },
  {
    name: "i18n_patterns with LocaleMiddleware",
    urls: 'from django.conf.urls.i18n import i18n_patterns\nurlpatterns = [path("healthz", home)]\nurlpatterns += i18n_patterns(path("about/", home))\n',
    settings: `${locale}LANGUAGE_CODE = "en"\nLANGUAGES = [("en", "English"), ("de", "Deutsch")]\n`,
    paths: {
      "/healthz": "yes",
      "/about/": "no",
      "/en/about/": "yes",
      "/de/about/": "yes",
      "/fr/about/": "no",
      "/en/healthz": "no",
    },
  },
  {
    name: "i18n_patterns without a prefix for the own language",
    urls: 'from django.conf.urls.i18n import i18n_patterns\nurlpatterns = i18n_patterns(path("about/", home), prefix_default_language=False)\n',
    settings: `${locale}LANGUAGE_CODE = "en"\nLANGUAGES = [("en", "English"), ("de", "Deutsch")]\n`,
    paths: { "/about/": "yes", "/de/about/": "yes", "/en/about/": "no" },
  },
  {
    name: "i18n_patterns where nothing is translated",
    urls: 'from django.conf.urls.i18n import i18n_patterns\nurlpatterns = i18n_patterns(path("about/", home))\n',
    settings: `${common}USE_I18N = False\n`,
    paths: { "/about/": "yes", "/en-us/about/": "no" },
  },
  {
    name: "patterns of other modules",
    urls: "from .base import urlpatterns\nfrom .more import urlpatterns as more\nfrom shop import last\nurlpatterns += more\nurlpatterns += last.urlpatterns\n",
    files: {
      "shop/base.py": `${imports}urlpatterns = [path("base", home)]\n`,
      "shop/more.py": `from .star import *\n${imports}urlpatterns += [path("more", home)]\n`,
      "shop/star.py": `${imports}urlpatterns = [path("star", home)]\n`,
      "shop/last.py": `${imports}urlpatterns = [path("last", home)]\n`,
    },
    paths: { "/base": "yes", "/more": "yes", "/star": "yes", "/last": "yes", "/x": "no" },
  },
  {
    name: "views in decorators, lambdas and factories",
    urls: 'from django.views.decorators.cache import never_cache, cache_page\nfrom django.http import HttpResponse\ndef make():\n    return home\nurlpatterns = [path("a", never_cache(home)), path("b", cache_page(60)(Home.as_view())), path("c", lambda request: HttpResponse("ok")), path("d", make())]\n',
    paths: { "/a": "yes", "/b": "yes", "/c": "yes", "/d": "unknown", "/e": "no" },
  },
  {
    name: "a converter of its own",
    urls: 'from django.urls import register_converter\nclass Four:\n    regex = "[0-9]{4}"\n    def to_python(self, value):\n        return int(value)\n    def to_url(self, value):\n        return str(value)\nregister_converter(Four, "four")\nurlpatterns = [path("y/<four:y>/", home), path("z", home)]\n',
    paths: { "/y/2026/": "unknown", "/z": "yes", "/x": "no" },
  },
  {
    name: "what Django brings is known",
    urls: 'urlpatterns = [path("accounts/", include("django.conf.urls.i18n"))]\n',
    paths: { "/accounts/x": "no" },
  },
];

const filesOf = ({ urls, files, settings = common }: Case) => ({
  "manage.py": "import django\n",
  "shop/__init__.py": "",
  "shop/views.py": views,
  "shop/urls.py": imports + urls,
  "shop/settings.py": `ROOT_URLCONF = "shop.urls"\n${settings}`,
  ...files,
});

describe.each(cases)("$name", (one) => {
  test("is read", async () => {
    const { answers } = await factOf("urls", filesOf(one));
    expect(Object.fromEntries(Object.keys(one.paths).map((path) => [path, answers(path)]))).toEqual(
      one.paths,
    );
  });
});

test.skipIf(!hasPython("django"))("Django gives the same answers (needs Python with Django)", () => {
  const projects = cases.map((one) => ({ files: filesOf(one), paths: Object.keys(one.paths) }));
  const answers: unknown = JSON.parse(
    execFileSync(python, [join(import.meta.dirname, "urls/answers.py")], {
      input: JSON.stringify(projects),
      encoding: "utf8",
      stdio: ["pipe", "pipe", "ignore"],
    }),
  );
  expect(answers).toEqual(
    cases.map(({ paths }) =>
      Object.fromEntries(
        Object.entries(paths).map(([path, answer]) => [
          path,
          answer === "unknown" ? expect.stringMatching(/^(?:yes|no)$/) : answer,
        ]),
      ),
    ),
  );
});

test("routes have their whole pattern, the name of their view and what it is wrapped in", async () => {
  const { routes, open, module, file } = await factOf(
    "urls",
    filesOf({
      name: "",
      urls: 'from django.contrib import admin\nfrom django.contrib.auth.decorators import login_required\nfrom rest_framework.routers import DefaultRouter\nrouter = DefaultRouter()\ndef own(request): pass\nurlpatterns = [path("admin/", admin.site.urls), path("a/", include([re_path(r"^b/(?P<pk>\\d+)$", login_required(Home.as_view()), name="b")])), path("own", own), path("api/", include(router.urls)), path("accounts/", include("allauth.urls"))]\nif settings.OTHER:\n    urlpatterns += [path("views", views.home)]\n',
      settings: 'import os\nOTHER = os.environ.get("OTHER") == "1"\n',
      paths: {},
    }),
  );
  expect([module, file]).toEqual(["shop.urls", "shop/urls.py"]);
  expect(
    routes.map(({ pattern, view, wrappers, name, sure }) => [pattern, view, wrappers, name, sure]),
  ).toEqual([
    ["admin/", "django.contrib.admin.site.index", [], undefined, true],
    ["admin/login/", "django.contrib.admin.site.login", [], undefined, true],
    ["a/b/(?P<pk>\\d+)", "shop.views.Home", ["django.contrib.auth.decorators.login_required"], "b", true],
    ["own", "shop.urls.own", [], undefined, true],
    ["views", "shop.views.home", [], undefined, false],
  ]);
  expect(open.map(({ prefix, module: included, because }) => [prefix, included, because])).toEqual([
    ["admin/", "django.contrib.admin.site.urls", "includes django.contrib.admin.site.urls"],
    ["api/", undefined, "includes router.urls"],
    ["accounts/", "allauth.urls", "includes allauth.urls"],
  ]);
});

test("a URLconf that another setting may replace is open", async () => {
  const { resolves } = await factOf(
    "urls",
    filesOf({
      name: "",
      urls: 'urlpatterns = [path("a", home)]\n',
      settings: 'PUBLIC_SCHEMA_URLCONF = "shop.public"\n',
      paths: {},
    }),
  );
  expect([resolves("/a"), resolves("/b?x=1")]).toEqual(["yes", "unknown"]);
});
