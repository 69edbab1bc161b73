import { expect, test } from "vitest";
import check from "../../../src/checks/processes/interactive-deploy-step.ts";
import { told } from "../../support/told.ts";

const project = { "manage.py": "import django\n", "shop/settings.py": 'ROOT_URLCONF = "shop.urls"\n' };
const ask = (line: string, more: Record<string, string> = {}) =>
  told(check, {
    ...project,
    Dockerfile: `FROM debian:12\nCOPY . .\nRUN ${line}\nCMD gunicorn shop.wsgi\n`,
    ...more,
  });

test("apt without an answer", async () => {
  expect((await ask("apt-get update && apt-get install curl"))[0]).toMatch(
    /^error certain Dockerfile:3:\d+ apt-get install runs without -y, and asks$/,
  );
});

test("collectstatic asks where there are files already", async () => {
  expect((await ask("python manage.py collectstatic"))[0]).toMatch(
    /^warning conditional .* \(when STATIC_ROOT holds files already\)$/,
  );
});

test("a superuser without an answer", async () => {
  expect((await ask("python manage.py createsuperuser"))[0]).toMatch(
    /^error certain .*createsuperuser runs without --noinput/,
  );
});

test.each([
  ["-y", "apt-get install -y curl"],
  ["-qy", "apt-get install -qy curl"],
  ["-yqq", "apt-get install -yqq curl"],
  ["--yes", "apt-get --yes install curl"],
  ["--noinput", "python manage.py collectstatic --noinput"],
  ["--no-input", "python manage.py collectstatic --no-input"],
  ["migrate", "python manage.py migrate"],
  ["an answer from a pipe", "yes yes | python manage.py collectstatic"],
  ["options that nobody knows", "apt-get $OPTIONS install curl"],
])("%s: passed", async (_name, line) => {
  expect(await ask(line)).toEqual(["passed"]);
});
