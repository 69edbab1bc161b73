import { defineCheck } from "../../check.ts";
import { fileStorage, uploaders } from "../../facts/django/uploads.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const scans = {
  ...shop,
  "scans/__init__.py": "",
  "scans/models.py":
    'from django.db import models\n\n\nclass Scan(models.Model):\n    file = models.FileField(upload_to="scans")\n',
  "scans/migrations/__init__.py": "",
  "scans/migrations/0001_initial.py":
    'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    dependencies = []\n    operations = [\n        migrations.CreateModel("Scan", [("id", models.BigAutoField(primary_key=True)), ("file", models.FileField(upload_to="scans"))]),\n    ]\n',
  "shop/settings.py": `${shop["shop/settings.py"]}INSTALLED_APPS = ["scans"]\nMEDIA_ROOT = "/var/media"\nMEDIA_URL = "media/"\n`,
};
const imports = "from django.conf import settings\nfrom django.urls import re_path\n";

export default defineCheck({
  id: "media-served-by-debug-view",
  title: "What users upload is not served by Django's view for development",
  area: "static",
  severity: "warning",
  needs: ["settings", "urls", "apps"],
  docs: {
    why: "`django.views.static.serve` is made for development: each download holds a worker, and an HTML or SVG file that somebody uploads runs as a page of your site, with the session of whoever opens it.",
    fix: "Serve MEDIA_URL from a bucket or by the proxy, best under another domain:\n\n```\nlocation /media/ { alias /var/media/; }\n```",
    bad: {
      ...scans,
      "shop/urls.py": `${imports}from django.views.static import serve\n\nurlpatterns = [\n    re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}),\n]\n`,
    },
    good: {
      ...scans,
      "shop/urls.py":
        "from django.conf import settings\nfrom django.conf.urls.static import static\n\nurlpatterns = static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)\n",
    },
    notReported: [
      "`static(settings.MEDIA_URL, …)`, which makes no route with DEBUG off: who serves the files then is mostly a proxy outside of the repository.",
      "A route under `if settings.DEBUG:`, and uploads in a bucket.",
      "A view that asks for a login before it serves.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/howto/static-files/#serving-files-uploaded-by-a-user-during-development",
    ],
  },
  *run({ settings, urls, apps }) {
    const url = (textOf(settings.get("MEDIA_URL").value) ?? "").replace(/^\//, "");
    if (url === "" || /^https?:/.test(url)) return yield notApplicable("MEDIA_URL is no path of the site");
    if (uploaders(apps, settings).length === 0)
      return yield notApplicable("no model is known to store files in the default storage");
    const storage = fileStorage(settings);
    if (storage.kind !== "local")
      return yield evidence("uploads are not known to be stored on the disk", storage.at);
    const route = urls.routes.find(
      ({ view, pattern, sure, wrappers }) =>
        sure &&
        wrappers.length === 0 &&
        view === "django.views.static.serve" &&
        (pattern ?? "").startsWith(url),
    );
    if (!route) return yield evidence("no route serves MEDIA_URL by Django's view for development");
    yield fails(`django.views.static.serve answers ${url} in production, with whatever users have uploaded`, {
      at: route.at,
      fix: "# nginx, or serve it from a bucket\nlocation /media/ { alias /var/media/; }",
    });
  },
});
