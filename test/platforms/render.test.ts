import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { render } from "../../src/platforms/render.ts";
import { factOf } from "../support/facts.ts";

const web = (lines: string, runtime = "python") =>
  `services:\n  - type: web\n    name: shop\n    runtime: ${runtime}\n    startCommand: gunicorn shop.wsgi\n${lines}`;
const read = (blueprint: string, files: Record<string, string> = {}, folder = "") =>
  render.read(memoryFiles({ "render.yaml": blueprint, ...files }), folder);

test("where the values of variables come from", () => {
  const { env } = read(
    web(`    envVars:
      - {key: PLAIN, value: 4}
      - {key: SECRET_KEY, generateValue: true}
      - {key: MAIL_KEY, sync: false}
      - {key: DATABASE_URL, fromDatabase: {name: db, property: connectionString}}
      - {key: REDIS_URL, fromService: {type: keyvalue, name: cache, property: connectionString}}
      - {key: EMPTY}
`),
  );
  expect(env.map(({ name, value, from }) => [name, value, from])).toEqual([
    ["PLAIN", "4", undefined],
    ["SECRET_KEY", undefined, "generated"],
    ["MAIL_KEY", undefined, "secret"],
    ["DATABASE_URL", undefined, "service"],
    ["REDIS_URL", undefined, "service"],
    ["EMPTY", undefined, undefined],
  ]);
});

test("databases and key-value stores are services, in projects too", () => {
  const blueprint = `projects:
  - name: shop
    environments:
      - name: production
        databases: [{name: db}]
        services:
          - {type: web, name: shop, runtime: python, startCommand: gunicorn shop.wsgi}
          - {type: redis, name: cache}
`;
  const { services, processes, problems } = read(blueprint);
  expect(services).toMatchObject([
    { kind: "postgres", name: "db" },
    { kind: "redis", name: "cache" },
  ]);
  expect(processes[0]?.command).toBe("gunicorn shop.wsgi");
  expect(problems).toEqual([]);
});

test("a health check path, a disk and a root directory change what Render does", () => {
  const { changes, folder } = read(
    web(
      "    rootDir: ./backend/\n    healthCheckPath: /healthz\n    disk: {name: d, mountPath: /data, sizeGB: 1}\n",
    ),
  );
  expect(changes).toMatchObject({
    disk: "persistent",
    health: { kind: "http", path: "/healthz", accepts: undefined },
  });
  expect(folder).toBe("backend");
});

test("without a path Render only connects", () => {
  expect(read(web("")).changes?.health).toMatchObject({ kind: "tcp", path: undefined });
});

test("an image has no Python of Render's, and no gunicorn that is told where to listen", () => {
  const { changes } = read(web("", "docker"), {
    Dockerfile: 'FROM python:3.13\nCMD ["gunicorn", "shop.wsgi"]\n',
  });
  expect(changes?.injects).not.toHaveProperty("GUNICORN_CMD_ARGS");
  expect(changes?.injects).toHaveProperty("RENDER", "true");
});

test.each<[string, string | undefined]>([
  ["3.13.2", undefined],
  ["3.13", 'render.yaml sets $PYTHON_VERSION to "3.13", and the form is "3.13.2", with the patch version'],
  [
    "python-3.13.2",
    'render.yaml sets $PYTHON_VERSION to "python-3.13.2", and the form is "3.13.2", with the patch version',
  ],
])("PYTHON_VERSION %s", async (version, problem) => {
  const { chosen } = await factOf("pythonVersions", {
    "manage.py": "import django\n",
    "render.yaml": web(`    envVars:\n      - {key: PYTHON_VERSION, value: ${version}}\n`),
  });
  expect(chosen).toMatchObject({ file: "$PYTHON_VERSION", text: version });
  expect(chosen?.problem).toBe(problem);
});
