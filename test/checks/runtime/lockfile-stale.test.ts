import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/lockfile-stale.ts";
import { told } from "../../support/told.ts";

const poetry = (dependencies: string, locked: string, more: Record<string, string> = {}) =>
  told(check, {
    "manage.py": "import django\n",
    "pyproject.toml": `[tool.poetry]\nname = "shop"\n\n[tool.poetry.dependencies]\npython = "^3.13"\n${dependencies}`,
    "poetry.lock": `[[package]]\nname = "django"\nversion = "5.2.17"\n\n${locked}`,
    ...more,
  });

test("a package that the lock lacks", async () => {
  expect(await poetry('django = "^5.2"\nwhitenoise = "^6"\n', "")).toEqual([
    "error certain pyproject.toml:7:1 pyproject.toml asks for whitenoise, and poetry.lock does not have it",
  ]);
});

test("another version than the manifest asks for", async () => {
  expect((await poetry('django = "^6.0"\n', ""))[0]).toMatch(
    /^error certain .* asks for django >=6\.0,<7\S*, and poetry\.lock has 5\.2\.17$/,
  );
});

test("a lock of Pipenv", async () => {
  const files = {
    "manage.py": "import django\n",
    Pipfile: '[packages]\ndjango = "*"\nredis = "*"\n',
    "Pipfile.lock": '{"default": {"django": {"version": "==5.2.17"}}}',
  };
  expect((await told(check, files))[0]).toContain(
    "Pipfile asks for redis, and Pipfile.lock does not have it",
  );
});

test.each([
  ["what fits", 'django = "^5.2"\n', ""],
  [
    "another spelling",
    'Django = "^5.2"\n"Django_Storages" = "*"\n',
    '[[package]]\nname = "django-storages"\nversion = "1.14"\n',
  ],
  ["a repository", 'django = "^5.2"\ntools = { git = "https://github.com/x/tools.git" }\n', ""],
  ["a group for development", 'django = "^5.2"\n\n[tool.poetry.group.dev.dependencies]\npytest = "*"\n', ""],
])("%s: passed", async (_name, dependencies, locked) => {
  expect(await poetry(dependencies, locked)).toEqual(["passed"]);
});

test("no lock that production installs from", async () => {
  expect((await told(check, { "manage.py": "import django\n", "requirements.txt": "django\n" }))[0]).toMatch(
    /^skipped/,
  );
});

test("of several with markers one is enough", async () => {
  const dependencies = `dependencies = ["django >=5.2,<6 ; python_version >= '3.10'", "django >=4.2,<5 ; python_version < '3.10'"]`;
  const files = {
    "manage.py": "import django\n",
    "pyproject.toml": `[project]\nname = "shop"\nversion = "1"\n${dependencies}\n`,
    "poetry.lock": '[[package]]\nname = "django"\nversion = "5.2.17"\n',
  };
  expect(await told(check, files)).toEqual(["passed"]);
});
