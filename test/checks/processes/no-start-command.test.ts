import { expect, test } from "vitest";
import check from "../../../src/checks/processes/no-start-command.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const django = (more: Record<string, string> = {}) =>
  settingsOnly("DEBUG = False", { "shop/wsgi.py": "", ...more });
const heroku = { "app.json": '{ "stack": "heroku-24" }' };
const dockerfile = "FROM python:3.13\nWORKDIR /app\nCOPY . .\n";

test("nothing starts anything: an error where nothing else can, a warning where a dashboard may", async () => {
  const onHeroku = await runOn(check, django(heroku));
  expect(brief(onHeroku)).toEqual([
    "error certain nothing in the repository tells Heroku how to start the web process, not even app.json",
  ]);
  expect(onHeroku.findings[0]?.fix).toBe("# Procfile\nweb: gunicorn shop.wsgi");
  expect(brief(await runOn(check, django()))).toEqual([
    "warning conditional nothing in the repository tells a Procfile host how to start the web process",
  ]);
});

test("a blueprint without a start command", async () => {
  const yaml = "services:\n- {type: web, runtime: python}\n";
  const result = await runOn(check, django({ "render.yaml": yaml }));
  expect(brief(result)).toEqual([
    "warning conditional nothing in the repository tells Render how to start the web process, not even render.yaml",
  ]);
  expect(result.findings[0]?.when).toEqual(["the Render dashboard holds no start command either"]);
});

test.each([
  ["", {}],
  [
    ", with Fly.io's manifest beside it",
    { "fly.toml": "app = 'shop'\n[http_service]\ninternal_port = 8000\n" },
  ],
])("an image without a command is judged by image-no-command%s", async (_, beside) => {
  expect(await runOn(check, django({ Dockerfile: dockerfile, ...beside }))).toMatchObject({
    status: "skipped",
    reason: "image-no-command judges Dockerfile",
  });
});

test.each<[string, Record<string, string>]>([
  ["a Procfile", { Procfile: "web: gunicorn shop.wsgi\n" }],
  ["a Dockerfile", { Dockerfile: `${dockerfile}CMD gunicorn shop.wsgi\n` }],
  ["an entry point", { Dockerfile: `${dockerfile}ENTRYPOINT ["./run.sh"]\n` }],
  [
    "render.yaml",
    { "render.yaml": "services:\n- {type: web, runtime: python, startCommand: gunicorn shop.wsgi}\n" },
  ],
  ["fly.toml", { "fly.toml": '[processes]\napp = "gunicorn shop.wsgi"\n' }],
  [
    "a compose file for production",
    { "compose.prod.yml": "services:\n  web: {image: x, command: gunicorn shop.wsgi}\n" },
  ],
])("%s starts it", async (_name, files) => {
  expect((await runOn(check, django(files))).status).toBe("passed");
});

test.each([".railway/railway.ts", "app.yaml", "deploy/shop.service", "docker/Dockerfile"])(
  "%s may start it",
  async (path) => {
    const { status, reason } = await runOn(check, django({ [path]: "" }));
    expect(status).toBe("unknown");
    expect(reason).toContain(path);
  },
);

test.each<[string, Record<string, string>]>([
  ["another name", { procfile: "web: gunicorn shop.wsgi\n" }],
  ["no web", { Procfile: "worker: celery -A shop worker\n" }],
])("a Procfile with %s is the matter of other checks", async (_name, files) => {
  expect((await runOn(check, django({ ...heroku, ...files }))).status).toBe("skipped");
});

test("a bot needs no web process", async () => {
  const bot = { "requirements.txt": "discord.py\n", "bot.py": "", Procfile: "worker: python bot.py\n" };
  expect((await runOn(check, bot)).status).toBe("skipped");
});
