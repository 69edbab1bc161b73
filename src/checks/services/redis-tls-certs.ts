import { defineCheck } from "../../check.ts";
import { cacheUses } from "../../facts/django/cache-use.ts";
import { celeryValue } from "../../facts/queues/celery-app.ts";
import { celeryText } from "../../facts/queues/celery-text.ts";
import { uncheckedTls } from "../../facts/queues/redis-tls.ts";
import { evidence, type Finding, fails, notApplicable } from "../../finding.ts";
import { entryOf, truthOf } from "../../python/inspect.ts";
import { shop } from "../example-shop.ts";

/** What Heroku's address looks like. */
const address = "rediss://:password@ec2-1-2-3-4.compute-1.amazonaws.com:6380";

const settings = (options: string) =>
  `import os\n\nALLOWED_HOSTS = ["shop.example.com"]\nCACHES = {\n    "default": {\n        "BACKEND": "django.core.cache.backends.redis.RedisCache",\n        "LOCATION": os.environ["REDIS_URL"],\n${options}    }\n}\nMIDDLEWARE = [\n    "django.contrib.sessions.middleware.SessionMiddleware",\n]\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["SECRET_KEY"]\nSESSION_ENGINE = "django.contrib.sessions.backends.cached_db"\nWSGI_APPLICATION = "shop.wsgi.application"\n`;
const heroku = {
  ...shop,
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "addons": ["heroku-redis:mini"] }\n',
  "requirements.txt": "django>=5.2,<6\ngunicorn>=23,<27\nredis>=6,<7\n",
};

export default defineCheck({
  id: "redis-tls-certs",
  title: "Clients accept the certificate of the platform's Redis",
  area: "services",
  severity: "error",
  needs: ["settings", "deployment", "taskQueues"],
  wants: ["code"],
  docs: {
    why: "Heroku's Key-Value Store is reached over TLS, with a certificate that it signed itself. redis-py ends with `certificate verify failed: self-signed certificate in certificate chain`, and Celery's result backend with `ValueError: A rediss:// URL must have parameter ssl_cert_reqs`, which every `.delay()` then raises. Celery's broker connects without further ado.",
    fix: 'Say that the certificate is not verified, where the address is a `rediss://` one:\n\n```python\nimport ssl\n\nCELERY_REDIS_BACKEND_USE_SSL = {"ssl_cert_reqs": ssl.CERT_NONE}\nCACHES["default"]["OPTIONS"] = {"ssl_cert_reqs": None}\n```',
    bad: { ...heroku, "shop/settings.py": settings("") },
    good: { ...heroku, "shop/settings.py": settings('        "OPTIONS": {"ssl_cert_reqs": None},\n') },
    notReported: [
      "Platforms whose Redis is reached without TLS, or has a certificate that everybody trusts.",
      "A Redis of somebody else, read from another variable.",
      "Celery's broker: kombu does not verify certificates unless it is told to.",
      "Where no manifest orders that Redis it is a warning.",
    ],
    links: [
      "https://devcenter.heroku.com/articles/connecting-heroku-redis",
      "https://github.com/celery/celery/issues/5371",
    ],
  },
  *run({ settings, deployment: { platform, services }, taskQueues, code }) {
    const { redis } = platform;
    if (!redis)
      return yield notApplicable(`no Redis of ${platform.name} is known to have a certificate of its own`);
    const { variable } = redis;
    const ordered = services?.find(({ name }) => name.startsWith(redis.service));
    if (services?.some(({ kind }) => kind === "redis") && !ordered)
      return yield notApplicable("the manifest orders another Redis");
    if (!settings.reads.some(({ name }) => name === variable))
      return yield notApplicable(`the settings do not read $${variable}`);
    const view = settings.under({ [variable]: address });
    if (view.outcome.kind !== "completed")
      return yield notApplicable(`the settings do not import with a rediss:// $${variable}`);
    const details: Pick<Finding, "when" | "severity"> = ordered
      ? {}
      : { severity: "warning", when: [`$${variable} is that of ${platform.name}'s own Redis`] };
    const found: Finding[] = [];
    const { celery, sendings } = taskQueues;
    if (celery && sendings.some(({ library }) => library === "Celery")) {
      const backend = celeryValue(celery, view, "result_backend");
      const text = celeryText(celery, backend, view)?.text ?? "";
      const ssl = celeryValue(celery, view, "redis_backend_use_ssl");
      const told = ssl.kind === "setting" ? truthOf(ssl.setting.value) !== false : ssl.kind !== "default";
      if (/^rediss:/.test(text) && !/[?&]ssl_cert_reqs=/.test(text) && !told)
        found.push(
          fails(
            `Celery's result backend is the rediss:// address of $${variable}, without ssl_cert_reqs, which Celery refuses`,
            {
              ...details,
              at:
                backend.kind === "setting"
                  ? backend.setting.at
                  : backend.kind === "code"
                    ? backend.at
                    : celery.at,
              fix: 'CELERY_REDIS_BACKEND_USE_SSL = {"ssl_cert_reqs": ssl.CERT_NONE}',
            },
          ),
        );
    }
    const cache = uncheckedTls(entryOf(view.get("CACHES").value, "default"));
    if (cache && cacheUses(settings, code).length > 0)
      found.push(
        fails(
          `the default cache verifies the certificate behind $${variable}, which ${platform.name} signed itself`,
          {
            ...details,
            at: cache.at,
            fix: '"OPTIONS": {"ssl_cert_reqs": None},  # with django-redis: {"CONNECTION_POOL_KWARGS": {"ssl_cert_reqs": None}}',
          },
        ),
      );
    const layer = uncheckedTls(entryOf(view.get("CHANNEL_LAYERS").value, "default"));
    if (layer && code && code.mentioning(/channel_layer|group_send|group_add/).length > 0)
      found.push(
        fails(
          `the channel layer verifies the certificate behind $${variable}, which ${platform.name} signed itself`,
          {
            ...details,
            at: layer.at,
            fix: `"hosts": [{"address": os.environ["${variable}"], "ssl_cert_reqs": None}]`,
          },
        ),
      );
    yield* found;
    if (found.length === 0) yield evidence(`nothing verifies the certificate behind $${variable}`);
  },
});
