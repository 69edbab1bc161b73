import { expect, test } from "vitest";
import check from "../../../src/checks/platform/health-endpoint-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";

const run = (
  urls: string,
  settings = "",
  platform = "heroku",
  files: Readonly<Record<string, string>> = {},
) =>
  runOn(
    check,
    {
      "manage.py": "import django\n",
      Procfile: "web: gunicorn shop.wsgi\n",
      "shop/__init__.py": "",
      "shop/settings.py": `ROOT_URLCONF = "shop.urls"\n${settings}`,
      "shop/urls.py": `from django.urls import include, path\nfrom shop.views import home\nurlpatterns = [${urls}]\n`,
      "shop/views.py": "def home(request):\n    pass\n",
      ...files,
    },
    { platform },
  );

test("a path for health checks is advice", async () => {
  expect(brief(await run('path("", home)'))).toEqual([
    "info certain no path of shop.urls is there for health checks, and Heroku asks for none",
  ]);
});

test.each([
  ["healthz", ""],
  ["api/health/", ""],
  ["readyz", ""],
  ["-/up", ""],
  ["", 'INSTALLED_APPS = ["health_check"]\n'],
  ["", 'MIDDLEWARE = ["shop.HealthMiddleware"]\n'],
])("fine: path %j and %j", async (path, settings) => {
  expect((await run(`path("${path}", home)`, settings)).status).toBe("passed");
});

test("an entry point may answer it", async () => {
  const files = { "shop/wsgi.py": 'application = health_check(application, "/health/")\n' };
  expect((await run("", "", "heroku", files)).status).toBe("passed");
});

test.each([
  ["a library's URLs stand at the root", 'path("", include("wagtail.urls"))', "heroku"],
  ["how the platform asks is not known", "", "procfile-host"],
])("not asked: %s", async (_name, urls, platform) => {
  expect((await run(urls, "", platform)).status).toBe("skipped");
});
