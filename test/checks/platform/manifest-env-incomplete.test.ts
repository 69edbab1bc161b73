import { expect, test } from "vitest";
import check from "../../../src/checks/platform/manifest-env-incomplete.ts";
import { brief, runOn } from "../../support/run-on.ts";

const shop = {
  "manage.py": "import django\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  "requirements.txt": "django==5.2\ngunicorn\n",
  "shop/wsgi.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py":
    'import os\nROOT_URLCONF = "shop.urls"\nSECRET_KEY = os.environ["DJANGO_SECRET_KEY"]\nDSN = os.environ.get("SENTRY_DSN")\nON = os.environ["DYNO"]\n',
};
const withEnv = (env: object) => ({ ...shop, "app.json": JSON.stringify({ env }) });

test("a variable that the manifest lacks, with the one that was probably meant", async () => {
  expect(brief(await runOn(check, withEnv({ SECRET_KEY: "x" })))).toEqual([
    expect.stringContaining(
      "the settings insist on $DJANGO_SECRET_KEY, and it is not in app.json, which has SECRET_KEY",
    ),
  ]);
  expect(brief(await runOn(check, withEnv({ OTHER: "x" })))).toEqual([
    expect.stringMatching(/insist on \$DJANGO_SECRET_KEY, and it is not in app\.json(?!,)/),
  ]);
});

test.each([
  ["declared", withEnv({ DJANGO_SECRET_KEY: { generator: "secret" } }), "passed"],
  ["a manifest without variables", { ...shop, "app.json": "{}" }, "skipped"],
  [
    "only an image's ENV",
    { ...shop, Procfile: undefined, Dockerfile: "FROM python:3.13\nENV A=1\nCMD gunicorn shop.wsgi\n" },
    "skipped",
  ],
])("%s", async (_name, files, status) => {
  const there = Object.fromEntries(
    Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  expect((await runOn(check, there)).status).toBe(status);
});

test("what services set is left to heroku-addon-assumed", async () => {
  const settings =
    'import os\nROOT_URLCONF = "shop.urls"\nDB = os.environ["DATABASE_URL"]\nR = os.environ["REDIS_URL"]\n';
  const result = await runOn(check, { ...withEnv({ OTHER: "x" }), "shop/settings.py": settings });
  expect(result.status).toBe("passed");
});
