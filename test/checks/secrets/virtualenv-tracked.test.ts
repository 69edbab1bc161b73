import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/virtualenv-tracked.ts";
import { told } from "../../support/told.ts";

const project = { "manage.py": "import django\n", "requirements.txt": "django\n" };
const ask = (more: Record<string, string>, tracked = Object.keys({ ...project, ...more })) =>
  told(check, { ...project, ...more }, undefined, { tracked });

test("an environment in the index, named once", async () => {
  expect(
    await ask({ "venv/pyvenv.cfg": "home = /usr\n", "venv/lib/python3.12/site-packages/six.py": "" }),
  ).toEqual(["error certain venv/pyvenv.cfg:1:1 git tracks the virtual environment venv/"]);
  expect((await ask({ "backend/env/Lib/site-packages/six.py": "" }))[0]).toContain(
    "git tracks the virtual environment backend/env/",
  );
});

test("one that git does not track, and a folder by that name", async () => {
  expect(await ask({ "venv/pyvenv.cfg": "home = /usr\n" }, Object.keys(project))).toEqual(["passed"]);
  expect(await ask({ "env/settings.py": "" })).toEqual(["passed"]);
});

test("without git there is no telling", async () => {
  expect(await told(check, project)).toEqual([
    "skipped: without git's index there is no telling what is in the repository",
  ]);
});
