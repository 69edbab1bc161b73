import { expect, test } from "vitest";
import check from "../../../src/checks/processes/server-not-installed.ts";
import workerClassGone from "../../../src/checks/processes/worker-class-gone.ts";
import { fixes, told } from "../../support/told.ts";

const project = (start: string, requirements: string, more: Readonly<Record<string, string>> = {}) => ({
  "manage.py": "import django\n",
  Procfile: `web: ${start}\n`,
  "requirements.txt": requirements,
  "shop/wsgi.py": "application = None\n",
  "shop/asgi.py": "application = None\n",
  ...more,
});

test.each([
  [
    "gunicorn shop.wsgi",
    "django\n",
    "the web process starts gunicorn, and requirements.txt does not install gunicorn",
  ],
  [
    "gunicorn shop.wsgi",
    "django\nsome-library\n",
    "the web process starts gunicorn, and requirements.txt does not install gunicorn",
  ],
  [
    "uvicorn shop.asgi:application",
    "django\ngunicorn\n",
    "the web process starts uvicorn, and requirements.txt does not install uvicorn",
  ],
  [
    "waitress-serve shop.wsgi:application",
    "django\n",
    "the web process starts waitress, and requirements.txt does not install waitress",
  ],
])("%s with %j", async (start, requirements, line) => {
  expect(await told(check, project(start, requirements))).toEqual([`error certain Procfile:1:1 ${line}`]);
});

test("a server in the requirements of development only", async () => {
  const files = project("gunicorn shop.wsgi", "django\n", { "requirements-dev.txt": "gunicorn\n" });
  expect(await fixes(check, files)).toEqual(["# requirements.txt\ngunicorn>=23,<27"]);
});

test.each([
  ["gunicorn shop.wsgi", "django\ngunicorn==23.0\n"],
  ["gunicorn shop.wsgi", "-r requirements/prod.txt\n"],
  ["gunicorn shop.wsgi", "django\nuvicorn-worker\n"],
  ["uvicorn shop.asgi:application", "fastapi[standard]\n"],
  ["daphne shop.asgi:application", "django\nchannels[daphne]\n"],
  ["uvicorn shop.asgi:application", "django\nuvicorn[standard]>=0.30\n"],
])("%s is there with %j", async (start, requirements) => {
  const files = project(start, requirements, { "requirements/prod.txt": "django\ngunicorn\n" });
  expect(await told(check, files)).toEqual(["passed"]);
});

test.each([
  [
    "uvicorn shop.asgi:application",
    "django\nsome-library\n",
    "requirements.txt names packages that may bring it",
  ],
  [
    "gunicorn shop.wsgi",
    "django\n-r https://example.org/r.txt\n",
    "requirements.txt includes https://example.org/r.txt",
  ],
])("%s with %j is unknown", async (start, requirements, why) => {
  const name = start.split(" ")[0];
  expect(await told(check, project(start, requirements))).toEqual([
    `unknown Procfile:1:1 the web process starts ${name}, and it is not known whether ${name} is installed: ${why}`,
  ]);
});

test("a development server comes with Django", async () => {
  const [line] = await told(check, project("python manage.py runserver 0.0.0.0:$PORT", "django\n"));
  expect(line).toMatch(/^skipped: /);
});

test("the class of a worker needs its package", async () => {
  const files = project("gunicorn shop.wsgi -k gevent", "django\ngunicorn\n");
  const [line] = await told(check, files);
  expect(line).toMatch(/^error certain Procfile:1:1 .*gevent.* requirements\.txt does not install gevent$/);
  expect(await told(check, { ...files, "requirements.txt": "django\ngunicorn[gevent]\n" })).toEqual([
    "passed",
  ]);
});

test("a server that an extra of the project has may be there", async () => {
  const files = {
    Procfile: "web: gunicorn shop.wsgi\n",
    "manage.py": "import django\n",
    "shop/wsgi.py": "application = None\n",
    "uv.lock":
      'version = 1\n\n[[package]]\nname = "django"\n\n[[package]]\nname = "gunicorn"\n\n[[package]]\nname = "shop"\nsource = { virtual = "." }\ndependencies = [{ name = "django" }]\n\n[package.optional-dependencies]\nprod = [{ name = "gunicorn" }]\n',
  };
  expect(await told(check, files, "heroku")).toEqual([
    'warning conditional Procfile:1:1 the web process starts gunicorn, and uv.lock does not install gunicorn (when the extra "prod" is not installed)',
  ]);
  // Where nothing says how it is installed, a part that is called after production is.
  expect(await told(check, files)).toEqual(["passed"]);
});

test("the package of a worker class that gunicorn no longer has is no use: worker-class-gone says so", async () => {
  const { bad } = workerClassGone.docs;
  const without = { ...bad, "requirements.txt": "django>=5.2,<6\ngunicorn==26.1.0\n" };
  expect(await told(check, without)).toEqual(["passed"]);
  const older = { ...bad, "requirements.txt": "django>=5.2,<6\ngunicorn==25.0.0\n" };
  expect(await told(check, older)).toEqual([expect.stringContaining("does not install eventlet")]);
});
