import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { fly } from "../../src/platforms/fly.ts";

const dockerfile =
  'FROM python:3.13\nWORKDIR /code\nCOPY . .\nENTRYPOINT ["/code/run.sh"]\nCMD ["gunicorn", "shop.wsgi"]\n';
const read = (files: Record<string, string>, folder = "") => fly.read(memoryFiles(files), folder);
const config = (text: string) => ({ Dockerfile: dockerfile, "fly.toml": text });

test("process groups and the release command get the image's entry point, and no shell", () => {
  const { processes, steps, manifests } = read(
    config(
      '[deploy]\nrelease_command = "python manage.py migrate"\n[processes]\nsite = "gunicorn a.wsgi"\nwork = "celery -A a worker"\n[http_service]\ninternal_port = 8000\nprocesses = ["site"]\nmin_machines_running = 2\n',
    ),
  );
  expect(manifests).toEqual(["fly.toml", "Dockerfile"]);
  expect(processes).toMatchObject([
    { name: "web", command: "/code/run.sh gunicorn a.wsgi", shell: false, instances: 2, folder: "" },
    { name: "work", command: "/code/run.sh celery -A a worker" },
  ]);
  expect(steps).toMatchObject([
    { phase: "release", command: "/code/run.sh python manage.py migrate", shell: false, folder: "" },
  ]);
});

test("port, HTTPS, disk, static files", () => {
  const { changes } = read(
    config(
      '[http_service]\ninternal_port = 8000\nforce_https = true\n[[mounts]]\nsource = "data"\ndestination = "/data"\n[[statics]]\nguest_path = "/code/static"\nurl_prefix = "/static/"\n',
    ),
  );
  expect(changes).toMatchObject({
    disk: "persistent",
    port: { number: 8000, declared: { key: "internal_port", at: { file: "fly.toml", line: 2 } } },
    tls: { redirects: "always" },
    statics: { mapped: [{ url: "/static", folder: "static" }] },
  });
});

test.each([
  [
    "[[http_service.checks]]\npath = '/up'\n[http_service.checks.headers]\nX-Forwarded-Proto = 'https'\n",
    "/up",
    { "X-Forwarded-Proto": "https" },
  ],
  ["[[services]]\ninternal_port = 8000\n[[services.http_checks]]\npath = '/up'\n", "/up", {}],
  [
    "[checks.alive]\ntype = 'http'\nport = 8000\npath = '/up'\nheaders = [{ name = 'Host', value = 'a.b' }]\n",
    "/up",
    { Host: "a.b" },
  ],
])("the health check of %j", (text, path, headers) => {
  const { changes } = read(config(`[http_service]\ninternal_port = 8000\n${text}`));
  expect(changes?.health).toMatchObject({
    kind: "http",
    path,
    headers,
    accepts: [200, 299],
    host: undefined,
  });
});

test("checks that only connect, and none", () => {
  expect(
    read(config("[[services]]\n[[services.tcp_checks]]\ninterval = '15s'\n")).changes?.health?.kind,
  ).toBe("tcp");
  expect(read(config('app = "shop"\n')).changes?.health?.kind).toBe("none");
});

test("the same file as JSON", () => {
  const { env, changes } = read({
    Dockerfile: dockerfile,
    "fly.json": '{\n  "env": {"PORT": "8000"},\n  "http_service": {\n    "internal_port": 8000\n  }\n}\n',
  });
  expect(env).toMatchObject([{ name: "PORT", value: "8000", at: { file: "fly.json", line: 2 } }]);
  expect(changes?.port).toMatchObject({ number: 8000, declared: { at: { line: 4 } } });
});

test("the Dockerfile that it names, with its stage", () => {
  const { manifests, processes } = read({
    "fly.toml": '[build]\ndockerfile = "docker/fly.Dockerfile"\nbuild-target = "one"\n',
    "docker/fly.Dockerfile": "FROM x AS one\nCOPY . /a\nWORKDIR /a\nCMD one\nFROM x AS two\nCMD two\n",
  });
  expect(manifests).toEqual(["fly.toml", "docker/fly.Dockerfile"]);
  expect(processes).toMatchObject([{ command: "one", folder: "" }]);
});

test("buildpacks start what the Procfile says; an image from elsewhere is not followed", () => {
  const procfile = { Procfile: "web: gunicorn shop.wsgi\n" };
  const built = read({ ...procfile, "fly.toml": '[build]\nbuilder = "paketobuildpacks/builder:base"\n' });
  expect(built.processes).toMatchObject([{ name: "web", command: "gunicorn shop.wsgi" }]);
  const pulled = read({ ...config('[build]\nimage = "acme/shop"\n[processes]\napp = "gunicorn x"\n') });
  expect(pulled.image).toBeUndefined();
  expect(pulled.processes[0]?.folderUnclear).toContain("fly.toml");
});

test("what Fly.io does not take as it was meant", () => {
  const messages = (text: string) => read(config(text)).problems?.map(({ message }) => message);
  expect(messages('[deploy]\nrelease_comand = "x"\n')).toEqual([
    "deploy.release_comand is no key that Fly.io knows; release_command is one",
  ]);
  expect(messages("[mount]\nsource = 'a'\n[experimental]\nauto_rollback = true\n")).toEqual([]);
  expect(messages('[build]\n  build_target = "x"\n')).toEqual([]);
  expect(read({ "fly.toml": 'app = "shop"\n' }).problems).toMatchObject([
    { severity: "warning", message: "fly.toml names no image and no builder, and Dockerfile is not there" },
  ]);
});

test("settings that are written for it, without a file", () => {
  const files = memoryFiles({
    "shop/settings.py": 'import os\nX = os.environ.get("FLY_APP_NAME")\n',
    Dockerfile: dockerfile,
  });
  expect(fly.detect(files, "")).toEqual({ kind: "own", because: "shop/settings.py is written for Fly.io" });
  expect(fly.read(files, "").manifests).toEqual(["Dockerfile"]);
});
