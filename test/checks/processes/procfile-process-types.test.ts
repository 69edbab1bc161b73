import { expect, test } from "vitest";
import check from "../../../src/checks/processes/procfile-process-types.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const judge = (Procfile: string, more: Record<string, string> = {}) =>
  runOn(check, settingsOnly("DEBUG = False", { "shop/wsgi.py": "", Procfile, ...more }));

test.each([
  [
    "Web: gunicorn shop.wsgi\n",
    'error certain Procfile:1:1 Procfile declares Web and no process called "web", so nothing answers requests',
  ],
  [
    "release: x\nwep: gunicorn shop.wsgi\n",
    'error certain Procfile:2:1 Procfile declares release, wep and no process called "web", so nothing answers requests',
  ],
  [
    "worker: celery -A shop worker\n",
    'error certain Procfile:1:1 Procfile declares worker and no process called "web", so nothing answers requests',
  ],
  ["# nothing\n", "error certain Procfile:1:1 Procfile declares no process, so nothing answers requests"],
  [
    "web gunicorn shop.wsgi\n",
    'error certain Procfile:1:1 the line "web gunicorn shop.wsgi" is not of the form "type: command"',
  ],
  ["web:\n", 'error certain Procfile:1:1 the line "web…" is not of the form "type: command"'],
  [
    "web: a\nrun this\n",
    'warning certain Procfile:2:1 the line "run this" is not of the form "type: command"',
  ],
  [
    "web: a\nweb: b\nweb: c\n",
    "error certain Procfile:2:1 Procfile declares web more than once, and only one of the commands runs",
  ],
  [
    "web: a\nworker: b\nworker: c\n",
    "warning certain Procfile:3:1 Procfile declares worker more than once, and only one of the commands runs",
  ],
])("%j", async (procfile, expected) => {
  expect(brief(await judge(procfile))).toEqual([expected]);
});

test("the fix keeps the command that was meant", async () => {
  expect((await judge("Web: daphne shop.asgi:application\n")).findings[0]?.fix).toBe(
    "web: daphne shop.asgi:application",
  );
  expect((await judge("worker: x\n")).findings[0]?.fix).toBe("web: gunicorn shop.wsgi");
});

test("a secret in a line that is not understood is not repeated", async () => {
  const [line] = brief(await judge("web: x\nSECRET_KEY=hunter2 gunicorn\n"));
  expect(line).toContain("SECRET_KEY…");
  expect(line).not.toContain("hunter2");
});

test("a secret in the line that is meant is not repeated", async () => {
  const command = "DEBUG=0 SECRET_KEY='k3J8x0 Pq71LmZ' gunicorn shop.wsgi";
  const { findings } = await judge(`Web: ${command}\n`);
  expect(findings[0]?.fix).toBe("web: DEBUG=0 gunicorn shop.wsgi");
});

test.each([
  ["leading blanks", "   web: gunicorn shop.wsgi\n"],
  ["no blank", "web:gunicorn shop.wsgi\n"],
  [
    "comments, empty lines and other types",
    "# start\n\nweb: a\r\nworker: b\r\nrelease: c\r\nworker-beat: d\r\n",
  ],
])("accepts %s", async (_name, procfile) => {
  expect((await judge(procfile)).status).toBe("passed");
});

test("workers only, in a project that is no web application", async () => {
  const bot = { "requirements.txt": "discord.py\n", "bot.py": "", Procfile: "worker: python bot.py\n" };
  expect((await runOn(check, bot)).status).toBe("skipped");
});

test("a platform that reads no Procfile", async () => {
  const yaml = "services:\n- {type: web, runtime: python, startCommand: gunicorn shop.wsgi}\n";
  expect((await judge("worker: x\n", { "render.yaml": yaml })).status).toBe("skipped");
});
