import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/manifest-secret.ts";
import { fixes, told } from "../../support/told.ts";

const blueprint = (line: string, name = "SECRET_KEY") => ({
  "manage.py": "import django\n",
  "render.yaml": `services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    envVars:\n      - key: ${name}\n        ${line}\n`,
});

test("a value in a blueprint", async () => {
  const files = blueprint("value: s9k2v0x7qzl4mfy8w3r5");
  expect(await told(check, files)).toEqual([
    "error certain render.yaml:7:14 render.yaml gives $SECRET_KEY its value, a text of 20 characters",
  ]);
  expect(await fixes(check, files)).toEqual(["- key: SECRET_KEY\n  generateValue: true"]);
});

test.each([
  ["a value that is kept elsewhere", blueprint("sync: false")],
  ["a generated one", blueprint("generateValue: true")],
  ["a placeholder", blueprint("value: change-me")],
  ["what is no secret", blueprint("value: shop.settings", "DJANGO_SETTINGS_MODULE")],
  ["the address of Sentry", blueprint("value: https://0123abcd4567ef89@o1.ingest.sentry.io/2", "SENTRY_DSN")],
])("%s is not reported", async (_name, files) => {
  expect(await told(check, files)).toEqual(["passed"]);
});

test("a Dockerfile is another check's", async () => {
  const files = {
    "manage.py": "import django\n",
    Dockerfile: "FROM python\nCOPY . .\nENV SECRET_KEY=s9k2v0x7qzl4mfy8w3r5\nCMD gunicorn shop.wsgi\n",
  };
  expect(await told(check, files)).toEqual(["passed"]);
});

test("no manifest that declares anything", async () => {
  expect(
    await told(check, { "manage.py": "import django\n", Procfile: "web: gunicorn shop.wsgi\n" }),
  ).toEqual(["skipped: no manifest declares a variable"]);
});

test("a file that compose's env_file names is dotenv-tracked's", async () => {
  const files = {
    "manage.py": "import django\n",
    "compose.prod.yml":
      "services:\n  web:\n    build: .\n    command: gunicorn shop.wsgi\n    env_file: .env.live\n",
    ".env.live": "SECRET_KEY=s9k2v0x7qzl4mfy8w3r5\n",
    Dockerfile: "FROM python:3.13\n",
  };
  expect(await told(check, files, "docker")).toEqual(["passed"]);
});
