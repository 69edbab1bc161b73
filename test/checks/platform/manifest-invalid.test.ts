import { expect, test } from "vitest";
import check from "../../../src/checks/platform/manifest-invalid.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const judge = async (files: Record<string, string>, platform: string) =>
  brief(await runOn(check, settingsOnly("DEBUG = False", files), { platform }));

const blueprint = (lines: string) =>
  `services:\n  - type: web\n    name: shop\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n${lines}`;
const onRender = (lines: string) => judge({ "render.yaml": blueprint(lines) }, "render");

test("YAML that cannot be read is an error", async () => {
  expect(await judge({ "render.yaml": "services: [\n" }, "render")).toEqual([
    expect.stringMatching(/^error certain render\.yaml:\d+:\d+ render\.yaml is not valid YAML$/),
  ]);
});

test.each<[string, string]>([
  [
    "    healthcheckPath: /healthz\n",
    "warning certain render.yaml:6:22 services[0].healthcheckPath is no key that Render knows; healthCheckPath is one",
  ],
  [
    "    numInstances: two\n",
    "warning certain render.yaml:6:19 services[0].numInstances holds a text, and Render takes a number",
  ],
  ["    autoDeploy: false\n", "info certain render.yaml:6:17 services[0].autoDeploy is an old name"],
  [
    "    envVars:\n      - key: DATABASE_URL\n        fromDatabase: {name: db, property: connectionString}\n",
    'warning certain render.yaml:8:30 DATABASE_URL comes from the database "db", which the Blueprint does not define',
  ],
  [
    "envVarGroups:\n  - name: all\n    envVars:\n      - {key: TOKEN, sync: false}\n",
    "warning certain render.yaml:9:28 TOKEN of the group all has sync, which Render takes in a service alone",
  ],
  [
    "  - type: database\n    name: db\n",
    'warning certain render.yaml:6:11 services[1].type is "database", and Render takes "web", "pserv", "worker", "cron", "keyvalue", "redis"',
  ],
])("%s", async (lines, finding) => {
  expect(await onRender(lines)).toEqual([finding]);
});

test("a whole Blueprint, as the reference has its keys, is right", async () => {
  const lines = `    plan: starter
    region: frankfurt
    rootDir: ""
    buildCommand: pip install -r requirements.txt
    preDeployCommand: python manage.py migrate
    healthCheckPath: /healthz
    autoDeployTrigger: checksPass
    maxShutdownDelaySeconds: 60
    domains: [shop.example.com]
    disk: {name: media, mountPath: /var/media, sizeGB: 1}
    scaling: {minInstances: 1, maxInstances: 3, targetCPUPercent: 60}
    buildFilter: {paths: [shop/**], ignoredPaths: []}
    envVars:
      - {key: PYTHON_VERSION, value: 3.13.2}
      - {key: SECRET_KEY, generateValue: true}
      - {key: MAIL_KEY, sync: false}
      - {key: DATABASE_URL, fromDatabase: {name: db, property: connectionString}}
      - {key: REDIS_URL, fromService: {type: keyvalue, name: cache, property: connectionString}}
      - fromGroup: all
  - {type: keyvalue, name: cache, plan: free, maxmemoryPolicy: noeviction, ipAllowList: []}
  - {type: cron, name: sweep, runtime: python, schedule: "0 2 * * *", startCommand: python manage.py clearsessions}
databases:
  - {name: db, plan: free, postgresMajorVersion: "17", databaseName: shop, user: shop, ipAllowList: []}
envVarGroups:
  - {name: all, envVars: [{key: LANG, value: C.UTF-8}]}
previews: {generation: "off"}
`;
  expect(await onRender(lines)).toEqual([]);
});

test.each<[string, Record<string, string>, string]>([
  [
    "a colon with a blank",
    { Procfile: 'web: gunicorn shop.wsgi --log-format "time: %(t)s"\n' },
    'error certain Procfile:1:6 Procfile is read as YAML, and the entry web is not valid: a ": " inside the command begins a mapping',
  ],
  [
    "a quoted first word",
    { Procfile: 'web: "gunicorn" shop.wsgi\n' },
    "error certain Procfile:1:17 Procfile is read as YAML, and the entry web is not valid: a quote at its beginning has to close at the end of the line",
  ],
  [
    "a comment inside quotes",
    { Procfile: 'web: gunicorn shop.wsgi --name "shop #1"\n' },
    'error certain Procfile:1:6 Procfile is read as YAML, where " #" ends the command of web inside its quotes',
  ],
  [
    "railpack.json of another type",
    { "railpack.json": '{"deploy": {"startCommand": ["gunicorn", "shop.wsgi"]}}' },
    "error certain railpack.json:1:29 deploy.startCommand holds a list, and Railpack takes a text",
  ],
  [
    "another language first",
    { Gemfile: 'gem "sass"\n', "railpack.json": "{}" },
    "warning certain Gemfile:1:1 Railpack takes the root of the repository for a Ruby project, and installs no Python",
  ],
])("on Railway: %s", async (_name, files, finding) => {
  expect(await judge(files, "railway")).toEqual([finding]);
});

test("what Railpack's JSON allows is no mistake", async () => {
  const config = '{\n  // the server\n  "deploy": { "StartCommand": "gunicorn shop.wsgi", },\n}\n';
  expect(await judge({ "railpack.json": config }, "railway")).toEqual([]);
});

test("railway.json ends on a day", async () => {
  const config = '{"build": {"builder": "RAILPACK"}, "deploy": {"startCommand": "gunicorn shop.wsgi"}}';
  expect(await judge({ "railway.json": config }, "railway")).toEqual([
    "warning certain railway.json:1:1 Railway stops reading railway.json on 2026-12-01, and a service that is created now does not read it at all",
  ]);
});

test.each<[string, Record<string, string>, string]>([
  [
    "Node is asked first",
    { "package.json": "{}" },
    "error certain package.json:1:1 package.json makes Nixpacks build a Node project, and install no Python",
  ],
  [
    "a phase of another type",
    { "nixpacks.toml": '[phases.build]\ncmds = "make"\n' },
    "error certain nixpacks.toml:2:1 phases.build.cmds holds a text, and Nixpacks takes a list",
  ],
  [
    "a release line",
    {
      Procfile: "web: gunicorn shop.wsgi\nrelease: python manage.py migrate\n",
      "requirements.txt": "django\n",
    },
    "warning certain Procfile:2:10 Nixpacks runs the release line of Procfile while it builds, where there is no database",
  ],
])("on Coolify: %s", async (_name, files, finding) => {
  expect(await judge(files, "coolify")).toEqual([finding]);
});

test("Node beside Python is right where nixpacks.toml says so", async () => {
  const files = { "package.json": "{}", "nixpacks.toml": 'providers = ["node", "python"]\n' };
  expect(await judge(files, "coolify")).toEqual([]);
});

test("without a manifest it does not apply", async () => {
  const result = await runOn(check, settingsOnly("DEBUG = False", {}), { platform: "render" });
  expect(result.status).toBe("skipped");
});
