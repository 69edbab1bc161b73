import { expect, test } from "vitest";
import { correctProjects, findingsOf, type Reported, treeOf } from "./support/correct.ts";

/**
 * What threads and tutorials say and is not so (docs/non-checks.md): a correct project, changed to what the
 * claim forbids, is still a correct project.
 */

type Change = Readonly<Record<string, string | Uint8Array | ((text: string) => string)>>;

async function seriousIn(name: string, change: Change): Promise<readonly Reported[]> {
  const project = correctProjects.find((one) => one.name === name);
  if (!project) throw new Error(`there is no project ${name}`);
  const { files, executable } = treeOf(name);
  const changed = Object.entries(change).map(([path, to]) => {
    if (typeof to !== "function") return [path, to] as const;
    const text = files[path];
    if (typeof text !== "string") throw new Error(`there is no ${path}`);
    const result = to(text);
    if (result === text) throw new Error(`${path} stays as it was`);
    return [path, result] as const;
  });
  const findings = await findingsOf(project, {
    files: { ...files, ...Object.fromEntries(changed) },
    executable,
  });
  return findings.filter(({ level }) => level === "error" || level === "warning");
}

const settings = "bakery/settings.py";

test.each([["  web: gunicorn bakery.wsgi --log-file -"], ["web:    gunicorn bakery.wsgi --log-file -"]])(
  "blanks before a name and behind its colon are no mistake: %s",
  async (line) => {
    const Procfile = `release: python manage.py migrate --no-input\n${line}\n`;
    expect(await seriousIn("heroku-environ", { Procfile })).toEqual([]);
  },
);

test("gunicorn on Heroku needs no --bind", async () => {
  const Procfile = "release: python manage.py migrate --no-input\nweb: gunicorn bakery.wsgi\n";
  expect(await seriousIn("heroku-environ", { Procfile })).toEqual([]);
});

test("DEBUG makes no list of hosts superfluous", async () => {
  const found = await seriousIn("heroku-environ", {
    [settings]: (text) =>
      text.replace('DEBUG = env("DEBUG")', "DEBUG = True").replace('= env("ALLOWED_HOSTS")', "= []"),
  });
  expect(found.map(({ check }) => check)).toContain("allowed-hosts-empty");
});

test("pip reads UTF-16 with a byte order mark: nothing fails, and only other programs are spoken of", async () => {
  const { files } = treeOf("pythonanywhere-sqlite");
  const text = `\uFEFF${files["requirements.txt"]}`;
  const found = await seriousIn("pythonanywhere-sqlite", {
    "requirements.txt": new Uint8Array(Buffer.from(text, "utf16le")),
  });
  expect(found.map(({ check, level }) => [check, level])).toEqual([["requirements-not-portable", "warning"]]);
});

test("a .env in git may hold nothing secret", async () => {
  const change = { ".env": "COMPOSE_PROJECT_NAME=helpdesk\nWEB_CONCURRENCY=2\nDEBUG=on\n" };
  expect(await seriousIn("dokku-drf-rq", change)).toEqual([]);
});

test("manage.py may default to other settings than wsgi.py", async () => {
  expect(
    await seriousIn("pythonanywhere-sqlite", {
      "manage.py": (text) => text.replace("choir.settings", "choir.development"),
      "choir/development.py": "from .settings import *\n\nDEBUG = True\n",
    }),
  ).toEqual([]);
});

test("disable_existing_loggers is a decision where Sentry has the errors", async () => {
  expect(
    await seriousIn("heroku-environ", {
      "requirements.txt": (text) => `${text}sentry-sdk[django]==2.43.0\n`,
      [settings]: (text) =>
        text
          .replace('"disable_existing_loggers": False', '"disable_existing_loggers": True')
          .replace("import environ\n", "import environ\nimport sentry_sdk\n")
          .concat('\nsentry_sdk.init(dsn=env("SENTRY_DSN"), send_default_pii=False)\n'),
      "app.json": (text) => text.replace('"env": {', '"env": {\n    "SENTRY_DSN": { "required": true },'),
    }),
  ).toEqual([]);
});

test("port 8000 in a Dockerfile is right where the platform asks there", async () => {
  expect(treeOf("fly-uv-postgres").files.Dockerfile).toContain(":8000");
  expect(await seriousIn("fly-uv-postgres", {})).toEqual([]);
});

test("psycopg2-binary works in production", async () => {
  const change: Change = {
    "requirements.txt": (text) => text.replace("psycopg[binary]==3.3.9", "psycopg2-binary==2.9.11"),
  };
  expect(await seriousIn("heroku-environ", change)).toEqual([]);
  expect(await seriousIn("kamal-configurations", change)).toEqual([]);
});

test("nobody is told to have a preload of HSTS", async () => {
  for (const name of ["heroku-environ", "kamal-configurations", "kubernetes-split-settings"])
    expect(await seriousIn(name, {})).toEqual([]);
});

test("a made-up SECRET_KEY for one RUN is none that leaks", async () => {
  const RUN = `RUN SECRET_KEY=${"0123456789abcdef".repeat(4)} DATABASE_URL=sqlite:// ALLOWED_HOSTS=build \\\n    python`;
  expect(
    await seriousIn("fly-uv-postgres", {
      Dockerfile: (text) => text.replace(/RUN SECRET_KEY=[^\n]*\n\s+python/, RUN),
    }),
  ).toEqual([]);
});
