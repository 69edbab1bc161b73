import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { choosePlatforms } from "../../src/platforms/index.ts";
import { railway } from "../../src/platforms/railway.ts";

type Files = Record<string, string>;

const django: Files = {
  "manage.py": "",
  "requirements.txt": "Django==5.2\ngunicorn\n",
  "shop/settings.py": 'WSGI_APPLICATION = "shop.wsgi.application"\n',
};
const read = (files: Files, folder = "") => railway.read(memoryFiles(files), folder);
const targets = (files: Files) =>
  choosePlatforms(memoryFiles({ "manage.py": "", ...files }), "").map(({ platform }) => platform.id);

test.each<[string, Files]>([
  ["railway.json", { "railway.json": "{}" }],
  ["railpack.json", { "railpack.json": "{}" }],
  ["infrastructure as code", { ".railway/railway.ts": "" }],
  ["its variables in the settings", { "shop/settings.py": 'HOST = os.environ["RAILWAY_PUBLIC_DOMAIN"]\n' }],
  ["its host name in the settings", { "shop/settings.py": 'ALLOWED_HOSTS = [".up.railway.app"]\n' }],
  ["nixpacks.toml, where nothing else is there", { "nixpacks.toml": "" }],
])("%s shows Railway", (_name, files) => {
  expect(targets(files)).toEqual(["railway"]);
});

test("nixpacks.toml counts for nothing beside a platform's own file", () => {
  expect(targets({ "nixpacks.toml": "", "render.yaml": "" })).toEqual(["render"]);
});

test("Railpack's default names the line that it is made from", () => {
  expect(read(django).processes).toEqual([
    {
      name: "web",
      command: "python manage.py migrate && gunicorn --bind 0.0.0.0:${PORT:-8000} shop.wsgi:application",
      at: expect.objectContaining({ file: "shop/settings.py", line: 1, column: 1 }),
      source: "Railpack's default for Django",
      folder: "",
      mounts: [{ from: "", to: "/app" }],
    },
  ]);
});

test("what is declared comes in this order: railway.json, railpack.json, the Procfile", () => {
  const files: Files = { ...django, Procfile: "web: gunicorn c\n" };
  const command = () => read(files).processes.map((process) => process.command);
  expect(command()).toEqual(["gunicorn c"]);
  files["railpack.json"] = '{"deploy": {"startCommand": "gunicorn b"}}';
  expect(command()).toEqual(["gunicorn b"]);
  files["railway.toml"] = '[deploy]\nstartCommand = "gunicorn a"\n';
  expect(command()).toEqual(["gunicorn a"]);
  expect(read(files).manifests).toEqual(["railway.toml", "railpack.json", "Procfile"]);
});

test("the production environment of railway.json stands over the rest", () => {
  const config = {
    deploy: { startCommand: "gunicorn base", healthcheckPath: "/healthz" },
    environments: {
      production: { deploy: { startCommand: "gunicorn own" } },
      pr: { deploy: { startCommand: "x" } },
    },
  };
  const { processes, changes } = read({ ...django, "railway.json": JSON.stringify(config) });
  expect(processes[0]?.command).toBe("gunicorn own");
  expect(changes?.health).toMatchObject({
    kind: "http",
    path: "/healthz",
    host: "healthcheck.railway.app",
    accepts: [200, 200],
  });
});

test("build and pre-deploy commands are steps", () => {
  const config = {
    build: { buildCommand: "make" },
    deploy: { preDeployCommand: ["python manage.py migrate"] },
  };
  expect(read({ ...django, "railway.json": JSON.stringify(config) }).steps).toMatchObject([
    { phase: "build", command: "make" },
    { phase: "release", command: "python manage.py migrate" },
  ]);
});

test("a Dockerfile is built wherever there is one, and gets its variables by ARG", () => {
  const { manifests, processes, changes } = read({
    ...django,
    Dockerfile: 'FROM python:3.13\nCMD ["gunicorn", "shop.wsgi"]\n',
    Procfile: "web: gunicorn other\n",
  });
  expect(manifests).toEqual(["Dockerfile"]);
  expect(processes[0]?.command).toBe("gunicorn shop.wsgi");
  expect(changes).toMatchObject({ buildSees: "scoped" });
  expect(changes?.injects).not.toHaveProperty("PYTHONUNBUFFERED");
});

test("no shell reads its start command then", () => {
  const files = {
    Dockerfile: 'FROM python:3.13\nENTRYPOINT ["/entry.sh"]\n',
    "railway.json": '{"deploy": {"startCommand": "gunicorn shop.wsgi"}}',
  };
  expect(read(files).processes).toMatchObject([{ command: "gunicorn shop.wsgi", shell: false }]);
});

test("where only a subfolder can be built, it has to be the root directory of the service", () => {
  const below = Object.fromEntries(Object.entries(django).map(([path, text]) => [`backend/${path}`, text]));
  const { folder, processes } = read(below, "backend");
  expect(folder).toBe("backend");
  expect(processes[0]).toMatchObject({
    folder: "backend",
    mounts: [{ from: "backend", to: "/app" }],
    onlyIf: "backend is the root directory of the service",
  });
});

test("a program in .railway is named, not read", () => {
  const { unread, processes } = read({ ...django, ".railway/railway.py": "" });
  expect(unread).toEqual([".railway/railway.py"]);
  expect(processes[0]?.onlyIf).toBe(".railway/railway.py gives the service no start command of its own");
});

test.each<[string, Files, string | undefined]>([
  ["nothing", {}, undefined],
  [
    "the variable of a volume",
    { "shop/db.py": 'x = os.environ["RAILWAY_VOLUME_MOUNT_PATH"]\n' },
    "persistent",
  ],
  ["a mount path", { "railway.json": '{"deploy": {"requiredMountPath": "/data"}}' }, "persistent"],
])("the disk with %s", (_name, files, disk) => {
  expect(read({ ...django, ...files }).changes?.disk).toBe(disk);
});

test("railpack.json: a Python of its own, commands of its steps", () => {
  const config = {
    packages: { python: "3.12" },
    steps: {
      build: { commands: ["...", "COPY#. .", "python manage.py collectstatic --noinput", { cmd: "make" }] },
    },
  };
  const { python, steps } = read({ ...django, "railpack.json": JSON.stringify(config) });
  expect(python).toMatchObject({ text: "3.12", version: "3.12" });
  expect(steps.map(({ command }) => command)).toEqual(["python manage.py collectstatic --noinput", "make"]);
});
