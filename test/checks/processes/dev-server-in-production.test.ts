import { expect, test } from "vitest";
import check from "../../../src/checks/processes/dev-server-in-production.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const judge = (files: Record<string, string>) => runOn(check, settingsOnly("DEBUG = False", files));
const image = (end: string) => `FROM python:3.13 AS base\nWORKDIR /app\nCOPY . .\n${end}`;

test.each([
  ["python manage.py runserver 0.0.0.0:$PORT", "manage.py runserver"],
  ["python manage.py migrate && ./manage.py runserver", "manage.py runserver"],
  ["python -m django runserver", "manage.py runserver"],
  ["flask run --host 0.0.0.0", "Flask's development server"],
  ["fastapi dev main.py", "fastapi dev"],
])("%s", async (command, named) => {
  const [line] = brief(await judge({ Procfile: `web: ${command}\n` }));
  expect(line).toMatch(/^error certain Procfile:1:1 the web process starts /);
  expect(line).toContain(named);
});

test("behind a script and a Makefile, at the line that starts it", async () => {
  const [line] = brief(
    await judge({
      Procfile: "web: make serve\n",
      Makefile: "serve:\n\tbash start.sh\n",
      "start.sh": "#!/bin/bash\npython manage.py migrate\npython manage.py runserver 0.0.0.0:8000\n",
    }),
  );
  expect(line).toContain("start.sh:3:1");
});

test("in the image that is deployed", async () => {
  const [line] = brief(await judge({ Dockerfile: image("CMD python manage.py runserver 0.0.0.0:8000\n") }));
  expect(line).toMatch(/^error certain Dockerfile:4:1/);
});

test("an image that a compose file for development uses is a warning", async () => {
  const result = await judge({
    Dockerfile: image("CMD python manage.py runserver 0.0.0.0:8000\n"),
    "docker-compose.yml": "services:\n  web:\n    build: .\n    volumes: ['.:/app']\n",
  });
  expect(brief(result)[0]).toMatch(/^warning conditional/);
});

test.each<[string, Record<string, string>]>([
  ["a production server", { Procfile: "web: gunicorn shop.wsgi\n" }],
  ["fastapi run", { Procfile: "web: fastapi run main.py\n" }],
  [
    "a stage for development",
    {
      Dockerfile: image(
        "FROM base AS dev\nCMD python manage.py runserver\nFROM base\nCMD gunicorn shop.wsgi\n",
      ),
    },
  ],
  [
    "a Dockerfile beside a Procfile",
    { Procfile: "web: gunicorn shop.wsgi\n", Dockerfile: image("CMD python manage.py runserver\n") },
  ],
  [
    "a compose file for development",
    {
      Dockerfile: image("CMD gunicorn shop.wsgi\n"),
      "docker-compose.yml": "services:\n  web: {build: ., command: python manage.py runserver}\n",
    },
  ],
  ["another process", { Procfile: "web: gunicorn shop.wsgi\ndev: python manage.py runserver\n" }],
  [
    "a branch of a script",
    {
      Procfile: "web: sh run.sh\n",
      "run.sh": 'if [ "$DEV" ]; then python manage.py runserver; else gunicorn shop.wsgi; fi\n',
    },
  ],
])("accepts %s", async (_name, files) => {
  expect(brief(await judge(files))).toEqual([]);
});

test("a command that cannot be followed is not judged", async () => {
  const { status, reason } = await judge({ Procfile: "web: ./start\n" });
  expect(status).toBe("skipped");
  expect(reason).toBe("the command of web cannot be followed: ./start is not in the project");
});

test("runserver_plus is told by werkzeug-debugger", async () => {
  const result = await judge({ Procfile: "web: python manage.py runserver_plus\n" });
  expect(result).toMatchObject({
    status: "skipped",
    reason: "werkzeug-debugger reports it: its error pages run code",
  });
});
