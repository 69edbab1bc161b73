import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { choosePlatforms, platformById, platforms } from "../../src/platforms/index.ts";

const project = { "manage.py": "", "shop/settings.py": "DEBUG = False\n", "shop/wsgi.py": "" };
const ids = (files: Record<string, string>) =>
  choosePlatforms(memoryFiles({ ...project, ...files }), "").map(({ platform }) => platform.id);

function read(id: string, files: Record<string, string>, folder = "") {
  const platform = platformById(id);
  if (!platform) throw new Error(`no platform ${id}`);
  return platform.read(memoryFiles(files), folder);
}

test.each<[string, Record<string, string>, string]>([
  [
    "Scalingo's step after a build",
    { Procfile: "web: gunicorn shop.wsgi\npostdeploy: python manage.py migrate\n" },
    "scalingo",
  ],
  ["scalingo.json", { "scalingo.json": "{}" }, "scalingo"],
  ["Scalingo's host name", { "shop/settings.py": 'H = "shop.osc-fr1.scalingo.io"\n' }, "scalingo"],
  ["scripts for Dokku", { "app.json": '{"scripts": {"dokku": {"predeploy": "x"}}}' }, "dokku"],
  ["health checks of Dokku's", { "app.json": '{"healthchecks": {"web": []}}' }, "dokku"],
  ["its action", { ".github/workflows/x.yml": "steps:\n- uses: dokku/github-action@v1\n" }, "dokku"],
  [".do/app.yaml", { ".do/app.yaml": "name: x\n" }, "digitalocean"],
  [
    "App Platform's button",
    { "README.md": "(https://cloud.digitalocean.com/apps/new?repo=x)" },
    "digitalocean",
  ],
  ["Koyeb's button", { "README.md": "(https://app.koyeb.com/deploy?type=git)" }, "koyeb"],
  ["Koyeb's action", { ".github/workflows/d.yaml": "- uses: koyeb/action-git-deploy@v1\n" }, "koyeb"],
  ["clevercloud/", { "clevercloud/http.json": "{}" }, "clever-cloud"],
  [
    "an add-on of Clever Cloud's",
    { "shop/settings.py": 'os.environ["POSTGRESQL_ADDON_HOST"]' },
    "clever-cloud",
  ],
  ["captain-definition", { "captain-definition": "{}" }, "caprover"],
])("%s shows the platform", (_name, files, id) => {
  expect(ids(files)).toEqual([id]);
});

test.each<[string, Record<string, string>]>([
  ["a remark in a workflow", { ".github/workflows/x.yml": "# uses: dokku/github-action@v1\n" }],
  ["another file named captain", { "captain-definition.md": "" }],
  ["project.toml, which Cloud Native Buildpacks share", { "project.toml": "" }],
])("%s does not", (_name, files) => {
  expect(ids(files)).toEqual(["procfile-host"]);
});

test("nothing shows Fir", () => {
  expect(
    platformById("heroku-fir")?.detect(memoryFiles({ "project.toml": "", Procfile: "" }), ""),
  ).toBeUndefined();
});

test("each platform has an id of its own, and the one for unknown hosts comes last", () => {
  expect(new Set(platforms.map(({ id }) => id)).size).toBe(platforms.length);
  expect(platforms.at(-1)?.id).toBe("procfile-host");
});

const web = { Procfile: "web: gunicorn shop.wsgi\n" };

test.each([
  ["heroku", ["bin/pre_compile", "bin/post_compile"]],
  ["scalingo", ["bin/pre_compile", "bin/post_compile"]],
  ["dokku", ["bin/pre_compile", "bin/post_compile"]],
  ["heroku-fir", []],
])("the hooks of %s's buildpack", (id, expected) => {
  const files = { ...web, "bin/post_compile": "#!/bin/sh\n", "bin/pre_compile": "#!/bin/sh\n" };
  const build = read(id, files).steps.filter(({ phase }) => phase === "build");
  expect(build.map(({ command }) => command)).toEqual(expected);
});

