import { expect, test } from "vitest";
import check from "../../../src/checks/static/media-on-ephemeral-disk.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { onHeroku, settingsOnly } from "../../support/settings.ts";

const photo =
  'from django.db import models\nclass Photo(models.Model):\n    image = models.ImageField(upload_to="x")\n';
const s3 = 'STORAGES = {"default": {"BACKEND": "storages.backends.s3.S3Storage"}}\n';
const shop = (settings = "", models = photo, more: Readonly<Record<string, string>> = onHeroku) =>
  settingsOnly(`import os\nINSTALLED_APPS = ["photos"]\n${settings}`, {
    "photos/__init__.py": "",
    "photos/models.py": models,
    ...more,
  });

test("reports a file field", async () => {
  expect(brief(await runOn(check, shop()))).toEqual([
    "error certain photos/models.py:3:5 Photo.image stores its files on a disk that Heroku discards at every deploy and restart",
  ]);
});

test("counts the others, and reports an app of a library", async () => {
  const files = shop("INSTALLED_APPS += ['wagtail.images', 'wagtail.documents']\n", "");
  expect(brief(await runOn(check, files))).toEqual([
    "error certain shop/settings.py:2:18 wagtail.images and 1 more store their files on a disk that Heroku discards at every deploy and restart",
  ]);
});

test("reports a disk that cannot be written to", async () => {
  const files = shop("", photo, { "app.yaml": "runtime: python312\nentrypoint: gunicorn shop.wsgi\n" });
  expect(brief(await runOn(check, files))).toEqual([
    expect.stringMatching(/^error certain .* on a disk that App Engine does not let the app write to$/),
  ]);
});

test("a storage that a variable switches on is a warning", async () => {
  const files = shop(`if os.environ.get("USE_S3") == "True":\n    ${s3}`);
  const result = await runOn(check, files);
  expect(brief(result)).toEqual([
    expect.stringMatching(/^warning conditional photos\/models.py:3:5 Photo.image/),
  ]);
  expect(result.findings[0]?.when).toEqual(["$USE_S3 is unset"]);
  const insisting = 'USE = "AWS_STORAGE_BUCKET_NAME" in os.environ\nif USE:\n    ';
  expect((await runOn(check, shop(insisting + s3))).findings[0]?.when).toEqual([
    "$AWS_STORAGE_BUCKET_NAME is unset",
  ]);
});

test("a test that cannot be known is a condition", async () => {
  const result = await runOn(check, shop(`if os.path.exists("/etc/bucket"):\n    ${s3}`));
  expect(result.findings[0]?.when).toEqual(['`os.path.exists("/etc/bucket")` is false']);
});

test("a disk that may be mounted outside of the repository is a condition", async () => {
  const files = shop("", photo, {
    "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}\n',
  });
  const result = await runOn(check, files);
  expect(brief(result)).toEqual([expect.stringMatching(/^warning conditional /)]);
  expect(result.findings[0]?.when).toEqual(["no disk is mounted at MEDIA_ROOT by the Railway dashboard"]);
});

test("settings for development may not be those of production", async () => {
  const { "shop/settings.py": settings = "", ...others } = shop();
  const files = {
    ...others,
    "shop/settings/__init__.py": "",
    "shop/settings/local.py": settings,
    "shop/wsgi.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.local")\n',
  };
  const result = await runOn(check, files);
  expect(brief(result)).toEqual([expect.stringMatching(/^warning conditional /)]);
});

