import { expect, test } from "vitest";
import check from "../../../src/checks/processes/port-not-expanded.ts";
import { told } from "../../support/told.ts";

const image = (cmd: string) => ({
  "manage.py": "import django\n",
  Dockerfile: `FROM python:3.13\nCOPY . .\nCMD ${cmd}\n`,
});

test("the exec form, which no shell reads", async () => {
  const lines = await told(check, image('["gunicorn", "shop.wsgi", "--bind", "0.0.0.0:$PORT"]'));
  expect(lines).toEqual([
    expect.stringMatching(
      /Dockerfile:3:1 gunicorn gets "0\.0\.0\.0:\$PORT" as it is written, because .*shell/,
    ),
  ]);
});

test("single quotes in a Procfile", async () => {
  const files = { "manage.py": "import django\n", Procfile: "web: gunicorn shop.wsgi -b '0.0.0.0:$PORT'\n" };
  expect((await told(check, files))[0]).toMatch(
    /^error certain Procfile:1:1 gunicorn gets "0\.0\.0\.0:\$PORT"/,
  );
});

test.each([
  ["a shell in exec form", '["sh", "-c", "exec gunicorn shop.wsgi -b 0.0.0.0:${PORT:-8000}"]'],
  ["the shell form", "gunicorn shop.wsgi -b 0.0.0.0:$PORT"],
  ["Kubernetes' own form", '["gunicorn", "shop.wsgi", "-b", "0.0.0.0:$(PORT)"]'],
  ["no variable", '["gunicorn", "shop.wsgi", "-b", "0.0.0.0:8000"]'],
])("%s: passed", async (_name, cmd) => {
  expect(await told(check, image(cmd))).toEqual(["passed"]);
});