test("Dokku builds with the Dockerfile, and starts what the Procfile says", () => {
  const Dockerfile = 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nENTRYPOINT ["tini", "--"]\nCMD ["x"]\n';
  const image = read("dokku", { ...web, Dockerfile });
  expect(image.processes.map(({ command }) => command)).toEqual(["tini -- gunicorn shop.wsgi"]);
  expect(image.changes?.collectstatic?.runs).toBe("never");
  const built = read("dokku", { ...web, Dockerfile, ".buildpacks": "" });
  expect(built.processes.map(({ command }) => command)).toEqual(["gunicorn shop.wsgi"]);
});

test("Dokku's app.json: variables, steps and the health check", () => {
  const app = {
    env: { A: "1", B: { generator: "secret" }, C: { required: false }, D: { required: true } },
    scripts: { dokku: { predeploy: "p", postdeploy: "q" }, postdeploy: "r" },
    healthchecks: { web: [{ uptime: 5 }, { path: "/healthz", httpHeaders: [{ name: "Host", value: "x" }] }] },
  };
  const found = read("dokku", { ...web, "app.json": JSON.stringify(app) });
  expect(found.env.map(({ name, value, from }) => [name, value ?? from])).toEqual([
    ["A", "1"],
    ["B", "generated"],
    ["D", "secret"],
  ]);
  expect(found.steps.map(({ phase, command }) => `${phase} ${command}`)).toEqual([
    "release p",
    "release q",
    "release r",
  ]);
  expect(found.changes?.health).toMatchObject({ kind: "http", path: "/healthz", headers: { Host: "x" } });
});

const spec = `name: shop
envs:
- {key: A, value: x, scope: BUILD_TIME}
services:
- name: front
  environment_slug: node-js
  run_command: npm start
- name: api
  source_dir: /backend
  build_command: make
  run_command: gunicorn shop.wsgi
  http_port: 9000
  health_check: {http_path: /healthz}
  envs:
  - {key: B, type: SECRET, value: "EV[1:x]"}
  - {key: C, value: "\${db.DATABASE_URL}", scope: RUN_TIME}
workers:
- {name: queue, source_dir: backend, run_command: celery -A shop worker}
jobs:
- {name: m, kind: PRE_DEPLOY, source_dir: backend, run_command: python manage.py migrate}
- {name: f, kind: FAILED_DEPLOY, run_command: ./tell.sh}
databases:
- {name: db, engine: PG}
`;

test("an app spec: service, worker, jobs, databases, scopes, port and health check", () => {
  const found = read("digitalocean", { ".do/app.yaml": spec }, "backend");
  expect(found.folder).toBe("backend");
  expect(found.processes.map(({ name, command, folder }) => [name, command, folder])).toEqual([
    ["web", "gunicorn shop.wsgi", "backend"],
    ["worker", "celery -A shop worker", "backend"],
  ]);
  expect(found.steps.map(({ phase, command }) => `${phase} ${command}`)).toEqual([
    "build make",
    "release python manage.py migrate",
  ]);
  expect(found.env.map(({ name, value, from, scope }) => [name, value ?? from, scope])).toEqual([
    ["A", "x", "build"],
    ["B", "secret", "both"],
    ["C", "service", "run"],
  ]);
  expect(found.services).toMatchObject([{ kind: "postgres", name: "db" }]);
  expect(found.changes).toMatchObject({
    injects: { PORT: "9000" },
    port: { number: 9000, declared: { key: "http_port", at: { line: 12 } } },
    health: { kind: "http", path: "/healthz" },
  });
  expect(found.problems).toEqual([]);
});

test("a template holds its spec below a key; a Dockerfile wins over the buildpack", () => {
  const found = read("digitalocean", {
    ".do/deploy.template.yaml": "spec:\n  services:\n  - {name: web, run_command: gunicorn shop.wsgi}\n",
    Dockerfile: "FROM python:3.13\nCOPY . /app\nWORKDIR /app\nCMD runserver\n",
  });
  expect(found.manifests).toEqual([".do/deploy.template.yaml", "Dockerfile"]);
  expect(found.processes.map(({ command }) => command)).toEqual(["gunicorn shop.wsgi"]);
});

