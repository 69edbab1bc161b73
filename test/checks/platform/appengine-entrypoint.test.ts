import { expect, test } from "vitest";
import check from "../../../src/checks/platform/appengine-entrypoint.ts";
import noStartCommand from "../../../src/checks/processes/no-start-command.ts";
import startTargetMissing from "../../../src/checks/processes/start-target-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const project = { "shop/wsgi.py": "application = 1\n", "requirements.txt": "django\n" };
const files = (more: Record<string, string>) => settingsOnly("DEBUG = False", { ...project, ...more });
const run = (more: Record<string, string>, platform = "app-engine") =>
  runOn(check, files(more), { platform });
const bare = { "app.yaml": "runtime: python313\n" };

test("no entrypoint and no main.py", async () => {
  const result = await run(bare);
  expect(brief(result)).toEqual([
    "error certain app.yaml:1:10 app.yaml has no entrypoint, so App Engine starts main:app, and there is no main.py beside it",
  ]);
  expect(result.findings[0]).toMatchObject({
    fix: expect.stringContaining("entrypoint: gunicorn -b :$PORT shop.wsgi"),
  });
});

test("one check tells of it", async () => {
  const result = await runOn(noStartCommand, files(bare), { platform: "app-engine" });
  expect(result.status).toBe("skipped");
});

test("Google's buildpacks find nothing to start", async () => {
  expect(brief(await run({}, "cloud-run"))).toEqual([
    "warning certain Procfile:1:1 Google's buildpacks end without a start command: there is no Procfile, main.py or app.py in the root of the repository",
  ]);
});

test("a main.py without the application is told by start-target-missing", async () => {
  const shim = { ...bare, "main.py": "from shop.wsgi import application\n" };
  expect((await run(shim)).status).toBe("passed");
  const result = await runOn(startTargetMissing, files(shim), { platform: "app-engine" });
  expect(brief(result)).toEqual([expect.stringContaining('starts "main:app"')]);
});

test.each<[string, Record<string, string>, string]>([
  ["an entrypoint", { "app.yaml": "runtime: python313\nentrypoint: gunicorn shop.wsgi\n" }, "app-engine"],
  [
    "main.py",
    { ...bare, "main.py": "from shop.wsgi import application\n\napp = application\n" },
    "app-engine",
  ],
  ["a Procfile", { Procfile: "web: gunicorn shop.wsgi\n" }, "cloud-run"],
  ["a Dockerfile", { Dockerfile: 'FROM python:3.13\nCMD ["gunicorn", "shop.wsgi"]\n' }, "cloud-run"],
  ["app.py", { "app.py": "app = 1\n" }, "cloud-run"],
])("%s is right", async (_name, more, platform) => {
  expect(brief(await run(more, platform))).toEqual([]);
});

test.each<[string, Record<string, string>, string]>([
  ["without app.yaml", {}, "app-engine"],
  [
    "a script of pyproject.toml",
    { "pyproject.toml": '[project.scripts]\nstart = "shop:main"\n' },
    "cloud-run",
  ],
  ["on other platforms", bare, "heroku"],
])("%s it does not ask", async (_name, more, platform) => {
  expect((await run(more, platform)).status).toBe("skipped");
});
