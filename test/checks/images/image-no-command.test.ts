import { expect, test } from "vitest";
import check from "../../../src/checks/images/image-no-command.ts";
import noStartCommand from "../../../src/checks/processes/no-start-command.ts";
import { told } from "../../support/told.ts";

const base = { "manage.py": "import django\n", "requirements.txt": "django==5.2\n" };
const ask = (Dockerfile: string, more: Readonly<Record<string, string>> = {}, on?: string) =>
  told(check, { ...base, Dockerfile, ...more }, on);

test("whoever starts the container may give one", async () => {
  const project = { ...base, Dockerfile: "FROM python:3.13-slim\nCOPY . /app\n" };
  expect(await told(check, project)).toEqual([
    "warning conditional Dockerfile:1:1 Dockerfile has neither CMD nor ENTRYPOINT, and what python:3.13-slim runs ends at once (when the command that starts the container gives none either)",
  ]);
  expect(await told(noStartCommand, project)).toEqual(["skipped: image-no-command judges Dockerfile"]);
});

test("nobody else can give one", async () => {
  const [line] = await ask("FROM python:3.13\n", { "fly.toml": "app = 'shop'\n" }, "fly");
  expect(line).toMatch(/^error certain Dockerfile:1:1/);
});

test.each([
  ["CMD", 'FROM python:3.13\nCMD ["gunicorn", "shop.wsgi"]\n', {}, "passed"],
  ["ENTRYPOINT", 'FROM python:3.13\nENTRYPOINT ["gunicorn", "shop.wsgi"]\n', {}, "passed"],
  ["that of a stage below", "FROM python:3.13 AS a\nCMD gunicorn shop.wsgi\nFROM a\n", {}, "passed"],
  [
    "a manifest",
    "FROM python:3.13\n",
    { "docker-compose.prod.yml": "services:\n  web: {build: ., command: gunicorn shop.wsgi}\n" },
    "passed",
  ],
  [
    "somebody else's image",
    "FROM acme/django:1\n",
    {},
    "skipped: acme/django:1 may bring a command of its own",
  ],
  [
    "a compose file",
    "FROM python:3.13\n",
    { "docker-compose.yml": "services:\n  web: {build: ., command: gunicorn shop.wsgi}\n" },
    "skipped: docker-compose.yml may give the command",
  ],
])("%s", async (_name, dockerfile, more, line) => {
  expect(await ask(dockerfile, more, "docker")).toEqual([line]);
});
