import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { memoryFiles } from "../../../src/files/memory.ts";
import { launchesOf } from "../../../src/platforms/commands/follow.ts";
import type { Command } from "../../../src/platforms/manifest.ts";

const at = { file: "Procfile", line: 1, column: 1 };

function follow(command: string, files: Record<string, string>, more: Partial<Command> = {}) {
  return launchesOf({ command, at, ...more }, memoryFiles(files), new Map());
}

const show = (...input: Parameters<typeof follow>) =>
  follow(...input).launches.map(({ program, args, folder }) =>
    [...(folder ? [`${folder}:`] : []), program, ...args.map(({ text }) => text)].join(" "),
  );

const makefile = `APP = shop.wsgi
SERVER := gunicorn $(APP)

.PHONY: run deps migrate all
all: run

run: deps migrate
	@$(SERVER) --bind :$(PORT)

deps: ; pip install -r requirements.txt

migrate:
	-python manage.py migrate
	$(MAKE) other

other:
	python manage.py \\
	  collectstatic
`;

test("make runs what a target needs first, and its first target without one", () => {
  const expected = [
    "pip install -r requirements.txt",
    "manage.py migrate",
    "manage.py collectstatic",
    "gunicorn shop.wsgi --bind :$PORT",
  ];
  expect(show("make run", { Makefile: makefile })).toEqual(expected);
  expect(show("make", { Makefile: makefile })).toEqual(expected);
  expect(show("make -C api migrate", { "api/Makefile": makefile })).toEqual([
    "api: manage.py migrate",
    "api: manage.py collectstatic",
  ]);
});

const real = spawnSync("make", ["--version"]).status === 0;

