import { expect, test } from "vitest";
import { celeryShop, withCelery } from "../../src/checks/example-celery.ts";
import { celeryValue } from "../../src/facts/queues/celery-app.ts";
import { factOf } from "../support/facts.ts";

const queues = (files: Readonly<Record<string, string>>) => factOf("taskQueues", { ...celeryShop, ...files });

test("an application tells where its configuration and its settings come from", async () => {
  const { celery } = await queues({});
  expect(celery?.file.dotted).toBe("shop.celery");
  expect(celery?.configuration).toMatchObject({ kind: "settings", namespace: "CELERY" });
  expect(celery?.settings).toMatchObject({ module: "shop.settings", insists: false });
});

// As Celery 5.7 answers for `app.conf.broker_url` and `app.conf.task_always_eager`, tried with each of these.
test.each([
  ['namespace="CELERY"', "CELERY_TASK_ALWAYS_EAGER", true],
  ['namespace="CELERY"', "CELERY_ALWAYS_EAGER", true],
  ["namespace=None", "CELERY_ALWAYS_EAGER", true],
  ["namespace=None", "CELERY_TASK_ALWAYS_EAGER", false],
])("with %s Celery reads %s: %s", async (namespace, name, read) => {
  const files = {
    "shop/celery.py": `from celery import Celery\napp = Celery("shop")\napp.config_from_object("django.conf:settings", ${namespace})\n`,
    "shop/settings.py": withCelery(`${name} = True\n`),
  };
  const { celery } = await queues(files);
  const settings = await factOf("settings", { ...celeryShop, ...files });
  const value = celery && celeryValue(celery, settings, "task_always_eager");
  expect(value?.kind).toBe(read ? "setting" : "default");
});

test.each([
  ["a task of somebody else's", "from lib.tasks import work\nwork.delay()\n", []],
  [
    "a task under another name",
    "from orders.tasks import send_receipt as post\npost.apply_async()\n",
    ["Celery"],
  ],
  ["a signature", "from orders import tasks\ntasks.send_receipt.s(1).delay()\n", ["Celery"]],
  ["a name that Celery sends", "from shop.celery import app\napp.send_task('orders.tasks.a')\n", ["Celery"]],
])("finds what queues %s", async (_, text, libraries) => {
  const { sendings } = await queues({ "orders/views.py": text });
  expect(sendings.map(({ library }) => library)).toEqual(libraries);
});
