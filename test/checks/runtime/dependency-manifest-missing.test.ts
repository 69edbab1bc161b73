import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/dependency-manifest-missing.ts";
import { memoryFiles } from "../../../src/files/memory.ts";
import { told } from "../../support/told.ts";

const base = { Procfile: "web: gunicorn shop.wsgi\n", "manage.py": "import django\n" };
type Files = Readonly<Record<string, string>>;
const ask = async (files: Files) => told(check, { ...base, ...files }, "heroku");
const reads =
  "Heroku reads Pipfile.lock, requirements.txt, poetry.lock or uv.lock in the root of the repository";

test.each<[string, Files, string]>([
  ["nothing at all", {}, `no file names the packages to install: ${reads}`],
  [
    "a misspelt name",
    { "requirments.txt": "django\n" },
    `requirments.txt:1:1 requirments.txt is not read: ${reads}`,
  ],
  [
    "another folder",
    { "requirements/production.txt": "django\n" },
    `requirements/production.txt:1:1 requirements/production.txt is not read: ${reads}`,
  ],
  [
    "a pyproject.toml alone",
    { "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["django"]\n' },
    `pyproject.toml:1:1 pyproject.toml is not read: ${reads}`,
  ],
  ["a setup.py alone", { "setup.py": "setup()\n" }, `setup.py:1:1 setup.py is not read: ${reads}`],
])("%s", async (_, files, line) => {
  expect(await ask(files)).toEqual([`error certain ${line}`]);
});

test("a file that is named and not there stops pip", async () => {
  expect(await ask({ "requirements.txt": "django\n-r requirements/prod.txt\n" })).toEqual([
    "error certain requirements.txt:2:1 requirements.txt includes requirements/prod.txt, which does not exist, so pip stops with an error",
  ]);
});

test("a file that git ignores does not reach the deployment", async () => {
  const files = memoryFiles({ ...base, "requirements.txt": "django\n" }, { ignored: ["requirements.txt"] });
  expect(await told(check, files, "heroku")).toEqual([
    "error certain requirements.txt is ignored by git, so it does not reach the deployment",
  ]);
});

test("a subfolder that may be what is built", async () => {
  const files = {
    "backend/manage.py": "import django\n",
    "backend/requirements.txt": "django\n",
  };
  expect(await told(check, files, "heroku")).toEqual([
    `warning conditional backend/requirements.txt:1:1 backend/requirements.txt is not read: ${reads} (when Heroku builds the root of the repository, and not backend)`,
  ]);
});

test.each<[string, Files, string]>([
  ["requirements.txt", { "requirements.txt": "django\n" }, "passed"],
  ["an empty one", { "requirements.txt": "" }, "passed"],
  ["a lock", { "uv.lock": "version = 1\n" }, "passed"],
  ["a Pipfile without a lock", { Pipfile: "[packages]\n" }, "skipped: there is a Pipfile, if without a lock"],
])("%s", async (_, files, line) => {
  expect(await ask(files)).toEqual([line]);
});

test("a folder that a script of the build moves to the root is what is built", async () => {
  const files = {
    Procfile: "web: gunicorn shop.wsgi\n",
    "bin/build.sh": "mv src/backend/* ./\n",
    "src/backend/manage.py": "import django\n",
    "src/backend/requirements.txt": "django\n",
  };
  expect(await told(check, files, "heroku")).toEqual(["passed"]);
});

test("the folder of the Procfile is the folder that is built", async () => {
  const files = {
    "backend/manage.py": "import django\n",
    "backend/Procfile": "web: gunicorn shop.wsgi\n",
    "backend/requirements.txt": "django\n",
  };
  expect(await told(check, files, "heroku")).toEqual(["passed"]);
});

test.each<[string, Files, string]>([
  ["files elsewhere", { "requirements/base.txt": "django\n" }, "passed"],
  [
    "nothing",
    {},
    "warning certain no file names the packages to install: requirements.txt is what hosts read in the root of the repository",
  ],
  ["an image", { Dockerfile: "FROM python:3.13\n" }, "skipped: Dockerfile installs the packages"],
])("on a host that is not known: %s", async (_, files, line) => {
  const start: Files = "Dockerfile" in files ? {} : { Procfile: "web: gunicorn shop.wsgi\n" };
  expect(await told(check, { "manage.py": "import django\n", ...start, ...files })).toEqual([line]);
});
