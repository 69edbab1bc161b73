import type { ProjectFiles } from "../files/project-files.ts";
import { startOf } from "../location.ts";
import type { Process } from "./manifest.ts";
import { type AzureFiles, readAzureFiles } from "./manifests/azure-files.ts";
import { baseName } from "./paths.ts";
import type { DeploymentRead, Platform, PlatformRules, Sign } from "./platform.ts";
import { inside } from "./read-manifest.ts";
import { type CollectstaticRules, unknownHealthCheck } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/** PythonBashBuildSnippet.sh.tpl: for a manage.py in the folder and a requirements.txt that names Django. */
const collectstatic: CollectstaticRules = {
  runs: "automatic",
  failure: "warns",
  managePyDepth: 0,
  disabledBy: "DISABLE_COLLECTSTATIC",
};

/**
 * Azure App Service on Linux, which builds with Oryx. Unless said otherwise the facts are from microsoft/Oryx @d91d836
 * (2026-08-06): src/BuildScriptGenerator/Python/PythonBashBuildSnippet.sh.tpl and
 * src/startupscriptgenerator/src/python/{frameworks,scriptgenerator}.go; MicrosoftDocs/azure-docs @03fb93b
 * (2024-08-29), articles/app-service/configure-language-python.md.
 */
export const azureAppService: Platform = {
  id: "azure-app-service",
  name: "Azure App Service",
  docs: "https://learn.microsoft.com/azure/app-service/configure-language-python",
  factsAsOf: "2026-08-06, microsoft/Oryx @d91d836",
  detect,
  read: readAzure,
  injects: {
    PORT: undefined,
    HOST: "0.0.0.0",
    WEBSITE_HOSTNAME: undefined,
    WEBSITE_INSTANCE_ID: undefined,
    WEBSITE_SITE_NAME: undefined,
  },
  python: {
    // linuxFxVersion, a setting of the web app; runtime.txt is for the build alone.
    sources: ["manifest"],
    grammar: "heroku",
    fallback: "the version that the web app was made with",
    fallbackVersion: undefined,
    supported: [],
    misspellings: [],
    chosenIn: "the settings of the web app",
    declare: (version) =>
      `az webapp config set --name <app> --resource-group <group> --linux-fx-version "PYTHON|${version}"`,
  },
  packages: {
    sources: [
      { file: "requirements.txt", install: "python -m pip install --prefer-binary -r requirements.txt" },
      { file: "setup.py", install: "pip install ." },
      { file: "uv.lock", with: "pyproject.toml", install: "uv sync --active" },
      { file: "pyproject.toml", install: "poetry install --only main" },
    ],
    several: "first",
    none: "installs-nothing",
  },
  procfile: undefined,
  // App settings are variables of the build as well.
  buildSees: "all",
  collectstatic,
  start: {
    elsewhere: "the Startup Command of the web app",
    fix: (command) =>
      `az webapp config set --name <app> --resource-group <group> --startup-file "${command} --bind=0.0.0.0:$PORT"`,
    // "We install 'gunicorn' … when building the runtime images."
    provides: ["gunicorn"],
  },
  release: {
    name: "POST_BUILD_COMMAND",
    fix: (command) =>
      `az webapp config appsettings set --name <app> --resource-group <group> --settings POST_BUILD_COMMAND="${command}"`,
    keepsFiles: true,
    shell: true,
    elsewhere: "the app's settings on Azure",
  },
  // Azure-Samples/msdocs-django-postgresql-sample-app @75e65b9, startup.sh.
  port: { variable: "PORT", number: 8000, reachedFrom: "outside", otherPort: "elsewhere" },
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "unknown" },
  hosts: { validated: false, suffix: ".azurewebsites.net", variable: "WEBSITE_HOSTNAME" },
  health: unknownHealthCheck,
  // The Service Connector sets them; Azure-Samples/msdocs-django-postgresql-sample-app.
  database: {
    variable: undefined,
    others: [
      "AZURE_POSTGRESQL_CONNECTIONSTRING",
      "AZURE_POSTGRESQL_HOST",
      "AZURE_POSTGRESQL_NAME",
      "AZURE_POSTGRESQL_USER",
      "AZURE_POSTGRESQL_PASSWORD",
    ],
    scheme: undefined,
    fix: undefined,
  },
  // /home is kept. Where the app runs from depends on how it is packed.
  disk: "unknown",
};

