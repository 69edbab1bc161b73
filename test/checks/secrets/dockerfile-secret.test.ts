import { expect, test } from "vitest";
import check from "../../../src/checks/secrets/dockerfile-secret.ts";
import { told } from "../../support/told.ts";

const ask = (lines: string, more: Record<string, string> = {}) =>
  told(check, {
    "manage.py": "import django\n",
    "requirements.txt": "django\n",
    Dockerfile: `FROM python:3.13-slim\nCOPY . .\n${lines}\nCMD gunicorn shop.wsgi\n`,
    ...more,
  });

test("ENV and ARG with a value", async () => {
  expect(await ask("ENV SECRET_KEY=s9k2v0x7qzl4mfy8w3r5")).toEqual([
    "error certain Dockerfile:3:1 ENV gives SECRET_KEY a value of 20 characters in the image, and every container and every layer has it",
  ]);
  expect(await ask("ARG PIP_TOKEN=s9k2v0x7qzl4mfy8w3r5")).toEqual([
    "error certain Dockerfile:3:1 ARG gives PIP_TOKEN a value of 20 characters in the image, and the image's history keeps it",
  ]);
});

test("a file with secrets", async () => {
  expect(await ask("COPY .env .", { ".env": "SECRET_KEY=s9k2v0x7qzl4mfy8w3r5\n" })).toEqual([
    "error certain Dockerfile:3:1 .env is copied into the image, where every layer keeps it",
  ]);
  expect((await ask("COPY deploy/id_rsa /root/.ssh/"))[0]).toMatch(
    /^error certain Dockerfile:3:1 deploy\/id_rsa is copied/,
  );
});

test.each([
  ["a dummy for one command", "RUN SECRET_KEY=s9k2v0x7qzl4mfy8w3r5 python manage.py collectstatic"],
  ["a dummy that says so", "ENV SECRET_KEY=non-secret-key-for-building-purposes"],
  ["an argument without a value", "ARG PIP_TOKEN"],
  ["a reference", "ARG TOKEN\nENV TOKEN=$TOKEN"],
  ["what is no secret", "ENV PYTHONUNBUFFERED=1 PORT=8000"],
  ["a file from another stage", "COPY --from=build .env ."],
])("%s is not reported", async (_name, lines) => {
  expect(await ask(lines)).toEqual(["passed"]);
});

test("a .env without secrets is not reported", async () => {
  expect(await ask("COPY .env .", { ".env": "DEBUG=False\n" })).toEqual(["passed"]);
});

test("without a Dockerfile there is nothing to ask", async () => {
  expect(
    (await told(check, { "manage.py": "import django\n", Procfile: "web: gunicorn shop.wsgi\n" }))[0],
  ).toMatch(/^skipped/);
});
