import { expect, test } from "vitest";
import check from "../../../src/checks/static/collectstatic-not-run.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { heroku, image, manifest, staticShop } from "../../support/static-shop.ts";

test("an image that nothing collects in", async () => {
  expect(brief(await runOn(check, staticShop("", image())))).toEqual([
    "error certain shop/settings.py:13:15 no step of the deployment to Fly.io runs collectstatic, so WhiteNoise has nothing to serve",
  ]);
  expect(brief(await runOn(check, staticShop(manifest, image())))).toEqual([
    expect.stringMatching(
      /^error certain \S+ no step .* so every page with \{% static %\} ends in "Missing staticfiles manifest entry"$/,
    ),
  ]);
});

const render = {
  "render.yaml":
    "services:\n  - type: web\n    name: shop\n    runtime: python\n    buildCommand: pip install -r requirements.txt\n    startCommand: gunicorn shop.wsgi\n",
};

test.each([
  ["a build that is no image", render],
  [
    "a disk that stays, where somebody may collect by hand",
    {
      "compose.yml": "services:\n  web:\n    build: .\n    ports: ['80:8000']\n",
      Dockerfile: image().Dockerfile ?? "",
    },
  ],
])("%s is a warning", async (_, files) => {
  expect(brief(await runOn(check, staticShop("", files)))).toEqual([
    expect.stringMatching(/^warning \w+ shop\/settings.py:13:15 no step of the deployment to/),
  ]);
});

test.each([
  ["a RUN of the image", "passed", staticShop("", image("RUN python manage.py collectstatic --noinput"))],
  [
    "another stage of it",
    "passed",
    staticShop("", {
      ...image(),
      Dockerfile:
        'FROM python:3.13 AS build\nWORKDIR /app\nCOPY . .\nRUN python manage.py collectstatic --noinput\nFROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCOPY --from=build /app/staticfiles staticfiles\nCMD ["gunicorn", "--bind", "0.0.0.0:8080", "shop.wsgi"]\n',
    }),
  ],
  [
    "the script that starts it",
    "passed",
    staticShop("", {
      ...image(),
      Dockerfile: 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["sh", "start.sh"]\n',
      "start.sh": "python manage.py collectstatic --noinput\nexec gunicorn --bind 0.0.0.0:8080 shop.wsgi\n",
    }),
  ],
  [
    "DISABLE_COLLECTSTATIC, which another check tells of",
    "skipped",
    staticShop("", { ...heroku, "app.json": '{"name": "shop", "env": {"DISABLE_COLLECTSTATIC": "1"}}' }),
  ],
  ["Heroku itself", "passed", staticShop("", heroku)],
  [
    "a pipeline",
    "passed",
    staticShop("", {
      ...image(),
      ".github/workflows/deploy.yml":
        "jobs:\n  deploy:\n    steps:\n      - run: python manage.py collectstatic --noinput\n",
    }),
  ],
  [
    "a STATIC_ROOT that is committed",
    "passed",
    staticShop("", { ...image(), "staticfiles/css/site.css": "" }),
  ],
  ["finders", "passed", staticShop("WHITENOISE_USE_FINDERS = True\n", image())],
  [
    "a remote storage",
    "skipped",
    staticShop('STORAGES = {"staticfiles": {"BACKEND": "storages.backends.s3.S3Storage"}}\n', image()),
  ],
  ["nothing that serves them", "skipped", staticShop("MIDDLEWARE = []\n", image())],
  ["no STATIC_ROOT", "skipped", staticShop("STATIC_ROOT = None\n", image())],
  ["no use for them", "skipped", staticShop('INSTALLED_APPS = ["django.contrib.staticfiles"]\n', image())],
  ["no staticfiles app", "skipped", staticShop("INSTALLED_APPS = []\n", image())],
  ["a script that is not in the project", "skipped", staticShop("", image("RUN ./build.sh"))],
])("is silent about %s", async (_, status, files) => {
  const result = await runOn(check, files);
  expect([...brief(result), result.status]).toEqual([status]);
});
