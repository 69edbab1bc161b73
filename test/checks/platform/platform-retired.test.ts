import { expect, test } from "vitest";
import check from "../../../src/checks/platform/platform-retired.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const judge = (files: Record<string, string>, platform: string) =>
  runOn(check, settingsOnly("DEBUG = False", { Procfile: "web: gunicorn shop.wsgi\n", ...files }), {
    platform,
  });

test.each([
  [
    "heroku",
    { "app.json": '{"stack": "heroku-20"}' },
    "app.json asks for the stack heroku-20, which Heroku has not offered since 2025-05-01",
  ],
  [
    "heroku",
    { "app.json": '{"addons": [{"plan": "heroku-postgresql:hobby-dev"}]}' },
    "app.json asks for the plan heroku-postgresql:hobby-dev, which Heroku has not offered since 2022-11-28",
  ],
  [
    "heroku-fir",
    { "app.json": '{"formation": {"web": {"quantity": 1, "size": "free"}}}' },
    'app.json runs web on a dyno of size "free", which Heroku has not offered since 2022-11-28',
  ],
  [
    "scalingo",
    { "scalingo.json": '{"stack": "scalingo-18"}' },
    "scalingo.json asks for the stack scalingo-18, on which Scalingo builds no longer",
  ],
  ["dokku", { DOKKU_SCALE: "web=1\n" }, "DOKKU_SCALE is there, which Dokku has not read since 0.30.0"],
  ["dokku", { CHECKS: "/ ok\n" }, "CHECKS is there, which Dokku gave up after 0.32.0"],
])("%s: %j", async (platform, files, message) => {
  const { findings, severity } = await judge(files, platform);
  expect(findings.map((finding) => finding.message)).toEqual([message]);
  expect(severity).toBe("warning");
  expect(findings[0]?.fix).toBeDefined();
});

test.each([
  ["a stack that is on its way out", "heroku", { "app.json": '{"stack": "heroku-22"}' }],
  ["an add-on without a plan", "heroku", { "app.json": '{"addons": ["heroku-postgresql", "x:free"]}' }],
  ["Expo's app.json", "heroku", { "app.json": '{"expo": {}, "stack": "heroku-18"}' }],
  ["another platform's file", "render", { "app.json": '{"stack": "heroku-18"}' }],
  ["the container stack", "heroku", { "app.json": '{"stack": "container"}' }],
])("%s is not reported", async (_name, platform, files) => {
  expect(brief(await judge(files, platform))).toEqual([]);
});
