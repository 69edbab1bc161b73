import { expect, test } from "vitest";
import admin from "../../../src/checks/exposure/admin-default-url.ts";
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
const adminAt = (path: string) => `urlpatterns = [path(${path}, admin.site.urls)]\n`;

test("the admin at /admin/ is told as advice", async () => {
  expect(brief(await runOn(admin, shop(adminAt('"admin/"'))))).toEqual([
    expect.stringMatching(/^info certain shop\/urls.py:8:\d+ the admin's login answers at \/admin\//),
  ]);
});

test.each([
  ["another path", shop(adminAt('"back-office/"')), "passed"],
  [
    "a path of the settings",
    shop(adminAt("settings.ADMIN_URL"), "", "import os\nADMIN_URL = os.environ['A']\n"),
    "passed",
  ],
  ["django-axes", shop(adminAt('"admin/"'), "", 'INSTALLED_APPS += ["axes"]\n'), "passed"],
  [
    "a middleware that limits",
    shop(adminAt('"admin/"'), "", 'MIDDLEWARE = ["shop.AdminIPRestrict"]\n'),
    "passed",
  ],
  ["no admin", shop("urlpatterns = []\n"), "skipped"],
])("admin-default-url is silent about %s", async (_, files, status) => {
  const result = await runOn(admin, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
