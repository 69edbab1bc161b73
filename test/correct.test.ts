import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { correctProjects, findingsOf, treeOf } from "./support/correct.ts";

const root = join(import.meta.dirname, "..");

const folders = readdirSync(join(root, "fixtures/correct"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

test("every project is listed, with what it is there for", () => {
  expect(correctProjects.map(({ name }) => name).sort()).toEqual(folders.sort());
  expect(folders.length).toBeGreaterThanOrEqual(25);
});

/** What a project of any usual kind has been tried with. */
const styles = [
  ..."heroku heroku-fir render railway fly digitalocean app-engine cloud-run elastic-beanstalk pythonanywhere scalingo".split(
    " ",
  ),
  ..."docker kubernetes kamal azure-app-service dokku koyeb upsun".split(" "),
  ..."WSGI ASGI uvicorn daphne uvicorn-worker".split(" "),
  ..."WhiteNoise S3 GCS nginx Caddy".split(" "),
  ..."uv Poetry Pipenv pip-tools pins PDM".split(" "),
  ..."os.environ environ decouple environs configurations pydantic-settings settings-package split-settings dotenv".split(
    " ",
  ),
  ..."Celery RQ django-q Postgres MySQL SQLite allauth DRF channels".split(" "),
  ..."Flask FastAPI Node worker".split(" "),
];

test("the projects cover the usual styles", () => {
  const tried = new Set(correctProjects.flatMap(({ platform, styles }) => [platform, ...styles]));
  expect(styles.filter((style) => !tried.has(style))).toEqual([]);
});

/** Questions that stay open on a correct project: each is noise, so that a new one has to be looked at. */
const open: Readonly<Record<string, readonly string[]>> = {};

test.each(correctProjects.map((project) => [project.name, project] as const))(
  "fixtures/correct/%s gives no error and no warning",
  async (name, project) => {
    const findings = await findingsOf(project, treeOf(name));
    expect(findings.filter(({ level }) => level === "error" || level === "warning")).toEqual([]);
    const unknown = findings.filter(({ level }) => level === "unknown").map(({ check }) => check);
    expect([...new Set(unknown)]).toEqual(open[name] ?? []);
  },
);
