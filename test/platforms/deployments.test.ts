import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { docker } from "../../src/platforms/docker.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { choosePlatforms } from "../../src/platforms/index.ts";
import { procfileHost } from "../../src/platforms/procfile-host.ts";
import { render } from "../../src/platforms/render.ts";

const dockerfile = 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nENV DEBUG=0\nCMD ["gunicorn", "shop.wsgi"]\n';
const read = (files: Record<string, string>, folder = "") => procfileHost.read(memoryFiles(files), folder);
const readContainers = (files: Record<string, string>, folder = "") =>
  docker.read(memoryFiles(files), folder);

test("a Procfile host reads the Procfile alone, and names what else is there", () => {
  expect(read({ Procfile: "web: gunicorn shop.wsgi\n", Dockerfile: dockerfile }).manifests).toEqual([
    "Procfile",
  ]);
  expect(read({ Dockerfile: dockerfile })).toMatchObject({ processes: [], unread: ["Dockerfile"] });
});

test("a container is the target only where no Procfile says what starts", () => {
  const ids = (files: Record<string, string>) =>
    choosePlatforms(memoryFiles(files), "").map(({ platform }) => platform.id);
  expect(ids({ Dockerfile: dockerfile })).toEqual(["docker"]);
  expect(ids({ Dockerfile: dockerfile, Procfile: "web: gunicorn shop.wsgi\n" })).toEqual(["procfile-host"]);
  expect(ids({ Dockerfile: dockerfile, "fly.toml": 'app = "shop"\n' })).toEqual(["fly"]);
});

test("an image: environment, folder, no $PORT", () => {
  const { env, processes, manifests } = readContainers({ Dockerfile: dockerfile });
  expect(manifests).toEqual(["Dockerfile"]);
  expect(env).toMatchObject([{ name: "DEBUG", value: "0" }]);
  expect(docker.injects).toEqual({});
  expect(processes).toMatchObject([{ folder: "" }]);
  expect(processes[0]?.onlyIf).toBeUndefined();
});

test("an image beside a compose file for development may be for development too", () => {
  const compose = "services:\n  web:\n    build: .\n    volumes: ['.:/app']\n";
  const { processes } = readContainers({ Dockerfile: dockerfile, "docker-compose.yml": compose });
  expect(processes[0]?.onlyIf).toBe(
    "the image of Dockerfile is deployed, and not only used by docker-compose.yml",
  );
});

test("cookiecutter's layout", () => {
  const { processes, manifests } = readContainers({
    "docker-compose.production.yml":
      "services:\n  django:\n    build:\n      context: .\n      dockerfile: ./compose/production/django/Dockerfile\n    command: /start\n",
    "compose/production/django/Dockerfile":
      'FROM python:3.13\nWORKDIR /app\nCOPY ./compose/production/django/entrypoint /entrypoint\nCOPY ./compose/production/django/start /start\nCOPY . /app\nENTRYPOINT ["/entrypoint"]\n',
  });
  expect(manifests).toEqual(["docker-compose.production.yml", "compose/production/django/Dockerfile"]);
  expect(processes).toMatchObject([{ name: "web", command: "/entrypoint /start", folder: "" }]);
});

test("the project's own Dockerfile", () => {
  expect(
    readContainers({ "backend/Dockerfile": dockerfile, "backend/manage.py": "" }, "backend").processes,
  ).toMatchObject([{ folder: "backend" }]);
});

test("nothing is read, but something is there", () => {
  expect(read({ "railway.json": "{}", "manage.py": "" })).toMatchObject({
    processes: [],
    unread: ["railway.json"],
  });
  expect(read({ "docker-compose.yml": "services:\n  db: {image: postgres}\n" }).unread).toEqual([]);
  expect(read({ "docker-compose.yml": "services:\n  web: {build: ./x}\n" }).unread).toEqual([
    "docker-compose.yml",
  ]);
});

test("Render is chosen by its file, and with Heroku if both are shown", () => {
  const yaml = "services:\n- {type: web, runtime: docker}\n";
  const ids = (files: Record<string, string>) =>
    choosePlatforms(memoryFiles(files), "").map(({ platform }) => platform.id);
  expect(ids({ "render.yaml": yaml })).toEqual(["render"]);
  expect(ids({ "render.yaml": yaml, "app.json": '{"env": {}}' })).toEqual(["heroku", "render"]);
  expect(
    render.read(memoryFiles({ "render.yaml": yaml, Dockerfile: dockerfile }), "").processes,
  ).toMatchObject([{ command: "gunicorn shop.wsgi" }]);
});

test.each([
  ['os.environ.get("RENDER_EXTERNAL_HOSTNAME")', ["render"]],
  ['"RENDER" not in os.environ', ["render"]],
  ['env.bool("RENDER", default=False)', ["render"]],
  ['# os.environ.get("RENDER")', ["procfile-host"]],
  ['{"BACKEND": "RENDER"}', ["procfile-host"]],
  ['os.environ.get("RENDERER")', ["procfile-host"]],
])("settings that read a variable of Render's are written for it: %s", (code, expected) => {
  const files = memoryFiles({ "shop/settings/live.py": `import os\n${code}\n` });
  expect(choosePlatforms(files, "").map(({ platform }) => platform.id)).toEqual(expected);
});

test("Heroku's container stack", () => {
  const files = { "heroku.yml": "build:\n  docker:\n    web: Dockerfile\n", Dockerfile: dockerfile };
  expect(heroku.read(memoryFiles(files), "")).toMatchObject({
    manifests: ["heroku.yml", "Dockerfile"],
    processes: [{ name: "web", command: "gunicorn shop.wsgi" }],
  });
  const both = { ...files, Procfile: "web: gunicorn other.wsgi\n" };
  expect(heroku.read(memoryFiles(both), "").processes).toMatchObject([{ command: "gunicorn other.wsgi" }]);
  const container = { ...both, "app.json": '{"stack": "container"}' };
  expect(heroku.read(memoryFiles(container), "").manifests).toEqual(["heroku.yml", "Dockerfile", "app.json"]);
});

test("a Procfile for a process manager of development may not be what is deployed", () => {
  const onlyIf = (line: string) =>
    read({ Procfile: `web: python manage.py runserver\n${line}\n` }).processes[0]?.onlyIf;
  for (const line of ["scss: make watch-scss", "css: tailwindcss --watch", "js: npm run dev", "js: vite"]) {
    expect(onlyIf(line), line).toBe("Procfile is deployed, and not only used for development");
  }
  for (const line of ["worker: celery -A shop worker", "watcher: python watcher.py", "js: vite build"]) {
    expect(onlyIf(line), line).toBeUndefined();
  }
});

test("Heroku's signs may be left from earlier days", () => {
  const files = memoryFiles({ "bin/post_compile": "", Dockerfile: dockerfile });
  expect(heroku.read(files, "")).toMatchObject({ processes: [], unread: ["Dockerfile"] });
});
