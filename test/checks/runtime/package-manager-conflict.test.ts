import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/package-manager-conflict.ts";
import { fixes, told } from "../../support/told.ts";

const base = { Procfile: "web: gunicorn shop.wsgi\n", "manage.py": "import django\n" };
const requirements = { "requirements.txt": "django\n" };
const pipfile = { Pipfile: '[packages]\ndjango = "*"\n' };
const lock = { "Pipfile.lock": '{"default": {"django": {}}}' };
const poetry = {
  "pyproject.toml": '[tool.poetry.dependencies]\ndjango = "*"\n',
  "poetry.lock": '[[package]]\nname = "django"\n',
};
type Files = Readonly<Record<string, string>>;
const ask = (files: Files) => told(check, { ...base, ...files }, "heroku");

test.each<[string, Files, string, string]>([
  [
    "poetry.lock beside requirements.txt",
    { ...poetry, ...requirements },
    "requirements.txt:1:1 poetry.lock and requirements.txt each list the packages, and Heroku refuses to build with more than one",
    "git rm requirements.txt   # keeps poetry.lock",
  ],
  [
    "three at once",
    { ...poetry, ...requirements, ...pipfile, ...lock },
    "poetry.lock:1:1 Pipfile.lock, poetry.lock and requirements.txt each list the packages, and Heroku refuses to build with more than one",
    "git rm poetry.lock requirements.txt   # keeps Pipfile.lock",
  ],
  [
    "a Pipfile without its lock",
    pipfile,
    "Pipfile:1:1 Pipfile has no Pipfile.lock, and Heroku refuses to build without it",
    "pipenv lock && git add Pipfile.lock",
  ],
  [
    "a Pipfile beside requirements.txt",
    { ...pipfile, ...requirements },
    "Pipfile:1:1 Pipfile has no Pipfile.lock, and Heroku refuses to build without it",
    "git rm Pipfile   # keeps requirements.txt",
  ],
])("%s", async (_, files, line, fix) => {
  expect(await ask(files)).toEqual([`error certain ${line}`]);
  expect(await fixes(check, { ...base, ...files }, "heroku")).toEqual([fix]);
});

test.each<[string, Files]>([
  ["requirements.txt alone", requirements],
  ["a lock beside its pyproject.toml", poetry],
  ["a Pipfile with its lock", { ...pipfile, ...lock }],
  [
    "pyproject.toml for tools beside requirements.txt",
    { ...requirements, "pyproject.toml": "[tool.ruff]\n" },
  ],
  ["files in other folders", { ...requirements, "docs/Pipfile": "", "tools/uv.lock": "" }],
])("%s is one package manager", async (_, files) => {
  expect(await ask(files)).toEqual(["passed"]);
});

test("a host that nobody knows", async () => {
  const files = { Procfile: base.Procfile, "manage.py": base["manage.py"], ...poetry, ...requirements };
  expect(await told(check, files)).toEqual([
    "warning certain requirements.txt:1:1 poetry.lock and requirements.txt each list the packages, and which one is installed depends on the host",
  ]);
});

test("an image installs what its Dockerfile says", async () => {
  const files = {
    "manage.py": base["manage.py"],
    ...poetry,
    ...requirements,
    "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n",
    Dockerfile: "FROM python:3.13\n",
  };
  expect(await told(check, files, "heroku")).toEqual(["skipped: Dockerfile installs the packages"]);
});
