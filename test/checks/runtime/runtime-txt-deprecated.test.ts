import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/runtime-txt-deprecated.ts";
import { told } from "../../support/told.ts";

const project = {
  "manage.py": "import django\n",
  "requirements.txt": "django\n",
  Procfile: "web: gunicorn shop.wsgi\n",
};
const heroku = { ...project, "app.json": '{ "stack": "heroku-24" }\n' };

test("runtime.txt on Heroku", async () => {
  expect(await told(check, { ...heroku, "runtime.txt": "python-3.13.2\n" })).toEqual([
    "warning certain runtime.txt:1:1 runtime.txt names the Python version, which the buildpack of Heroku deprecates",
  ]);
});

test("a second file that says otherwise", async () => {
  expect(
    (await told(check, { ...heroku, "runtime.txt": "python-3.12.1\n", ".python-version": "3.13\n" }))[0],
  ).toContain(
    "runtime.txt asks for Python 3.12.1 and .python-version for 3.13, and Heroku follows runtime.txt",
  );
});

test.each<[string, Record<string, string>, string]>([
  ["no runtime.txt", { ...heroku, ".python-version": "3.13\n" }, "passed"],
  [
    "a malformed one",
    { ...heroku, "runtime.txt": "3.13\n" },
    "skipped: runtime.txt is malformed: python-version-malformed",
  ],
  [
    "a platform that does not read it",
    {
      ...project,
      "render.yaml":
        "services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n",
      "runtime.txt": "python-3.13.2\n",
    },
    "passed",
  ],
  [
    "an image",
    {
      "manage.py": "import django\n",
      Dockerfile: "FROM python:3.13\nCOPY . .\nCMD gunicorn shop.wsgi\n",
      "runtime.txt": "python-3.13.2\n",
    },
    "skipped: the image python:3.13 brings its own Python",
  ],
])("%s", async (_name, files, line) => {
  expect(await told(check, files)).toEqual([line]);
});
