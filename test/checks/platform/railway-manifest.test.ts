import { expect, test } from "vitest";
import check from "../../../src/checks/platform/railway-manifest.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const judge = async (files: Record<string, string>) =>
  brief(await runOn(check, settingsOnly("DEBUG = False", files), { platform: "railway" }));
const config = (deploy: object) => JSON.stringify({ deploy });
const procfile = "web: gunicorn shop.wsgi\nrelease: python manage.py migrate --noinput\n";
const dockerfile = 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n';

test("the release line is not run", async () => {
  expect(await judge({ Procfile: procfile })).toEqual([
    'warning certain Procfile:2:10 Railway does not run the release line of Procfile: "python manage.py migrate --noinput"',
  ]);
});

test("a Procfile of a release line alone starts with it", async () => {
  expect(await judge({ Procfile: "release: python manage.py migrate\n" })).toEqual([
    "error certain Procfile:1:10 Railway starts the service with the release line of Procfile, because there is no web line",
  ]);
});

test("a worker needs a service of its own", async () => {
  expect(await judge({ Procfile: "web: gunicorn shop.wsgi\nworker: celery -A shop worker\n" })).toEqual([
    "info certain Procfile:2:9 a Railway service runs one command, so nothing starts worker of Procfile unless a second service does",
  ]);
});

test.each([
  ["gunicorn --bind 0.0.0.0:$PORT shop.wsgi", "$PORT"],
  ["python manage.py migrate && gunicorn shop.wsgi", "&&"],
  ["DEBUG=0 gunicorn shop.wsgi", "DEBUG=0"],
])("a Dockerfile's start command without a shell: %s", async (startCommand, reason) => {
  const files = { Dockerfile: dockerfile, "railway.json": config({ startCommand }) };
  expect(await judge(files)).toEqual([
    expect.stringContaining(
      `no shell reads the start command of a service that is built from a Dockerfile, so the program gets "${reason}" as it is written`,
    ),
  ]);
});

test("nixpacks.toml is not for Railpack", async () => {
  const files = { "nixpacks.toml": '[start]\ncmd = "gunicorn shop.wsgi"\n' };
  expect(await judge(files)).toContain(
    "warning certain nixpacks.toml:1:1 nixpacks.toml is read only by a service that still builds with Nixpacks; Railpack does not read it",
  );
});

test.each<[string, Record<string, string>]>([
  [
    "a pre-deploy command",
    { Procfile: procfile, "railway.json": config({ preDeployCommand: ["python manage.py migrate"] }) },
  ],
  [
    "a start command that migrates too",
    {
      Procfile: "web: python manage.py migrate && gunicorn shop.wsgi\nrelease: python manage.py migrate\n",
    },
  ],
  [
    "no Procfile",
    {
      "shop/settings.py": 'WSGI_APPLICATION = "shop.wsgi.application"\n',
      "requirements.txt": "django\ngunicorn\n",
    },
  ],
  [
    "a shell in the start command of a Dockerfile",
    {
      Dockerfile: dockerfile,
      "railway.json": config({ startCommand: '/bin/sh -c "exec gunicorn --bind 0.0.0.0:$PORT shop.wsgi"' }),
    },
  ],
  [
    "a shell that Railpack brings",
    {
      "railway.json": config({
        startCommand: "python manage.py migrate && gunicorn --bind 0.0.0.0:$PORT shop.wsgi",
      }),
    },
  ],
])("%s is right", async (_name, files) => {
  expect(await judge(files)).toEqual([]);
});

test("a platform with a release phase does not ask", async () => {
  const files = settingsOnly("DEBUG = False", { Procfile: procfile });
  expect((await runOn(check, files, { platform: "heroku" })).status).toBe("skipped");
});

test("what a program in .railway starts cannot be told, and is no mistake", async () => {
  const files = settingsOnly("DEBUG = False", { ".railway/railway.ts": "export default 1\n" });
  expect((await runOn(check, files, { platform: "railway" })).status).toBe("skipped");
});
