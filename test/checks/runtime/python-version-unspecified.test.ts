import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/python-version-unspecified.ts";
import { told } from "../../support/told.ts";

const heroku = {
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "stack": "heroku-24" }',
  "requirements.txt": "django\n",
};
const host = { Procfile: "web: gunicorn shop.wsgi\n", "requirements.txt": "django\n" };
const ask = (files: Readonly<Record<string, string>>) => told(check, files);

test("without a version Heroku takes one of its own", async () => {
  expect(await ask(heroku)).toEqual([
    "warning certain Heroku finds no Python version and takes the version of the app's last build, or Python 3.14 for a new app",
  ]);
});

test("requires-python is not read by Heroku, and is pointed at", async () => {
  const pyproject = '[project]\nname = "shop"\nrequires-python = ">=3.12"\n';
  expect(await ask({ ...heroku, "pyproject.toml": pyproject })).toEqual([
    `warning certain pyproject.toml:3:1 Heroku finds no Python version and takes the version of the app's last build, or Python 3.14 for a new app (it does not read ">=3.12" in pyproject.toml)`,
  ]);
  expect(await ask({ ...host, "pyproject.toml": pyproject })).toEqual(["passed"]);
});

test("uv on Heroku needs .python-version, and refuses runtime.txt", async () => {
  const files = {
    Procfile: "web: gunicorn shop.wsgi\n",
    "app.json": '{ "stack": "heroku-24" }',
    "uv.lock": "version = 1\n",
    "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n',
  };
  expect(await ask(files)).toEqual([
    "error certain no .python-version is there, and Heroku requires one together with uv.lock",
  ]);
  expect(await ask({ ...files, "runtime.txt": "python-3.13\n" })).toEqual([
    "error certain runtime.txt:1:1 Heroku refuses runtime.txt together with uv.lock",
  ]);
  expect(await ask({ ...files, ".python-version": "3.13\n" })).toEqual(["passed"]);
});

test.each([
  ["a .python-version", { ...heroku, ".python-version": "3.13\n" }],
  ["a runtime.txt", { ...heroku, "runtime.txt": "python-3.13\n" }],
  [
    "a Pipfile.lock with a version",
    {
      Procfile: "web: gunicorn shop.wsgi\n",
      "app.json": '{ "stack": "heroku-24" }',
      Pipfile: "[packages]\n",
      "Pipfile.lock": '{"_meta": {"requires": {"python_version": "3.13"}}, "default": {"django": {}}}',
    },
  ],
  ["a file that is rejected for another reason", { ...heroku, ".python-version": "python-3.13\n" }],
  [".tool-versions where the platform is not known", { ...host, ".tool-versions": "python 3.13.1\n" }],
])("%s is enough", async (_, files) => {
  expect(await ask(files)).toEqual(["passed"]);
});

test("nothing at all on a host that is not known", async () => {
  expect(await ask(host)).toEqual(["warning certain no file says which Python the project runs on"]);
});

test("an image that is not followed may bring its own", async () => {
  const files = { "manage.py": "import django\n", "requirements.txt": "django\n" };
  expect(await ask(files)).toEqual(["warning certain no file says which Python the project runs on"]);
  expect(await ask({ ...files, "docker/Dockerfile": "FROM python:3.13\n" })).toEqual([
    "skipped: docker/Dockerfile may bring its own Python",
  ]);
});

test("a misspelt file is another check's", async () => {
  expect(await ask({ ...heroku, ".python_version": "3.13" })).toEqual([
    "skipped: .python_version was meant to name a version",
  ]);
});

test("the image that is deployed brings Python", async () => {
  const files = {
    "manage.py": "import django\n",
    "requirements.txt": "django\n",
    Dockerfile: "FROM python:3.13-slim\nRUN pip install -r requirements.txt\n",
  };
  expect(await ask(files)).toEqual(["skipped: the image python:3.13-slim brings its own Python"]);
});
