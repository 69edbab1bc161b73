import { expect, test } from "vitest";
import check from "../../../src/checks/services/sessions-on-local-storage.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const engine = (name: string, more = "") =>
  `MIDDLEWARE = ["django.contrib.sessions.middleware.SessionMiddleware"]\nSESSION_ENGINE = "django.contrib.sessions.backends.${name}"\n${more}`;
const web = (workers: number) => ({
  Procfile: `web: gunicorn --workers ${workers} shop.wsgi\n`,
  "app.json": "{}\n",
});
const dummy = 'CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}';

test.each([
  [
    "a cache in memory",
    engine("cache"),
    web(2),
    "error certain shop/settings.py:2:18 SESSION_ENGINE keeps sessions in LocMemCache, one for each of 2 processes, which no other process sees",
  ],
  [
    "one of as many processes as nobody knows",
    engine("cache"),
    {},
    "warning conditional shop/settings.py:2:18 SESSION_ENGINE keeps sessions in LocMemCache, one for each process, which no other process sees",
  ],
  [
    "one process",
    engine("cache"),
    web(1),
    "info certain shop/settings.py:2:18 SESSION_ENGINE keeps sessions in LocMemCache, so every restart logs everybody out",
  ],
  [
    "no cache at all",
    engine("cache", dummy),
    web(1),
    "error certain shop/settings.py:3:34 SESSION_ENGINE keeps sessions in DummyCache, which keeps nothing, so nobody stays logged in",
  ],
  [
    "sessions that are cached",
    engine("cached_db"),
    web(2),
    "warning certain shop/settings.py:2:18 sessions are cached in LocMemCache, one for each of 2 processes, so a process may go on with a session that another has ended",
  ],
  [
    "files",
    engine("file"),
    web(1),
    "error certain shop/settings.py:2:18 SESSION_ENGINE keeps sessions in files, and Heroku discards them at every deploy and restart",
  ],
])("reports %s", async (_, text, more, expected) => {
  const platform = Object.keys(more).length > 0 ? { platform: "heroku" } : {};
  expect(brief(await runOn(check, settingsOnly(text, more), platform))).toEqual([expected]);
});

test.each([
  ["the database", "passed", engine("db")],
  ["signed cookies", "passed", engine("signed_cookies")],
  ["files on a disk that nobody knows", "passed", engine("file")],
  ["no sessions", "skipped", 'MIDDLEWARE = []\nSESSION_ENGINE = "django.contrib.sessions.backends.cache"'],
  [
    "a shared cache",
    "passed",
    engine(
      "cache",
      'CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://r"}}',
    ),
  ],
  [
    "a cache of another name",
    "passed",
    engine(
      "cache",
      'SESSION_CACHE_ALIAS = "s"\nCACHES = {"s": {"BACKEND": "django_redis.cache.RedisCache"}, "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}',
    ),
  ],
  ["a cache that cannot be read", "skipped", engine("cache", "from elsewhere import CACHES")],
  [
    "what the environment decides",
    "passed",
    `import os\n${engine("db")}SESSION_ENGINE = os.environ["ENGINE"]`,
  ],
])("is silent about %s", async (_, status, text) => {
  const result = await runOn(check, settingsOnly(text));
  expect([...brief(result), result.status]).toEqual([status]);
});

test("cannot tell: an engine from elsewhere", async () => {
  expect(
    brief(
      await runOn(
        check,
        settingsOnly(`${engine("db")}from elsewhere import chosen\nSESSION_ENGINE = chosen()`),
      ),
    ),
  ).toEqual(["unknown shop/settings.py:4:18 SESSION_ENGINE cannot be read statically"]);
});
