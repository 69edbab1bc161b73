import { expect, test } from "vitest";
import check from "../../../src/checks/platform/health-path-unroutable.ts";
import { brief, runOn } from "../../support/run-on.ts";

const project = (urls: string, settings = "", files: Readonly<Record<string, string>> = {}) => ({
  "manage.py": "import django\n",
  "requirements.txt": "django==5.2\ngunicorn\n",
  "railway.json": JSON.stringify({
    deploy: { startCommand: "gunicorn shop.wsgi", healthcheckPath: "/healthz" },
  }),
  "shop/__init__.py": "",
  "shop/settings.py": `import os\nROOT_URLCONF = "shop.urls"\nMIDDLEWARE = ["django.middleware.common.CommonMiddleware"]\n${settings}`,
  "shop/urls.py": `from django.urls import include, path\nfrom shop.views import home\nurlpatterns = [${urls}]\n`,
  "shop/views.py": "def home(request):\n    pass\n",
  "shop/wsgi.py": "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n",
  ...files,
});
const run = (...of: Parameters<typeof project>) => runOn(check, project(...of), { platform: "railway" });

test("a path that nothing routes answers 404", async () => {
  const expected = [
    expect.stringMatching(
      /^error certain railway\.json\S* Railway asks for \/healthz, which no pattern of shop\.urls matches, so the health check gets a 404$/,
    ),
  ];
  expect(brief(await run('path("status", home)'))).toEqual(expected);
  expect(brief(await run('path("api/", include([path("healthz", home)]))'))).toEqual(expected);
  expect(brief(await run('path("accounts/", include("allauth.urls"))'))).toEqual(expected);
});

test.each<[string, string, string?, Readonly<Record<string, string>>?]>([
  ["it is routed", 'path("healthz", home)'],
  ["anything is routed", 'path("<path:page>", home)'],
])("fine: %s", async (_name, urls, settings, files) => {
  expect((await run(urls, settings, files)).status).toBe("passed");
});

test.each<[string, string, string?, Readonly<Record<string, string>>?]>([
  ["only its slash is missing", 'path("healthz/", home)'],
  ["a library's URLs stand at the root", 'path("", include("wagtail.urls"))'],
  ["a middleware answers", "", 'MIDDLEWARE = ["shop.middleware.HealthCheck"]\n'],
  [
    "flat pages answer",
    "",
    'MIDDLEWARE += ["django.contrib.flatpages.middleware.FlatpageFallbackMiddleware"]\n',
  ],
  [
    "code outside of the URLconf names it",
    "",
    "",
    { "shop/first.py": 'def first(request):\n    return request.path == "/healthz"\n' },
  ],
  ["WhiteNoise serves files of a folder", "", 'WHITENOISE_ROOT = "root"\n'],
  [
    "another application stands around it",
    "",
    "",
    {
      "shop/wsgi.py":
        "from django.core.wsgi import get_wsgi_application\nfrom flask import Flask\napplication = Flask(get_wsgi_application())\n",
    },
  ],
  ["the route depends on the operator", '*([path("healthz", home)] if os.environ.get("X") else [])'],
])("not told: %s", async (_name, urls, settings, files) => {
  expect((await run(urls, settings, files)).findings).toEqual([]);
});

test("without a path nothing is asked", async () => {
  const files = { "railway.json": JSON.stringify({ deploy: { startCommand: "gunicorn shop.wsgi" } }) };
  expect((await run("", "", files)).status).toBe("skipped");
});
