import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDisk } from "../../../src/files/disk.ts";
import { createInterpreter } from "../../../src/python/interpreter.ts";
import { projectRoot } from "../../../src/python/machine.ts";
import { models } from "../../../src/python/models/index.ts";
import { toPlain } from "../../../src/python/plain.ts";
import { onDisk } from "../../support/on-disk.ts";
import { hasPython, python } from "../../support/python.ts";

// What project generators write, as CPython imports it and as we do: every name, every value, or how it fails.

const script = join(import.meta.dirname, "generators.py");
const templates = join(import.meta.dirname, "../../../.cache/templates");
const run = (...args: readonly string[]) => execFileSync(python, [script, ...args], { encoding: "utf8" });

type Env = Readonly<Record<string, string>>;

async function evaluated(root: string, module: string, env: Env): Promise<unknown> {
  const world = { path: [""], installed: () => undefined, djangoVersion: "5.2", pythonVersion: "3.11" };
  const variables = Object.entries({ ...env, DJANGO_SETTINGS_MODULE: module });
  const { outcome, names } = createInterpreter(await openDisk(root), world, models).run(module, {
    env: new Map(variables.map(([name, text]) => [name, { kind: "text", text }])),
    held: new Map(),
    branches: new Map(),
  });
  const shown = (text: string) =>
    text.replaceAll(projectRoot, "$REPO").replaceAll(dirname(projectRoot), "$PARENT");
  if (outcome.kind === "raised") return { error: [outcome.error, shown(outcome.message)] };
  if (outcome.kind === "stopped") return outcome;
  const settings = [...names].filter(([name]) => name === name.toUpperCase() && /[A-Z]/.test(name));
  const all = Object.fromEntries(settings.map(([name, { value }]) => [name, toPlain(value, shown)]));
  return {
    names: JSON.parse(JSON.stringify(all), (_, value) => simplified(value)),
  };
}

/** What a library gives is known to neither side, and what an object is called is of no interest. */
function simplified(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if ("$opaque" in value && /^comes from/.test(String(value.$opaque))) return "comes from a library";
  return "$object" in value ? { $object: "…" } : value;
}

type Case = readonly [module: string, env: Env];

async function compare(root: string, ...cases: readonly Case[]): Promise<void> {
  const found: unknown[] = [];
  for (const [module, env] of cases) found.push(await evaluated(root, module, env));
  expect(found).toEqual(JSON.parse(run("import", root, JSON.stringify(cases))));
}

/** Below one that is its own, for what the settings place beside the project. */
function emptyFolder(): string {
  const root = join(onDisk({}), "project");
  mkdirSync(root);
  return root;
}

const isThere = (...template: readonly string[]) => existsSync(join(templates, ...template));
const why = "(needs .cache/templates, by scripts/fetch-templates.py)";

describe.skipIf(!hasPython("django"))("what django-admin writes (needs Python with Django)", () => {
  test("startproject of the Django that is installed", async () => {
    const root = emptyFolder();
    execFileSync(python, ["-m", "django", "startproject", "shop", root]);
    await compare(root, ["shop.settings", {}]);
  });

  const djangos = isThere() ? readdirSync(templates).filter((name) => name.startsWith("django-")) : [];
  test.skipIf(djangos.length === 0).each(djangos)(`startproject of %s ${why}`, async (name) => {
    const root = emptyFolder();
    run("startproject", join(templates, name), root);
    await compare(root, ["site_.settings", {}]);
  });

  // `wagtail start` is `startproject` with its own template; Wagtail itself need not be imported for it.
  test
    .skipIf(!hasPython("importlib.metadata; importlib.metadata.version('wagtail')"))
    .each(["dev", "production"])("wagtail start: settings.%s", async (name) => {
    const root = emptyFolder();
    const find =
      "import importlib.metadata as m; print(m.distribution('wagtail').locate_file('wagtail/project_template'))";
    run("startproject", execFileSync(python, ["-c", find], { encoding: "utf8" }).trim(), root);
    await compare(root, [`site_.settings.${name}`, {}]);
  });

  test.skipIf(!isThere("coderedcms")).each([
    ["basic", "dev"],
    ["basic", "prod"],
    ["pro", "dev"],
    ["pro", "prod"],
  ])(`coderedcms start: %s, settings.%s ${why}`, async (template, name) => {
    const root = emptyFolder();
    run("startproject", join(templates, "coderedcms", template), root);
    await compare(root, [`site_.settings.${name}`, {}]);
  });

  test.skipIf(!isThere("cms-template"))(`djangocms ${why}`, async () => {
    const root = emptyFolder();
    run("startproject", join(templates, "cms-template"), root);
    await compare(root, ["site_.settings", {}]);
  });
});

