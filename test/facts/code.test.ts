import { expect, test } from "vitest";
import { factOf } from "../support/facts.ts";

const project = {
  "backend/manage.py": "import django\n",
  "backend/orders/__init__.py": "",
  "backend/orders/tasks.py":
    "import os.path\nimport celery as c\nfrom celery import shared_task\nfrom . import models\nfrom ..shop.mail import send as post\n\n@shared_task(bind=True)\ndef bill(self):\n    def inner():\n        c.group([os.path.join('a')])\n    post(models.Order.objects.all()[0].mail)\n\nclass Outer:\n    class Meta(models.Base): pass\n",
};

test("a call is named through the imports of its file", async () => {
  const { mentioning } = await factOf("code", project);
  const [file] = mentioning(/shared_task/);
  expect(file?.dotted).toBe("orders.tasks");
  expect(file?.calls.map(({ name }) => name)).toEqual([
    "celery.group",
    "os.path.join",
    "shop.mail.send",
    "orders.models.Order.objects.all",
    "celery.shared_task",
  ]);
  expect(file?.classes.map(({ name, bases }) => [name, bases.map((each) => file.qualified(each))])).toEqual([
    ["Outer", []],
    ["Meta", ["orders.models.Base"]],
  ]);
});

test("a file is read when its text matches, and is left out when it is no Python", async () => {
  const code = await factOf("code", { ...project, "backend/old.py": "print 'shared_task'\n" });
  expect(code.paths).toContain("backend/old.py");
  expect(code.mentioning(/shared_task/).map(({ path }) => path)).toEqual(["backend/orders/tasks.py"]);
  expect(code.mentioning(/django_rq/)).toEqual([]);
  expect(code.file("backend/old.py")).toBeUndefined();
});

test.each([
  "backend/orders/tests/test_views.py",
  "backend/orders/tests.py",
  "backend/conftest.py",
  "backend/orders/migrations/0001_initial.py",
  "docs/conf.py",
  "venv/lib/python3.12/site-packages/celery/app.py",
  "{{cookiecutter.name}}/tasks.py",
])("%s is no code that production runs", async (path) => {
  const code = await factOf("code", { ...project, [path]: "from celery import shared_task\n" });
  expect(code.paths).not.toContain(path);
});

test("one asked for by its path may be any file", async () => {
  const path = "backend/orders/migrations/0001_initial.py";
  const code = await factOf("code", { ...project, [path]: "class Migration: pass\n" });
  expect(code.file(path)?.classes).toHaveLength(1);
  expect(code.file("backend/missing.py")).toBeUndefined();
});
