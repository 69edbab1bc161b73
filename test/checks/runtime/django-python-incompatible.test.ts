import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/django-python-incompatible.ts";
import { told } from "../../support/told.ts";

const heroku = {
  "manage.py": "import django\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "stack": "heroku-24" }\n',
};
const ask = (django: string, python?: string) =>
  told(check, {
    ...heroku,
    "requirements.txt": `${django}\n`,
    ...(python === undefined ? {} : { ".python-version": `${python}\n` }),
  });

test("a Django that needs a newer Python", async () => {
  expect(await ask("django==6.0.8", "3.11")).toEqual([
    "error certain requirements.txt:1:1 requirements.txt asks for Django 6.0.8, which needs Python 3.12 or newer, and .python-version asks for Python 3.11",
  ]);
});

test("a Django that imports what this Python dropped", async () => {
  expect(await ask("django==3.2.25", "3.13")).toEqual([
    "error certain requirements.txt:1:1 requirements.txt asks for Django 3.2.25, which imports cgi, and .python-version asks for Python 3.13, from which it was removed",
  ]);
});

test("a Python that came later is a warning", async () => {
  expect((await ask("django==4.2.20", "3.13"))[0]).toMatch(
    /^warning certain .* made for Python 3\.12 at most/,
  );
});

test("the platform's default depends on today", async () => {
  expect((await ask("django==4.2.20"))[0]).toMatch(
    /^warning conditional .* Heroku takes Python 3\.14 where nothing names one \(when no version is chosen outside the repository\)$/,
  );
});

test.each([
  ["versions that fit", "django==5.2.17", "3.13", "passed"],
  ["a range with a series that fits", "django>=4.2", "3.10", "passed"],
  [
    "an unknown Django",
    "django @ https://example.org/django.zip",
    "3.13",
    "skipped: nothing tells which series of Django will be installed",
  ],
])("%s", async (_name, django, python, line) => {
  expect(await ask(django, python)).toEqual([line]);
});

test("an unknown Python", async () => {
  const files = {
    "manage.py": "import django\n",
    "requirements.txt": "django==6.0\n",
    Dockerfile: "FROM debian:12\nCOPY . .\nRUN pip install -r requirements.txt\n",
  };
  expect((await told(check, files))[0]).toMatch(/^skipped: nothing tells which Python/);
});