function detect(files: ProjectFiles, folder: string): Sign | undefined {
  const { sign } = readAzureFiles(files);
  if (sign) return { kind: "own", because: `${sign.path} ${sign.says}` };
  const settings = settingsWrittenFor(
    files,
    folder,
    /["']WEBSITE_(?:HOSTNAME|SITE_NAME|INSTANCE_ID)["']|\.azurewebsites\.net\b|["']AZURE_POSTGRESQL_\w+["']/,
  );
  return settings === undefined
    ? undefined
    : { kind: "own", because: `${settings} is written for App Service` };
}

function readAzure(files: ProjectFiles, folder: string): DeploymentRead {
  const azure = readAzureFiles(files);
  const base = azure.folder ?? (buildsRoot(files) ? "" : folder);
  const startupFile = ["startup.sh", "startup.txt"].find((name) => files.isFile(inside(base, name)));
  const unread = startupFile !== undefined && !azure.startup ? [inside(base, startupFile)] : [];
  const process = azure.startup
    ? startedBy(files, base, azure.startup)
    : detected(files, base, azure.python?.version, unread[0]);
  return {
    manifests: azure.manifests,
    processes: process ? [process] : [],
    env: [],
    steps: [],
    python: azure.python,
    folder: base,
    unread,
    changes: collectsBy(files, base, azure),
  };
}

function buildsRoot(files: ProjectFiles): boolean {
  return ["requirements.txt", "pyproject.toml", "setup.py", "manage.py"].some((name) => files.isFile(name));
}

/** A Startup Command may be a file of the repository, which is run in the app's folder. */
function startedBy(
  files: ProjectFiles,
  base: string,
  { command, at }: NonNullable<AzureFiles["startup"]>,
): Process {
  const path = command.replace(/^(?:\/home\/site\/wwwroot\/|\.\/)/, "");
  const isFile = !/\s/.test(path) && files.isFile(inside(base, path));
  return {
    name: "web",
    command: isFile ? `sh ${path}` : command,
    at,
    source: `the Startup Command in ${at.file}`,
    folder: base,
    mounts: [{ from: base, to: "/home/site/wwwroot" }],
  };
}

const gunicorn = `GUNICORN_CMD_ARGS="--timeout 600 --access-logfile '-' --error-logfile '-' --bind=0.0.0.0:$PORT" gunicorn`;

/** frameworks.go: Django, then FastAPI, then Flask; without any of them a page of Azure's own is served. */
function detected(
  files: ProjectFiles,
  base: string,
  version: string | undefined,
  startupFile: string | undefined,
): Process | undefined {
  const found = django(files, base) ?? fastapi(files, base, version) ?? flask(files, base);
  if (!found) return undefined;
  const { module, path, framework } = found;
  return {
    name: "web",
    command: `${gunicorn} ${module}`,
    at: startOf(path),
    source: `Oryx's detection of ${framework}`,
    folder: base,
    mounts: [{ from: base, to: "/home/site/wwwroot" }],
    onlyIf:
      startupFile === undefined
        ? "the web app has no Startup Command"
        : `the Startup Command of the web app is not ${startupFile}`,
  };
}

interface Detected {
  readonly framework: string;
  readonly module: string;
  readonly path: string;
}

/** The first folder, by name, that has a wsgi.py. */
function django(files: ProjectFiles, base: string): Detected | undefined {
  const path = files
    .children(base)
    .filter((child) => files.isFolder(child) && !/^(?:antenv|pythonenv[\d.]*)$/.test(baseName(child)))
    .map((child) => `${child}/wsgi.py`)
    .find((one) => files.isFile(one));
  const folder = path?.split("/").at(-2);
  if (path === undefined || folder === undefined) return undefined;
  return { framework: "Django", module: `${folder}.wsgi`, path };
}

const fastapiFiles = ["main", "app", "application", "server", "asgi", "api", "index", "run"];

function fastapi(files: ProjectFiles, base: string, version: string | undefined): Detected | undefined {
  const [major = 0, minor = 0] = (version ?? "").split(".").map(Number);
  if (major < 3 || (major === 3 && minor < 14)) return undefined;
  for (const name of fastapiFiles) {
    const path = inside(base, `${name}.py`);
    const text = files.text(path) ?? "";
    if (!/from fastapi|import fastapi/.test(text) || text.includes("from flask")) continue;
    return { framework: "FastAPI", module: `-k uvicorn_worker.UvicornWorker ${name}:app`, path };
  }
  return undefined;
}

const flaskFiles = ["application", "app", "run", "index", "server", "wsgi"];

function flask(files: ProjectFiles, base: string): Detected | undefined {
  const name = flaskFiles.find((one) => files.isFile(inside(base, `${one}.py`)));
  if (name === undefined) return undefined;
  return { framework: "Flask", module: `${name}:app`, path: inside(base, `${name}.py`) };
}

/** Where nothing is built, nothing is collected; where nothing says so, a workflow may bring what it built itself. */
function collectsBy(files: ProjectFiles, base: string, { builds, sign }: AzureFiles): Partial<PlatformRules> {
  const reached =
    files.isFile(inside(base, "manage.py")) &&
    /django/i.test(files.text(inside(base, "requirements.txt")) ?? "");
  if (!reached || builds === false) return { collectstatic: { ...collectstatic, runs: "never" } };
  const bringsItsOwn =
    builds === undefined && sign !== undefined && /^\.github\/|^azure-pipelines/.test(sign.path);
  return bringsItsOwn ? { collectstatic: { ...collectstatic, runs: "unknown" } } : {};
}
