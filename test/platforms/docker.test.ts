import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { docker } from "../../src/platforms/docker.ts";

const dockerfile =
  'FROM python:3.13\nWORKDIR /app\nCOPY . .\nEXPOSE 8000\nCMD ["gunicorn", "--bind", ":8000", "shop.wsgi"]\n';
const read = (files: Record<string, string>, folder = "") => docker.read(memoryFiles(files), folder);
const detect = (files: Record<string, string>) => docker.detect(memoryFiles(files), "");
const production = (web: string, rest = "") => ({
  Dockerfile: dockerfile,
  "docker-compose.prod.yml": `services:\n  web:\n    build: .\n${web}${rest}`,
});

test("an image by itself: its ports, its base, what it installs", () => {
  const { image, exposes, manifests } = read({ Dockerfile: dockerfile });
  expect(manifests).toEqual(["Dockerfile"]);
  expect(image).toMatchObject({ path: "Dockerfile", base: { name: "python:3.13", version: "3.13" } });
  expect(exposes).toMatchObject([{ key: "EXPOSE", port: 8000, at: { line: 4 } }]);
});

test("an image that is named after production comes first", () => {
  expect(read({ Dockerfile: dockerfile, "Dockerfile.prod": dockerfile }).manifests).toEqual([
    "Dockerfile.prod",
  ]);
});

test.each([
  [
    "a name for production",
    { "compose.production.yml": "services:\n  web: {build: .}\n" },
    "compose.production.yml is there",
  ],
  [
    "a workflow that goes to a server",
    {
      "docker-compose.yml": "services:\n  web: {build: .}\n",
      ".github/workflows/deploy.yml": "run: ssh me@host 'docker compose up -d --build'\n",
    },
    ".github/workflows/deploy.yml starts docker-compose.yml",
  ],
  [
    "a script, with the file that it names",
    {
      "docker-compose.yml": "services:\n  web: {build: .}\n",
      "docker-compose.live.yml": "services:\n  web: {build: .}\n",
      "scripts/deploy.sh": "docker-compose -f docker-compose.live.yml up -d\n",
    },
    "scripts/deploy.sh starts docker-compose.live.yml",
  ],
  [
    "a workflow that names it, whatever it is called",
    {
      "docker-compose.yml": "services:\n  web: {build: .}\n",
      "prod.yml": "services:\n  web: {build: .}\n",
      ".github/workflows/deploy.yml": "run: ssh me@host 'docker compose -f prod.yml -f prod.dev.yml up -d'\n",
    },
    ".github/workflows/deploy.yml starts prod.yml",
  ],
])("a compose file is deployed by %s", (_name, files, because) => {
  expect(detect(files)).toEqual({ kind: "shared", because });
});

test.each<[string, Record<string, string>]>([
  ["a compose file for development", { "docker-compose.yml": "services:\n  web: {build: .}\n" }],
  [
    "a workflow that starts it for tests",
    {
      "docker-compose.yml": "services:\n  web: {build: .}\n",
      ".github/workflows/test.yml": "run: docker compose up -d && pytest\n",
    },
  ],
  ["a Procfile beside the image", { Dockerfile: dockerfile, Procfile: "web: gunicorn shop.wsgi\n" }],
])("%s shows nothing", (_name, files) => {
  expect(detect(files)).toBeUndefined();
});

test("ports, instances, disk and health of a compose file", () => {
  const { exposes, processes, changes } = read(
    production(
      `    ports: ["80:9000", {target: 9001, published: 443}]
    deploy: {replicas: 3}
    volumes: ["media:/app/media"]
    healthcheck:
      test: ["CMD", "curl", "-f", "-H", "Host: shop.example.com", "http://localhost:9000/up?x=1"]
`,
    ),
  );
  expect(exposes).toMatchObject([
    { key: "ports", port: 9000 },
    { key: "ports", port: 9001 },
  ]);
  expect(processes).toMatchObject([{ name: "web", instances: 3 }]);
  expect(changes).toMatchObject({
    disk: "persistent",
    health: {
      kind: "http",
      path: "/up",
      host: "localhost",
      port: 9000,
      accepts: [200, 399],
      headers: { Host: "shop.example.com" },
    },
  });
});

test("nothing of a container outlives a deployment without a volume", () => {
  expect(read(production("")).changes).toMatchObject({ disk: "ephemeral", health: { kind: "none" } });
  expect(read({ Dockerfile: dockerfile }).changes?.disk).toBeUndefined();
});

test("the other services of the same image are processes, and one that has to end first is a step", () => {
  const { processes, steps } = read(
    production(
      "    depends_on: {migrate: {condition: service_completed_successfully}}\n",
      `  migrate: {build: ., command: python manage.py migrate}
  worker: {build: ., command: celery -A shop worker}
  debug: {build: ., command: sleep 1, profiles: [debug]}
  db: {image: "postgres:17"}
`,
    ),
  );
  expect(processes.map(({ name, command }) => [name, command])).toEqual([
    ["web", "gunicorn --bind :8000 shop.wsgi"],
    ["worker", "celery -A shop worker"],
  ]);
  expect(steps).toMatchObject([{ phase: "release", command: "python manage.py migrate" }]);
});

test("a command is filled in by compose and read by no shell; an entry point of its own drops the image's command", () => {
  const command = (text: string) => read(production(text)).processes[0]?.command;
  expect(command("    command: gunicorn --bind :$" + "{PORT:-9000} shop.wsgi && echo\n")).toBe(
    "gunicorn --bind :$" + "{PORT:-9000} shop.wsgi \\&\\& echo",
  );
  expect(command("    entrypoint: /start.sh\n")).toBe("/start.sh");
  expect(command('    entrypoint: /start.sh\n    command: ["a", "b c"]\n')).toBe("/start.sh a 'b c'");
});

test("variables of a file, and a file that is not there", () => {
  const files = production('    env_file: [.env.web, {path: .env.secret}]\n    environment: {DEBUG: "0"}\n');
  const { env, envElsewhere } = read({ ...files, ".env.web": "DEBUG=1\nNAME=shop\n" });
  expect(env.map(({ name, value }) => [name, value])).toEqual([
    ["DEBUG", "1"],
    ["NAME", "shop"],
    ["DEBUG", "0"],
  ]);
  expect(envElsewhere).toBe(".env.secret");
});

test("a file that only adds to the default one is read with it", () => {
  const { processes, env } = read({
    Dockerfile: dockerfile,
    "docker-compose.yml":
      "services:\n  web:\n    build: .\n    command: gunicorn one.wsgi\n    environment: [A=1]\n",
    "docker-compose.prod.yml": "services:\n  web:\n    command: gunicorn two.wsgi\n    environment: [B=2]\n",
  });
  expect(processes).toMatchObject([{ command: "gunicorn two.wsgi", folder: "" }]);
  expect(env.map(({ name }) => name)).toEqual(["A", "B"]);
});

test.each([
  ['    volumes: [".:/app"]\n', 1],
  ['    volumes: ["./:/app/"]\n', 1],
  ['    volumes: ["./media:/app/media"]\n', 0],
  ['    volumes: ["code:/app"]\n', 0],
])("%j mounts the source over the image: %i", (text, count) => {
  const found = read(production(text)).problems?.filter(({ check }) => check === "dev-compose-in-production");
  expect(found).toHaveLength(count);
});
