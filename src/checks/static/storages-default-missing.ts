import { defineCheck } from "../../check.ts";
import { isInstalled } from "../../facts/django/static-files.ts";
import { uploaders } from "../../facts/django/uploads.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { entryOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

const photos = {
  ...shop,
  "photos/__init__.py": "",
  "photos/models.py":
    'from django.db import models\n\n\nclass Scan(models.Model):\n    file = models.FileField(upload_to="scans")\n',
  "photos/migrations/__init__.py": "",
  "photos/migrations/0001_initial.py":
    'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    dependencies = []\n    operations = [\n        migrations.CreateModel("Scan", [("id", models.BigAutoField(primary_key=True)), ("file", models.FileField(upload_to="scans"))]),\n    ]\n',
};
const settings = (byDefault: string) =>
  `${shop["shop/settings.py"]}INSTALLED_APPS = ["photos"]\nSTORAGES = {\n${byDefault}    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},\n}\n`;
const local = '    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},\n';

export default defineCheck({
  id: "storages-default-missing",
  title: "STORAGES names the storages that the project uses",
  area: "static",
  severity: "error",
  needs: ["settings", "apps", "code", "staticServing"],
  docs: {
    why: "A project's STORAGES replaces Django's, nothing is merged. Without `default` the first upload raises InvalidStorageError, and without `staticfiles` every page with `{% static %}` does, and `collectstatic`. Neither `check` nor the start of the server says a word.",
    fix: `Write both down:\n\n\`\`\`python\nSTORAGES = {\n${local}    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},\n}\n\`\`\``,
    bad: { ...photos, "shop/settings.py": settings("") },
    good: { ...photos, "shop/settings.py": settings(local) },
    notReported: [
      "A STORAGES that begins with Django's own (`{**global_settings.STORAGES, …}`), or of which we do not know everything.",
      "A project that stores no files is told so as advice only: Heroku's own example is one.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/settings/#storages",
      "https://github.com/heroku/python-getting-started/blob/main/gettingstarted/settings.py",
    ],
  },
  *run({ settings, apps, code, staticServing }) {
    const { value, explicit, at } = settings.get("STORAGES");
    if (!explicit) return yield notApplicable("STORAGES has Django's own value");
    if (value.kind !== "dict" || value.open) return yield notApplicable("STORAGES is only partly known");
    const lacks = (alias: string) => entryOf(value, alias) === undefined;
    if (lacks("default")) {
      const user = uploaders(apps, settings).find(({ certain }) => certain)?.name ?? savingCode(code);
      yield fails(
        user === undefined
          ? "STORAGES has no default storage, and whatever stores a file one day raises InvalidStorageError"
          : `STORAGES has no default storage, so ${user} raises InvalidStorageError when it stores a file`,
        {
          at,
          fix: `"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},`,
          ...(user === undefined && { severity: "info" }),
        },
      );
    }
    if (lacks("staticfiles") && isInstalled(settings, "django.contrib.staticfiles") === true) {
      const user =
        isInstalled(settings, "django.contrib.admin") === true ? "the admin" : staticServing.usedBy;
      yield fails(
        `STORAGES has no staticfiles storage, so ${user ?? "collectstatic"} raises InvalidStorageError`,
        {
          at,
          fix: `"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},`,
          ...(user === undefined && { severity: "info" }),
        },
      );
    }
    yield evidence("STORAGES names a default storage, and one for static files where they are used", at);
  },
});

/** Code that stores files in the default storage by itself. */
function savingCode(code: {
  mentioning(text: RegExp): readonly { readonly path: string; readonly text: string }[];
}): string | undefined {
  return code
    .mentioning(/\bdefault_storage\.(?:save|open)\(/)
    .find(({ text }) => /from django\.core\.files\.storage import[^\n]*\bdefault_storage\b/.test(text))?.path;
}
