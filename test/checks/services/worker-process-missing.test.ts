import { expect, test } from "vitest";
import { celeryShop, withCelery } from "../../../src/checks/example-celery.ts";
import check from "../../../src/checks/services/worker-process-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";

const web = { Procfile: "web: gunicorn shop.wsgi\n" };
const missing = "send_receipt.delay() queues tasks with Celery, and Procfile starts no worker";

test("reports a Procfile without a worker", async () => {
  expect(brief(await runOn(check, { ...celeryShop, ...web }))).toEqual([
    `error certain orders/views.py:5:5 ${missing}`,
  ]);
});

test("names the file that starts one elsewhere, as a warning", async () => {
  const files = {
    ...celeryShop,
    ...web,
    "compose.dev.yml": "services:\n  worker:\n    command: celery -A shop worker\n",
  };
  expect(brief(await runOn(check, files, { platform: "heroku" }))).toEqual([
    `warning certain orders/views.py:5:5 ${missing}, as compose.dev.yml:3:14 does`,
  ]);
});

test("a worker that is a service of its own is one", async () => {
  const start = (command: string) => `[deploy]\nstartCommand = "${command}"\n`;
  const { Procfile: _, ...project } = celeryShop;
  const files = {
    ...project,
    "railway.toml": start("gunicorn shop.wsgi"),
    "railway.worker.toml": start("celery -A shop worker"),
  };
  expect(brief(await runOn(check, files, { platform: "railway" }))).toEqual([]);
});

test("a host where processes are declared elsewhere, too, is a warning", async () => {
  const files = { ...celeryShop, ...web };
  expect(brief(await runOn(check, files, { platform: "procfile-host" }))).toEqual([
    `warning certain orders/views.py:5:5 ${missing}`,
  ]);
});

test.each([
  ["RQ", "import django_rq\ndjango_rq.enqueue(work)\n", "django_rq.enqueue() queues tasks with RQ"],
  [
    "RQ's queues",
    "import django_rq\nqueue = django_rq.get_queue()\nqueue.enqueue(work)\n",
    "queue.enqueue() queues tasks with RQ",
  ],
  [
    "Django Q",
    "from django_q.tasks import async_task\nasync_task('a.b')\n",
    "tasks.async_task() queues tasks with Django Q",
  ],
  [
    "Dramatiq",
    "import dramatiq\n@dramatiq.actor\ndef work(): pass\nwork.send()\n",
    "work.send() queues tasks with Dramatiq",
  ],
  [
    "Huey",
    "from huey.contrib.djhuey import db_task\n@db_task()\ndef work(): pass\nwork()\n",
    "work() queues tasks with Huey",
  ],
  [
    "a signature",
    "from celery import chain, shared_task\n@shared_task\ndef work(): pass\nchain(work.s(), work.s()).apply_async()\n",
    "a task() queues tasks with Celery",
  ],
  [
    "a task of the application",
    "from shop.celery import app\n@app.task\ndef work(): pass\nwork.apply_async()\n",
    "work.apply_async() queues tasks with Celery",
  ],
])("finds what queues tasks with %s", async (_, text, expected) => {
  const [line] = brief(await runOn(check, { ...celeryShop, ...web, "orders/views.py": text }));
  expect(line).toContain(expected);
});

const eager = withCelery("CELERY_TASK_ALWAYS_EAGER = True\n");
test.each([
  ["a worker", "passed", celeryShop],
  ["tasks that run at once", "skipped", { ...celeryShop, ...web, "shop/settings.py": eager }],
  ["tasks that nothing queues", "skipped", { ...celeryShop, ...web, "orders/views.py": "" }],
  [
    "tests that queue tasks",
    "skipped",
    {
      ...celeryShop,
      ...web,
      "orders/views.py": "",
      "orders/tests/test_a.py": celeryShop["orders/views.py"] ?? "",
    },
  ],
  [
    "a process that cannot be followed",
    "skipped",
    { ...celeryShop, Procfile: "web: gunicorn shop.wsgi\njobs: ./run-jobs\n" },
  ],
  [
    "a process by its name",
    "skipped",
    { ...celeryShop, Procfile: "web: gunicorn shop.wsgi\nqueue: python consume.py\n" },
  ],
  [
    "something else's send()",
    "skipped",
    { ...celeryShop, ...web, "orders/views.py": "signal.send(sender=None)\nmessage.delay()\n" },
  ],
  [
    "a worker that a script starts beside the server",
    "passed",
    {
      ...celeryShop,
      Procfile: "web: sh start.sh\n",
      "start.sh": "celery -A shop worker &\nexec gunicorn shop.wsgi\n",
    },
  ],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});

test("is silent about an image, which others may start with other commands", async () => {
  const { Procfile: _, "app.json": __, ...rest } = celeryShop;
  const files = { ...rest, Dockerfile: 'FROM python:3.13\nCMD ["gunicorn", "shop.wsgi"]\n' };
  const result = await runOn(check, files, { platform: "docker" });
  expect([...brief(result), result.status]).toEqual(["skipped"]);
});

test("Celery's beat is no worker: it only queues", async () => {
  const result = await runOn(check, {
    ...celeryShop,
    Procfile: "web: gunicorn shop.wsgi\nbeat: celery -A shop beat\n",
  });
  expect(result.status).toBe("failed");
});
