import { expect, test } from "vitest";
import check from "../../../src/checks/static/hardcoded-static-url.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { manifest, staticShop } from "../../support/static-shop.ts";

const cdn = 'STATIC_URL = "https://cdn.example.com/"\n';
const page = (body: string, settings: string, name = "templates/index.html") =>
  staticShop(settings, { [name]: `{% block body %}{% endblock %}\n${body}\n` });
const link = '<link href="/static/css/site.css">';

test.each([
  ["another host", cdn, "warning", "and static files are at https://cdn.example.com/"],
  ["another path", 'STATIC_URL = "/assets/"\n', "warning", "and static files are at /assets/"],
  [
    "a bucket",
    'STORAGES = {"staticfiles": {"BACKEND": "storages.backends.s3.S3Storage"}}\n',
    "warning",
    "and static files are kept elsewhere",
  ],
  ["a manifest", manifest, "info", "so browsers keep the old file after a deployment"],
  [
    "a manifest and no plain files",
    `${manifest}WHITENOISE_KEEP_ONLY_HASHED_FILES = True\n`,
    "warning",
    "and only files with a hash in their name are kept",
  ],
])("with %s", async (_, settings, severity, says) => {
  const result = await runOn(check, page(link, settings));
  expect(brief(result)).toEqual([
    `${severity} certain templates/index.html:2:7 the address /static/css/site.css is written out, ${says}`,
  ]);
  expect(result.findings[0]?.fix).toBe('{% static "css/site.css" %}');
});

test("is told once", async () => {
  const [line] = brief(await runOn(check, page(`${link}\n<script src='/static/a.js'>`, cdn)));
  expect(line).toContain("(2 addresses in this template)");
});

test.each([
  ["files at /static/", "skipped", page(link, "")],
  ["a relative STATIC_URL", "skipped", page(link, 'STATIC_URL = "static/"\n')],
  ["{% static %}", "passed", page("<link href=\"{% static 'css/site.css' %}\">", cdn)],
  ["{{ STATIC_URL }}", "passed", page('<link href="{{ STATIC_URL }}css/site.css">', cdn)],
  ["what a build wrote", "passed", page('<script src="/static/js/main.8d4f2a1c.js">', cdn)],
  ["an e-mail", "passed", page(link, cdn, "templates/emails/welcome.html")],
  ["HTML that is no template", "passed", staticShop(cdn, { "templates/app.html": link })],
  ["no static files", "skipped", page(link, `INSTALLED_APPS = []\n${cdn}`)],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
