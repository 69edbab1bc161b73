import { expect, test } from "vitest";
import { factOf } from "../../support/facts.ts";

const settings = "DEBUG = False\nINSTALLED_APPS = []\n";
const entry = (module: string) => `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "${module}")\n`;
const wsgi = (module: string) =>
  `${entry(module)}from django.core.wsgi import get_wsgi_application\napplication = get_wsgi_application()\n`;
const modules = {
  "config/__init__.py": "",
  "config/settings/__init__.py": "",
  "config/settings/base.py": settings,
  "config/settings/local.py": settings,
  "config/settings/staging.py": settings,
  "config/settings/production.py": settings,
};

async function located(files: Record<string, string>, options = {}) {
  const { module, evidence } = await factOf("settingsModule", { ...modules, ...files }, options);
  return `${module}: ${evidence}`;
}

// The order of evidence, strongest first (catalogue §8.1): each case adds what outweighs the ones below it.
const byManage = { "manage.py": entry("config.settings.local") };
const byWsgi = { ...byManage, "config/wsgi.py": wsgi("config.settings.staging") };
const byDockerfile = {
  ...byWsgi,
  Dockerfile: "FROM python:3.13\nENV DJANGO_SETTINGS_MODULE=config.settings.base\nCMD gunicorn config.wsgi\n",
};
const byManifest = {
  ...byWsgi,
  "render.yaml":
    "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn config.wsgi\n    envVars:\n      - key: DJANGO_SETTINGS_MODULE\n        value: config.settings.base\n",
};
const byCommand = {
  ...byWsgi,
  Procfile: "web: DJANGO_SETTINGS_MODULE=config.settings.base gunicorn config.wsgi\n",
};

test.each<[string, Record<string, string>, string]>([
  [
    "manage.py",
    { "manage.py": entry("config.settings.staging") },
    "config.settings.staging: manage.py defaults to it",
  ],
  ["wsgi.py", byWsgi, "config.settings.staging: config/wsgi.py defaults to it"],
  ["the Dockerfile", byDockerfile, "config.settings.base: Dockerfile sets DJANGO_SETTINGS_MODULE"],
  ["the platform's manifest", byManifest, "config.settings.base: render.yaml sets DJANGO_SETTINGS_MODULE"],
  ["the start command", byCommand, "config.settings.base: the web command in Procfile names it"],
])("%s decides", async (_, files, expected) => {
  expect(await located(files)).toBe(expected);
});

test("an assignment in wsgi.py beats the environment", async () => {
  const forced = wsgi("config.settings.staging").replace(
    '.setdefault("DJANGO_SETTINGS_MODULE", ',
    '["DJANGO_SETTINGS_MODULE"] = (',
  );
  expect(await located({ ...byCommand, "config/wsgi.py": forced })).toBe(
    "config.settings.staging: config/wsgi.py sets it",
  );
});

test("--settings beats everything, --env everything but that", async () => {
  const env = new Map([["DJANGO_SETTINGS_MODULE", "config.settings.local"]]);
  expect(await located(byCommand, { env })).toBe("config.settings.local: --env sets DJANGO_SETTINGS_MODULE");
  expect(await located(byCommand, { env, settings: "config.settings.production" })).toBe(
    "config.settings.production: --settings, or the configuration, names it",
  );
});

test("a module for development by its name gives way to the one for production beside it", async () => {
  expect(await located(byManage)).toBe(
    "config.settings.production: its name says so, though manage.py defaults to config.settings.local",
  );
});

test("the name may be computed", async () => {
  const computed = `import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings." + os.environ.get("STAGE", "staging"))\n`;
  expect(await located({ "manage.py": computed })).toBe("config.settings.staging: manage.py defaults to it");
});

test("without an entry point names decide", async () => {
  expect(await located({})).toBe("config.settings.production: its name says so");
  const { module, evidence } = await factOf("settingsModule", { "shop/settings.py": settings });
  expect(`${module}: ${evidence}`).toBe("shop.settings: it is the only settings module");
});

// What a deployment file of another platform sets is weaker than this platform's own, and stronger than a default for development.
const elsewhere = "config.settings.staging: ";
test.each<[string, Record<string, string>, string]>([
  [
    "uwsgi.ini",
    { "uwsgi.ini": "[uwsgi]\nenv = DJANGO_SETTINGS_MODULE=config.settings.staging\n" },
    "uwsgi.ini",
  ],
  [
    "a value in one of the next lines",
    {
      ".do/app.yaml":
        "envs:\n  - key: DJANGO_SETTINGS_MODULE\n    scope: RUN_TIME\n    value: config.settings.staging\n",
    },
    ".do/app.yaml",
  ],
  [
    "JSON",
    { "railway.json": '{"env": {"DJANGO_SETTINGS_MODULE": {"value": "config.settings.staging"}}}' },
    "railway.json",
  ],
  [
    "an image in a folder of its own",
    {
      "docker/Dockerfile":
        "FROM python:3.13\nRUN DJANGO_SETTINGS_MODULE=config.settings.base python manage.py collectstatic\nENV A=1 \\\n    DJANGO_SETTINGS_MODULE=config.settings.staging\n",
    },
    "docker/Dockerfile",
  ],
])("%s names the module where the entry point's is for development", async (_, files, file) => {
  expect(await located({ ...byManage, ...files })).toBe(`${elsewhere}${file} sets DJANGO_SETTINGS_MODULE`);
});

