import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/dev-dependencies-in-production.ts";
import { told } from "../../support/told.ts";

const ask = (requirements: string, settings = "") =>
  told(check, {
    "manage.py": "import django\n",
    "shop/settings.py": `ROOT_URLCONF = "shop.urls"\n${settings}`,
    "requirements.txt": `django==5.2\n${requirements}\n`,
    "requirements-dev.txt": "-r requirements.txt\nmypy\n",
  });

test("tools among the packages of production are advice", async () => {
  expect(await ask("pytest==8\nblack==25")).toEqual([
    "info certain requirements.txt:2:1 production installs pytest, black from requirements.txt, which only development needs",
  ]);
});

test.each([
  ["a file of its own", "", ""],
  ["what commands on the server use", "Faker==30\nfactory-boy==3\nipython==9\ndjango-extensions==4", ""],
  ["an app that the settings name", "django-debug-toolbar==6", 'INSTALLED_APPS = ["debug_toolbar"]\n'],
])("%s: passed", async (_name, requirements, settings) => {
  expect(await ask(requirements, settings)).toEqual(["passed"]);
});
