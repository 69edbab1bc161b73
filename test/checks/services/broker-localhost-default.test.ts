import { expect, test } from "vitest";
import { celeryShop, withCelery } from "../../../src/checks/example-celery.ts";
import check from "../../../src/checks/services/broker-localhost-default.ts";
import { brief, runOn } from "../../support/run-on.ts";

const settings = (text: string) => ({ ...celeryShop, "shop/settings.py": text });
const none = withCelery("").replace(/CELERY_BROKER_URL.*\n/, "");

test.each([
  [
    "a literal",
    settings(withCelery("", '"redis://:secret@localhost:6379/0"')),
    "error certain shop/settings.py:4:21 Celery's broker is redis://localhost:6379, where nothing answers",
  ],
  [
    "the fallback of a variable of its own",
    settings(withCelery("", 'os.environ.get("QUEUE", "redis://127.0.0.1/0")')),
    "warning conditional shop/settings.py:4:45 Celery's broker is redis://127.0.0.1, where nothing answers",
  ],
  [
    "the fallback of a variable that platforms set",
    settings(withCelery("", 'os.environ.get("REDIS_URL", "redis://localhost")')),
    "info conditional shop/settings.py:4:49 Celery's broker is redis://localhost, where nothing answers",
  ],
  [
    "no broker at all",
    settings(none),
    "warning conditional shop/celery.py:7:1 no setting names Celery's broker, so it is amqp://localhost",
  ],
  // Tried with Celery 5.7: without a namespace the new names are not read.
  [
    "a missing namespace",
    {
      ...celeryShop,
      "shop/celery.py": (celeryShop["shop/celery.py"] ?? "").replace(', namespace="CELERY"', ""),
    },
    "error certain shop/celery.py:7:1 Celery takes its broker from BROKER_URL, not from CELERY_BROKER_URL, so it is amqp://localhost",
  ],
  [
    "an argument of the application",
    {
      ...celeryShop,
      "shop/celery.py": 'from celery import Celery\napp = Celery("shop", broker="redis://localhost")\n',
    },
    "error certain shop/celery.py:2:29 Celery's broker is redis://localhost, where nothing answers",
  ],
  // Tried with Celery 5.7: a shared task takes the default application's broker.
  [
    "an application that nothing imports",
    { ...celeryShop, "shop/__init__.py": "" },
    "error certain shop/celery.py:6:7 nothing imports shop/celery.py, so send_receipt.delay() looks for a broker at amqp://localhost",
  ],
  [
    "a cache that is used",
    {
      ...settings(
        `${none}CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://localhost:6379"}}\n`,
      ),
      "shop/celery.py": "",
      "shop/__init__.py": "",
      Procfile: "web: gunicorn shop.wsgi\n",
      "orders/views.py": "from django.core.cache import cache\ncache.get('a')\n",
    },
    "error certain shop/settings.py:7:93 the default cache is redis://localhost:6379, where nothing answers",
  ],
])("reports %s", async (_, files, expected) => {
  expect(brief(await runOn(check, files))).toEqual([expected]);
});

const local = withCelery("", '"redis://localhost:6379/0"');
test.each([
  ["a broker that the environment names", "passed", celeryShop, "heroku"],
  ["a machine of one's own", "skipped", settings(local), "pythonanywhere"],
  ["a host of which nothing is known", "skipped", settings(local), "procfile-host"],
  [
    "a fallback that only development reaches",
    "passed",
    settings(
      `${withCelery("")}if DEBUG:\n    CELERY_BROKER_URL = "redis://localhost"\n`.replace(
        "import os\n",
        "import os\nDEBUG = False\n",
      ),
    ),
    "heroku",
  ],
  [
    "a broker that the deployment starts",
    "passed",
    { ...settings(local), Procfile: "web: gunicorn shop.wsgi\nbroker: redis-server\n" },
    "heroku",
  ],
  [
    "a broker without tasks",
    "passed",
    { ...settings(local), "orders/views.py": "", Procfile: "web: gunicorn shop.wsgi\n" },
    "heroku",
  ],
  [
    "the variable that Celery itself reads, in a manifest",
    "passed",
    { ...settings(none), "app.json": '{"env": {"CELERY_BROKER_URL": {"value": "redis://queue"}}}' },
    "heroku",
  ],
  [
    "a configuration of another module",
    "passed",
    {
      ...celeryShop,
      "shop/celery.py":
        'from celery import Celery\napp = Celery("shop")\napp.config_from_object("shop.celeryconfig")\n',
    },
    "heroku",
  ],
])("is silent about %s", async (_, status, files, platform) => {
  const result = await runOn(check, files, { platform });
  expect([...brief(result), result.status]).toEqual([status]);
});