test.each([
  [
    "services:\n- {name: a, dockerfilepath: x}\n",
    "services[0].dockerfilepath is no key that App Platform knows; dockerfile_path is one",
  ],
  [
    "services:\n- {name: a, envs: [{key: A, scope: RUN}]}\n",
    'services[0].envs[0].scope is "RUN", and App Platform takes "UNSET", "RUN_TIME", "BUILD_TIME", "RUN_AND_BUILD_TIME"',
  ],
  [
    "jobs:\n- {name: a, kind: PREDEPLOY}\n",
    'jobs[0].kind is "PREDEPLOY", and App Platform takes "UNSPECIFIED", "PRE_DEPLOY", "POST_DEPLOY", "FAILED_DEPLOY", "SCHEDULED"',
  ],
])("a mistake in a spec: %j", (text, message) => {
  expect(read("digitalocean", { ".do/app.yaml": text }).problems?.map((one) => one.message)).toEqual([
    message,
  ]);
});

test("CapRover: lines of a Dockerfile have their place in the definition", () => {
  const lines = ["FROM python:3.13", "COPY . /app", "WORKDIR /app", "CMD gunicorn shop.wsgi"];
  const text = `{\n  "schemaVersion": 2,\n  "dockerfileLines": [\n${lines.map((line) => `    "${line}"`).join(",\n")}\n  ]\n}\n`;
  const found = read("caprover", { "captain-definition": text });
  expect(found.processes).toMatchObject([
    { name: "web", command: "gunicorn shop.wsgi", at: { file: "captain-definition", line: 7 } },
  ]);
  expect(found.python).toMatchObject({ version: "3.13", at: { line: 4 } });
  expect(found.problems).toEqual([]);
});

test.each([
  ['{"schemaVersion": 2, "dockerfilePath": "./Dockerfile"}', []],
  ['{"schemaVersion": 2, "imageName": "nginx"}', []],
  ['{"dockerfilePath": "./Dockerfile"}', ["schemaVersion is missing, and CapRover builds 2 only"]],
  [
    '{"schemaVersion": 2}',
    [
      "CapRover takes exactly one of templateId, imageName, dockerfilePath, dockerfileLines, and captain-definition has none of them",
    ],
  ],
  [
    '{"schemaVersion": 2, "dockerfilePath": "../Dockerfile"}',
    [
      'dockerfilePath is "../Dockerfile", and CapRover refuses a file outside the folder of captain-definition',
    ],
  ],
  ["{", ["captain-definition is not valid JSON"]],
])("%s is judged as CapRover does", (text, messages) => {
  const { problems } = read("caprover", {
    "captain-definition": text,
    Dockerfile: "FROM python:3.13\nCMD x\n",
  });
  expect(problems?.map(({ message }) => message)).toEqual(messages);
});

test("Koyeb: a Dockerfile beside the Procfile leaves open which is built", () => {
  const Dockerfile = "FROM python:3.13\nCMD gunicorn shop.wsgi\n";
  expect(read("koyeb", { ...web, Dockerfile }).processes[0]?.onlyIf).toContain("by buildpack");
  expect(read("koyeb", { Dockerfile }).manifests).toEqual(["Dockerfile"]);
});

test("scalingo.json: variables, add-ons with their alias, scripts", () => {
  const text = JSON.stringify({
    env: { A: { value: "1" }, B: { generator: "secret" } },
    addons: [{ plan: "postgresql:postgresql-starter-512" }],
    scripts: { "first-deploy": "x", postdeploy: "y" },
  });
  const found = read("scalingo", { ...web, "scalingo.json": text });
  expect(found.env.map(({ name }) => name)).toEqual(["A", "B", "DATABASE_URL", "SCALINGO_POSTGRESQL_URL"]);
  expect(found.services).toMatchObject([{ kind: "postgres" }]);
  expect(found.steps.map(({ command }) => command)).toEqual(["x", "y"]);
  expect(found.problems?.map(({ kind }) => kind)).toEqual(["deprecated"]);
});
