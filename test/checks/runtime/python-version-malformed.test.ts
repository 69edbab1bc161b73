import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/python-version-malformed.ts";
import { fixes, told } from "../../support/told.ts";

const heroku = {
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "stack": "heroku-24" }',
  "requirements.txt": "django\n",
};
type Files = Readonly<Record<string, string | Uint8Array>>;
const ask = (files: Files) => told(check, files);

test.each<[string, Files, string]>([
  [
    "a prefix",
    { ".python-version": "python-3.12\n" },
    '.python-version:1:1 .python-version holds "python-3.12", and the form is "3.13" or "3.13.2", so Heroku refuses to build',
  ],
  [
    "two versions",
    { ".python-version": "# pyenv\n3.12\n3.13\n" },
    ".python-version:2:1 .python-version names 2 versions (3.12, 3.13), and one is allowed, so Heroku refuses to build",
  ],
  [
    "runtime.txt without its prefix",
    { "runtime.txt": "3.12\n" },
    'runtime.txt:1:1 runtime.txt holds "3.12", and the form is "python-3.13" or "python-3.13.2", so Heroku refuses to build',
  ],
  [
    "UTF-16",
    { ".python-version": Buffer.from("\ufeff3.13\r\n", "utf16le") },
    ".python-version:1:1 .python-version is UTF-16, and UTF-8 is expected, so Heroku refuses to build",
  ],
  [
    "a version that is not out",
    { ".python-version": "3.15\n" },
    '.python-version:1:1 .python-version asks for Python "3.15", and 3.14 is the newest there is, so Heroku refuses to build',
  ],
  [
    "a misspelt name",
    { ".python-version.txt": "3.13\n" },
    ".python-version.txt:1:1 the name of .python-version.txt is near .python-version, and Heroku refuses to build",
  ],
  [
    "a misspelt name beside the right one",
    { ".python-version": "3.13\n", "python-version": "3.12\n" },
    "python-version:1:1 the name of python-version is near .python-version, and Heroku refuses to build",
  ],
  [
    "a blank that is no ASCII",
    { ".python-version": "\u00a03.12\n" },
    '.python-version:1:2 .python-version holds "\u00a03.12", and the form is "3.13" or "3.13.2", so Heroku refuses to build',
  ],
])("%s stops Heroku's build", async (_, files, line) => {
  expect(await ask({ ...heroku, ...files })).toEqual([`error certain ${line}`]);
});

test("a lock that does not parse stops Heroku's build", async () => {
  const lock = { Pipfile: "[packages]\ndjango = '*'\n", "Pipfile.lock": "{ not json\n" };
  const [line] = await ask({ Procfile: heroku.Procfile, "app.json": heroku["app.json"], ...lock });
  expect(line).toMatch(/^error certain Pipfile.lock:1:1 Pipfile.lock does not parse: .*, so Heroku refuses/);
});

test("the fix keeps the version that was meant, if it builds", async () => {
  expect(await fixes(check, { ...heroku, ".python-version": "v3.12.x\n" })).toEqual([
    "printf '3.12\\n' > .python-version",
  ]);
  expect(await fixes(check, { ...heroku, "runtime.txt": "python 3.8\n" })).toEqual([
    "git rm runtime.txt && printf '3.13\\n' > .python-version",
  ]);
  expect(await fixes(check, { ...heroku, ".python_version": "" })).toEqual([
    "git mv '.python_version' .python-version",
  ]);
  expect(await fixes(check, { ...heroku, ".python-version": "3.13\n", ".python_version": "" })).toEqual([
    "git rm '.python_version'",
  ]);
});

test.each<[string, Files, string]>([
  ["comments and space", { ".python-version": "# why\n\n  3.13  \n" }, "passed"],
  ["the prefix in runtime.txt", { "runtime.txt": "python-3.13.1\n" }, "passed"],
  [
    "a file that another one overrides",
    { ".python-version": "shop-env\n", "runtime.txt": "python-3.13\n" },
    "passed",
  ],
  [
    "a misspelt file beside runtime.txt",
    { "runtime.txt": "python-3.13\n", ".python_version": "x" },
    "passed",
  ],
  [
    "a file that Heroku does not read",
    { ".tool-versions": "python latest\n" },
    "skipped: no file that Heroku reads names a Python version",
  ],
])("%s is fine", async (_, files, line) => {
  expect(await ask({ ...heroku, ...files })).toEqual([line]);
});

test("several versions are pyenv's right where the platform is not known", async () => {
  const files = {
    Procfile: "web: gunicorn shop.wsgi\n",
    "requirements.txt": "django\n",
    ".python-version": "3.12\n3.13\n",
  };
  expect(await ask(files)).toEqual(["passed"]);
});

test("where the platform is not known, only what is no version at all is a warning", async () => {
  const files = {
    Procfile: "web: gunicorn shop.wsgi\n",
    "requirements.txt": "django\n",
    ".python-version": "latest\n",
  };
  expect((await ask(files))[0]).toMatch(
    /^warning certain .python-version:1:1 .*, which no builder we know takes for a version$/,
  );
});