test("other settings that name a bucket may be those of production", async () => {
  const files = shop("", photo, {
    ...onHeroku,
    "shop/prod_settings.py": `from .settings import *\n${s3}`,
    "shop/wsgi.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  });
  const result = await runOn(check, files);
  expect(brief(result)).toEqual([expect.stringMatching(/^warning conditional /)]);
});

test("a variable that makes the settings fail switches no storage on", async () => {
  const files = shop('if os.environ.get("AWS_REGION"):\n    raise ValueError\n');
  expect(brief(await runOn(check, files))).toEqual([expect.stringMatching(/^error certain /)]);
});

test("a variable that is an address switches a storage on", async () => {
  const files = shop(`if os.environ.get("MEDIA_BACKEND", "").startswith("s3://"):\n    ${s3}`);
  expect((await runOn(check, files)).findings[0]?.when).toEqual(["$MEDIA_BACKEND is unset"]);
});

test("a model that a library may make something else of is a warning", async () => {
  const tree = photo.replace("models.Model", "library.Node").replace("from", "import library\nfrom");
  expect(brief(await runOn(check, shop("", tree)))).toEqual([expect.stringMatching(/^warning certain /)]);
});

test.each([
  ["remote storage", shop(s3), "passed"],
  [
    "the old setting of remote storage",
    shop('DEFAULT_FILE_STORAGE = "storages.backends.s3boto3.S3Boto3Storage"\n'),
    "passed",
  ],
  [
    "a storage of the project's own",
    shop('STORAGES = {"default": {"BACKEND": "shop.storages.Media"}}\n'),
    "passed",
  ],
  [
    "a storage that the environment names",
    shop('STORAGES = {"default": {"BACKEND": os.environ["STORAGE"]}}\n'),
    "passed",
  ],
  ["STORAGES without a default", shop('STORAGES = {"staticfiles": {"BACKEND": "x.y"}}\n'), "skipped"],
  [
    "a field with its own storage",
    shop("", photo.replace("upload_to", "storage=private, upload_to")),
    "skipped",
  ],
  [
    "Cloudinary's field",
    shop(
      "",
      "from cloudinary.models import CloudinaryField\nfrom django.db import models\nclass Photo(models.Model):\n    image = CloudinaryField()\n",
    ),
    "skipped",
  ],
  [
    "a form's field",
    shop("", "from django import forms\nclass ImportForm(forms.Form):\n    file = forms.FileField()\n"),
    "skipped",
  ],
  ["an abstract model", shop("", `${photo}    class Meta:\n        abstract = True\n`), "skipped"],
  [
    "a mounted volume",
    shop("", photo, {
      "fly.toml": 'app = "shop"\n[mounts]\nsource = "data"\ndestination = "/data"\n',
      Dockerfile: 'FROM python:3.13\nCMD ["gunicorn", "shop.wsgi"]\n',
    }),
    "passed",
  ],
  [
    "a disk of Render's",
    shop("", photo, {
      "render.yaml":
        "services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    disk:\n      name: media\n      mountPath: /var/media\n",
    }),
    "passed",
  ],
  ["a host that we do not know", shop("", photo, {}), "skipped"],
  [
    "a manifest that switches the storage on",
    shop(`if os.environ.get("USE_S3") == "True":\n    ${s3}`, photo, {
      "render.yaml":
        'services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: USE_S3\n        value: "True"\n',
    }),
    "passed",
  ],
])("is silent about %s", async (_, files, status) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});

test.each([
  [
    "STORAGES that are there are kept",
    'STORAGES = {"staticfiles": {"BACKEND": "x.Y"}, "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}\n',
    /^STORAGES\["default"\] = /,
  ],
  ["without STORAGES they are made whole", "", /^STORAGES = \{\n[\s\S]*"staticfiles"/],
])("the fix can be pasted: %s", async (_, settings, expected) => {
  const { findings } = await runOn(check, shop(settings));
  expect(findings).toMatchObject([{ fix: expect.stringMatching(expected) }]);
});

test("the fix does without STORAGES where Django knows none", async () => {
  const { findings } = await runOn(
    check,
    shop("", photo, { ...onHeroku, "requirements.txt": "Django==3.2.25\n" }),
  );
  expect(findings).toMatchObject([{ fix: expect.stringMatching(/^DEFAULT_FILE_STORAGE = /) }]);
});
