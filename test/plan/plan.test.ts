import { expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import type { ProjectFiles } from "../../src/files/project-files.ts";
import { type Plan, planAll } from "../../src/plan/plan.ts";
import { platformById } from "../../src/platforms/index.ts";

const shop = {
  "manage.py": 'import os\n\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py":
    'SECRET_KEY = "x"\nINSTALLED_APPS = ["django.contrib.staticfiles"]\nSTATIC_ROOT = "/srv/static"\nWSGI_APPLICATION = "shop.wsgi.application"\n',
  "shop/wsgi.py":
    "from django.core.wsgi import get_wsgi_application\n\napplication = get_wsgi_application()\n",
  "requirements.txt": "django\ngunicorn\n",
  ".python-version": "3.13\n",
  Procfile: "web: gunicorn shop.wsgi\n",
};

interface Asked {
  readonly env?: Readonly<Record<string, string>>;
  readonly settings?: string;
}

async function planned(
  id: string,
  files: ProjectFiles | Readonly<Record<string, string>>,
  { env = {}, settings }: Asked = {},
): Promise<Plan> {
  const platform = platformById(id);
  if (!platform) throw new Error(`there is no platform ${id}`);
  const planning = await planAll({
    files: "list" in files ? (files as ProjectFiles) : memoryFiles(files as Record<string, string>),
    checks,
    options: { env: new Map(Object.entries(env)), closed: false, platformNamed: true, settings },
    platforms: [platform],
  });
  const [plan] = planning.kind === "planned" ? planning.plans : [];
  if (!plan) throw new Error(`it is ${planning.kind}`);
  return plan;
}

const commandsOf = (commands: readonly { readonly command: string }[]) =>
  commands.map(({ command }) => command);

test("what --env sets has a source and no place", async () => {
  const env = { RAILPACK_START_CMD: "gunicorn shop.wsgi -w 2", RAILPACK_PYTHON_VERSION: "3.12" };
  const { processes, python } = await planned("railway", shop, { env });
  expect(processes).toEqual([
    {
      name: "web",
      command: "gunicorn shop.wsgi -w 2",
      source: "$RAILPACK_START_CMD of --env",
      at: undefined,
    },
  ]);
  expect(python).toEqual({
    version: "3.12",
    source: "$RAILPACK_PYTHON_VERSION in --env",
    at: undefined,
    unless: undefined,
  });
});

test("Heroku collects with the least deep manage.py, whichever project is meant", async () => {
  const moved = Object.fromEntries(
    Object.entries(shop).map(([path, text]) => [/^(?:manage|shop)/.test(path) ? `site/${path}` : path, text]),
  );
  const files = {
    ...moved,
    "admin/manage.py": shop["manage.py"],
    "admin/office/settings.py": "DEBUG = False\n",
  };
  const { build, problems } = await planned("heroku", files, { settings: "shop.settings" });
  expect(commandsOf(build)).toEqual(["python admin/manage.py collectstatic --noinput"]);
  expect(problems).not.toContain("static-root-missing");
});

test("collectstatic where Django may come along with another package", async () => {
  const { build } = await planned("heroku", { ...shop, "requirements.txt": "wagtail\ngunicorn\n" });
  expect(commandsOf(build)).toEqual(["python manage.py collectstatic --noinput"]);
});

test.each([["1"], ["True"], ["false"]])("DISABLE_COLLECTSTATIC=%s turns it off", async (value) => {
  const app = { "app.json": JSON.stringify({ stack: "heroku-24", env: { DISABLE_COLLECTSTATIC: value } }) };
  expect((await planned("heroku", { ...shop, ...app })).build).toEqual([]);
  expect(commandsOf((await planned("heroku-fir", { ...shop, ...app })).build)).toHaveLength(1);
});

test("a virtual environment that git tracks, which a disk does not list", async () => {
  const files = memoryFiles(shop);
  const passedOver = [{ path: "venv", because: "is a virtual environment" }];
  expect((await planned("heroku", files)).problems).not.toContain("manifest-invalid");
  expect((await planned("heroku", { ...files, passedOver })).problems).toContain("manifest-invalid");
});

test("what Nixpacks detects stands for three dots among its providers", async () => {
  const config = (list: string) => ({ ...shop, "nixpacks.toml": `providers = [${list}]\n` });
  expect((await planned("coolify", config('"...", "node"'))).python.version).toBe("3.13");
  const { python, install } = await planned("coolify", config('"node"'));
  expect(python).toMatchObject({
    version: undefined,
    unless: "nixpacks.toml names its providers without python, so Nixpacks installs none",
  });
  expect(install).toBeUndefined();
});

test("a language before Python leaves the platform without one", async () => {
  const { python, problems } = await planned("railway", { ...shop, Gemfile: "" });
  expect(python.unless).toMatch(/^Railpack takes the root of the repository for a Ruby project/);
  expect(problems).toContain("manifest-invalid");
  expect(problems).not.toContain("python-version-unspecified");
});

test("a build that stops because of a version file has no version", async () => {
  const withLock = {
    ...shop,
    "requirements.txt": "",
    "pyproject.toml": '[project]\nname = "shop"\nversion = "1"\n',
    "uv.lock": 'version = 1\n\n[[package]]\nname = "shop"\nversion = "1"\nsource = { virtual = "." }\n',
  };
  const { "requirements.txt": _, ".python-version": __, ...strict } = withLock;
  expect((await planned("heroku", strict)).python.unless).toBe(
    "Heroku requires a .python-version together with uv.lock",
  );
  expect((await planned("heroku-fir", { ...shop, "runtime.txt": "python-3.13\n" })).python.unless).toBe(
    "Heroku (Fir) refuses runtime.txt",
  );
});