test("what a file for development sets, or names that do not exist, say nothing", async () => {
  const says = "DJANGO_SETTINGS_MODULE: config.settings.staging\n";
  const files = {
    "docker-compose.dev.yml": says,
    ".devcontainer/docker-compose.yml": says,
    "app.yaml": "DJANGO_SETTINGS_MODULE: config.settings.gone\n",
    "k8s/commented.yaml": `# ${says}`,
  };
  expect(await located({ ...byManage, ...files })).toBe(
    "config.settings.production: its name says so, though manage.py defaults to config.settings.local",
  );
});

test("files that this platform does not read do not outweigh a default where the web process is declared", async () => {
  const files = { ...byWsgi, "app.yaml": "DJANGO_SETTINGS_MODULE: config.settings.production\n" };
  expect(await located(files)).toBe("config.settings.production: app.yaml sets DJANGO_SETTINGS_MODULE");
  expect(await located({ ...files, Procfile: "web: gunicorn config.wsgi\n" })).toBe(
    "config.settings.staging: config/wsgi.py defaults to it",
  );
});

test("the settings of every environment, and a package that sets nothing, give way to what is for production", async () => {
  expect(await located({ "manage.py": entry("config.settings.base") })).toBe(
    "config.settings.production: its name says so, though manage.py defaults to config.settings.base",
  );
  expect(await located({ "manage.py": entry("config.settings") })).toBe(
    "config.settings.production: its name says so, though manage.py defaults to config.settings",
  );
  const chooses = {
    "config/settings/__init__.py": "import os\nif os.environ.get('LIVE'):\n    from .production import *\n",
  };
  expect(await located({ ...chooses, "manage.py": entry("config.settings") })).toBe(
    "config.settings: manage.py defaults to it",
  );
});

test("of several applications the project's own is the one that manage.py starts", async () => {
  const files = {
    "config/wsgi.py": wsgi("config.settings.staging"),
    "worker/wsgi.py": wsgi("config.settings.production"),
    "manage.py": entry("config.settings.staging"),
  };
  expect(await located(files)).toBe("config.settings.staging: config/wsgi.py defaults to it");
});

test("an entry point that ends before it names the module would have named it", async () => {
  const ends = `import os\nos.environ["NOT_SET"]\n${entry("config.settings.staging")}`;
  expect(await located({ "manage.py": ends })).toBe("config.settings.staging: manage.py defaults to it");
});

test("templates of projects are none", async () => {
  const template = "{{cookiecutter.project_slug}}/config";
  expect(
    await located({
      ...byWsgi,
      [`${template}/settings/production.py`]: settings,
      [`${template}/wsgi.py`]: wsgi("config.settings.production"),
    }),
  ).toBe("config.settings.staging: config/wsgi.py defaults to it");
});

const classes = {
  "config/settings/base.py":
    "from configurations import Configuration\nclass Base(Configuration):\n    DEBUG = False\nclass Development(Base):\n    DEBUG = True\nclass Production(Base):\n    pass\nclass PreProduction(Production):\n    pass\nclass Stage(Base):\n    pass\n",
};
const byClass = (name: string) =>
  `${entry("config.settings.base")}os.environ.setdefault("DJANGO_CONFIGURATION", "${name}")\n`;

test.each<[string, Record<string, string>, string]>([
  ["for production by its name", { "manage.py": byClass("Development") }, "Production, as its name says"],
  ["the default", { "manage.py": byClass("Stage") }, "Stage, to which manage.py defaults"],
  [
    "set by a deployment file",
    { "manage.py": byClass("Development"), "app.yaml": "env:\n  DJANGO_CONFIGURATION: Stage\n" },
    "Stage, as app.yaml sets",
  ],
])("the class of the settings: %s", async (_, files, expected) => {
  const shop = { "shop/settings.py": classes["config/settings/base.py"] };
  const named = Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text.replace("config.settings.base", "shop.settings"),
    ]),
  );
  const { evidence, loaded } = await factOf("settingsModule", { ...shop, ...named });
  expect(evidence).toBe(`manage.py defaults to it, with DJANGO_CONFIGURATION=${expected}`);
  expect(loaded.kind === "settings" && loaded.settings.production).toBe(
    "the repository as it stands, where DEBUG is off",
  );
});

test("a compose file that nothing deploys gives way to a module for production", async () => {
  const files = {
    ...byManage,
    "docker-compose.yml":
      "services:\n  web:\n    build: .\n    environment:\n      - DJANGO_SETTINGS_MODULE=config.settings.staging\n",
  };
  expect(await located(files)).toBe(
    "config.settings.production: its name says so, though manage.py defaults to config.settings.local",
  );
});
