import { expect, test } from "vitest";
import check from "../../../src/checks/services/cache-inside-public-dir.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = (text: string) => settingsOnly(text);

test("reports what Django reports as caches.W002", async () => {
  const result = await runOn(
    check,
    project(
      'MEDIA_ROOT = "/srv/shop/media"\nCACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/srv/shop/media/cache"}}\n',
    ),
  );
  expect(result.severity).toBe("error");
  expect(result.findings.map(({ message }) => message)).toEqual([
    "the LOCATION of a file cache in CACHES overlaps MEDIA_ROOT, STATIC_ROOT or STATICFILES_DIRS, so that cached objects are public",
  ]);
});

test.each([
  [
    "the good example",
    'MEDIA_ROOT = "/srv/shop/media"\nCACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": "/srv/shop/cache"}}\n',
  ],
  ["a cache in memory", 'MEDIA_ROOT = "/srv/media"\n'],
])("accepts %s", async (_, text) => {
  expect(brief(await runOn(check, project(text)))).toEqual([]);
});

test("cannot tell where a library decides", async () => {
  const text = "from elsewhere import something\nCACHES = something()\n";
  const result = await runOn(check, project(text));
  expect([result.status, result.findings[0]?.certainty]).toEqual(["unknown", "unknown"]);
});
