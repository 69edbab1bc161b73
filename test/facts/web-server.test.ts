import { expect, test } from "vitest";
import { deployment } from "../../src/facts/deployment.ts";
import type { Packages } from "../../src/facts/packages.ts";
import type { Project } from "../../src/facts/project.ts";
import { webServer } from "../../src/facts/web-server.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import type { ProjectFiles } from "../../src/files/project-files.ts";
import { docker } from "../../src/platforms/docker.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { procfileHost } from "../../src/platforms/procfile-host.ts";
import { render } from "../../src/platforms/render.ts";

const shop = {
  "manage.py": "",
  "shop/__init__.py": "",
  "shop/settings.py": "",
  "shop/wsgi.py": "from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n",
  "shop/asgi.py": "from django.core.asgi import get_asgi_application\napplication = get_asgi_application()\n",
};

const packages = (provided: Record<string, "yes" | "no" | "unknown"> = {}): Packages => ({
  sources: ["requirements.txt"],
  get: () => undefined,
  requirements: [],
  locked: false,
  incomplete: undefined,
  provides: (module) => provided[module] ?? "no",
  distributionsFor: () => [],
  installs: () => "unknown",
  broken: [],
  onlyWith: () => undefined,
  addTo: "requirements.txt",
  addition: (name) => name,
});

async function read(
  files: Record<string, string>,
  given: {
    platform?: Platform;
    folder?: string;
    provides?: Record<string, "yes" | "no" | "unknown">;
    env?: Record<string, string>;
  } = {},
) {
  const { platform = "Dockerfile" in files ? docker : procfileHost, folder = "", provides, env = {} } = given;
  const project: Project = {
    framework: "django",
    folder,
    recognisedBy: "manage.py",
    managePy: undefined,
    path: [folder],
  };
  return readFrom(memoryFiles(files), platform, project, provides, env);
}

async function readFrom(
  files: ProjectFiles,
  platform: Platform,
  project: Project,
  provides: Record<string, "yes" | "no" | "unknown"> = {},
  env: Record<string, string> = {},
) {
  const options = { env: new Map(Object.entries(env)), closed: false, platformNamed: false };
  const source = { files, options, platform };
  const deployed = await deployment.read(source, { project });
  if ("kind" in deployed) throw new Error(deployed.reason);
  return webServer.read(source, { deployment: deployed, project, packages: packages(provides) });
}

async function server(...input: Parameters<typeof read>) {
  const fact = await read(...input);
  if ("kind" in fact) throw new Error(fact.reason);
  return fact;
}

const web = (command: string, more: Record<string, string> = {}, ...rest: [Parameters<typeof read>[1]?]) =>
  server({ ...shop, ...more, Procfile: `web: ${command}\n` }, ...rest);
const state = async (...input: Parameters<typeof web>) => (await web(...input)).target?.state;

test.each([
  ["gunicorn shop.wsgi", "gunicorn", "shop/wsgi.py"],
  ["gunicorn shop.wsgi:application --log-file -", "gunicorn", "shop/wsgi.py"],
  ["gunicorn -w 4 -k uvicorn_worker.UvicornWorker shop.asgi", "gunicorn", "shop/asgi.py"],
  ["uvicorn shop.asgi:application --host 0.0.0.0 --port $PORT", "uvicorn", "shop/asgi.py"],
  ["daphne -b 0.0.0.0 -p $PORT shop.asgi:application", "daphne", "shop/asgi.py"],
  ["hypercorn --bind [::]:$PORT shop.asgi:application", "hypercorn", "shop/asgi.py"],
  ["granian --interface wsgi --host 0.0.0.0 shop.wsgi:application", "granian", "shop/wsgi.py"],
  ["waitress-serve --port=$PORT shop.wsgi:application", "waitress", "shop/wsgi.py"],
  ["uwsgi --http :$PORT --module shop.wsgi", "uwsgi", "shop/wsgi.py"],
  ["python -m gunicorn shop.wsgi", "gunicorn", "shop/wsgi.py"],
  ["python manage.py migrate && gunicorn shop.wsgi", "gunicorn", "shop/wsgi.py"],
  ["bash -c 'gunicorn shop.wsgi'", "gunicorn", "shop/wsgi.py"],
])("%s", async (command, program, file) => {
  expect(await web(command)).toMatchObject({
    program,
    development: false,
    bind: { kind: "everywhere" },
    target: { state: { kind: "found", file, attribute: "application" } },
    unclear: undefined,
  });
});

