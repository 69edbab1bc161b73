import { expect, test } from "vitest";
import { celeryShop, withCelery } from "../../../src/checks/example-celery.ts";
import check from "../../../src/checks/services/redis-tls-certs.ts";
import { brief, runOn } from "../../support/run-on.ts";

const ordered = { "app.json": '{ "addons": ["heroku-redis:mini"] }\n' };
const settings = (lines: string) => ({ ...celeryShop, ...ordered, "shop/settings.py": withCelery(lines) });
const backend = 'CELERY_RESULT_BACKEND = os.environ["REDIS_URL"]\n';
const cache = (more: string, kind = "django.core.cache.backends.redis.RedisCache") =>
  `CACHES = {"default": {"BACKEND": "${kind}", "LOCATION": os.environ["REDIS_URL"]${more}}}\n`;
const uses = { "orders/a.py": "from django.core.cache import cache\ncache.get('a')\n" };

test.each([
  // Tried with Celery 5.7: delay() raises ValueError. kombu takes the same address.
  [
    "Celery's results",
    settings(backend),
    "error certain shop/settings.py:5:25 Celery's result backend is the rediss:// address of $REDIS_URL, without ssl_cert_reqs, which Celery refuses",
  ],
  // Tried with redis-py 8.1 and a server with such a certificate.
  [
    "a cache",
    { ...settings(cache("")), ...uses },
    "error certain shop/settings.py:5:93 the default cache verifies the certificate behind $REDIS_URL, which Heroku signed itself",
  ],
  [
    "a cache where nothing orders that Redis",
    { ...settings(cache("")), ...uses, "app.json": "{}\n" },
    "warning conditional shop/settings.py:5:93 the default cache verifies the certificate behind $REDIS_URL, which Heroku signed itself",
  ],
])("reports %s", async (_, files, expected) => {
  expect(brief(await runOn(check, files, { platform: "heroku" }))).toEqual([expected]);
});

test.each([
  ["the broker", "passed", settings(""), "heroku"],
  [
    "results with an option",
    "passed",
    settings(`import ssl\n${backend}CELERY_REDIS_BACKEND_USE_SSL = {"ssl_cert_reqs": ssl.CERT_NONE}\n`),
    "heroku",
  ],
  [
    "results with an option in the address",
    "passed",
    settings('CELERY_RESULT_BACKEND = os.environ["REDIS_URL"] + "?ssl_cert_reqs=none"\n'),
    "heroku",
  ],
  [
    "a cache with an option",
    "passed",
    { ...settings(cache(', "OPTIONS": {"ssl_cert_reqs": None}')), ...uses },
    "heroku",
  ],
  [
    "django-redis with an option",
    "passed",
    {
      ...settings(
        cache(
          ', "OPTIONS": {"CONNECTION_POOL_KWARGS": {"ssl_cert_reqs": None}}',
          "django_redis.cache.RedisCache",
        ),
      ),
      ...uses,
    },
    "heroku",
  ],
  [
    "another variable",
    "skipped",
    {
      ...settings("").valueOf(),
      ...ordered,
      "shop/settings.py": withCelery("", 'os.environ["CLOUDAMQP_URL"]'),
    },
    "heroku",
  ],
  [
    "another Redis",
    "skipped",
    { ...settings(backend), "app.json": '{ "addons": ["rediscloud:30"] }' },
    "heroku",
  ],
  ["a platform whose Redis has no certificate", "skipped", settings(backend), "render"],
])("is silent about %s", async (_, status, files, platform) => {
  const result = await runOn(check, files, { platform });
  expect([...brief(result), result.status]).toEqual([status]);
});
