import { expect, test } from "vitest";
import { readAppJson } from "../../../src/platforms/manifests/app-json.ts";

const text = `{
  "name": "Shop",
  "env": {
    "SECRET_KEY": {"generator": "secret"},
    "DEBUG": "False",
    "DJANGO_ENV": {"value": "production", "description": "Which settings"},
    "SENTRY_DSN": {"required": false},
    "API_KEY": {"description": "From the provider"}
  },
  "addons": ["heroku-postgresql:essential-0", {"plan": "heroku-redis:mini"}, {"plan": "heroku-postgresql", "as": "REPORTS"}],
  "buildpacks": [{"url": "heroku/python"}],
  "scripts": {"postdeploy": "python manage.py migrate"},
  "stack": "heroku-24"
}
`;

test("variables, add-ons, scripts, buildpacks and stack", () => {
  const manifest = readAppJson("app.json", text);
  expect(manifest.env.map(({ name, value }) => [name, value])).toEqual([
    ["SECRET_KEY", undefined],
    ["DEBUG", "False"],
    ["DJANGO_ENV", "production"],
    ["API_KEY", undefined],
    ["DATABASE_URL", undefined],
    ["REDIS_URL", undefined],
    ["REPORTS_URL", undefined],
  ]);
  expect(manifest.env[1]?.at).toEqual({ file: "app.json", line: 5, column: 5, endLine: 5, endColumn: 12 });
  expect(manifest.steps).toMatchObject([{ phase: "release", command: "python manage.py migrate" }]);
  expect(manifest).toMatchObject({ isHeroku: true, buildpacks: ["heroku/python"], stack: "heroku-24" });
});

test.each([
  ["Expo's", '{"expo": {"name": "Shop"}, "scripts": {}}'],
  ["the Cloud Run button's", '{"name": "x", "env": {}, "options": {}, "hooks": {}}'],
  ["React Native's", '{"name": "x", "displayName": "X"}'],
  ["Dokku's", '{"scripts": {"dokku": {"predeploy": "x"}}}'],
])("%s app.json is not Heroku's", (_name, text) => {
  expect(readAppJson("app.json", text).isHeroku).toBe(false);
});

test.each([
  "",
  "{",
  "[]",
  "null",
  '{"env": [1], "addons": {"a": 1}, "scripts": "x", "buildpacks": [null, {"url": 3}]}',
])("%j is survived", (text) => {
  const manifest = readAppJson("app.json", text);
  expect(manifest).toMatchObject({ env: [], steps: [], buildpacks: [] });
});
