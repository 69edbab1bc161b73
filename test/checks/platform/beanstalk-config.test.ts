import { expect, test } from "vitest";
import check from "../../../src/checks/platform/beanstalk-config.ts";
import startTargetMissing from "../../../src/checks/processes/start-target-missing.ts";
import { brief, runOn } from "../../support/run-on.ts";
import { settingsOnly } from "../../support/settings.ts";

const path = ".ebextensions/django.config";
const options = (lines: string) => `option_settings:\n  aws:elasticbeanstalk:container:python:\n${lines}`;
const wsgi = { "shop/wsgi.py": "application = 1\n" };
const run = (files: Record<string, string>) =>
  runOn(check, settingsOnly("DEBUG = False", { ...wsgi, ...files }), { platform: "elastic-beanstalk" });
const judge = async (files: Record<string, string>) => brief(await run(files));

test.each(["shop/wsgi.py", "shop.wsgi.py", "./shop/wsgi.py"])("WSGIPath: %s", async (value) => {
  const result = await run({ [path]: options(`    WSGIPath: ${value}\n`) });
  expect(brief(result)).toEqual([
    `error certain ${path}:3:15 WSGIPath is "${value}", the path of a file, and gunicorn imports a module`,
  ]);
  expect(result.findings[0]).toMatchObject({
    fix: "option_settings:\n  aws:elasticbeanstalk:container:python:\n    WSGIPath: shop.wsgi:application",
  });
});

test("a path to application.py names the project's own application instead", async () => {
  const { findings } = await run({ [path]: options("    WSGIPath: application.py\n") });
  expect(findings[0]).toMatchObject({ fix: expect.stringContaining("WSGIPath: shop.wsgi:application") });
});

test("one check tells of it", async () => {
  const files = settingsOnly("DEBUG = False", { [path]: options("    WSGIPath: shop/wsgi.py\n") });
  expect((await runOn(startTargetMissing, files, { platform: "elastic-beanstalk" })).status).toBe("skipped");
});

test("a target that is not there is told by start-target-missing", async () => {
  const files = settingsOnly("DEBUG = False", {
    ...wsgi,
    [path]: options("    WSGIPath: store.wsgi:application\n"),
  });
  const result = await runOn(startTargetMissing, files, { platform: "elastic-beanstalk" });
  expect(brief(result)).toEqual([expect.stringContaining('starts "store.wsgi:application"')]);
});

test("a namespace of Amazon Linux 1", async () => {
  const lines =
    "option_settings:\n  aws:elasticbeanstalk:container:python:staticfiles:\n    /static/: static/\n";
  expect(await judge({ [path]: lines })).toEqual([
    `error certain ${path}:3:15 aws:elasticbeanstalk:container:python:staticfiles is a namespace of Amazon Linux 1, and no environment takes it any more`,
  ]);
});

const migrate = (more: string) =>
  `container_commands:\n  01_migrate:\n    command: python manage.py migrate --noinput\n${more}`;

test("migrations of every instance", async () => {
  expect(await judge({ [path]: migrate("") })).toEqual([
    `warning certain ${path}:3:14 01_migrate migrates on every instance at the same time, because it is not leader_only`,
  ]);
});

test("a process that ends is started again", async () => {
  expect(
    await judge({
      [path]: "packages: {}\n",
      Procfile: "web: gunicorn shop.wsgi\nrelease: python manage.py migrate\n",
    }),
  ).toEqual([
    "warning certain Procfile:2:1 Elastic Beanstalk starts release of the Procfile again each time it ends",
  ]);
});

test.each<[string, Record<string, string>]>([
  ["a module", { [path]: options("    WSGIPath: shop.wsgi:application\n") }],
  ["a module without the name", { [path]: options("    WSGIPath: shop.wsgi\n") }],
  [
    "the old form beside a Procfile",
    { [path]: options("    WSGIPath: shop/wsgi.py\n"), Procfile: "web: gunicorn shop.wsgi\n" },
  ],
  ["a leader that migrates", { [path]: migrate("    leader_only: true\n") }],
  ["migrations behind a test", { [path]: migrate("    test: '[ \"$IS_LEADER\" ]'\n") }],
  [
    "a single instance",
    {
      [path]: `${migrate("")}option_settings:\n  aws:elasticbeanstalk:environment:\n    EnvironmentType: SingleInstance\n`,
    },
  ],
  [
    "a worker of the Procfile",
    { [path]: "packages: {}\n", Procfile: "web: gunicorn shop.wsgi\nworker: celery -A shop worker\n" },
  ],
])("%s is right", async (_name, files) => {
  expect(await judge(files)).toEqual([]);
});

test("a file that cannot be read is told by manifest-invalid", async () => {
  expect(await judge({ [path]: "option_settings: [\n" })).toEqual([]);
});

test("without files of Elastic Beanstalk's, and on other platforms, it does not ask", async () => {
  expect((await run({})).status).toBe("skipped");
  const files = settingsOnly("DEBUG = False", { [path]: options("    WSGIPath: shop/wsgi.py\n") });
  expect((await runOn(check, files, { platform: "heroku" })).status).toBe("skipped");
});
