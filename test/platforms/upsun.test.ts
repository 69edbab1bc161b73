import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { choosePlatforms } from "../../src/platforms/index.ts";
import { pythonAnywhere } from "../../src/platforms/pythonanywhere.ts";
import { upsun } from "../../src/platforms/upsun.ts";

const app = (lines = "") =>
  `type: python:3.13\nweb:\n  commands:\n    start: gunicorn -b localhost:$PORT shop.wsgi\n${lines}`;
const indented = (text: string, by: number) => text.replace(/^(?=.)/gm, " ".repeat(by));
const config = (lines = "", more = "") => `applications:\n  shop:\n${indented(app(lines), 4)}${more}`;
const read = (files: Record<string, string>, folder = "") => upsun.read(memoryFiles(files), folder);
const told = (lines: string) => read({ ".platform.app.yaml": lines }).problems?.map(({ message }) => message);

test.each<[string, Record<string, string>, string]>([
  [".upsun/config.yaml", { ".upsun/config.yaml": config() }, "upsun"],
  [".platform.app.yaml", { ".platform.app.yaml": app() }, "upsun"],
  [".platform/routes.yaml", { ".platform/routes.yaml": "{}\n" }, "upsun"],
  ["its variables", { "shop/settings.py": 'os.environ["PLATFORM_PROJECT_ENTROPY"]\n' }, "upsun"],
  [
    "PythonAnywhere's host name",
    { "shop/settings.py": 'H = ["ada.pythonanywhere.com"]\n' },
    "pythonanywhere",
  ],
  ["its European one", { "shop/settings.py": 'H = ["ada.eu.pythonanywhere.com"]\n' }, "pythonanywhere"],
  ["a name below it", { "shop/settings.py": 'H = [".pythonanywhere.com"]\n' }, "pythonanywhere"],
])("%s shows the platform", (_name, files, id) => {
  expect(choosePlatforms(memoryFiles(files), "").map(({ platform }) => platform.id)).toEqual([id]);
});

test("a remark, and hooks of Elastic Beanstalk's, do not", () => {
  expect(
    pythonAnywhere.detect(memoryFiles({ "shop/settings.py": "# ada.pythonanywhere.com\n" }), ""),
  ).toBeUndefined();
  expect(upsun.detect(memoryFiles({ ".platform/hooks/predeploy/a.sh": "" }), "")).toBeUndefined();
});

const commands = (files: Record<string, string>, folder = "") =>
  read(files, folder).processes.map(({ name, command }) => `${name}: ${command}`);

test.each<[string, Record<string, string>]>([
  ["Upsun", { ".upsun/config.yaml": config() }],
  ["Upsun, in two files", { ".upsun/app.yaml": config(), ".upsun/routes.yaml": "routes: {}\n" }],
  ["Platform.sh", { ".platform.app.yaml": app() }],
  ["a list of applications", { ".platform/applications.yaml": `-${indented(app(), 2).slice(1)}` }],
  ["applications by name", { ".platform/applications.yaml": `shop:\n${indented(app(), 2)}` }],
  [
    "an application that is included",
    { ".platform/applications.yaml": "- !include pip.yaml\n", ".platform/pip.yaml": app() },
  ],
])("the files of %s", (_name, files) => {
  expect(commands(files)).toEqual(["web: gunicorn -b localhost:$PORT shop.wsgi"]);
});

test("of several applications the project's own, else the one for Python", () => {
  const several =
    "applications:\n  site:\n    type: nodejs:24\n    web: {commands: {start: node server.js}}\n  api:\n    type: python:3.13\n    source: {root: /api}\n    web: {commands: {start: gunicorn api.wsgi}}\n  jobs:\n    type: python:3.12\n    source: {root: jobs}\n    web: {commands: {start: gunicorn jobs.wsgi}}\n";
  const one = read({ ".upsun/config.yaml": several }, "jobs");
  expect(one).toMatchObject({
    folder: "jobs",
    python: { version: "3.12" },
    processes: [{ command: "gunicorn jobs.wsgi" }],
  });
  expect(read({ ".upsun/config.yaml": several }).folder).toBe("api");
  expect(read({ ".upsun/config.yaml": "applications:\n  site: {type: 'nodejs:24'}\n" }).processes).toEqual(
    [],
  );
});

