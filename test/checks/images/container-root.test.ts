import { expect, test } from "vitest";
import check from "../../../src/checks/images/container-root.ts";
import { told } from "../../support/told.ts";

const dockerfile = (rest: string, image = "python:3.13-slim") =>
  `FROM ${image}\nWORKDIR /app\nCOPY . .\n${rest}\nCMD ["gunicorn", "shop.wsgi"]\n`;
const base = { "manage.py": "import django\n", "requirements.txt": "django==5.2\n" };
const ask = (Dockerfile: string, more: Readonly<Record<string, string>> = {}, on?: string) =>
  told(check, { ...base, Dockerfile, ...more }, on);

test("no user, and root by name or number", async () => {
  expect(await ask(dockerfile(""))).toEqual([
    "warning certain Dockerfile:1:1 Dockerfile sets no USER, so the app runs as root, the user of python:3.13-slim",
  ]);
  expect(await ask(dockerfile("USER app\nRUN true\nUSER 0:0"))).toEqual([
    "warning certain Dockerfile:6:1 the app runs as 0:0 in its container",
  ]);
});

test("an image that starts nothing has no user to judge", async () => {
  const starts = dockerfile("").replace(/^CMD.*\n/m, "");
  expect(await ask(starts)).toEqual(["skipped: nothing says what Dockerfile starts: image-no-command"]);
});

test("advice, where the platform keeps containers apart", async () => {
  expect((await ask(dockerfile(""), { "fly.toml": "app = 'shop'\n" }, "fly"))[0]).toMatch(/^info certain/);
});

test.each([
  ["a user", "USER app"],
  ["a number", "USER 10001:10001"],
  ["a variable that has a value", "ARG WHO=app\nUSER $WHO"],
])("%s: passes", async (_name, rest) => {
  expect(await ask(dockerfile(rest))).toEqual(["passed"]);
});

test("the user of the stage that it is made from", async () => {
  const staged = dockerfile("USER app").replace("slim\n", "slim AS base\n");
  expect(await ask(`${staged}FROM base\nCMD ["gunicorn", "shop.wsgi"]\n`)).toEqual(["passed"]);
});

test.each([
  ["an entry point that uses gosu", 'ENTRYPOINT ["gosu", "app"]', {}],
  ["a script that does", 'ENTRYPOINT ["/app/e.sh"]', { "e.sh": '#!/bin/sh\nexec su-exec app "$@"\n' }],
  ["gosu that is installed for a script", "RUN apt-get install -y gosu", {}],
  ["gunicorn's own option", "CMD gunicorn --user app shop.wsgi\nRUN true", {}],
])("%s", async (_name, rest, more) => {
  const text = `FROM python:3.13-slim\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "shop.wsgi"]\n${rest}\n`;
  expect(await ask(text, more)).toEqual(["skipped: what it starts may become another user by itself"]);
});

test("somebody else's image may have another user", async () => {
  expect(await ask(dockerfile("", "bitnami/python:3.13"))).toEqual([
    "skipped: which user bitnami/python:3.13 has is not known",
  ]);
  expect(await ask(dockerfile("", "gcr.io/distroless/python3:nonroot"))).toHaveLength(1);
});

test("the user that a manifest names", async () => {
  const compose = "services:\n  web:\n    build: .\n    user: '1000:1000'\n";
  expect(await ask(dockerfile(""), { "docker-compose.prod.yml": compose })).toEqual(["passed"]);
  const pod = (context: string) =>
    `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec:\n  template:\n    spec:\n      securityContext: ${context}\n      containers:\n        - {name: web, image: shop, command: [gunicorn, shop.wsgi]}\n`;
  for (const context of ["{runAsUser: 1000}", "{runAsNonRoot: true}"])
    expect(await ask(dockerfile(""), { "k8s/web.yaml": pod(context) }, "kubernetes")).toEqual(["passed"]);
  expect((await ask(dockerfile(""), { "k8s/web.yaml": pod("{}") }, "kubernetes"))[0]).toMatch(/^warning/);
});
