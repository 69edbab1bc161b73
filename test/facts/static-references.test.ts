import { describe, expect, test } from "vitest";
import { gather } from "../../src/facts/gather.ts";
import type { StaticReferences } from "../../src/facts/static-references.ts";
import { templateTags } from "../../src/facts/templates/template-tags.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { platformById } from "../../src/platforms/index.ts";

const settings = `from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent
INSTALLED_APPS = ["django.contrib.staticfiles", "catalog.apps.CatalogConfig", "crispy_forms"]
ROOT_URLCONF = "shop.urls"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static", ("vendor", BASE_DIR / "third")]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
    }
]
`;

const shop = {
  "manage.py": "import django\n",
  "requirements.txt": "django==5.2.19\n",
  "shop/__init__.py": "",
  "shop/settings.py": settings,
  "catalog/__init__.py": "",
  "catalog/apps.py": "",
  "catalog/static/catalog/list.css": "",
  "catalog/templates/catalog/list.html": '{% extends "base.html" %}',
  "static/css/site.css": "",
  "static/img/Logo.png": "",
  "third/lib.js": "",
  "templates/base.html": "{% load static %}<link href=\"{% static 'css/site.css' %}\">\n",
};

async function read(
  files: Readonly<Record<string, string>>,
  options: { readonly ignored?: readonly string[] } = {},
): Promise<StaticReferences> {
  const platform = platformById("heroku");
  if (!platform) throw new Error("there is no such platform");
  const facts = gather({
    files: memoryFiles(files, { tracked: Object.keys(files), ...options }),
    platform,
    options: { env: new Map(), closed: false, platformNamed: false },
  });
  const found = await facts.get("staticReferences");
  if (found.kind !== "present") throw new Error(JSON.stringify(found));
  return found.value;
}

const kindOf = (references: StaticReferences, name: string) => references.find(name).kind;

test("finds what finders find, and says why it cannot tell", async () => {
  const references = await read(shop);
  const asked = {
    "css/site.css": "found",
    "css/site.css?v=1#top": "found",
    "css/": "found",
    "catalog/list.css": "found",
    "vendor/lib.js": "found",
    "css/gone.css": "absent",
    "/css/site.css": "absent",
    "../css/site.css": "absent",
    "css//site.css": "absent",
    "img/logo.png": "other-case",
    "admin/css/base.css": "unseen",
    "crispy/form.css": "unseen",
    "elsewhere/x.js": "unseen",
  };
  expect(Object.fromEntries(Object.keys(asked).map((name) => [name, kindOf(references, name)]))).toEqual(
    asked,
  );
});

describe("does not take for absent", () => {
  test.each([
    ["what a front end may make", { "package.json": "{}" }, {}],
    ["what a submodule may bring", { ".gitmodules": "" }, {}],
    ["what git ignores", { ".gitignore": "static/css/gone.css\n" }, {}],
    ["what an app has that is not installed as such", { "old/static/css/gone.css": "" }, {}],
    [
      "what another finder finds",
      { "shop/settings.py": `${settings}STATICFILES_FINDERS = ["npm.finders.NpmFinder"]\n` },
      {},
    ],
    [
      "what lies in a folder outside",
      { "shop/settings.py": `${settings}STATICFILES_DIRS += ["/srv/static"]\n` },
      {},
    ],
  ])("%s", async (_, more, options) => {
    expect(kindOf(await read({ ...shop, ...more }, options), "css/gone.css")).toBe("unseen");
  });
});

test("reads templates where Django looks for them", async () => {
  const references = await read({
    ...shop,
    "templates/page.html":
      '{% extends "base.html" %}\n{% if debug %}{% static "dev.js" %}{% endif %}\n{% static name %}{% static "a"|add:b %}\n<a href="/static/x.css"> {% include "part.html" with a=1 %}',
    "elsewhere/page.html": '{% static "unseen.css" %}',
  });
  expect(references.statics.map(({ name, at, within }) => [name, at.file, at.line, ...within])).toEqual([
    ["css/site.css", "templates/base.html", 1],
    ["dev.js", "templates/page.html", 2, "debug"],
  ]);
  expect(references.templates.map(({ name }) => name)).toEqual(["base.html", "base.html", "part.html"]);
  expect(references.addresses.map(({ name }) => name)).toEqual(["/static/x.css"]);
  expect(references.isLoaded("templates/base.html")).toBe(true);
  expect(references.isLoaded("templates/page.html")).toBe(false);
  expect(references.template("base.html").kind).toBe("found");
  expect(references.template("Base.html").kind).toBe("other-case");
});

test("counts what of STATIC_ROOT is in the repository", async () => {
  expect((await read(shop)).collected).toEqual({ files: 0, manifest: false });
  const collected = { "staticfiles/staticfiles.json": "{}", "staticfiles/.gitkeep": "" };
  expect((await read({ ...shop, ...collected })).collected).toEqual({ files: 1, manifest: true });
});

test("tags in comments and verbatim text are none", () => {
  const text =
    "{# {% static 'a' %} #}{% comment \"x\" %}{% static 'b' %}{% endcomment %}{% verbatim v %}{% static 'c' %}{% endverbatim v %}{% static 'd' %}";
  expect(templateTags("x.html", text).map(({ content }) => content)).toEqual(["'d'"]);
});