test("hooks are steps, workers processes, and relationships variables", () => {
  const { steps, processes, services, changes, env } = read({
    ".upsun/config.yaml": config(
      "workers:\n  queue:\n    commands: {start: celery -A shop worker}\nhooks:\n  build: pip install -r requirements.txt\n  deploy: |\n    set -e\n    python manage.py migrate\n  post_deploy: python manage.py warm\nrelationships:\n  database: db:postgresql\nvariables:\n  env: {REGION: eu}\n",
      "services:\n  db: {type: 'postgresql:17'}\n  cache: {type: 'valkey:8.0'}\n",
    ),
  });
  expect(steps.map(({ phase, source }) => `${phase}: ${source}`)).toEqual([
    "build: the build hook",
    "release: the deploy hook",
    "release: the post_deploy hook",
  ]);
  expect(processes.map(({ name }) => name)).toEqual(["web", "queue"]);
  expect(services?.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
    "postgres db (postgresql:17)",
    "redis cache (valkey:8.0)",
  ]);
  expect(Object.keys(changes?.injects ?? {})).toContain("DATABASE_HOST");
  expect(env).toMatchObject([{ name: "REGION", value: "eu" }]);
});

test("mounts that stay make the disk unknown; temporary ones do not", () => {
  const disk = (source: string) =>
    read({ ".platform.app.yaml": app(`mounts:\n  data: {source: ${source}, source_path: data}\n`) }).changes
      ?.disk;
  expect(["local", "storage", "service", "tmp"].map(disk)).toEqual([
    "unknown",
    "unknown",
    "unknown",
    undefined,
  ]);
});

test("locations with a folder are served by Upsun; the root and what is forbidden are not", () => {
  const { changes } = read({
    ".platform.app.yaml": app(
      '  locations:\n    "/": {root: public, passthru: true}\n    "/static": {root: static, allow: true}\n    "/private": {root: private, allow: false}\n',
    ),
  });
  expect(changes?.statics?.mapped.map(({ url, folder }) => [url, folder])).toEqual([["/static", "static"]]);
});

test("a composable image names its Python in its stack", () => {
  const stack =
    "applications:\n  shop:\n    type: composable:25.05\n    stack:\n      runtimes: ['python@3.14']\n";
  expect(read({ ".upsun/config.yaml": stack }).python).toMatchObject({
    text: "python@3.14",
    version: "3.14",
  });
});

const start = (command: string, family?: string) =>
  `type: python:3.13\nweb:\n  commands:\n    start: "${command}"\n${family === undefined ? "" : `  upstream: {socket_family: ${family}}\n`}`;

test.each<[string, string, string[]]>([
  ["a port", start("gunicorn -b localhost:$PORT shop.wsgi"), []],
  ["a socket", start("gunicorn -b unix:$SOCKET shop.wsgi", "unix"), []],
  ["neither in the command", start("gunicorn -c gunicorn.conf.py shop.wsgi", "unix"), []],
  ["commands in a row", start("python manage.py check && gunicorn -b localhost:$PORT shop.wsgi"), []],
  [
    "a socket that is not there",
    start("gunicorn -b unix:$SOCKET shop.wsgi"),
    ["web.commands.start listens on $SOCKET, which is there only where web.upstream.socket_family is unix"],
  ],
  [
    "a port that is not there",
    start("gunicorn -b localhost:$PORT shop.wsgi", "unix"),
    ["web.commands.start listens on $PORT, which is there only where web.upstream.socket_family is tcp"],
  ],
  [
    "the background",
    start("gunicorn -b localhost:$PORT shop.wsgi &"),
    ["web.commands.start ends with &, so Upsun takes it for ended and starts another, again and again"],
  ],
  [
    "a misspelt key",
    `${app()}relationship: {}\n`,
    ["relationship is no key that Upsun knows; relationships is one"],
  ],
  [
    "a socket family that is none",
    start("gunicorn shop.wsgi", "udp"),
    ['web.upstream.socket_family is "udp", and Upsun takes "tcp", "unix"'],
  ],
])("%s", (_name, text, problems) => {
  expect(told(text)).toEqual(problems);
});
