import { expect, test } from "vitest";
import check from "../../../src/checks/platform/env-contract-undocumented.ts";
import { told } from "../../support/told.ts";

const ask = (more: Record<string, string> = {}, read = 'os.environ["SHOP_KEY"]') =>
  told(check, {
    "manage.py": "import django\n",
    "shop/settings.py": `import os\n\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = ${read}\n`,
    ...more,
  });

test("a variable that only the code names", async () => {
  expect(await ask()).toEqual([
    "warning certain shop/settings.py:4:14 the settings insist on $SHOP_KEY, and no file but the code names it",
  ]);
});

test.each<[string, Record<string, string>, string | undefined]>([
  [".env.example", { ".env.example": "SHOP_KEY=\n" }, undefined],
  ["a README", { "README.md": "Set `SHOP_KEY`.\n" }, undefined],
  ["a workflow", { ".github/workflows/ci.yml": "env:\n  SHOP_KEY: x\n" }, undefined],
  ["a convention", {}, 'os.environ["DATABASE_URL"]'],
])("%s: passed", async (_name, more, read) => {
  expect(await ask(more, read)).toEqual(["passed"]);
});

test("nothing that is required", async () => {
  expect(await ask({}, 'os.environ.get("SHOP_KEY", "x")')).toEqual([
    "skipped: the settings insist on no variable",
  ]);
});

test("a manifest that declares the environment is compared by another check", async () => {
  const files = { Procfile: "web: gunicorn shop.wsgi\n", "app.json": '{"env": {"SENTRY_DSN": {}}}\n' };
  expect(await ask(files)).toEqual(["skipped: a manifest declares the environment: manifest-env-incomplete"]);
});
