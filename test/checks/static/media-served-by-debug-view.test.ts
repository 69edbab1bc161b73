import { expect, test } from "vitest";
import media from "../../../src/checks/static/media-served-by-debug-view.ts";
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
const serving = 're_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})';

test("reports uploads that Django's view for development serves", async () => {
  expect(brief(await runOn(media, shop(`urlpatterns = [${serving}]\n`)))).toEqual([
    expect.stringMatching(
      /^warning certain shop\/urls.py:8:\d+ django.views.static.serve answers media\/ in production/,
    ),
  ]);
});

test.each([
  [
    "static()",
    shop("urlpatterns = static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)\n"),
    "passed",
  ],
  ["a guard", shop(`urlpatterns = []\nif settings.DEBUG:\n    urlpatterns += [${serving}]\n`), "passed"],
  ["a login", shop(`urlpatterns = [${serving.replace("serve,", "login_required(serve),")}]\n`), "passed"],
  [
    "a bucket",
    shop(
      `urlpatterns = [${serving}]\n`,
      "",
      'STORAGES = {"default": {"BACKEND": "storages.backends.s3.S3Storage"}}\n',
    ),
    "passed",
  ],
  [
    "uploads of another host",
    shop(`urlpatterns = [${serving}]\n`, "", 'MEDIA_URL = "https://cdn.example.com/"\n'),
    "skipped",
  ],
  ["no uploads", shop(`urlpatterns = [${serving}]\n`, "", "", { "scans/models.py": "" }), "skipped"],
])("media-served-by-debug-view is silent about %s", async (_, files, status) => {
  const result = await runOn(media, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