test.each([
  ["python manage.py runserver 0.0.0.0:$PORT", "runserver"],
  ["python manage.py runserver_plus", "runserver_plus"],
  ["django-admin runserver", "runserver"],
  ["flask run", "flask"],
  ["fastapi dev main.py", "fastapi"],
  ["python -m http.server", "http.server"],
])("%s is for development", async (command, program) => {
  expect(await web(command)).toMatchObject({ program, development: true, target: undefined });
});

test.each<[string, string]>([
  ["gunicorn shop.wsgi", "everywhere"],
  ["gunicorn -b 127.0.0.1:8000 shop.wsgi", "loopback"],
  ["gunicorn --bind=localhost:8000 shop.wsgi", "loopback"],
  ["gunicorn -b :8000 shop.wsgi", "everywhere"],
  ["gunicorn -b unix:/tmp/nginx.socket shop.wsgi", "socket"],
  ["gunicorn -b 127.0.0.1:1 -b 0.0.0.0:$PORT shop.wsgi", "everywhere"],
  ["gunicorn -b $BIND shop.wsgi", "unclear"],
  ["GUNICORN_CMD_ARGS='--bind 127.0.0.1:8000' gunicorn shop.wsgi", "loopback"],
  ["uvicorn shop.asgi:application --port $PORT", "loopback"],
  ["UVICORN_HOST=0.0.0.0 uvicorn shop.asgi:application", "everywhere"],
  ["uvicorn shop.asgi:application --uds /tmp/s", "socket"],
  ["daphne -p $PORT shop.asgi:application", "loopback"],
  ["daphne -e tcp:port=8000:interface=0.0.0.0 shop.asgi:application", "everywhere"],
  ["daphne -e tcp:port=8000:interface=127.0.0.1 shop.asgi:application", "loopback"],
  ["hypercorn shop.asgi:application", "loopback"],
  ["granian --interface asgi shop.asgi:application", "loopback"],
  ["waitress-serve shop.wsgi:application", "everywhere"],
  ["waitress-serve --listen=127.0.0.1:8000 shop.wsgi:application", "loopback"],
  ["uwsgi --socket /tmp/s -w shop.wsgi", "socket"],
  ["fastapi run main.py", "everywhere"],
])("%s listens: %s", async (command, kind) => {
  expect((await web(command)).bind.kind).toBe(kind);
});

test.each<[string, string, string]>([
  ["bind", 'bind = "127.0.0.1:8000"\n', "loopback"],
  [
    "bind with a port from the environment",
    "import os\nbind = f\"0.0.0.0:{os.environ['PORT']}\"\n",
    "everywhere",
  ],
  ["bind by addition", 'import os\nbind = "127.0.0.1:" + os.environ["PORT"]\n', "loopback"],
  ["bind by %", 'import os\nbind = "0.0.0.0:%s" % os.getenv("PORT", 8000)\n', "everywhere"],
  ["a name that is not there, at which gunicorn stops", 'bind = "0.0.0.0:%s" % port\n', "unclear"],
  [
    "a function of its own",
    'import multiprocessing\ndef at(port):\n    return f"0.0.0.0:{port}"\nbind = at(8000)\nworkers = multiprocessing.cpu_count() * 2 + 1\n',
    "everywhere",
  ],
  ["a bind that is computed", "bind = address()\n", "unclear"],
  ["a bind in a branch", 'bind = "0.0.0.0:1"\nif x:\n    bind = "127.0.0.1:1"\n', "unclear"],
  ["names made at run time", "for k in x:\n    locals()[k] = 1\n", "unclear"],
  ["no bind", "workers = 2\n", "everywhere"],
])("gunicorn.conf.py: %s", async (_name, config, kind) => {
  expect((await web("gunicorn shop.wsgi", { "gunicorn.conf.py": config })).bind.kind).toBe(kind);
  expect((await web("gunicorn -c etc/g.py shop.wsgi", { "etc/g.py": config })).bind.kind).toBe(kind);
});

