import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/django-eol.ts";
import { told } from "../../support/told.ts";

const ask = (django: string) =>
  told(check, { "manage.py": "import django\n", "requirements.txt": `${django}\n` });

test("a series whose support has ended", async () => {
  expect(await ask("django==3.2.25")).toEqual([
    "warning certain requirements.txt:1:1 requirements.txt asks for Django 3.2.25, and the security fixes of Django 3.2 ended on 2024-04-01 (as of 2026-11-20)",
  ]);
  expect((await ask("django>=4.2,<5.0"))[0]).toContain(
    "the security fixes of Django 4.2 ended on 2026-04-07",
  );
  expect((await ask("django==1.8"))[0]).toContain("the security fixes of Django 1.8 ended");
});

test.each([
  ["a supported series", "django==5.2.17", "passed"],
  ["a range that a supported one is in", "django>=3.2", "passed"],
  ["any version", "django", "passed"],
  [
    "a fork",
    "django @ git+https://github.com/x/django.git@stable",
    "skipped: nothing tells which series of Django will be installed",
  ],
  [
    "a series newer than the table",
    "django==7.0",
    "skipped: nothing tells which series of Django will be installed",
  ],
])("%s", async (_name, django, line) => {
  expect(await ask(django)).toEqual([line]);
});
