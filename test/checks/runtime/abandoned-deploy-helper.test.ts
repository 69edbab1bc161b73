import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/abandoned-deploy-helper.ts";
import { told } from "../../support/told.ts";

const ask = (requirements: string) =>
  told(check, { "manage.py": "import django\n", "requirements.txt": `django==5.2\n${requirements}` });

test("packages that nobody keeps, each once", async () => {
  expect((await ask("django-toolbelt==0.0.1\ndj-static==0.0.6\nstatic3==0.7.0\n")).length).toBe(1);
  expect(await ask("raven==6.10.0\n")).toEqual([
    "warning certain requirements.txt:2:1 requirements.txt installs raven, which Sentry gave up in 2018 for sentry-sdk",
  ]);
});

test("forks that are kept", async () => {
  expect(await ask("django-on-heroku==1.1.2\nsentry-sdk==2.42.0\n")).toEqual(["passed"]);
});

test("what a lock lists may be another package's", async () => {
  const lock =
    '[[package]]\nname = "django"\nversion = "5.2"\n\n[[package]]\nname = "static3"\nversion = "0.7.0"\n';
  const files = {
    "manage.py": "import django\n",
    "poetry.lock": lock,
    "pyproject.toml": '[tool.poetry.dependencies]\ndjango = "5.2"\n',
  };
  expect(await told(check, files)).toEqual(["passed"]);
});