test("the command line is stronger than the configuration file", async () => {
  const config = {
    "gunicorn.conf.py": 'bind = "127.0.0.1:8000"\nwsgi_app = "shop.wsgi"\nworker_class = "gevent"\n',
  };
  expect(await web("gunicorn -b 0.0.0.0:$PORT", config)).toMatchObject({
    bind: { kind: "everywhere" },
    target: { text: "shop.wsgi", state: { kind: "found" } },
    alsoNeeds: [{ distribution: "gevent" }],
  });
});

test.each<[string, string, string | undefined]>([
  ["gunicorn mysite.wsgi", "there is no module mysite.wsgi", "shop.wsgi"],
  ["gunicorn mysite.wsgi:application", "there is no module mysite.wsgi", "shop.wsgi:application"],
  ["gunicorn shop.wsgy", "there is no module shop.wsgy", "shop.wsgi"],
  ["gunicorn shop/wsgi.py", '"shop/wsgi.py" is a path, and a module is written with dots', "shop.wsgi"],
  ["gunicorn shop.wsgi.application", "there is no module shop.wsgi.application", "shop.wsgi:application"],
  ["gunicorn shop", "shop/__init__.py has no application", "shop.wsgi"],
  ["gunicorn shop.wsgi:app", "shop/wsgi.py has no app", "shop.wsgi:application"],
  ["gunicorn shop.wsgi:create_app()", "shop/wsgi.py has no create_app", "shop.wsgi:application"],
  [
    "uvicorn shop.asgi --host 0.0.0.0",
    'uvicorn needs module:attribute, and "shop.asgi" has no colon',
    "shop.asgi:application",
  ],
  ["uvicorn mysite.asgi:application", "there is no module mysite.asgi", "shop.asgi:application"],
])("%s: %s", async (command, because, instead) => {
  expect(await state(command)).toEqual({ kind: "missing", because, instead });
});

test.each<[string, string, Record<string, string>, string]>([
  [
    "imported under another name",
    "gunicorn web:application",
    { "web.py": "from shop.wsgi import application\n" },
    "found",
  ],
  [
    "renamed on import",
    "gunicorn web:app",
    { "web.py": "from shop.wsgi import application as app\n" },
    "found",
  ],
  ["a factory", "gunicorn 'web:create_app()'", { "web.py": "def create_app():\n    pass\n" }, "found"],
  [
    "a factory with arguments",
    "gunicorn \"web:create_app('x')\"",
    { "web.py": "def create_app(x):\n    pass\n" },
    "found",
  ],
  [
    "assigned in a branch",
    "gunicorn web:app",
    { "web.py": "try:\n    app = 1\nexcept E:\n    app = 2\n" },
    "found",
  ],
  ["annotated", "gunicorn web:app", { "web.py": "app: object = 1\n" }, "found"],
  ["a star import", "gunicorn web:app", { "web.py": "from shop.wsgi import *\n" }, "unclear"],
  ["globals()", "gunicorn web:app", { "web.py": 'globals()["app"] = 1\n' }, "unclear"],
  [
    "a module attribute function",
    "gunicorn web:app",
    { "web.py": "def __getattr__(name): ...\n" },
    "unclear",
  ],
  ["what does not parse", "gunicorn web:app", { "web.py": "app = = 1\n" }, "unclear"],
  ["a variable", "gunicorn shop.$WSGI_MODULE", {}, "unclear"],
  [
    "a package in src/ of an installed project",
    "gunicorn site.wsgi",
    { "src/site/wsgi.py": "application = 1\n", "pyproject.toml": "" },
    "found",
  ],
  ["a namespace package", "gunicorn sites.shop.wsgi", { "sites/shop/wsgi.py": "application = 1\n" }, "found"],
])("%s", async (_name, command, files, kind) => {
  expect((await state(command, files))?.kind).toBe(kind);
});

test("a module of an installed package", async () => {
  expect(await state("gunicorn paperless.wsgi", {}, { provides: { paperless: "yes" } })).toMatchObject({
    kind: "unclear",
  });
});

