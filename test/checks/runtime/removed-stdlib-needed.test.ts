import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/removed-stdlib-needed.ts";
import { told } from "../../support/told.ts";

const heroku = {
  "manage.py": "import django\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": '{ "stack": "heroku-24" }\n',
};
const ask = (requirements: string, python = "3.13") =>
  told(check, { ...heroku, ".python-version": `${python}\n`, "requirements.txt": `${requirements}\n` });

test("pkg_resources, which the newest setuptools lacks", async () => {
  expect(await ask("gunicorn==20.1.0")).toEqual([
    "warning conditional requirements.txt:1:1 gunicorn 20.1.0 imports pkg_resources, which setuptools has no more since 82 (when pip installs setuptools 82 or newer)",
  ]);
});

test("where another package may bring setuptools along", async () => {
  expect((await ask("djangorestframework-simplejwt==5.2.2\nsomething-else==1"))[0]).toMatch(
    /^warning conditional .* imports pkg_resources, which comes with setuptools, and Python 3\.13 brings none \(when no other package brings setuptools along\)$/,
  );
});

test("modules that Python 3.13 dropped", async () => {
  expect((await ask("tweepy==4.14.0"))[0]).toContain(
    "tweepy 4.14.0 imports imghdr, which Python 3.13 does not have",
  );
  expect((await ask("feedparser==6.0.10"))[0]).toContain("imports cgi");
});

test.each([
  ["an older Python", "gunicorn==20.1.0\nfeedparser==6.0.10", "3.11"],
  ["setuptools below 82", "gunicorn==20.1.0\nsetuptools==80.9.0", "3.13"],
  ["a bound below 82", "gunicorn==20.1.0\nsetuptools<81", "3.13"],
  ["a module that is brought back", "feedparser==6.0.10\nlegacy-cgi==2.6", "3.13"],
  ["newer releases", "gunicorn==21.2.0\ntweepy==4.15.0\ndrf-yasg==1.21.10", "3.13"],
  ["no exact version", "gunicorn>=20", "3.13"],
])("%s: passed", async (_name, requirements, python) => {
  expect(await ask(requirements, python)).toEqual(["passed"]);
});
