import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { kamal } from "../../src/platforms/kamal.ts";

const dockerfile =
  'FROM python:3.13\nWORKDIR /app\nCOPY . .\nCMD ["gunicorn", "--bind", ":8000", "shop.wsgi"]\n';
const base = "service: shop\nimage: acme/shop\n";
const read = (deploy: string, more: Record<string, string> = { Dockerfile: dockerfile }) =>
  kamal.read(memoryFiles({ "config/deploy.yml": base + deploy, ...more }), "");

test("roles, variables, accessories", () => {
  const { processes, env, services, manifests } = read(`servers:
  web:
    - 10.0.0.1
    - 10.0.0.2
  jobs:
    hosts: [10.0.0.3]
    cmd: celery -A shop worker
env:
  clear:
    DEBUG: false
    HOST: <%= ENV["HOST"] %>
  secret:
    - SECRET_KEY
    - DATABASE_URL:PRODUCTION_DATABASE_URL
accessories:
  db:
    image: postgres:17
`);
  expect(manifests).toEqual(["config/deploy.yml", "Dockerfile"]);
  expect(processes).toMatchObject([
    { name: "web", command: "gunicorn --bind :8000 shop.wsgi", instances: 2 },
    { name: "jobs", command: "celery -A shop worker", shell: false },
  ]);
  expect(env.map(({ name, value, from }) => [name, value, from])).toEqual([
    ["DEBUG", "false", undefined],
    ["HOST", undefined, undefined],
    ["SECRET_KEY", undefined, "secret"],
    ["DATABASE_URL", undefined, "secret"],
  ]);
  expect(services).toMatchObject([{ kind: "postgres" }]);
});

test("the proxy asks port 80 for /up unless it is told otherwise", () => {
  const changes = (proxy: string) => read(`servers: [10.0.0.1]\n${proxy}`).changes;
  expect(changes("")).toMatchObject({
    port: { number: 80, declared: { key: "proxy.app_port" } },
    health: { kind: "http", path: "/up", host: "address", accepts: [200, 299] },
    tls: { redirects: "never" },
  });
  expect(
    changes(
      "proxy:\n  ssl: true\n  host: shop.example.com\n  app_port: 8000\n  healthcheck: {path: /healthz}\n",
    ),
  ).toMatchObject({
    port: { number: 8000, declared: { at: { line: 7 } } },
    health: { path: "/healthz" },
    tls: { endsAt: "own-proxy", redirects: "always" },
  });
});

test("a role's own proxy comes first, and may be none", () => {
  const own = read(
    "servers:\n  web:\n    hosts: [a]\n    proxy: {app_port: 9000}\nproxy: {app_port: 8000}\n",
  );
  expect(own.changes?.port?.number).toBe(9000);
  const none = read("servers:\n  web:\n    hosts: [a]\n    proxy: false\n");
  expect(none.changes).toMatchObject({ health: { kind: "none" }, port: { number: undefined } });
});

test("a destination adds to the base", () => {
  const { env, manifests, changes } = read("servers: [a]\nenv: {A: one}\nproxy: {app_port: 8000}\n", {
    Dockerfile: dockerfile,
    "config/deploy.production.yml": "proxy: {app_port: 9000}\nenv: {B: two}\n",
  });
  expect(manifests).toEqual(["config/deploy.yml", "config/deploy.production.yml", "Dockerfile"]);
  expect(changes?.port?.number).toBe(9000);
  expect(env.map(({ name }) => name)).toEqual(["A", "B"]);
});

test.each([
  [
    "traefik:\n  args: {}\n",
    "retired",
    "config/deploy.yml has traefik, which Kamal 2 no longer takes, so it stops there",
  ],
  ["proxi: {}\n", "unknown", "proxi is no key that Kamal knows; proxy is one"],
  ['proxy: {app_port: "8000"}\n', "wrong-type", "proxy.app_port holds a text, and Kamal takes a number"],
])("%j stops it", (text, kind, message) => {
  expect(read(`servers: [a]\n${text}`).problems).toMatchObject([{ kind, message, severity: "error" }]);
});

test("what it takes is no problem, and volumes keep files", () => {
  const { problems, changes } = read(
    "servers: [a]\nx-more: 1\nvolumes: ['data:/data']\nproxy: false\nssh: {user: me}\n",
  );
  expect(problems).toEqual([]);
  expect(changes?.disk).toBe("persistent");
});

test("an image of which the Dockerfile is not there", () => {
  expect(read("servers: [a]\nbuilder: {dockerfile: docker/app}\n", {}).problems).toMatchObject([
    { message: "Kamal builds docker/app, which is not there" },
  ]);
  expect(read("servers: [a]\nbuilder: {pack: {builder: heroku/builder}}\n", {}).problems).toEqual([]);
});

test("another tool's deploy.yml is no sign", () => {
  const detect = (text: string) => kamal.detect(memoryFiles({ "config/deploy.yml": text }), "");
  expect(detect(`${base}servers: [a]\n`)?.kind).toBe("own");
  expect(detect("stages: [build]\n")).toBeUndefined();
});
