import { expect, test } from "vitest";
import { readFlyToml } from "../../../src/platforms/manifests/fly-toml.ts";

const text = `app = "shop"

[build]
  dockerfile = "docker/Dockerfile"
  build-target = "prod"

[env]
  PORT = "8000"
  WORKERS = 2

[processes]
  app = "gunicorn shop.wsgi"
  worker = "celery -A shop worker"

[http_service]
  internal_port = 8000
  processes = ["app"]

[deploy]
  release_command = "python manage.py migrate"

[mounts]
  source = "data"
`;

test("processes, environment, build and release", () => {
  const read = readFlyToml("fly.toml", text);
  expect(read.processes).toMatchObject([
    { name: "web", command: "gunicorn shop.wsgi", at: { line: 12, column: 3 } },
    { name: "worker" },
  ]);
  expect(read.env.map(({ name, value }) => [name, value])).toEqual([
    ["PORT", "8000"],
    ["WORKERS", "2"],
  ]);
  expect(read.release).toMatchObject({ command: "python manage.py migrate", at: { line: 20 } });
  expect(read.build).toMatchObject({ dockerfile: "docker/Dockerfile", target: "prod" });
  expect(read.port).toMatchObject({ number: 8000, at: { line: 16 } });
  expect(read.disk).toBe("persistent");
});

test.each(["", "= x", "[env\n", "env = 3\nprocesses = []\ndeploy = 'x'\n", "[processes]\nweb = 3\n"])(
  "%j is survived",
  (text) => {
    expect(readFlyToml("fly.toml", text).processes).toEqual([]);
  },
);

test("what is not TOML is a problem with a place", () => {
  expect(readFlyToml("fly.toml", "a = 1\nb = \n").problems).toMatchObject([
    { message: "fly.toml is not valid TOML", at: { line: 2 } },
  ]);
});