test.skipIf(!real)("real make says the same commands with -n (there is no make on this machine)", () => {
  const folder = mkdtempSync(join(tmpdir(), "deploy-check-make-"));
  try {
    writeFileSync(join(folder, "Makefile"), makefile);
    const { stdout } = spawnSync("make", ["-n", "--no-print-directory", "run", "PORT=1"], {
      cwd: folder,
      encoding: "utf8",
    });
    const commands = stdout
      .replaceAll(/\\\n\s*/g, "")
      .split("\n")
      .filter((line) => line !== "" && !line.startsWith("make "))
      .map((line) => line.replace(/^python manage\.py/, "manage.py"));
    expect(show("make run PORT=1", { Makefile: makefile })).toEqual(commands);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

const justfile = `set dotenv-load
port := env_var_or_default("PORT", "8000")
app := "shop.wsgi"
alias s := serve

# first
default: (manage "check" "--deploy")

serve workers="2": install && after
    @gunicorn {{ app }} --bind :{{port}} --workers {{ workers }}

install:
    pip install -r requirements.txt

after:
    #!/usr/bin/env bash
    set -e
    python manage.py migrate
    echo done

manage *args:
    python manage.py {{ args }}
`;

test("just, with dependencies, arguments, variables and scripts", () => {
  const files = { justfile };
  const served = (workers: string) => [
    "pip install -r requirements.txt",
    `gunicorn shop.wsgi --bind :8000 --workers ${workers}`,
    "manage.py migrate",
  ];
  expect(show("just serve", files)).toEqual(served("2"));
  expect(show("just s 4", files)).toEqual(served("4"));
  expect(show("just app=x.wsgi serve", files)[1]).toContain("gunicorn x.wsgi");
  expect(show("just", files)).toEqual(["manage.py check --deploy"]);
  expect(show("just manage migrate --noinput", files)).toEqual(["manage.py migrate --noinput"]);
  expect(follow("just nothing", files).unclear).toEqual(["justfile has no recipe nothing"]);
});

const scripts = JSON.stringify({
  name: "web",
  scripts: { prestart: "npm run build", start: "gunicorn shop.wsgi", poststart: "true", build: "vite build" },
});

test("npm runs what stands around a script, and finds workspaces", () => {
  expect(show("npm start", { "package.json": scripts })).toEqual(["vite build", "gunicorn shop.wsgi"]);
  expect(show("npm run build -- --mode x", { "package.json": scripts })).toEqual(["vite build --mode x"]);
  expect(show("npm run build --prefix ui", { "ui/package.json": scripts })).toEqual(["ui: vite build"]);
  expect(show("npm run build -w web", { "package.json": "{}", "ui/package.json": scripts })).toEqual([
    "ui: vite build",
  ]);
  expect(show("yarn workspace web build", { "package.json": "{}", "ui/package.json": scripts })).toEqual([
    "ui: vite build",
  ]);
  expect(show("pnpm --filter web build", { "package.json": "{}", "ui/package.json": scripts })).toEqual([
    "ui: vite build",
  ]);
  expect(show("npm ci && yarn install", { "package.json": scripts })).toEqual(["npm ci", "yarn install"]);
});

const procfile = "web: gunicorn shop.wsgi\nworker: celery -A shop worker\n";

test.each<[string, string[]]>([
  ["overmind start -l web -f Procfile", ["gunicorn shop.wsgi"]],
  ["hivemind Procfile", ["gunicorn shop.wsgi", "celery -A shop worker"]],
  ["goreman start", ["gunicorn shop.wsgi", "celery -A shop worker"]],
  ["foreman start -m web=1", ["gunicorn shop.wsgi"]],
  ["foreman run web", ["gunicorn shop.wsgi"]],
  ["honcho run python manage.py migrate --noinput", ["manage.py migrate --noinput"]],
  ["honcho start web worker", ["gunicorn shop.wsgi", "celery -A shop worker"]],
])("%s", (command, expected) => {
  expect(show(command, { Procfile: procfile })).toEqual(expected);
});

test("supervisord with folders, variables, and files that it includes", () => {
  const files = {
    "docker/supervisord.conf": `[supervisord]
nodaemon=true
environment=DEBUG="0"
[program:web]
command=gunicorn shop.wsgi
  --bind :%(ENV_PORT)s ; the port
directory=/app/backend
environment=A="1",B=%(ENV_X)s
[program:off]
command=never
autostart=false
[eventlistener:x]
command=never
[include]
files = conf.d/*.conf
`,
    "docker/conf.d/worker.conf": "[program:worker]\ncommand=celery -A shop worker -n %(program_name)s && x\n",
    "docker/conf.d/readme.txt": "[program:no]\ncommand=never\n",
    "backend/manage.py": "",
  };
  const mounts = [{ from: "", to: "/app" }];
  const { launches } = follow("supervisord -n -c docker/supervisord.conf", files, { mounts });
  expect(launches.map(({ program, args }) => [program, ...args.map(({ text }) => text)].join(" "))).toEqual([
    "gunicorn shop.wsgi --bind :$PORT",
    "celery -A shop worker -n worker && x",
  ]);
  expect(launches[0]).toMatchObject({ folder: "backend", at: { file: "docker/supervisord.conf", line: 5 } });
  expect(Object.fromEntries(launches[0]?.env ?? [])).toEqual({
    DEBUG: { text: "0", known: true },
    A: { text: "1", known: true },
    B: { text: "$X", known: false },
  });
});

test("circus, runit and s6", () => {
  const circus =
    "[watcher:web]\ncmd = gunicorn\nargs = shop.wsgi -b :$(circus.env.port)\nworking_dir = src\n";
  expect(show("circusd circus.ini", { "circus.ini": circus })).toEqual(["src: gunicorn shop.wsgi -b :$PORT"]);
  const services = {
    "svc/web/run": "#!/bin/sh\ncd /app\nexec gunicorn shop.wsgi\n",
    "svc/web/finish": "x\n",
  };
  const mounts = [
    { from: "", to: "/app" },
    { from: "svc", to: "/etc/services.d" },
  ];
  expect(show("runsvdir -P svc", services, { mounts })).toEqual(["gunicorn shop.wsgi"]);
  expect(show("/init celery -A shop worker", services, { mounts })).toEqual([
    "gunicorn shop.wsgi",
    "celery -A shop worker",
  ]);
  expect(follow("s6-svscan /elsewhere", services).unclear).toEqual([
    "the services of s6-svscan are not in the project",
  ]);
});

const pyproject = `[project.scripts]
shop-serve = "shop.cli:serve"
[tool.pdm.scripts]
start = "gunicorn shop.wsgi"
deploy = {composite = ["python manage.py migrate", "gunicorn shop.wsgi"]}
[tool.poe.tasks]
serve = "gunicorn shop.wsgi"
both.sequence = [{cmd = "python manage.py migrate"}, {shell = "gunicorn shop.wsgi && x"}]
[tool.taskipy.tasks]
web = "gunicorn shop.wsgi"
`;
const cli = `import sys
import uvicorn

def serve():
    uvicorn.run("shop.asgi:application", host="0.0.0.0", port=8000)

def other():
    uvicorn.run("never:app")
`;

test.each<[string, string[]]>([
  ["pdm run start --workers 2", ["gunicorn shop.wsgi --workers 2"]],
  ["pdm run deploy", ["manage.py migrate", "gunicorn shop.wsgi"]],
  ["poetry run poe serve", ["gunicorn shop.wsgi"]],
  ["poe both", ["manage.py migrate", "gunicorn shop.wsgi", "x"]],
  ["task web", ["gunicorn shop.wsgi"]],
  ["uv run shop-serve", ["uvicorn shop.asgi:application --host=0.0.0.0 --port=8000"]],
  ["shop-serve", ["uvicorn shop.asgi:application --host=0.0.0.0 --port=8000"]],
  ["uv run gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
])("pyproject.toml: %s", (command, expected) => {
  expect(show(command, { "pyproject.toml": pyproject, "shop/cli.py": cli })).toEqual(expected);
});

test("scripts of a Pipfile", () => {
  const Pipfile = '[scripts]\nweb = "gunicorn shop.wsgi"\n';
  expect(show("pipenv run web", { Pipfile })).toEqual(["gunicorn shop.wsgi"]);
});