test("a module that git ignores is not deployed", async () => {
  const files = memoryFiles(
    { ...shop, Procfile: "web: gunicorn local.wsgi\n", "local/wsgi.py": "" },
    { ignored: ["local"] },
  );
  const project: Project = {
    framework: "django",
    folder: "",
    recognisedBy: "manage.py",
    managePy: "manage.py",
    path: [""],
  };
  const fact = await readFrom(files, procfileHost, project);
  expect(fact).toMatchObject({
    target: { state: { kind: "missing", because: "git ignores local/wsgi.py, so it is not deployed" } },
  });
});

const backend = Object.fromEntries(Object.entries(shop).map(([path, text]) => [`backend/${path}`, text]));

test("a project in a subfolder", async () => {
  const subfolder = (command: string, more: Record<string, string> = {}) =>
    server({ ...backend, ...more, Procfile: `web: ${command}\n` }, { folder: "backend" }).then(
      ({ target }) => target?.state,
    );
  expect(await subfolder("gunicorn shop.wsgi")).toEqual({
    kind: "missing",
    because: "there is no module shop.wsgi in the root: it is in backend",
    instead: "--chdir backend shop.wsgi",
  });
  for (const command of [
    "gunicorn --chdir backend shop.wsgi",
    "gunicorn --chdir=./backend shop.wsgi",
    "gunicorn --pythonpath backend shop.wsgi",
    "cd backend && gunicorn shop.wsgi",
    "PYTHONPATH=backend gunicorn shop.wsgi",
    "uvicorn --app-dir backend shop.asgi:application",
    "sh -c 'cd backend; exec gunicorn shop.wsgi'",
  ]) {
    expect(await subfolder(command), command).toMatchObject({ kind: "found" });
  }
  expect(await subfolder("cd $DIR && gunicorn shop.wsgi")).toMatchObject({ kind: "unclear" });
  expect(await subfolder("sh run.sh", { "run.sh": "cd backend\nexec gunicorn shop.wsgi\n" })).toMatchObject({
    kind: "found",
  });
});

test("a container's folders", async () => {
  const dockerfile = (lines: string) => ({
    ...backend,
    Dockerfile: `FROM python:3.13\nWORKDIR /app\n${lines}\nCMD ["gunicorn", "-b", "0.0.0.0:8000", "shop.wsgi"]\n`,
  });
  const read = (lines: string) =>
    server(dockerfile(lines), { folder: "backend" }).then(({ target }) => target?.state.kind);
  expect(await read("COPY . .")).toBe("missing");
  expect(await read("COPY backend .")).toBe("found");
  expect(await read("COPY . .\nWORKDIR /app/backend")).toBe("found");
  expect(await read("COPY . .\nENV PYTHONPATH=/app/backend")).toBe("found");
  expect(await read("RUN git clone x .")).toBe("unclear");
});

test("gunicorn in a container listens everywhere if $PORT is set", async () => {
  const dockerfile = (env: string) => ({
    ...shop,
    Dockerfile: `FROM python:3.13\nWORKDIR /app\nCOPY . .\n${env}\nCMD gunicorn shop.wsgi\n`,
  });
  expect((await server(dockerfile("ENV PORT=8000"))).bind.kind).toBe("everywhere");
  expect((await server(dockerfile(""))).bind.kind).toBe("unclear");
});

test("Render makes gunicorn listen where it looks", async () => {
  const yaml = "services:\n- {type: web, runtime: python, startCommand: gunicorn shop.wsgi}\n";
  expect((await server({ ...shop, "render.yaml": yaml }, { platform: render })).bind.kind).toBe("everywhere");
});

test("uwsgi's configuration file", async () => {
  const ini = "[uwsgi]\nproject = shop\nmodule = %(project).wsgi:application\nhttp-socket = :$(PORT)\n";
  expect(await web("uwsgi ./etc/uwsgi.ini", { "etc/uwsgi.ini": ini })).toMatchObject({
    bind: { kind: "everywhere" },
    target: { text: "shop.wsgi:application", state: { kind: "found" } },
  });
  const loopback = "[uwsgi]\nhttp = 127.0.0.1:8000\nmodule = shop.wsgi\n";
  expect((await web("uwsgi --ini u.ini", { "u.ini": loopback })).bind.kind).toBe("loopback");
});

