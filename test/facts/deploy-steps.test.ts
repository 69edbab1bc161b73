import { expect, test } from "vitest";
import { factOf } from "../support/facts.ts";

const project = { "manage.py": "import django\n", "shop/wsgi.py": "application = 1\n" };

async function steps(files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const { all } = await factOf("deploySteps", { ...project, ...files });
  return all.map(({ phase, process, kind, launch: { at } }) =>
    [phase, process, kind, `${at.file}:${at.line}`].filter((part) => part !== undefined).join(" "),
  );
}

test("the release line of a Procfile is a step, the others start", async () => {
  const Procfile =
    "release: python manage.py migrate\nweb: gunicorn shop.wsgi\nworker: celery -A shop worker\nclock: celery -A shop beat\n";
  expect(await steps({ Procfile, "app.json": "{}" })).toEqual([
    "release migrate Procfile:1",
    "start web server Procfile:2",
    "start worker worker Procfile:3",
    "start clock beat Procfile:4",
  ]);
});

test("what a start command does before the server, and what a script does, is found", async () => {
  const Procfile = "web: python manage.py collectstatic --noinput && sh ./start.sh\n";
  const script = "set -e\npython manage.py --settings shop.settings migrate\nexec gunicorn shop.wsgi\n";
  expect(await steps({ Procfile, "start.sh": script })).toEqual([
    "start web collectstatic Procfile:1",
    "start web migrate start.sh:2",
    "start web server start.sh:3",
  ]);
});

test("an image installs and collects while it is built", async () => {
  const Dockerfile = [
    "FROM python:3.13",
    "COPY . /app",
    "WORKDIR /app",
    "RUN pip install -r requirements.txt && python manage.py collectstatic --noinput",
    'CMD ["gunicorn", "shop.wsgi"]',
  ].join("\n");
  expect(await steps({ Dockerfile })).toEqual([
    "build install Dockerfile:4",
    "build collectstatic Dockerfile:4",
    "start web server Dockerfile:5",
  ]);
});

test("Render runs preDeployCommand without a shell, so what stands behind && is a word", async () => {
  const files = {
    "render.yaml":
      "services:\n  - type: web\n    runtime: python\n    startCommand: gunicorn shop.wsgi\n    preDeployCommand: python manage.py migrate && python manage.py loaddata x\n",
  };
  expect(await steps(files)).toEqual(["release migrate render.yaml:5", "start web server render.yaml:4"]);
});

test("what cannot be followed is said", async () => {
  const { all, unclear } = await factOf("deploySteps", { ...project, Procfile: "web: ./missing.sh\n" });
  expect(all).toEqual([]);
  expect(unclear).toEqual(["./missing.sh is not in the project"]);
});
