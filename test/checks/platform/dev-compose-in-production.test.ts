import { expect, test } from "vitest";
import check from "../../../src/checks/platform/dev-compose-in-production.ts";
import { brief, runOn } from "../../support/run-on.ts";

const shop = {
  "manage.py": "",
  "requirements.txt": "django\ngunicorn\n",
  "shop/settings.py": 'ROOT_URLCONF = "shop.urls"\nSECRET_KEY = "x"\n',
  "shop/urls.py": "urlpatterns = []\n",
  Dockerfile: "FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD gunicorn --bind :8000 shop.wsgi\n",
};
const mounted = 'services:\n  web:\n    build: .\n    volumes: [".:/app"]\n';
const deploys =
  "on: push\njobs:\n  a:\n    steps:\n      - run: ssh me@host 'cd shop && docker compose up -d'\n";

const message =
  "mounts the source over /app, so what Dockerfile puts there while the image is built is not there";

test("a file for production that mounts the source", async () => {
  expect(brief(await runOn(check, { ...shop, "docker-compose.prod.yml": mounted }))).toEqual([
    `warning certain docker-compose.prod.yml:4:15 docker-compose.prod.yml ${message}`,
  ]);
});

test("the only file there is, which a workflow starts on a server", async () => {
  const files = { ...shop, "docker-compose.yml": mounted, ".github/workflows/deploy.yml": deploys };
  expect(brief(await runOn(check, files))).toEqual([
    `warning certain docker-compose.yml:4:15 docker-compose.yml ${message}`,
  ]);
});

test("a mount of uploads passes", async () => {
  const files = { ...shop, "docker-compose.prod.yml": mounted.replace(".:/app", "./media:/app/media") };
  expect((await runOn(check, files)).status).toBe("passed");
});

test.each([
  ["a file for development that nothing deploys", { ...shop, "docker-compose.yml": mounted }, undefined],
  ["another platform", { ...shop, "docker-compose.prod.yml": mounted, "fly.toml": "" }, "fly"],
])("%s is not asked", async (_name, files, platform) => {
  expect((await runOn(check, files, platform === undefined ? {} : { platform })).status).toBe("skipped");
});
