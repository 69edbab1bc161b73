import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/psycopg2-source-build.ts";
import { told } from "../../support/told.ts";

const ask = (driver: string, dockerfile: string) =>
  told(check, {
    "manage.py": "import django\n",
    "requirements.txt": `django==5.2\n${driver}\n`,
    Dockerfile: dockerfile,
  });
const image = (from: string, before = "") =>
  `FROM ${from}\nWORKDIR /app\n${before}COPY . .\nRUN pip install -r requirements.txt\nCMD gunicorn shop.wsgi\n`;

test("a driver that comes as source, on a slim image", async () => {
  expect(await ask("psycopg2==2.9.10", image("python:3.13-slim"))).toEqual([
    "error certain requirements.txt:2:1 psycopg2 comes as source, and python:3.13-slim has no compiler and no headers to build it",
  ]);
  expect((await ask("mysqlclient==2.2.7", image("python:3.12-alpine")))[0]).toContain(
    "mysqlclient comes as source",
  );
  expect((await ask("psycopg[c]==3.2.3", image("python:3.12-slim")))[0]).toContain("psycopg comes as source");
});

test.each([
  ["a driver that comes built", "psycopg2-binary==2.9.10", image("python:3.13-slim")],
  ["psycopg without a part in C", "psycopg==3.2.3", image("python:3.13-slim")],
  ["a full image", "psycopg2==2.9.10", image("python:3.13")],
  ["somebody else's image", "psycopg2==2.9.10", image("company/python:slim")],
  [
    "headers and a compiler",
    "psycopg2==2.9.10",
    image("python:3.13-slim", "RUN apt-get update && apt-get install -y gcc libpq-dev\n"),
  ],
  [
    "packages that a variable names",
    "psycopg2==2.9.10",
    image("python:3.13-slim", "RUN apt-get install -y $PACKAGES\n"),
  ],
  [
    "a stage that builds",
    "psycopg2==2.9.10",
    "FROM python:3.13 AS build\nCOPY requirements.txt .\nRUN pip install --prefix=/install -r requirements.txt\nFROM python:3.13-slim\nCOPY --from=build /install /usr/local\nCOPY . .\nRUN python manage.py check\nCMD gunicorn shop.wsgi\n",
  ],
])("%s: passed", async (_name, driver, dockerfile) => {
  expect(await ask(driver, dockerfile)).toEqual(["passed"]);
});

test("without a Dockerfile", async () => {
  const files = {
    "manage.py": "import django\n",
    "requirements.txt": "psycopg2\n",
    Procfile: "web: gunicorn shop.wsgi\n",
  };
  expect((await told(check, files))[0]).toMatch(/^skipped: no Dockerfile/);
});
