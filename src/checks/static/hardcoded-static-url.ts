import { defineCheck } from "../../check.ts";
import { manifestStorage } from "../../facts/django/manifest-storage.ts";
import { isInstalled, staticStorage } from "../../facts/django/static-files.ts";
import { evidence, fails, notApplicable } from "../../finding.ts";
import { textOf, truthOf } from "../../python/inspect.ts";

const settings = `from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
INSTALLED_APPS = ["django.contrib.staticfiles"]
ROOT_URLCONF = "shop.urls"
STATIC_URL = "https://cdn.example.com/"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
    }
]
`;

export default defineCheck({
  id: "hardcoded-static-url",
  title: "Templates ask {% static %} for addresses",
  area: "static",
  severity: "warning",
  needs: ["settings", "staticReferences"],
  docs: {
    why: "An address that is written out works while STATIC_URL is `/static/` and files keep their names. On a CDN or in a bucket the file is elsewhere and the address a 404; with a manifest storage it is the name without the hash, so that browsers go on showing the old file after a deployment.",
    fix: 'Ask Django for the address:\n\n```django\n{% load static %}<link rel="stylesheet" href="{% static \'css/site.css\' %}">\n```',
    bad: {
      "shop/settings.py": settings,
      "templates/base.html":
        '<title>{% block title %}{% endblock %}</title>\n<link href="/static/css/site.css">\n',
      "static/css/site.css": "",
    },
    good: {
      "shop/settings.py": settings,
      "templates/base.html":
        "{% load static %}<title>{% block title %}{% endblock %}</title>\n<link href=\"{% static 'css/site.css' %}\">\n",
      "static/css/site.css": "",
    },
    notReported: [
      "A project whose files are served at /static/ under their own names.",
      "`{{ STATIC_URL }}`, and addresses that a front end build wrote (with a hash in the name).",
      "Templates of e-mails, and HTML without any tag of Django's.",
      "With a manifest storage that keeps the plain files too, it is advice.",
    ],
    links: ["https://docs.djangoproject.com/en/stable/howto/static-files/#configuring-static-files"],
  },
  *run({ settings, staticReferences }) {
    if (isInstalled(settings, "django.contrib.staticfiles") !== true)
      return yield notApplicable("django.contrib.staticfiles is not installed");
    const url = settings.get("STATIC_URL");
    const text = textOf(url.value);
    const manifest = manifestStorage(settings, settings.djangoVersion).kind === "strict";
    const remote = staticStorage(settings).kind === "remote";
    if (text === undefined && !manifest && !remote) return yield notApplicable("STATIC_URL is not known");
    const isMoved = remote || (text !== undefined && !/^\/?static\/$/.test(text));
    if (!isMoved && !manifest)
      return yield notApplicable("static files are served at /static/, under their own names");
    const written = staticReferences.addresses.filter(
      ({ name, at }) =>
        /^\/static\/./.test(name) &&
        !/[.-][\da-f]{8,}\.\w+$/.test(name) &&
        !/(?:^|\/)[^/]*e?mails?(?:[_/.-]|$)/i.test(at.file),
    );
    const [first] = written;
    if (!first) return yield evidence("no template writes out an address below /static/");
    const files = new Set(written.map(({ at }) => at.file)).size;
    const others =
      written.length === 1
        ? ""
        : ` (${written.length} addresses in ${files === 1 ? "this template" : `${files} templates`})`;
    const onlyHashed = truthOf(settings.get("WHITENOISE_KEEP_ONLY_HASHED_FILES").value) === true;
    const breaks = isMoved || onlyHashed;
    const says = isMoved
      ? `and static files are ${text === undefined || remote ? "kept elsewhere" : `at ${text}`}`
      : onlyHashed
        ? "and only files with a hash in their name are kept"
        : "so browsers keep the old file after a deployment";
    yield fails(`the address ${first.name} is written out${others}, ${says}`, {
      at: first.at,
      fix: `{% static "${first.name.replace(/^\/static\//, "")}" %}`,
      ...(!breaks && { severity: "info" }),
    });
  },
});
