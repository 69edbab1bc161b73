import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import { choosePlatforms } from "../../src/platforms/index.ts";

const project = {
  "manage.py": "",
  "shop/settings.py": "DEBUG = False\n",
  Procfile: "web: gunicorn shop.wsgi\n",
};
const ids = (files: Record<string, string>, folder = "") =>
  choosePlatforms(memoryFiles({ ...project, ...files }), folder).map(({ platform }) => platform.id);

test.each<[string, Record<string, string>]>([
  ["app.json with Heroku's keys", { "app.json": '{"env": {}}' }],
  ["heroku.yml", { "heroku.yml": "build:\n" }],
  ["a build hook", { "bin/post_compile": "" }],
  [".slugignore", { ".slugignore": "docs" }],
  ["django-heroku", { "requirements.txt": "Django\ndjango-heroku==0.3.1\n" }],
  ["django-on-heroku by Pipenv", { Pipfile: "[packages]\ndjango-on-heroku = '*'\n" }],
  ["$DYNO in the settings", { "shop/settings/prod.py": 'DEBUG = "DYNO" not in os.environ\n' }],
  ["its host name in the settings", { "shop/settings.py": 'ALLOWED_HOSTS = ["shop.herokuapp.com"]\n' }],
  ["the button", { "README.md": "[Deploy](https://heroku.com/deploy?template=x)" }],
  ["Procfile and runtime.txt", { "runtime.txt": "python-3.12\n" }],
])("%s shows Heroku", (_name, files) => {
  expect(ids(files)).toEqual(["heroku"]);
});

test.each<[string, Record<string, string>]>([
  ["a Procfile alone", {}],
  ["Expo's app.json", { "app.json": '{"expo": {}}' }],
  ["a remark", { "shop/settings.py": "# was shop.herokuapp.com\n" }],
  [
    "Cloud Foundry's manifest",
    { "runtime.txt": "python-3.12\n", "manifest_prod.yml": "---\napplications:\n  - name: shop\n" },
  ],
  ["Copilot of AWS", { "runtime.txt": "python-3.12\n", ".copilot/config.yml": "builder:\n" }],
  ["settings of another project", { "other/x/settings.py": "" }],
])("%s does not", (_name, files) => {
  expect(ids(files)).toEqual(["procfile-host"]);
});

test("Scalingo's file says whose Procfile and runtime.txt these are", () => {
  expect(ids({ "runtime.txt": "python-3.12\n", "scalingo.json": "{}" })).toEqual(["scalingo"]);
});

test("another project of the repository does not count", () => {
  const files = { "other/settings.py": 'HOST = "x.herokuapp.com"\n', "backend/manage.py": "" };
  expect(ids(files, "backend")).toEqual(["procfile-host"]);
});

test("the deployment is read from Procfile and app.json", () => {
  const files = memoryFiles({
    ...project,
    Procfile: "release: python manage.py migrate\nweb: gunicorn shop.wsgi\n",
    "app.json": '{"env": {"SECRET_KEY": {"generator": "secret"}}, "addons": ["heroku-postgresql"]}',
  });
  const read = heroku.read(files, "");
  expect(read.manifests).toEqual(["Procfile", "app.json"]);
  expect(read.processes.map(({ name }) => name)).toEqual(["release", "web"]);
  expect(read.env.map(({ name }) => name)).toEqual(["SECRET_KEY", "DATABASE_URL"]);
  expect(read.steps.map(({ phase }) => phase)).toEqual(["release"]);
});

test("a Procfile beside the project starts there", () => {
  const files = memoryFiles({ "backend/manage.py": "", "backend/Procfile": "web: gunicorn shop.wsgi\n" });
  expect(heroku.read(files, "backend").processes).toMatchObject([{ name: "web", folder: "backend" }]);
});