const production = {
  DJANGO_SECRET_KEY: "k".repeat(50),
  DJANGO_ADMIN_URL: "adm/",
  DATABASE_URL: "postgres://u:p@db/app?sslmode=require",
  REDIS_URL: "rediss://cache:6379/0",
  DJANGO_AWS_ACCESS_KEY_ID: "a",
  DJANGO_AWS_SECRET_ACCESS_KEY: "b",
  DJANGO_AWS_STORAGE_BUCKET_NAME: "bucket",
  DJANGO_GCP_STORAGE_BUCKET_NAME: "bucket",
  DJANGO_AZURE_ACCOUNT_KEY: "k",
  DJANGO_AZURE_ACCOUNT_NAME: "n",
  DJANGO_AZURE_CONTAINER_NAME: "c",
  MAILGUN_API_KEY: "m",
  MAILGUN_DOMAIN: "mg.example.com",
  SENTRY_DSN: "https://key@sentry.example.com/1",
};

describe.skipIf(!isThere("cookiecutter-django") || !hasPython("cookiecutter", "django", "environ"))(
  `cookiecutter-django ${why}`,
  () => {
    const template = join(templates, "cookiecutter-django");
    test.each([
      {},
      { use_docker: "y", use_celery: "y", use_sentry: "y", rest_api: "DRF", use_async: "y" },
      {
        cloud_provider: "GCP",
        use_whitenoise: "y",
        frontend_pipeline: "Django Compressor",
        mail_service: "Sendgrid",
      },
      {
        cloud_provider: "None",
        use_whitenoise: "y",
        use_heroku: "y",
        username_type: "email",
        timezone: "Asia/Tokyo",
      },
      {
        cloud_provider: "Azure",
        mail_service: "Amazon SES",
        rest_api: "Django Ninja",
        frontend_pipeline: "Webpack",
      },
    ])("%j", async (options) => {
      const folder = emptyFolder();
      run("cookiecutter", template, folder, JSON.stringify({ project_name: "site_", ...options }));
      const root = join(folder, "site_");
      const modules = ["production", "local", "test"].map((name) => `config.settings.${name}`);
      await compare(
        root,
        ...modules.flatMap((module): Case[] => [
          [module, production],
          [module, {}],
        ]),
      );
    });
  },
);

describe.skipIf(
  !isThere("wemake-django-template") ||
    !hasPython("cookiecutter", "decouple", "jinja2_git", "split_settings"),
)(`wemake-django-template ${why}`, () => {
  test.each([{}, { DJANGO_ENV: "production", DJANGO_SECRET_KEY: "k", DOMAIN_NAME: "example.com" }])(
    "%j",
    async (env) => {
      const folder = emptyFolder();
      run("cookiecutter", join(templates, "wemake-django-template"), folder, '{"project_name": "site_"}');
      const database = {
        POSTGRES_DB: "d",
        POSTGRES_USER: "u",
        POSTGRES_PASSWORD: "p",
        DJANGO_DATABASE_HOST: "h",
      };
      const all = { ...env, ...database, DJANGO_DATABASE_PORT: "5432" };
      await compare(join(folder, "site_"), ["server.settings", all], ["server.settings", env]);
    },
  );
});
