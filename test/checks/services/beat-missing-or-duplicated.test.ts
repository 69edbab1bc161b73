import { expect, test } from "vitest";
import { celeryShop, withCelery } from "../../../src/checks/example-celery.ts";
import check from "../../../src/checks/services/beat-missing-or-duplicated.ts";
import { brief, runOn } from "../../support/run-on.ts";

const schedule = 'CELERY_BEAT_SCHEDULE = {"a": {"task": "orders.tasks.a", "schedule": 60}}\n';
const scheduled = { ...celeryShop, "shop/settings.py": withCelery(schedule) };
const processes = (text: string) => ({ ...scheduled, Procfile: `web: gunicorn shop.wsgi\n${text}` });
const missing = "schedules tasks, and no process of the deployment starts beat";

test.each([
  [
    "a schedule that nobody reads",
    scheduled,
    `warning certain shop/settings.py:5:24 CELERY_BEAT_SCHEDULE ${missing}`,
  ],
  [
    "a schedule in the code",
    { ...celeryShop, "shop/celery.py": `${celeryShop["shop/celery.py"]}app.conf.beat_schedule = {"a": 1}\n` },
    `warning certain shop/celery.py:9:26 beat_schedule ${missing}`,
  ],
  [
    "two of them",
    processes("worker: celery -A shop worker -B\nbeat: celery -A shop beat\n"),
    "warning certain Procfile:3:1 worker and beat both start beat, so each task is queued twice",
  ],
])("reports %s", async (_, files, expected) => {
  expect(brief(await runOn(check, files))).toEqual([expected]);
});

test.each([
  ["beat", "passed", processes("worker: celery -A shop worker\nbeat: celery -A shop beat\n")],
  ["a worker with -B", "passed", processes("worker: celery -A shop worker -B\n")],
  ["no schedule", "skipped", celeryShop],
  [
    "an empty schedule",
    "skipped",
    { ...celeryShop, "shop/settings.py": withCelery("CELERY_BEAT_SCHEDULE = {}\n") },
  ],
  [
    "the scheduler of the database alone",
    "skipped",
    { ...celeryShop, "shop/settings.py": withCelery('INSTALLED_APPS = ["django_celery_beat"]\n') },
  ],
  ["no worker either", "skipped", processes("")],
  [
    "processes that cannot be followed",
    "skipped",
    processes("worker: celery -A shop worker\nclock: ./clock\n"),
  ],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
