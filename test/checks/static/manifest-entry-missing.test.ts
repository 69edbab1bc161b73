import { expect, test } from "vitest";
import check from "../../../src/checks/static/manifest-entry-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { heroku, image, manifest, staticShop } from "../../support/static-shop.ts";

/** The shop on Heroku, whose page asks for these static files. */
const page = (body: string, settings = manifest, files: Readonly<Record<string, string>> = {}) =>
  staticShop(settings, { ...heroku, "templates/index.html": `{% load static %}\n${body}\n`, ...files });

test("a file that is not there", async () => {
  expect(brief(await runOn(check, page("<link href=\"{% static 'css/gone.css' %}\">")))).toEqual([
    'error certain templates/index.html:2:13 {% static "css/gone.css" %} is not in the manifest, and no folder of static files has it, so the page ends in a ValueError',
  ]);
});

test.each([
  ["/css/site.css", '{% static "css/site.css" %}'],
  ["./css/site.css", '{% static "css/site.css" %}'],
  ["https://cdn.example.com/a.css", "https://cdn.example.com/a.css"],
  ["css/gone.css", "git add static/css/gone.css"],
  ["", undefined],
])("%j", async (name, fix) => {
  const result = await runOn(check, page(`{% static "${name}" %}`));
  expect(result.findings.map((one) => [result.severity, one.fix])).toEqual([["error", fix]]);
});

test("a template that nothing names is a warning", async () => {
  const files = { "templates/old.html": "{% load static %}{% static 'css/gone.css' %}" };
  expect(brief(await runOn(check, page("", manifest, files)))).toEqual([
    expect.stringMatching(/^warning conditional templates\/old.html:1:18/),
  ]);
});

test.each([
  ["a file that is there", "passed", page("{% static 'css/site.css' %}")],
  ["an address with a query", "passed", page("{% static 'css/site.css?v=2' %}")],
  ["a folder", "passed", page("{% static 'img/' %}")],
  ["the admin's", "passed", page("{% static 'admin/css/base.css' %}")],
  [
    "what a front end may build",
    "passed",
    page("{% static 'css/gone.css' %}", manifest, { "package.json": "{}" }),
  ],
  [
    "what a step of the build may fetch",
    "passed",
    page("{% static 'css/gone.css' %}", manifest, {
      Procfile: "release: wget https://a.example/x.css -O static/css/gone.css\nweb: gunicorn shop.wsgi\n",
    }),
  ],
  [
    "what an installed package may bring",
    "passed",
    page(
      "{% static 'crispy/x.css' %}{% static 'js/bootstrap.js' %}",
      `INSTALLED_APPS += ["crispy_forms", "bootstrap4"]\n${manifest}`,
    ),
  ],
  ["a name that is put together", "passed", page("{% static name %}{% static 'a'|add:b %}")],
  ["a comment", "passed", page("{# {% static 'css/gone.css' %} #}")],
  ["a test for development", "passed", page("{% if debug %}{% static 'css/gone.css' %}{% endif %}")],
  ["a name in the wrong case, which is another check's", "passed", page("{% static 'css/Site.css' %}")],
  ["a plain storage", "skipped", page("{% static 'css/gone.css' %}", "")],
  [
    "a storage that lets names be missing",
    "skipped",
    page("{% static 'css/gone.css' %}", `${manifest}WHITENOISE_MANIFEST_STRICT = False\n`),
  ],
  [
    "a setting that Django no longer reads",
    "skipped",
    page(
      "{% static 'css/gone.css' %}",
      'STATICFILES_STORAGE = "whitenoise.storage.CompressedManifestStaticFilesStorage"\n',
    ),
  ],
  [
    "a storage of the project's own",
    "skipped",
    page("{% static 'css/gone.css' %}", 'STORAGES = {"staticfiles": {"BACKEND": "shop.storage.Lenient"}}\n'),
  ],
  [
    "a deployment that nothing collects for, which is another check's",
    "skipped",
    staticShop(manifest, { ...image(), "templates/index.html": "{% static 'css/gone.css' %}" }),
  ],
  [
    "a manifest that is committed",
    "skipped",
    page("{% static 'css/gone.css' %}", manifest, { "staticfiles/staticfiles.json": "{}" }),
  ],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
