import { expect, test } from "vitest";
import check from "../../../src/checks/static/collectstatic-suppressed.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { heroku, image, manifest, staticShop } from "../../support/static-shop.ts";

const collect = (rest: string) => image(`RUN python manage.py collectstatic --noinput ${rest}`);

test.each([
  [
    "|| true",
    "",
    "a failure of collectstatic counts as success (`|| true`), so the deployment goes on without static files",
  ],
  ["2>/dev/null || echo skipped", "", expect.stringContaining("(`|| echo`)")],
  ["; exit 0", "", expect.stringContaining("(`; exit`)")],
  ["-n", "", "collectstatic is run with --dry-run, so that it writes nothing"],
  ["--no-post-process", manifest, expect.stringContaining("so that it writes no manifest")],
])("%s", async (rest, settings, message) => {
  const result = await runOn(check, staticShop(settings, collect(rest)));
  expect(result.findings.map((finding) => finding.message)).toEqual([message]);
  expect(brief(result)[0]).toMatch(/^warning certain Dockerfile:5:1/);
});

test("DISABLE_COLLECTSTATIC", async () => {
  const files = {
    ...heroku,
    "app.json": '{"name": "shop", "env": {"DISABLE_COLLECTSTATIC": {"value": "1"}}}\n',
  };
  expect(brief(await runOn(check, staticShop("", files)))).toEqual([
    expect.stringMatching(
      /^warning certain app.json\S+ DISABLE_COLLECTSTATIC turns off the collectstatic that Heroku runs, and no other step runs it$/,
    ),
  ]);
  const own = {
    ...files,
    Procfile: "release: python manage.py collectstatic --noinput\nweb: gunicorn shop.wsgi\n",
  };
  expect((await runOn(check, staticShop("", own))).status).toBe("passed");
  expect((await runOn(check, staticShop("MIDDLEWARE = []\n", files))).status).toBe("skipped");
  expect((await runOn(check, staticShop("", { ...files, "staticfiles/a.css": "" }))).status).toBe("passed");
  const off = { ...files, "app.json": '{"name": "shop", "env": {"DISABLE_COLLECTSTATIC": "0"}}\n' };
  expect((await runOn(check, staticShop("", off))).status).toBe("skipped");
});

test.each([
  ["one that fails", "passed", staticShop("", collect(""))],
  ["one whose output is thrown away", "passed", staticShop("", collect("> /dev/null 2>&1"))],
  ["one that leaves files out", "passed", staticShop("", collect("-i '*.scss'"))],
  ["|| exit 1", "passed", staticShop("", collect("|| exit 1"))],
  ["--no-post-process without a manifest", "passed", staticShop("", collect("--no-post-process"))],
  ["none", "skipped", staticShop("", image())],
  ["an API without static files", "skipped", staticShop("INSTALLED_APPS = []\n", collect("|| true"))],
  [
    "a remote storage",
    "skipped",
    staticShop(
      'STORAGES = {"staticfiles": {"BACKEND": "storages.backends.s3.S3Storage"}}\n',
      collect("|| true"),
    ),
  ],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
