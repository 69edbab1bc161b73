import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/python-eol.ts";
import { told } from "../../support/told.ts";

const heroku = {
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "stack": "heroku-24" }',
  "requirements.txt": "django\n",
};
const host = { Procfile: "web: gunicorn shop.wsgi\n", "requirements.txt": "django\n" };
const ask = (files: Readonly<Record<string, string>>) => told(check, files);

test("a version that Heroku refuses", async () => {
  expect(await ask({ ...heroku, "runtime.txt": "python-3.9.18\n" })).toEqual([
    "error certain runtime.txt:1:1 runtime.txt asks for Python 3.9.18, whose security fixes ended on 2025-10-31 (as of 2026-11-20), and Heroku refuses to build",
  ]);
});

test("a version that is past its end of life, but still builds", async () => {
  expect(await ask({ ...heroku, ".python-version": "3.10\n" })).toEqual([
    "warning certain .python-version:1:1 .python-version asks for Python 3.10, whose security fixes ended on 2026-10-31 (as of 2026-11-20)",
  ]);
});

test("where the platform is not known it is a warning", async () => {
  expect(await ask({ ...host, ".python-version": "3.8.10\n" })).toEqual([
    "warning certain .python-version:1:1 .python-version asks for Python 3.8.10, whose security fixes ended on 2024-10-07 (as of 2026-11-20)",
  ]);
});

test("the image that is deployed decides", async () => {
  const files = {
    "manage.py": "import django\n",
    "requirements.txt": "django\n",
    ".python-version": "3.13\n",
  };
  expect(await ask({ ...files, Dockerfile: "FROM python:3.7-buster\n" })).toEqual([
    "warning certain Dockerfile:1:1 the image python:3.7-buster has Python 3.7, whose security fixes ended on 2023-06-27 (as of 2026-11-20)",
  ]);
  expect(await ask({ ...files, Dockerfile: "FROM python:3-slim\n" })).toEqual([
    "skipped: the image python:3-slim names no single version of Python",
  ]);
});

test.each([
  ["a supported version", { ...heroku, ".python-version": "3.12.1\n" }, "passed"],
  ["a version newer than the table", { ...host, ".python-version": "3.15\n" }, "passed"],
  ["no version", heroku, "skipped: no file that the platform reads names a Python version"],
  [
    "a version that is malformed",
    { ...heroku, ".python-version": "python-3.8\n" },
    "skipped: .python-version names no single version of Python",
  ],
  [
    "a lower bound",
    { ...host, "pyproject.toml": '[project]\nname = "shop"\nrequires-python = ">=3.8"\n' },
    "skipped: no file that the platform reads names a Python version",
  ],
])("%s", async (_, files, line) => {
  expect(await ask(files)).toEqual([line]);
});
