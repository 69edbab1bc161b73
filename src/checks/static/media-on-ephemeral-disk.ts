import { defineCheck } from "../../check.ts";
import type { Code } from "../../facts/code.ts";
import type { Settings } from "../../facts/django/settings.ts";
import { isForDevelopment } from "../../facts/django/settings-names.ts";
import { fileStorage, storageVariables, uploaders } from "../../facts/django/uploads.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const photos = {
  ...shop,
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": "{}\n",
  "photos/__init__.py": "",
  "photos/models.py":
    'from django.db import models\n\n\nclass Photo(models.Model):\n    image = models.ImageField(upload_to="photos")\n',
  "photos/migrations/__init__.py": "",
  "photos/migrations/0001_initial.py":
    'from django.db import migrations, models\n\n\nclass Migration(migrations.Migration):\n    dependencies = []\n    operations = [\n        migrations.CreateModel("Photo", [("id", models.BigAutoField(primary_key=True)), ("image", models.ImageField(upload_to="photos"))]),\n    ]\n',
};
const settings = (storages: string) =>
  `${shop["shop/settings.py"]}INSTALLED_APPS = ["photos"]\nMEDIA_URL = "media/"\n${storages}`;

export default defineCheck({
  id: "media-on-ephemeral-disk",
  title: "What users upload outlives a deployment",
  area: "static",
  severity: "error",
  needs: ["settings", "deployment", "apps", "code"],
  docs: {
    why: "A FileField stores its file below MEDIA_ROOT, on the disk of the machine that got the request. A platform with an ephemeral disk throws it away at every deploy and restart, and a second instance never sees it: the row is there, the picture answers 404. It works for a day, which is why nobody notices before the first customer complains.",
    fix: 'Store uploads outside of the machine, in a bucket or on a disk that is mounted:\n\n```python\nSTORAGES = {\n    "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": os.environ["AWS_STORAGE_BUCKET_NAME"]}},\n    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},\n}\n```',
    bad: {
      ...photos,
      "requirements.txt": `${shop["requirements.txt"]}pillow\n`,
      "shop/settings.py": settings(""),
    },
    good: {
      ...photos,
      "requirements.txt": `${shop["requirements.txt"]}pillow\ndjango-storages[s3]\n`,
      "shop/settings.py": settings(
        'STORAGES = {\n    "default": {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": os.environ["AWS_STORAGE_BUCKET_NAME"]}},\n    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},\n}\n',
      ),
    },
    notReported: [
      "Fields that are given a storage of their own, and fields of forms.",
      "A storage that is not Django's, a disk or volume that a manifest mounts, and a host that keeps its disk or whose disk we do not know.",
      "A warning where a disk may be mounted outside of the repository, as on Railway and Dokku, and where production loads settings that are for development, or others name a bucket.",
      "A storage that a variable switches on is a warning, as long as nothing in the repository sets the variable.",
    ],
    links: [
      "https://help.heroku.com/K1PPS2WM/why-are-my-file-uploads-missing-deleted",
      "https://docs.djangoproject.com/en/stable/ref/settings/#storages",
    ],
  },
  *run({ settings, deployment: { platform }, apps, code }) {
    const [first, ...more] = uploaders(apps, settings);
    if (!first) return yield notApplicable("no model is known to store files in the default storage");
    const storage = fileStorage(settings);
    if (storage.kind === "missing")
      return yield notApplicable("STORAGES has no default: storages-default-missing");
    if (storage.kind === "remote")
      return yield evidence(`uploads are stored by ${storage.backend}`, storage.at);
    if (storage.kind === "unknown")
      return yield evidence("uploads are stored by a class that is not Django's", storage.at);
    if (platform.disk === "persistent") return yield evidence(`${platform.name} keeps its disk`);
    if (platform.disk === "unknown")
      return yield notApplicable(`nothing tells whether ${platform.name} keeps files`);

    const [variable, ...others] = storageVariables(settings);
    const either = settings.variants.find((each) => fileStorage(each).kind !== "local");
    const when = [
      ...(variable === undefined
        ? []
        : [`${[variable, ...others].map((name) => `$${name}`).join(" or ")} is unset`]),
      ...(variable === undefined && either ? [either.whenNot] : []),
      ...(platform.disksElsewhere === undefined
        ? []
        : [`no disk is mounted at MEDIA_ROOT by ${platform.disksElsewhere}`]),
      // Who sets DJANGO_SETTINGS_MODULE in a dashboard has other settings than the files show.
      ...(variable === undefined && (isForDevelopment(settings.module) || namesBucket(code, settings.file))
        ? [`production loads ${settings.module}, and no settings that name another storage`]
        : []),
    ];
    const fields = more.length === 0 ? "" : ` and ${more.length} more`;
    yield fails(
      `${first.name}${fields} ${more.length === 0 ? "stores its files" : "store their files"} on a disk that ${platform.disk === "ephemeral" ? `${platform.name} discards at every deploy and restart` : `${platform.name} does not let the app write to`}`,
      {
        at: first.at,
        when,
        fix: fixFor(settings),
        ...((when.length > 0 || !first.certain) && { severity: "warning" }),
      },
    );
  },
});

const s3 =
  '{"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": {"bucket_name": os.environ["AWS_STORAGE_BUCKET_NAME"]}}';

/** Django before 4.2 has no STORAGES, and before 5.1 it refuses them beside the old settings. */
function fixFor(settings: Settings): string {
  if (settings.get("STORAGES").explicit) return `STORAGES["default"] = ${s3}`;
  const [major = 0, minor = 0] = (settings.djangoVersion ?? "6").split(".").map(Number);
  const before = (from: number, small: number) => major < from || (major === from && minor < small);
  const hasOld = ["DEFAULT_FILE_STORAGE", "STATICFILES_STORAGE"].some((name) => settings.get(name).explicit);
  return before(4, 2) || (hasOld && before(5, 1))
    ? 'DEFAULT_FILE_STORAGE = "storages.backends.s3.S3Storage"\nAWS_STORAGE_BUCKET_NAME = os.environ["AWS_STORAGE_BUCKET_NAME"]'
    : `STORAGES = {\n    "default": ${s3},\n    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},\n}`;
}

/** Another file of the project that puts uploads into a bucket. */
function namesBucket(code: Code, file: string): boolean {
  const bucket =
    /(?:DEFAULT_FILE_STORAGE|STORAGES|["']BACKEND["'])[^\n]{0,300}(?:storages\.backends|s3|gcloud|google|azure|cloudinary)/i;
  return code
    .mentioning(bucket)
    .some(({ path, text }) => path !== file && !/STATICFILES_STORAGE/.test(bucket.exec(text)?.[0] ?? ""));
}