test("no application", async () => {
  expect(await state("gunicorn --workers 2")).toMatchObject({
    kind: "missing",
    because: "gunicorn is given no application",
  });
  expect(await state("gunicorn $ARGS")).toMatchObject({ kind: "unclear" });
  expect(await state("gunicorn", { "gunicorn.conf.py": "wsgi_app = name()\n" })).toMatchObject({
    kind: "unclear",
  });
  expect(await state("gunicorn -c /etc/gunicorn.py")).toMatchObject({ kind: "unclear" });
});

test("a word that nobody knows", async () => {
  expect((await web("gunicorn $OPTIONS shop.wsgi")).unclear).toBe("the value of $OPTIONS is not known");
  expect((await web("gunicorn $OPTIONS shop.wsgi", {}, { env: { OPTIONS: "-b" } })).unclear).toBeUndefined();
});

test("nginx in front", async () => {
  expect((await web("bin/start-nginx gunicorn -b 127.0.0.1:8000 shop.wsgi")).front).toBe("nginx");
  const script = "nginx\nexec gunicorn -b 127.0.0.1:8000 shop.wsgi\n";
  expect((await web("sh run.sh", { "run.sh": script })).front).toBe("nginx");
});

test("a script that decides at run time", async () => {
  const script = 'if [ "$DEV" ]; then python manage.py runserver; else gunicorn shop.wsgi; fi\n';
  expect(await web("sh run.sh", { "run.sh": script })).toMatchObject({
    program: "gunicorn",
    unclear: "run.sh decides at run time which of several servers it starts",
  });
});

test("the last of two web processes", async () => {
  const procfile = "web: gunicorn shop.wsgi\nweb: daphne shop.asgi:application\n";
  expect((await server({ ...shop, Procfile: procfile }, { platform: heroku })).program).toBe("daphne");
});

test.each([
  [{}, "no web process is declared"],
  [{ Procfile: "worker: celery -A shop worker\n" }, "no web process is declared"],
  [{ Procfile: "web: ./web.sh\n" }, "the command of web cannot be followed: ./web.sh is not in the project"],
  [{ Procfile: "web: python bot.py\n" }, "the command of web starts python, and no web server that is known"],
  [{ Procfile: "web: true\n" }, "the command of web starts no program"],
])("%j", async (files, reason) => {
  expect(await read({ ...shop, ...files })).toEqual({ kind: "missing", reason });
});

test("gunicorn.conf.py with a list of addresses", async () => {
  const config = (bind: string) => ({ "gunicorn.conf.py": `import os\nbind = ${bind}\n` });
  const bind = async (text: string) => (await web("gunicorn shop.wsgi", config(text))).bind.kind;
  expect(await bind('["[::]:{}".format(os.environ.get("PORT", 5006))]')).toBe("everywhere");
  expect(await bind('["127.0.0.1:8000", "[::1]:8000"]')).toBe("loopback");
  expect(await bind('["127.0.0.1:8000", address]')).toBe("unclear");
});

test("uwsgi's wsgi-file", async () => {
  const state = async (line: string) =>
    (await web("uwsgi u.ini", { "u.ini": `[uwsgi]\nhttp = :$(PORT)\n${line}\n` })).target;
  expect(await state("wsgi-file = shop/wsgi.py")).toMatchObject({
    state: { kind: "found", file: "shop/wsgi.py" },
  });
  expect(await state("wsgi-file = web/wsgi.py")).toMatchObject({
    text: "web/wsgi.py",
    state: { kind: "missing", because: "there is no file web/wsgi.py" },
  });
});

test("Heroku's home folder is the root of the repository", async () => {
  expect(await state("uvicorn --app-dir=/app --host=0.0.0.0 shop.asgi:application")).toMatchObject({
    kind: "found",
  });
  expect(await state("cd /app && gunicorn shop.wsgi")).toMatchObject({ kind: "found" });
});

test("a configuration file that the image copies elsewhere", async () => {
  const dockerfile =
    'FROM python:3.13\nCOPY etc/gunicorn.py /usr/local/etc/gunicorn.py\nCOPY . /app\nWORKDIR /app\nCMD ["gunicorn", "-c", "/usr/local/etc/gunicorn.py", "shop.wsgi"]\n';
  const files = { ...shop, Dockerfile: dockerfile, "etc/gunicorn.py": 'bind = ["0.0.0.0:8000"]\n' };
  expect(await server(files)).toMatchObject({
    bind: { kind: "everywhere" },
    target: { state: { kind: "found" } },
  });
});

