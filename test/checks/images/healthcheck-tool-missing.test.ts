import { expect, test } from "vitest";
import check from "../../../src/checks/images/healthcheck-tool-missing.ts";
import { told } from "../../support/told.ts";

const base = { "manage.py": "import django\n", "requirements.txt": "django==5.2\n" };
const ask = (
  image: string,
  health: string,
  run = "RUN true",
  more: Readonly<Record<string, string>> = {},
  on?: string,
) =>
  told(
    check,
    {
      ...base,
      Dockerfile: `FROM ${image}\n${run}\nHEALTHCHECK --interval=5s CMD ${health}\nCMD ["gunicorn", "shop.wsgi"]\n`,
      ...more,
    },
    on,
  );
const curl = "curl -f http://127.0.0.1:8000/ || exit 1";

test("a program that is not there", async () => {
  expect(await ask("python:3.13-slim", curl)).toEqual([
    "warning certain Dockerfile:3:1 the health check runs curl, which python:3.13-slim does not have and nothing installs, so that the container is never healthy",
  ]);
  expect(await ask("python:3.13-slim", '["wget", "-q", "http://127.0.0.1:8000/"]')).toHaveLength(1);
  expect((await ask("python:3.13-alpine", curl))[0]).toContain("python:3.13-alpine does not have");
});

test("something waits for it", async () => {
  const compose = (healthcheck: string) =>
    `services:\n  web:\n    build: .\n    healthcheck: {test: ${healthcheck}}\n  proxy:\n    image: nginx:1\n    depends_on: {web: {condition: service_healthy}}\n`;
  const files = (test: string) => ({ "docker-compose.prod.yml": compose(test) });
  const lines = await ask(
    "python:3.13-slim",
    "true",
    "RUN true",
    files('["CMD", "curl", "-f", "http://localhost:8000/"]'),
  );
  expect(lines).toEqual([
    expect.stringMatching(
      /^error certain docker-compose.prod.yml:4:\d+ .* proxy, which waits for it, never starts$/,
    ),
  ]);
  expect(await ask("python:3.13-slim", curl, "RUN true", files("[NONE]"))).toEqual([
    "skipped: no health check runs a program in the container",
  ]);
});

test.each([
  ["a full image", "python:3.13", curl, "RUN true"],
  ["BusyBox's wget", "python:3.13-alpine", "wget -q http://127.0.0.1:8000/", "RUN true"],
  ["it is installed", "python:3.13-slim", curl, "RUN apt-get update && apt-get install -y \\\n    curl"],
  ["a script may install it", "python:3.13-slim", curl, "COPY x.sh /x.sh\nRUN /x.sh"],
  ["a list may have it", "python:3.13-slim", curl, "RUN xargs apt-get install -y < packages.txt"],
  ["a variable may name it", "python:3.13-slim", curl, "ARG DEPS\nRUN apt-get install -y $DEPS"],
  [
    "another image's program",
    "python:3.13-slim",
    curl,
    "COPY --from=curlimages/curl:8 /usr/bin/curl /usr/bin/curl",
  ],
  ["somebody else's image", "acme/python:3.13-slim", curl, "RUN true"],
  ["something else is tried", "python:3.13-slim", "curl http://x/ || python -c 'import urllib'", "RUN true"],
  [
    "Python asks",
    "python:3.13-slim",
    "python -c \"import urllib.request as u; u.urlopen('http://127.0.0.1:8000')\"",
    "RUN true",
  ],
])("%s: nothing to tell", async (_name, image, health, run) => {
  expect(await ask(image, health, run)).toEqual(["passed"]);
});

test("a platform that does not run it", async () => {
  expect(await ask("python:3.13-slim", curl, "RUN true", { "fly.toml": "app = 'shop'\n" }, "fly")).toEqual([
    "skipped: no health check runs a program in the container",
  ]);
});
