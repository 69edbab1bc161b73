import { expect, test } from "vitest";
import check from "../../../src/checks/services/local-cache-multi-process.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const web = (workers: string) => ({
  Procfile: `web: gunicorn --workers ${workers} shop.wsgi\n`,
  "app.json": "{}\n",
});
const uses = (call: string) => ({ "orders/a.py": `from django.core.cache import cache\n${call}\n` });
const throttles =
  'REST_FRAMEWORK = {"DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.AnonRateThrottle"]}';
const locmem = 'CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}';

test.each([
  [
    "a lock",
    "",
    { ...web("2"), ...uses("cache.add('a', 1)") },
    "warning certain orders/a.py:2:1 cache.add() needs a cache that all share, and LocMemCache is one for each of 2 processes",
  ],
  [
    "throttling",
    throttles,
    web("3"),
    "warning certain shop/settings.py:1:48 the throttling of REST framework needs a cache that all share, and LocMemCache is one for each of 3 processes",
  ],
  [
    "a view's throttling",
    locmem,
    {
      ...web("3"),
      "api/views.py":
        "from rest_framework.throttling import UserRateThrottle\nclass Orders:\n    throttle_classes = [UserRateThrottle]\n",
    },
    "warning certain api/views.py:3:5 the throttling of Orders needs a cache that all share, and LocMemCache is one for each of 3 processes",
  ],
  [
    "a number of processes that a variable says",
    throttles,
    web("$WORKERS"),
    "warning conditional shop/settings.py:1:48 the throttling of REST framework needs a cache that all share, and LocMemCache is one for each of as many processes as $WORKERS says",
  ],
  [
    "what is deleted, as advice",
    "",
    { ...web("2"), ...uses("cache.delete('a')") },
    "info certain orders/a.py:2:1 cache.delete() reaches one process only, and LocMemCache is one for each of 2 processes",
  ],
  [
    "a limit in a cache that keeps nothing",
    `${throttles}\nCACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}`,
    {},
    "warning certain shop/settings.py:2:34 the throttling of REST framework keeps nothing: the default cache is DummyCache",
  ],
  [
    "the workers of a queue",
    "",
    {
      Procfile: "web: gunicorn --workers 1 shop.wsgi\nworker: celery -A shop worker\n",
      "app.json": "{}\n",
      ...uses("cache.incr('a')"),
    },
    "warning certain orders/a.py:2:1 cache.incr() needs a cache that all share, and LocMemCache is one for each of the web process and the workers",
  ],
])("reports %s", async (_, text, more, expected) => {
  const platform = Object.keys(more).length > 0 ? { platform: "heroku" } : {};
  expect(brief(await runOn(check, settingsOnly(text, more), platform))).toEqual([expected]);
});

test.each([
  ["a cache that nobody uses", "skipped", locmem, web("2")],
  ["what is only remembered", "passed", locmem, { ...web("2"), ...uses("cache.get_or_set('a', work)") }],
  ["one process", "passed", throttles, web("1")],
  ["no server that is known", "skipped", throttles, { "app.json": "{}\n", Procfile: "web: ./run\n" }],
  [
    "a cache that all share",
    "passed",
    `${throttles}\nCACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache"}}`,
    web("2"),
  ],
  ["a cache that cannot be read", "skipped", `${throttles}\nfrom elsewhere import CACHES`, web("2")],
])("is silent about %s", async (_, status, text, more) => {
  const result = await runOn(check, settingsOnly(text, more), { platform: "heroku" });
  expect([...brief(result), result.status]).toEqual([status]);
});
