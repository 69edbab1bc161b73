import { expect, test } from "vitest";
import debug from "../../../src/checks/exposure/debug-endpoint.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const imports =
  "from django.conf import settings\nfrom django.contrib import admin\nfrom django.conf.urls.static import static\nfrom django.contrib.auth.decorators import login_required\nfrom django.urls import path, re_path\nfrom django.views.static import serve\nfrom . import views\n";
const shop = (urls: string, views = "", settings = "", more: Readonly<Record<string, string>> = {}) =>
  settingsOnly(
    `INSTALLED_APPS = ["scans", "django.contrib.admin"]\nMEDIA_URL = "/media/"\nMEDIA_ROOT = "/media"\n${settings}`,
    {
      "shop/__init__.py": "",
      "shop/urls.py": imports + urls,
      "shop/views.py": views,
      "scans/__init__.py": "",
      "scans/models.py":
        "from django.db import models\nclass Scan(models.Model):\n    file = models.FileField()\n",
      ...more,
    },
  );
const route = (path: string) => `urlpatterns = [path("${path}", views.probe)]\n`;
const probe = (body: string, before = "") => `import os\n${before}def probe(request):\n    ${body}\n`;

test.each([
  ["return 1 / 0", "warning", "raises ZeroDivisionError for everybody on purpose"],
  ["division_by_zero = 1 / 0", "warning", "raises ZeroDivisionError for everybody on purpose"],
  ['raise Exception("test")', "warning", "raises an error for everybody on purpose"],
  ["return JsonResponse(dict(os.environ))", "error", "answers everybody with the environment variables"],
])("reports a view of `%s`", async (body, severity, does) => {
  expect(brief(await runOn(debug, shop(route("sentry-debug/"), probe(body))))).toEqual([
    expect.stringMatching(
      new RegExp(`^${severity} certain shop/urls.py:\\d+:\\d+ the route sentry-debug/ ${does}$`),
    ),
  ]);
});

test.each([
  [
    "a guard",
    shop(
      `urlpatterns = []\nif settings.DEBUG:\n    ${route("sentry-debug/").replace("=", "+=")}`,
      probe("return 1 / 0"),
    ),
  ],
  ["a harmless view of such a name", shop(route("debug/"), probe('return HttpResponse("ok")'))],
  ["one variable", shop(route("env/"), probe('return HttpResponse(os.environ["RELEASE"])'))],
  [
    "a view that asks for a login",
    shop(
      route("debug/"),
      probe(
        "return 1 / 0",
        "from django.contrib.admin.views.decorators import staff_member_required\n@staff_member_required\n",
      ),
    ),
  ],
  [
    "a wrapped view",
    shop('urlpatterns = [path("debug/", login_required(views.probe))]\n', probe("return 1 / 0")),
  ],
  ["a 404", shop(route("test/"), probe("raise Http404"))],
  ["a view that is not found", shop('urlpatterns = [path("debug/", views.other)]\n', "")],
])("debug-endpoint is silent about %s", async (_, files) => {
  const result = await runOn(debug, files);
  expect([...brief(result), result.status]).toEqual(["passed"]);
});
