import { expect, test } from "vitest";
import { isCompose, looksLikeProduction, readCompose } from "../../../src/platforms/manifests/compose.ts";
import { readHerokuYml } from "../../../src/platforms/manifests/heroku-yml.ts";
import { readRenderYaml } from "../../../src/platforms/manifests/render-yaml.ts";
import { readYaml } from "../../../src/platforms/manifests/tree-yaml.ts";

test("scalars as written, with their places", () => {
  const { root } = readYaml(
    "a.yaml",
    'a: False\nb: "x y"\nc: |\n  one\n  two\nd: >-\n  one\n  two\ne:\nf: 010\n',
  );
  expect(["a", "b", "c", "d", "e", "f"].map((key) => root.get(key).text)).toEqual([
    "False",
    "x y",
    "one\ntwo\n",
    "one two",
    undefined,
    "010",
  ]);
  expect(root.get("b").at).toEqual({ file: "a.yaml", line: 2, column: 4, endLine: 2, endColumn: 9 });
  expect(root.get("x").get("y").items).toEqual([]);
});

test("aliases and merge keys", () => {
  const { root } = readYaml("a.yaml", "base: &base {x: 1, y: 2}\none:\n  <<: *base\n  y: 3\ntwo: *base\n");
  expect(root.get("one").get("x").text).toBe("1");
  expect(root.get("one").get("y").text).toBe("3");
  expect(root.get("two").get("y").text).toBe("2");
});

const bomb = [
  "a: &a [x]",
  ..."bcdefghij".split("").map((name, i) => {
    const before = "abcdefghij"[i];
    return `${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`;
  }),
  "services: *j",
].join("\n");

test.each([
  ["an alias bomb", bomb],
  ["an alias of itself", "a: &a\n  <<: *a\n  services: *a\n"],
  ["deep nesting", "[".repeat(50_000)],
  ["deep nesting in blocks", "- ".repeat(50_000)],
  ["deep nesting by keys", Array.from({ length: 600 }, (_, i) => `${" ".repeat(i)}a:\n`).join("")],
  ["no YAML", "a: b: c\n\t- : ]["],
  ["a list", "- a\n- b\n"],
  ["nothing", ""],
  ["wrong types", "services: 3\nenvVars: x\nbuild: [1]\nrun: [2]\n"],
  [
    "wrong types inside",
    "services:\n  - 3\n  - type: web\n    runtime: python\n    startCommand: [1]\n    envVars: {a: b}\n",
  ],
])("%s is survived", (_name, text) => {
  const started = performance.now();
  expect(readRenderYaml("render.yaml", text, "").processes).toEqual([]);
  expect(readCompose("compose.yml", text).web?.command).toBeUndefined();
  expect(readHerokuYml("heroku.yml", text).processes).toEqual([]);
  expect(performance.now() - started).toBeLessThan(2000);
});

const blueprint = `
databases:
  - name: db
services:
  - type: web
    name: site
    runtime: static
    buildCommand: npm run build
  - type: web
    runtime: python
    name: shop
    rootDir: backend/
    buildCommand: "./build.sh"
    preDeployCommand: python manage.py migrate
    startCommand: "gunicorn shop.wsgi"
    disk: {name: data, mountPath: /data}
    envVars:
      - key: DATABASE_URL
        fromDatabase: {name: db, property: connectionString}
      - key: DEBUG
        value: False
      - key: SECRET_KEY
        generateValue: true
      - fromGroup: more
  - type: worker
    runtime: python
    startCommand: celery -A shop worker
envVarGroups:
  - name: more
    envVars:
      - key: LOG_LEVEL
        value: info
`;

test("render.yaml", () => {
  const read = readRenderYaml("render.yaml", blueprint, "backend");
  expect(read.processes).toMatchObject([
    { name: "web", command: "gunicorn shop.wsgi", folder: "backend", at: { line: 15, column: 19 } },
    { name: "worker", command: "celery -A shop worker" },
  ]);
  expect(read.env.map(({ name, value }) => [name, value])).toEqual([
    ["DATABASE_URL", undefined],
    ["DEBUG", "False"],
    ["SECRET_KEY", undefined],
    ["LOG_LEVEL", "info"],
  ]);
  expect(read.steps.map(({ phase, command }) => [phase, command])).toEqual([
    ["build", "./build.sh"],
    ["release", "python manage.py migrate"],
  ]);
  expect(read.disk).toBe("persistent");
});

test("render.yaml with an image, and with projects", () => {
  const docker = "services:\n  - type: web\n    env: docker\n    dockerfilePath: ./docker/Dockerfile\n";
  expect(readRenderYaml("render.yaml", docker, "").dockerfile).toEqual({
    path: "./docker/Dockerfile",
    folder: "",
  });
  const project =
    "projects:\n- environments:\n  - services:\n    - {type: web, runtime: python, startCommand: gunicorn a.wsgi}\n";
  expect(readRenderYaml("render.yaml", project, "").processes).toMatchObject([
    { command: "gunicorn a.wsgi" },
  ]);
});

test("a compose file's web service", () => {
  const text = `
services:
  db: {image: "postgres:17"}
  django: &django
    build: {context: ., dockerfile: ./compose/production/django/Dockerfile, target: prod}
    command: /start
    environment:
      DJANGO_SETTINGS_MODULE: config.settings.production
      SECRET: \${SECRET}
  worker:
    <<: *django
    command: celery -A config worker
`;
  const { web } = readCompose("compose.production.yml", text);
  expect(web).toMatchObject({
    name: "django",
    command: { text: "/start" },
    build: { context: ".", dockerfile: "./compose/production/django/Dockerfile", target: "prod" },
  });
  expect(web?.env.map(({ name, value }) => [name, value])).toEqual([
    ["DJANGO_SETTINGS_MODULE", "config.settings.production"],
    ["SECRET", undefined],
  ]);
});

test("a command in words, the environment as a list", () => {
  const text = `services:\n  api:\n    image: x\n    command: ["gunicorn", "a b.wsgi"]\n    environment: ["DEBUG=0", "TOKEN"]\n`;
  const { web } = readCompose("compose.yml", text);
  expect(web?.command?.text).toBe("gunicorn 'a b.wsgi'");
  expect(web?.env.map(({ name, value }) => [name, value])).toEqual([
    ["DEBUG", "0"],
    ["TOKEN", undefined],
  ]);
});

test.each([
  ["docker-compose.prod.yml", true],
  ["compose.production.yaml", true],
  ["production.yml", true],
  ["prod.docker-compose.yml", true],
  ["docker-compose.yml", false],
  ["docker-compose.products.yml", false],
  ["local.yml", false],
  ["settings.production.yml", false],
])("%s is for production: %s", (path, expected) => {
  expect(looksLikeProduction(path)).toBe(expected);
  if (expected) expect(isCompose(path)).toBe(true);
});

test("heroku.yml", () => {
  const text = `setup:\n  config: {DEBUG: "0"}\nbuild:\n  docker:\n    web: Dockerfile\nrelease:\n  image: web\n  command:\n    - python manage.py migrate\nrun:\n  web: gunicorn shop.wsgi\n`;
  const read = readHerokuYml("heroku.yml", text);
  expect([...read.images]).toEqual([["web", "Dockerfile"]]);
  expect(read.processes).toMatchObject([{ name: "web", command: "gunicorn shop.wsgi" }]);
  expect(read.steps).toMatchObject([{ phase: "release", command: "python manage.py migrate" }]);
  expect(read.env).toMatchObject([{ name: "DEBUG", value: "0" }]);
});
