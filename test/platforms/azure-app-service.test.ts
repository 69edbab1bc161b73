import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { azureAppService } from "../../src/platforms/azure-app-service.ts";
import { choosePlatforms } from "../../src/platforms/index.ts";

const project = { "manage.py": "", "shop/wsgi.py": "", "requirements.txt": "Django==5.2\n" };
const read = (files: Record<string, string>, folder = "") =>
  azureAppService.read(memoryFiles({ ...project, ...files }), folder);
const started = (files: Record<string, string>, folder = "") =>
  read(files, folder).processes.map(
    ({ command, source }) => `${command.replace(/^GUNICORN_CMD_ARGS="[^"]*" /, "")} (${source})`,
  );

const bicep = (config: string) =>
  `resource web 'Microsoft.Web/sites@2024-04-01' = {\n  properties: {\n    siteConfig: {\n${config}\n    }\n  }\n}\n`;
const workflow = (more = "") =>
  `jobs:\n  deploy:\n    steps:\n      - uses: azure/webapps-deploy@v3\n        with:\n          app-name: shop\n${more}`;

test.each<[string, Record<string, string>]>([
  [".deployment", { ".deployment": "[config]\n" }],
  ["azure.yaml", { "azure.yaml": "services:\n  web: {project: ., language: py, host: appservice}\n" }],
  ["the action", { ".github/workflows/main.yml": workflow() }],
  ["Azure Pipelines", { "azure-pipelines.yml": "steps:\n- task: AzureWebApp@1\n" }],
  ["Bicep", { "infra/web.bicep": bicep("linuxFxVersion: 'PYTHON|3.12'") }],
  ["its host name", { "shop/settings.py": 'ALLOWED_HOSTS = [os.environ["WEBSITE_HOSTNAME"]]\n' }],
])("%s shows it", (_name, files) => {
  const chosen = choosePlatforms(memoryFiles({ ...project, ...files }), "");
  expect(chosen.map(({ platform }) => platform.id)).toEqual(["azure-app-service"]);
});

test.each<[string, Record<string, string>]>([
  ["azure.yaml for Container Apps", { "azure.yaml": "services:\n  web: {project: ., host: containerapp}\n" }],
  [
    "Bicep of something else",
    { "infra/db.bicep": "resource db 'Microsoft.DBforPostgreSQL/flexibleServers@2024' = {}\n" },
  ],
  ["a remark", { ".github/workflows/main.yml": "# uses: azure/webapps-deploy@v3\n" }],
])("%s does not", (_name, files) => {
  expect(azureAppService.detect(memoryFiles({ ...project, ...files }), "")).toBeUndefined();
});

test("Django: the first folder by name that has a wsgi.py", () => {
  expect(started({})).toEqual(["gunicorn shop.wsgi (Oryx's detection of Django)"]);
  expect(started({ "archive/wsgi.py": "", "antenv/wsgi.py": "" })).toEqual([
    "gunicorn archive.wsgi (Oryx's detection of Django)",
  ]);
});

const bare = { "shop/wsgi.py": "x", "manage.py": "" };
const others = (files: Record<string, string>) => {
  const { "shop/wsgi.py": _, ...rest } = { ...bare, "requirements.txt": "", ...files };
  return azureAppService
    .read(memoryFiles(rest), "")
    .processes.map(({ command }) => command.replace(/^.*" gunicorn /, ""));
};

test("FastAPI from Python 3.14 on, then Flask; nothing else", () => {
  const main = { "main.py": "from fastapi import FastAPI\napp = FastAPI()\n" };
  const version = (text: string) => ({ "infra/web.bicep": bicep(`linuxFxVersion: 'PYTHON|${text}'`) });
  expect(others({ ...main, ...version("3.14") })).toEqual(["-k uvicorn_worker.UvicornWorker main:app"]);
  expect(others({ ...main, ...version("3.13") })).toEqual([]);
  expect(others({ "app.py": "", "run.py": "" })).toEqual(["app:app"]);
  expect(others({})).toEqual([]);
});

test("a startup file is read where a file names it, and named as unread where none does", () => {
  const startup = { "startup.sh": "gunicorn shop.wsgi\n" };
  const named = read({ ...startup, "infra/web.bicep": bicep("appCommandLine: 'startup.sh'") });
  expect(named.processes).toMatchObject([
    { command: "sh startup.sh", source: "the Startup Command in infra/web.bicep", at: { line: 4 } },
  ]);
  expect(named.unread).toEqual([]);
  const unnamed = read(startup);
  expect(unnamed.unread).toEqual(["startup.sh"]);
  expect(unnamed.processes).toMatchObject([
    { onlyIf: "the Startup Command of the web app is not startup.sh" },
  ]);
});

test.each<[string, Record<string, string>]>([
  [
    "a workflow",
    { ".github/workflows/main.yml": workflow("          startup-command: gunicorn store.wsgi\n") },
  ],
  ["Bicep", { "infra/web.bicep": bicep("appCommandLine: 'gunicorn store.wsgi'") }],
  [
    "Terraform",
    {
      "infra/main.tf":
        'resource "azurerm_linux_web_app" "web" {\n  site_config {\n    app_command_line = "gunicorn store.wsgi"\n  }\n}\n',
    },
  ],
  [
    "a template",
    {
      "azuredeploy.json":
        '{"resources": [{"type": "Microsoft.Web/sites", "properties": {"siteConfig": {"appCommandLine": "gunicorn store.wsgi"}}}]}',
    },
  ],
])("the Startup Command of %s", (_name, files) => {
  expect(read(files).processes).toMatchObject([{ name: "web", command: "gunicorn store.wsgi" }]);
});

test.each([
  ["infra/web.bicep", bicep("linuxFxVersion: 'PYTHON|3.12'")],
  [
    "infra/main.tf",
    'resource "azurerm_linux_web_app" "web" {\n  application_stack {\n    python_version = "3.12"\n  }\n}\n',
  ],
])("the Python of %s", (path, text) => {
  expect(read({ [path]: text }).python).toMatchObject({ version: "3.12", at: { file: path } });
});

test.each<[string, Record<string, string>, string | undefined]>([
  ["with requirements.txt that names Django", {}, undefined],
  ["with requirements.txt that does not", { "requirements.txt": "flask\n" }, "never"],
  [
    "where nothing is built",
    { ".deployment": "[config]\nSCM_DO_BUILD_DURING_DEPLOYMENT = false\n" },
    "never",
  ],
  ["where a workflow brings what it built", { ".github/workflows/main.yml": workflow() }, "unknown"],
  [
    "where a workflow lets Azure build",
    { ".github/workflows/main.yml": workflow("env:\n  SCM_DO_BUILD_DURING_DEPLOYMENT: true\n") },
    undefined,
  ],
])("collectstatic %s", (_name, files, runs) => {
  expect(read(files).changes?.collectstatic?.runs).toBe(runs);
});

test("what is deployed from a folder", () => {
  const files = { "web/requirements.txt": "django\n", "web/manage.py": "", "web/store/wsgi.py": "" };
  for (const told of [
    { ".deployment": "[config]\nproject = web\n" },
    { "azure.yaml": "services:\n  web: {project: ./web, language: python, host: appservice}\n" },
    { ".github/workflows/main.yml": workflow("          package: web\n") },
  ]) {
    expect(read({ ...files, ...told })).toMatchObject({ folder: "web", processes: [{ folder: "web" }] });
  }
  expect(
    read({ ...files, ".github/workflows/main.yml": workflow("          package: ./release.zip\n") }).folder,
  ).toBe("");
});
