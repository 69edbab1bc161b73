import { expect, test } from "vitest";
import check from "../../../src/checks/static/public-dir-overlap.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { staticShop } from "../../support/static-shop.ts";

const sqlite = (path: string) =>
  `DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ${path}}}\n`;
const log = (path: string) =>
  `LOGGING = {"version": 1, "handlers": {"file": {"class": "logging.FileHandler", "filename": ${path}}}}\n`;

test.each([
  [
    "STATICFILES_DIRS = [BASE_DIR]\n",
    "error certain",
    "STATICFILES_DIRS is the project's own folder, where the settings lie, and collectstatic makes static files of them",
  ],
  [
    'STATICFILES_DIRS = [BASE_DIR / "shop"]\n',
    "error certain",
    "STATICFILES_DIRS is shop, where the settings lie, and collectstatic makes static files of them",
  ],
  ["WHITENOISE_ROOT = BASE_DIR\n", "error certain", "WHITENOISE_ROOT is the project's own folder"],
  ["MEDIA_ROOT = BASE_DIR\n", "warning certain", "so that whatever serves uploads serves them too"],
  [
    "MEDIA_ROOT = STATIC_ROOT\n",
    "error certain",
    "MEDIA_ROOT and STATIC_ROOT are both staticfiles, which Django refuses with ImproperlyConfigured",
  ],
  [
    "MEDIA_ROOT = str(STATIC_ROOT)\n",
    "warning certain",
    "MEDIA_ROOT and STATIC_ROOT are both staticfiles, so that uploads and static files overwrite each other",
  ],
  [
    'MEDIA_ROOT = STATIC_ROOT / "media"\n',
    "warning certain",
    "where `collectstatic --clear` deletes uploads",
  ],
  [
    'MEDIA_ROOT = BASE_DIR / "public"\nSTATIC_ROOT = MEDIA_ROOT / "static"\n',
    "warning certain",
    "so that an upload may replace a static file",
  ],
  ['MEDIA_ROOT = BASE_DIR / "static/media"\n', "info certain", "so that collectstatic copies uploads"],
  [
    sqlite('BASE_DIR / "static/db.sqlite3"'),
    "error certain",
    "the database db.sqlite3 lies in static, which is STATICFILES_DIRS and served",
  ],
  [
    log('BASE_DIR / "staticfiles/app.log"'),
    "warning certain",
    "the log app.log lies in staticfiles, which is STATIC_ROOT and served",
  ],
  [
    `MEDIA_ROOT = BASE_DIR / "media"\n${sqlite('MEDIA_ROOT / "db.sqlite3"')}`,
    "warning certain",
    "the database db.sqlite3 lies in media",
  ],
])("%j", async (settings, severity, says) => {
  const lines = brief(await runOn(check, staticShop(settings)));
  expect(lines).toEqual([expect.stringContaining(says)]);
  expect(lines[0]?.startsWith(severity)).toBe(true);
});

test.each([
  ["folders of their own", "passed", 'MEDIA_ROOT = BASE_DIR / "media"\n'],
  ["names that begin alike", "passed", 'MEDIA_ROOT = BASE_DIR / "static-media"\n'],
  ["a database beside them", "passed", sqlite('BASE_DIR / "db.sqlite3"')],
  ["one in memory", "passed", `MEDIA_ROOT = BASE_DIR / "media"\n${sqlite('":memory:"')}`],
  ["a log on another disk", "passed", log('"/var/log/app.log"')],
  ["folders from elsewhere", "skipped", 'STATIC_ROOT = os.environ["A"]\nSTATICFILES_DIRS = []\n'],
  ["no folders", "skipped", "STATIC_ROOT = None\nSTATICFILES_DIRS = []\n"],
])("is silent about %s", async (_, status, settings) => {
  const result = await runOn(check, staticShop(settings));
  expect([...brief(result), result.status]).toEqual([status]);
});