test("a folder that the build makes the root", async () => {
  const deployed = async (more: Record<string, string>) =>
    (await server({ ...backend, ...more, Procfile: "web: gunicorn shop.wsgi\n" }, { folder: "backend" }))
      .target?.state;
  expect(await deployed({ "bin/post_compile": "#!/bin/bash\nmv backend/* .\n" })).toEqual({
    kind: "unclear",
    because: "shop.wsgi is in backend, and bin/post_compile may move it while building",
  });
  const buildpacks = "https://github.com/timanovsky/subdir-heroku-buildpack\nheroku/python\n";
  expect(await deployed({ ".buildpacks": buildpacks })).toMatchObject({ kind: "unclear" });
  expect(await deployed({ "bin/post_compile": "#!/bin/bash\nmv frontend/* .\n" })).toMatchObject({
    kind: "missing",
  });
});

test.each<[string, string, Record<string, string>, unknown]>([
  ["gunicorn with $PORT", "gunicorn shop.wsgi", {}, { kind: "variable", name: "PORT" }],
  ["gunicorn -b", "gunicorn -b 0.0.0.0:9000 shop.wsgi", {}, { kind: "number", number: 9000 }],
  ["gunicorn -b $PORT", "gunicorn -b :$PORT shop.wsgi", {}, { kind: "variable", name: "PORT" }],
  ["gunicorn without a port", "gunicorn -b 0.0.0.0 shop.wsgi", {}, { kind: "number", number: 8000 }],
  [
    "gunicorn.conf.py",
    "gunicorn shop.wsgi",
    { "gunicorn.conf.py": "import os\nbind = f\"0.0.0.0:{os.environ.get('PORT', 8000)}\"\n" },
    { kind: "variable", name: "PORT" },
  ],
  [
    "gunicorn.conf.py with a number",
    "gunicorn shop.wsgi",
    { "gunicorn.conf.py": "port = 8000 + 80\nbind = '[::]:%d' % port\n" },
    { kind: "number", number: 8080 },
  ],
  ["uvicorn", "uvicorn shop.asgi:application --host 0.0.0.0", {}, { kind: "number", number: 8000 }],
  [
    "uvicorn --port",
    "uvicorn shop.asgi:application --host 0.0.0.0 --port ${PORT}",
    {},
    { kind: "variable", name: "PORT" },
  ],
  ["daphne", "daphne -b 0.0.0.0 -p 8001 shop.asgi:application", {}, { kind: "number", number: 8001 }],
  ["waitress", "waitress-serve shop.wsgi:application", {}, { kind: "number", number: 8080 }],
  [
    "waitress --listen",
    "waitress-serve --listen=*:80 shop.wsgi:application",
    {},
    { kind: "number", number: 80 },
  ],
  ["granian", "granian --host :: --port 80 shop.asgi:application", {}, { kind: "number", number: 80 }],
  ["hypercorn", "hypercorn -b [::]:81 shop.asgi:application", {}, { kind: "number", number: 81 }],
  ["runserver", "python manage.py runserver 0.0.0.0:82", {}, { kind: "number", number: 82 }],
  ["text that is no port", "gunicorn -b 0.0.0.0:http shop.wsgi", {}, undefined],
])("the port of %s", async (_name, command, files, port) => {
  const { bind } = await web(command, files);
  expect(bind).toMatchObject({ kind: "everywhere" });
  expect("port" in bind ? bind.port : undefined).toEqual(port);
});

test("workers, worker class and timeout, from the command, the variable and the file", async () => {
  const conf = { "gunicorn.conf.py": 'workers = 2 + 1\ntimeout = 90\nworker_class = "gevent"\n' };
  const known = (text: string) => ({ text, known: true });
  expect(await web("gunicorn shop.wsgi", conf)).toMatchObject({
    workers: known("3"),
    timeout: known("90"),
    workerClass: known("gevent"),
  });
  expect(await web("gunicorn -w 5 --timeout 0 shop.wsgi", conf)).toMatchObject({
    workers: known("5"),
    timeout: known("0"),
  });
  expect(await web("uvicorn shop.asgi:application --workers 4", {})).toMatchObject({ workers: known("4") });
});
