import { expect, test } from "vitest";
import type { ServerTuning } from "../../../src/facts/servers/tuning.ts";
import { factOf } from "../../support/facts.ts";

const project = {
  "manage.py": "import django\n",
  "shop/__init__.py": "",
  "shop/wsgi.py": "application = 1\n",
  "shop/asgi.py": "application = 1\n",
};

const serverOf = (
  command: string,
  files: Readonly<Record<string, string>> = {},
  env: Readonly<Record<string, string>> = {},
) =>
  factOf(
    "webServer",
    { ...project, ...files, Procfile: `web: ${command}\n` },
    { env: new Map(Object.entries(env)) },
  );

async function tuned(
  ...input: Parameters<typeof serverOf>
): Promise<Partial<Record<keyof ServerTuning, string>>> {
  const { options } = await serverOf(...input);
  const set = Object.entries(options).flatMap(([name, option]) => (option ? [[name, option.text]] : []));
  return Object.fromEntries(set);
}

test.each<[string, Record<string, string>, Record<string, string>]>([
  [
    "uvicorn shop.asgi:application --workers 2 --timeout-keep-alive=9 --limit-max-requests 5",
    {},
    { workers: "2", keepalive: "9", maxRequests: "5" },
  ],
  [
    "uvicorn shop.asgi:application",
    { UVICORN_WORKERS: "4", FORWARDED_ALLOW_IPS: "*" },
    { workers: "4", forwardedAllowIps: "*" },
  ],
  [
    "uvicorn shop.asgi:application --reload",
    { UVICORN_WORKERS: "4", WEB_CONCURRENCY: "3" },
    { reload: "", workers: "4" },
  ],
  [
    "granian --interface wsgi --blocking-threads 3 shop.wsgi:application",
    { GRANIAN_WORKERS: "2" },
    { threads: "3", workers: "2" },
  ],
  [
    "waitress-serve --threads=8 --channel-timeout 90 --trusted-proxy=* shop.wsgi:application",
    {},
    { threads: "8", timeout: "90", forwardedAllowIps: "*" },
  ],
  ["daphne -t 60 --access-log - shop.asgi:application", {}, { timeout: "60", accessLog: "-" }],
  ["hypercorn --daemon -w 2 shop.asgi:application", {}, { workers: "2" }],
  ["python manage.py runserver", {}, {}],
])("%s", async (command, env, expected) => {
  expect(await tuned(command, {}, env)).toEqual(expected);
});

test("an option is where it is set", async () => {
  const files = {
    "gunicorn.conf.py":
      "import multiprocessing\n\ntimeout = 60\nworkers = multiprocessing.cpu_count() * 2 + 1\n",
  };
  const { options } = await serverOf("gunicorn -k gthread shop.wsgi", files);
  expect(options.timeout).toMatchObject({ text: "60", at: { file: "gunicorn.conf.py", line: 3 } });
  expect(options.workerClass).toMatchObject({ text: "gthread", at: { file: "Procfile" } });
  expect(options.workers).toMatchObject({ known: false });
});

const ini = `[uwsgi]
base = %dsrc
chdir = %(base)
module = shop.wsgi:application
if-env = PORT
http-socket = :$(PORT)
endif =
if-not-env = PORT
http-socket = 127.0.0.1:1
endif =
processes = 4
harakiri = 20
[other]
processes = 9
`;
const source = {
  "conf/uwsgi.ini": ini,
  "conf/src/shop/__init__.py": "",
  "conf/src/shop/wsgi.py": "application = 1\n",
};

test("uwsgi: sections, placeholders, and what a variable decides", async () => {
  const server = await serverOf("uwsgi --ini conf/uwsgi.ini", source, { PORT: "81" });
  expect(server).toMatchObject({
    bind: { kind: "everywhere", port: { kind: "number", number: 81 } },
    target: { state: { kind: "found", file: "conf/src/shop/wsgi.py" } },
    options: { workers: { text: "4" }, timeout: { text: "20" } },
  });
  expect(await tuned("uwsgi --ini conf/uwsgi.ini:other", source)).toEqual({ workers: "9" });
});

test.each<[string, string]>([
  ["u.yaml", "uwsgi:\n  http: 0.0.0.0:80\n  module: shop.wsgi\n  processes: 3\n"],
  ["u.json", '{"uwsgi": {"http": "0.0.0.0:80", "module": "shop.wsgi", "processes": 3}}'],
  [
    "u.xml",
    "<uwsgi>\n  <http>0.0.0.0:80</http>\n  <module>shop.wsgi</module><processes>3</processes><master/>\n</uwsgi>\n",
  ],
])("uwsgi reads %s", async (path, text) => {
  expect(await serverOf(`uwsgi ${path}`, { [path]: text })).toMatchObject({
    bind: { kind: "everywhere", port: { number: 80 } },
    target: { state: { kind: "found", file: "shop/wsgi.py" } },
    options: { workers: { text: "3" } },
  });
});

test("uwsgi's options as variables", async () => {
  const env = { UWSGI_HTTP: ":80", UWSGI_MODULE: "shop.wsgi" };
  expect(await serverOf("uwsgi --master", {}, env)).toMatchObject({
    bind: { kind: "everywhere" },
    target: { state: { kind: "found" } },
  });
});

test("a server that a script runs, with its port and its folder", async () => {
  const script =
    'import os, uvicorn\nif __name__ == "__main__":\n    uvicorn.run("shop.asgi:application", host="127.0.0.1", port=int(os.environ["PORT"]), workers=2)\n';
  expect(await serverOf("python serve.py", { "serve.py": script })).toMatchObject({
    program: "uvicorn",
    bind: { kind: "loopback", host: "127.0.0.1" },
    target: { text: "shop.asgi:application", state: { kind: "found", file: "shop/asgi.py" } },
    options: { workers: { text: "2", at: { file: "serve.py", line: 3 } } },
  });
  const below = {
    "bin/serve.py": script,
    "bin/shop/asgi.py": "application = 2\n",
    "bin/shop/__init__.py": "",
  };
  expect((await serverOf("python bin/serve.py", below)).target?.state).toMatchObject({
    file: "bin/shop/asgi.py",
  });
});

test("hypercorn's file says where it listens", async () => {
  const files = { "h.toml": 'bind = ["127.0.0.1:9"]\n' };
  expect((await serverOf("hypercorn -c h.toml shop.asgi:application", files)).bind.kind).toBe("loopback");
  expect((await serverOf("hypercorn -c missing.toml shop.asgi:application")).bind.kind).toBe("unclear");
});
