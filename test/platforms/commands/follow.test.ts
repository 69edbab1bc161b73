import { expect, test } from "vitest";
import { memoryFiles } from "../../../src/files/memory.ts";
import { launchesOf } from "../../../src/platforms/commands/follow.ts";
import type { Process } from "../../../src/platforms/manifest.ts";

function follow(
  command: string,
  files: Record<string, string> = {},
  more: Partial<Process> & { variables?: Record<string, string | undefined> } = {},
) {
  const { variables = {}, ...process } = more;
  const at = { file: "Procfile", line: 1, column: 1 };
  return launchesOf(
    { name: "web", command, at, ...process },
    memoryFiles(files),
    new Map(Object.entries(variables)),
  );
}

const show = (...input: Parameters<typeof follow>) =>
  follow(...input).launches.map(({ program, args }) => [program, ...args.map(({ text }) => text)].join(" "));

test.each([
  ["gunicorn shop.wsgi --log-file -", ["gunicorn shop.wsgi --log-file -"]],
  ["exec gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["python -m gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["python3.12 -u -m uvicorn shop.asgi:application", ["uvicorn shop.asgi:application"]],
  ["/usr/local/bin/gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  [".venv/bin/gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["poetry run gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["uv run --no-dev --group prod gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["uv run -m gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["pipenv run python manage.py runserver", ["manage.py runserver"]],
  ["newrelic-admin run-program gunicorn pontoon.wsgi:application", ["gunicorn pontoon.wsgi:application"]],
  ["ddtrace-run gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["bin/start-pgbouncer gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["doppler run --project x -- gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["./wait-for-it.sh db:5432 -t 30 -- gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["dumb-init -- gosu app:app gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["sh -c 'exec gunicorn shop.wsgi'", ["gunicorn shop.wsgi"]],
  ["bash -lc 'gunicorn shop.wsgi'", ["gunicorn shop.wsgi"]],
  ['su -c "gunicorn shop.wsgi --bind 127.0.0.1:8001" django', ["gunicorn shop.wsgi --bind 127.0.0.1:8001"]],
  ["env -u X DEBUG=1 gunicorn shop.wsgi", ["gunicorn shop.wsgi"]],
  ["python manage.py migrate && gunicorn shop.wsgi", ["manage.py migrate", "gunicorn shop.wsgi"]],
  ["./manage.py runserver 0.0.0.0:$PORT", ["manage.py runserver 0.0.0.0:$PORT"]],
  ['yes "yes" | python manage.py migrate', ["manage.py migrate"]],
  ["python app.py", ["python app.py"]],
  ["python -m http.server 8000", ["http.server 8000"]],
])("%s", (command, expected) => {
  expect(show(command)).toEqual(expected);
  expect(follow(command).unclear).toEqual([]);
});

test("what a command sets for its program", () => {
  const [launch] = follow("A=1 env B=2 gunicorn shop.wsgi").launches;
  expect([...(launch?.env ?? [])]).toEqual([
    ["A", { text: "1", known: true }],
    ["B", { text: "2", known: true }],
  ]);
});

test("a folder that is changed into", () => {
  const folder = (command: string, more: Partial<Process> = {}) =>
    follow(command, {}, more).launches.at(-1)?.folder;
  expect(folder("cd backend && gunicorn shop.wsgi")).toBe("backend");
  expect(folder("cd ./backend/../api; gunicorn shop.wsgi")).toBe("api");
  expect(folder("uv run --directory backend gunicorn shop.wsgi")).toBe("backend");
  expect(folder("gunicorn shop.wsgi", { folder: "backend" })).toBe("backend");
  expect(folder("cd $HOME && gunicorn shop.wsgi")).toBeUndefined();
  expect(folder("cd /app/web && gunicorn x", { mounts: [{ from: "", to: "/app" }] })).toBe("web");
  expect(folder("cd /elsewhere && gunicorn x", { mounts: [{ from: "", to: "/app" }] })).toBeUndefined();
});

test("scripts of the project, with their arguments, and where the command stands", () => {
  const files = {
    "start.sh": "#!/bin/bash\nset -e\nexport DEBUG=0\npython manage.py migrate\nexec ./run.sh gunicorn\n",
    "run.sh": '#!/bin/sh\nexec "$@" shop.wsgi\n',
  };
  expect(show("bash start.sh", files)).toEqual(["manage.py migrate", "gunicorn shop.wsgi"]);
  const [migrate] = follow("./start.sh", files).launches;
  expect(migrate?.at).toMatchObject({ file: "start.sh", line: 4, column: 1 });
  expect(migrate?.env.get("DEBUG")).toEqual({ text: "0", known: true });
});

test("scripts are followed two deep", () => {
  const files = { "a.sh": "sh b.sh\n", "b.sh": "sh c.sh\n", "c.sh": "gunicorn shop.wsgi\n" };
  expect(follow("sh a.sh", files)).toEqual({
    launches: [],
    unclear: ["c.sh is started by a script that is started by a script"],
  });
  expect(follow("sh a.sh", { "a.sh": "sh a.sh\n" }).unclear).toHaveLength(1);
});

test("the entry point of a container, and the files copied into it", () => {
  const files = { "docker/start": "#!/bin/bash\ngunicorn config.wsgi --chdir=/app\n" };
  const mounts = [
    { from: "docker/start", to: "/start" },
    { from: "", to: "/app" },
  ];
  expect(show("/start", files, { mounts })).toEqual(["gunicorn config.wsgi --chdir=/app"]);
});

test("what a script starts only under a condition", () => {
  const script = 'if [ "$ENV" = dev ]; then\n  python manage.py runserver\nelse\n  gunicorn shop.wsgi\nfi\n';
  expect(follow("sh run.sh", { "run.sh": script }).launches.map(({ conditional }) => conditional)).toEqual([
    true,
    true,
  ]);
});

test("make", () => {
  const makefile =
    "PORT ?= 8000\nAPP = shop.wsgi\n\n.PHONY: run test\nrun: build\n\t@gunicorn $(APP) -b :$(PORT) -w $$WORKERS\n\ntest:\n\tpytest\n";
  expect(show("make run", { Makefile: makefile })).toEqual(["gunicorn shop.wsgi -b :8000 -w $WORKERS"]);
  expect(show("make run PORT=1", { Makefile: makefile })).toEqual(["gunicorn shop.wsgi -b :1 -w $WORKERS"]);
  expect(show("make -C api run", { "api/Makefile": makefile })).toHaveLength(1);
  expect(follow("make serve", { Makefile: makefile }).unclear).toEqual(["Makefile has no recipe for serve"]);
  expect(follow("make run").unclear).toEqual(["there is no Makefile for make"]);
});

test("honcho, npm and supervisord", () => {
  const procfile = "web: gunicorn shop.wsgi\nworker: celery -A shop worker\n";
  expect(show("honcho start", { Procfile: procfile })).toHaveLength(2);
  expect(show("honcho -f Procfile.prod start web", { "Procfile.prod": procfile })).toEqual([
    "gunicorn shop.wsgi",
  ]);
  expect(show("npm run serve", { "package.json": '{"scripts": {"serve": "gunicorn shop.wsgi"}}' })).toEqual([
    "gunicorn shop.wsgi",
  ]);
  const ini = "[supervisord]\nnodaemon=true\n[program:web]\ncommand=gunicorn shop.wsgi -b :%(ENV_PORT)s\n";
  expect(show("supervisord -c etc/s.conf", { "etc/s.conf": ini })).toEqual(["gunicorn shop.wsgi -b :$PORT"]);
});

test("nginx in front", () => {
  expect(follow("bin/start-nginx gunicorn -c gunicorn.conf pydotorg.wsgi").launches).toMatchObject([
    { program: "gunicorn", front: "nginx" },
  ]);
});

test.each([
  ["$SERVER shop.wsgi", "$SERVER is not known"],
  ["./web.sh", "./web.sh is not in the project"],
  ["bash -s", "bash reads its commands from elsewhere"],
  ['python -c "x"', "it runs Python code that is given on the command line"],
])("%s is unclear", (command, because) => {
  expect(follow(command)).toEqual({ launches: [], unclear: [because] });
});

test("hostile commands end soon", () => {
  const files = { "a.sh": "sh b.sh\n".repeat(6_000), "b.sh": "echo\ngunicorn x\n".repeat(2_500) };
  expect(follow("sh a.sh", files).launches.length).toBeLessThan(10_000);
  expect(follow("nohup ".repeat(50_000)).launches).toEqual([]);
  expect(follow(`python -m ${"python -m ".repeat(50_000)} x`).launches).toEqual([]);
  expect(show("make a", { Makefile: `A=${"$(A)$(A)".repeat(100)}\na:\n\techo $(A)\n` })).toEqual([]);
});

test("large scripts that are started again and again end soon", () => {
  const files = { "a.sh": "if ".repeat(16_000), Makefile: `a:\n${"\techo\n".repeat(50_000)}` };
  const started = performance.now();
  follow("sh a.sh; make a; ".repeat(3_000), files);
  expect(performance.now() - started).toBeLessThan(10_000);
  expect(follow("sh a.sh", { "a.sh": "echo\n".repeat(20_000) }).unclear).toEqual([
    "a.sh cannot be followed: it is too long",
  ]);
});

test.each([
  ["python manage.py collectstatic || true", "|| true"],
  ["pip install x && python manage.py collectstatic || echo failed", "|| echo"],
  ["python manage.py collectstatic; exit 0", "; exit"],
  ["python manage.py collectstatic || exit 1", undefined],
  ["python manage.py collectstatic || echo failed && exit 1", undefined],
  ["python manage.py collectstatic; gunicorn shop.wsgi", undefined],
  ["sh -c 'python manage.py collectstatic || :'", "|| :"],
])("%s forgives %s", (command, forgiven) => {
  const launch = follow(command).launches.find(({ program }) => program === "manage.py");
  expect(launch?.forgiven).toBe(forgiven);
});
