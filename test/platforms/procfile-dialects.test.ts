import { expect, test } from "vitest";
import check from "../../src/checks/processes/procfile-process-types.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { platformById } from "../../src/platforms/index.ts";
import { brief, runOn } from "../support/run-on.ts";
import { settingsOnly } from "../support/settings.ts";

/** What a platform starts, and runs as its release step. */
function read(platform: string, Procfile: string) {
  const found = platformById(platform)?.read(memoryFiles({ Procfile, "manage.py": "" }), "");
  return {
    processes: found?.processes.map(({ name, command }) => `${name}: ${command}`),
    release: found?.steps.filter(({ phase }) => phase === "release").map(({ command }) => command),
  };
}

test.each([
  ["heroku", "web: a\nweb: b\n", ["web: b"], []],
  ["heroku", "Web: a\nrelease: m\n", ["Web: a", "release: m"], ["m"]],
  ["heroku-fir", "Web: a\nmy_worker: b\nweb: c\n", ["my-worker: b", "web: c"], []],
  ["heroku-fir", "we.b: a\n web: b\n", ["web: b"], []],
  ["scalingo", "web: a\npostdeploy: m\nrelease: r\n", ["web: a", "postdeploy: m", "release: r"], ["m"]],
  ["dokku", "web: a # b # c\n// no\nworker: b // d\n", ["web: a # b", "worker: b"], []],
  ["dokku", "web: curl http://x//y\nrelease: m\n", ["web: curl http://x//y", "release: m"], ["m"]],
  ["heroku", "web: a # b\n", ["web: a # b"], []],
  ["heroku", "web:a\nworker b\nbeat : c\n", ["worker: b", "beat: : c"], []],
  ["heroku-fir", "web:a\nworker b\nbeat : c\n", ["web: a"], []],
  ["digitalocean", "web: a\nrelease: m\n", ["web: a", "release: m"], []],
])("%s reads %j", (platform, procfile, processes, release) => {
  expect(read(platform, procfile)).toEqual({ processes, release });
});

const judge = (platform: string, Procfile: string) =>
  runOn(check, settingsOnly("DEBUG = False", { "shop/wsgi.py": "", Procfile }), { platform });

test.each([
  [
    "heroku",
    "web: a\nweb: b\n",
    "error certain Procfile:2:1 Procfile declares web more than once, and only the last of the commands runs",
  ],
  [
    "dokku",
    "web: a\nworker: b\nworker: c\n",
    "error certain Procfile:3:1 Procfile declares worker more than once, so Dokku refuses the Procfile",
  ],
  [
    "dokku",
    "web: a\nsome words\n",
    'error certain Procfile:2:1 the line "some words" is not of the form "type: command", so Dokku refuses the Procfile',
  ],
  [
    "dokku",
    "web: a\nBeat: b\n",
    "warning certain Procfile:2:1 Procfile calls a process Beat, and on Dokku a name is made of lower-case letters, digits and -",
  ],
  [
    "heroku-fir",
    "Web: a\n",
    "warning certain Procfile:1:1 Procfile calls a process Web, which Heroku (Fir) corrects to web",
  ],
  [
    "heroku-fir",
    "web:\n",
    'error certain Procfile:1:1 the line "web…" is not of the form "type: command", so Heroku (Fir) refuses the Procfile',
  ],
  [
    "scalingo",
    "web: a\nrelease: m\n",
    "warning certain Procfile:2:1 nothing on Scalingo runs release of the Procfile, where postdeploy is the release step",
  ],
  [
    "heroku",
    "web: a\npostdeploy: m\n",
    "warning certain Procfile:2:1 nothing on Heroku runs postdeploy of the Procfile, where release is the release step",
  ],
  [
    "heroku",
    "web:gunicorn shop.wsgi\n",
    "error certain Procfile:1:1 the line of web has no blank behind the colon, so Heroku passes it over",
  ],
  [
    "heroku",
    "web: a\nworker:b\n",
    "warning certain Procfile:2:1 the line of worker has no blank behind the colon, so Heroku passes it over",
  ],
  [
    "heroku",
    "web : gunicorn shop.wsgi\n",
    'error certain Procfile:1:1 the colon does not stand right behind web, so its command begins with ":", which ends at once',
  ],
  [
    "heroku",
    "web: gunicorn shop.wsgi \\\n  --workers 2\n",
    "warning certain Procfile:2:3 a line of the Procfile begins with --workers and has no colon, so Heroku takes it for a process called --workers",
  ],
  [
    "heroku",
    "web: |\n",
    'error certain Procfile:1:1 the command of web is "|", because Heroku reads each line of a Procfile by itself',
  ],
  [
    "heroku-fir",
    "web : a\n",
    'error certain Procfile:1:1 the line "web …" is not of the form "type: command", so Heroku (Fir) refuses the Procfile',
  ],
  [
    "scalingo",
    "web: a\ncelery-worker: b\n",
    "warning certain Procfile:2:1 Procfile calls a process celery-worker, and on Scalingo a name is made of 24 letters and digits at most",
  ],
])("%s judges %j", async (platform, procfile, expected) => {
  expect(brief(await judge(platform, procfile))).toEqual([expected]);
});

test.each([
  ["scalingo", "web: a\nrelease: m\npostdeploy: m\n"],
  ["heroku", "web: a\nrelease: m\npostdeploy: m\n"],
  ["heroku", "web: a\ncelery_beat: b\n"],
  ["heroku", "web a\n"],
  ["heroku-fir", "web:a\n"],
  ["dokku", "# x\n// y\nweb: a # z\n"],
])("%s is content with %j", async (platform, procfile) => {
  expect((await judge(platform, procfile)).status).toBe("passed");
});

test("the fix of a name keeps its command", async () => {
  expect((await judge("dokku", "web: a\nCelery_Beat: b\n")).findings[0]?.fix).toBe("celery-beat: b");
  expect((await judge("scalingo", "web: a\ncelery_beat: b\n")).findings[0]?.fix).toBe("celerybeat: b");
});
