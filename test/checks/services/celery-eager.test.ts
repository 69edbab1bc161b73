import { expect, test } from "vitest";
import { celeryShop, withCelery } from "../../../src/checks/example-celery.ts";
import check from "../../../src/checks/services/celery-eager.ts";
import { brief, runOn } from "../../support/run-on.ts";

const settings = (lines: string) => ({ ...celeryShop, "shop/settings.py": withCelery(lines) });
const alone = { Procfile: "web: gunicorn shop.wsgi\n" };
const tasks = {
  "orders/tasks.py": "from django.tasks import task\n@task\ndef work(): pass\n",
  "orders/views.py": "from .tasks import work\nwork.enqueue()\n",
};

test.each([
  [
    "a worker beside it",
    settings("CELERY_TASK_ALWAYS_EAGER = True\n"),
    "warning certain shop/settings.py:5:28 CELERY_TASK_ALWAYS_EAGER is on, so the worker has nothing to do and requests wait for tasks",
  ],
  [
    "no worker, as advice",
    { ...settings("CELERY_TASK_ALWAYS_EAGER = True\n"), ...alone },
    "info certain shop/settings.py:5:28 CELERY_TASK_ALWAYS_EAGER is on, so requests wait for tasks",
  ],
  [
    "a fallback",
    { ...settings('CELERY_TASK_ALWAYS_EAGER = os.environ.get("EAGER", "1") == "1"\n'), ...alone },
    "warning conditional shop/settings.py:5:28 CELERY_TASK_ALWAYS_EAGER is on, so requests wait for tasks",
  ],
  [
    "a fallback for want of a broker, as advice",
    { ...settings('CELERY_TASK_ALWAYS_EAGER = not os.environ.get("BROKER_URL")\n'), ...alone },
    "info conditional shop/settings.py:5:28 CELERY_TASK_ALWAYS_EAGER is on, so requests wait for tasks",
  ],
  [
    "the old name",
    settings("CELERY_ALWAYS_EAGER = True\n"),
    "warning certain shop/settings.py:5:23 CELERY_ALWAYS_EAGER is on, so the worker has nothing to do and requests wait for tasks",
  ],
  [
    "django.tasks without a backend, as advice",
    { ...celeryShop, ...tasks },
    "info certain orders/views.py:2:1 work.enqueue() runs its task at once: TASKS has the ImmediateBackend",
  ],
  [
    "django.tasks that run nothing",
    {
      ...settings('TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}\n'),
      ...tasks,
    },
    "error certain shop/settings.py:5:33 TASKS has the DummyBackend, which runs no task at all",
  ],
])("reports %s", async (_, files, expected) => {
  expect(brief(await runOn(check, files))).toEqual([expected]);
});

test.each([
  ["nothing of it", "skipped", celeryShop],
  ["a value that is off", "passed", settings("CELERY_TASK_ALWAYS_EAGER = False\n")],
  [
    "a value that cannot be read",
    "passed",
    settings("from elsewhere import eager\nCELERY_TASK_ALWAYS_EAGER = eager\n"),
  ],
  [
    "the new name without a namespace",
    "skipped",
    {
      ...settings("CELERY_TASK_ALWAYS_EAGER = True\n"),
      "shop/celery.py": (celeryShop["shop/celery.py"] ?? "").replace(', namespace="CELERY"', ""),
    },
  ],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("the fix names the setting that is on", async () => {
  const { findings } = await runOn(check, {
    ...settings("CELERY_ALWAYS_EAGER = True\n"),
    "shop/celery.py": (celeryShop["shop/celery.py"] ?? "").replace(', namespace="CELERY"', ""),
  });
  expect(findings).toMatchObject([{ fix: "CELERY_ALWAYS_EAGER = False" }]);
});
