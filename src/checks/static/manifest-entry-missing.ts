import { defineCheck } from "../../check.ts";
import { collecting } from "../../facts/collecting.ts";
import { staticName } from "../../facts/django/finders.ts";
import { manifestStorage } from "../../facts/django/manifest-storage.ts";
import { isInstalled } from "../../facts/django/static-files.ts";
import type { StaticReferences, TemplateReference } from "../../facts/static-references.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import { shop } from "../example-shop.ts";

const settings = `import os
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
ALLOWED_HOSTS = ["shop.example.com"]
INSTALLED_APPS = ["django.contrib.staticfiles"]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
]
ROOT_URLCONF = "shop.urls"
SECRET_KEY = os.environ["SECRET_KEY"]
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
    }
]
`;
const project = {
  ...shop,
  "shop/settings.py": settings,
  "shop/views.py":
    'from django.shortcuts import render\n\n\ndef index(request):\n    return render(request, "index.html")\n',
  "static/css/site.css": "body {\n}\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{"name": "shop"}\n',
};

export default defineCheck({
  id: "manifest-entry-missing",
  title: "Static files that templates name are there",
  area: "static",
  severity: "error",
  needs: ["settings", "staticReferences", "deployment", "deploySteps"],
  wants: ["project"],
  docs: {
    why: 'A manifest storage looks every name up in what collectstatic wrote. For one that is not in there, `{% static %}` raises "ValueError: Missing staticfiles manifest entry", and the page is a 500. With DEBUG on nothing is looked up, so it shows in production first.',
    fix: "Write the name as collectstatic finds it, without a slash in front:\n\n```django\n{% static 'css/site.css' %}\n```",
    bad: {
      ...project,
      "templates/index.html": "{% load static %}\n<link href=\"{% static '/css/site.css' %}\">\n",
    },
    good: {
      ...project,
      "templates/index.html": "{% load static %}\n<link href=\"{% static 'css/site.css' %}\">\n",
    },
    notReported: [
      "A storage without a manifest: the file is a 404, and the page is fine.",
      "Files that a front end builds, that git ignores, or that an installed package may bring.",
      "Names in comments, of variables, and of folders (`{% static 'img/' %}`).",
      "A name within `{% if debug %}`.",
      "A template that nothing in the project names is a warning.",
      "Where nothing collects at all, `collectstatic-not-run` says so; a name in the wrong case is for `case-mismatched-path`.",
    ],
    links: [
      "https://docs.djangoproject.com/en/stable/ref/contrib/staticfiles/#manifeststaticfilesstorage",
      "https://whitenoise.readthedocs.io/en/stable/django.html#WHITENOISE_MANIFEST_STRICT",
    ],
  },
  *run(facts) {
    const { settings, staticReferences } = facts;
    if (isInstalled(settings, "django.contrib.staticfiles") !== true)
      return yield notApplicable("django.contrib.staticfiles is not installed");
    const manifest = manifestStorage(settings, settings.djangoVersion);
    if (manifest.kind !== "strict") return yield notApplicable(manifest.because);
    if (collecting(facts).kind === "nobody")
      return yield notApplicable("nothing collects static files: collectstatic-not-run");
    if (staticReferences.collected.manifest)
      return yield notApplicable("the manifest is in the repository, and may hold other files");
    const missing = distinct(staticReferences.statics.filter((one) => isMissing(one, staticReferences)));
    for (const one of missing) yield finding(one, staticReferences);
    if (missing.length === 0)
      yield evidence("no template names a static file that is certain to be missing", manifest.at);
  },
});

/** Code for development stands in a test that says so. */
const development = /debug|dev|local|test|settings|environment/i;

function isMissing({ name, within }: TemplateReference, { find }: StaticReferences): boolean {
  return find(name).kind === "absent" && !within.some((test) => development.test(test));
}

function finding({ name, at }: TemplateReference, references: StaticReferences): Finding {
  const bare = (staticName(name) ?? "").replace(/^(?:\.?\/)+/, "");
  const isThere = references.find(bare).kind === "found" && bare !== "";
  const isAddress = /^(?:https?:)?\/\/\w/.test(name);
  const because = isThere
    ? `and names in the manifest are written ${bare}`
    : name === ""
      ? "which is no file"
      : isAddress
        ? "which holds files of the project and no addresses"
        : "and no folder of static files has it";
  const folder = references.sources.find(({ prefix }) => prefix === "")?.folder;
  const added =
    folder === undefined || name === "" ? undefined : `git add ${folder === "" ? "" : `${folder}/`}${bare}`;
  const fix = isThere ? `{% static "${bare}" %}` : isAddress ? name : added;
  const loaded = references.isLoaded(at.file);
  return fails(
    `{% static "${name}" %} is not in the manifest, ${because}, so the page ends in a ValueError`,
    {
      at,
      fix,
      ...(!loaded && { severity: "warning", when: ["something loads this template"] }),
    },
  );
}

/** Each name once. */
function distinct(references: readonly TemplateReference[]): readonly TemplateReference[] {
  return [...new Map([...references].reverse().map((one) => [one.name, one] as const)).values()].reverse();
}
