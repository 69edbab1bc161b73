import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { elasticBeanstalk } from "../../src/platforms/elastic-beanstalk.ts";
import { choosePlatforms } from "../../src/platforms/index.ts";

const options = ".ebextensions/django.config";
const wsgiPath = (path: string) =>
  `option_settings:\n  aws:elasticbeanstalk:container:python:\n    WSGIPath: ${path}\n`;
const read = (files: Record<string, string>, folder = "") =>
  elasticBeanstalk.read(memoryFiles({ "manage.py": "", "shop/wsgi.py": "", ...files }), folder);
const told = (files: Record<string, string>) => read(files).problems?.map(({ message }) => message) ?? [];

test.each<[string, Record<string, string>]>([
  [".ebextensions", { [options]: "packages: {}\n" }],
  [".elasticbeanstalk", { ".elasticbeanstalk/config.yml": "global: {}\n" }],
  ["Dockerrun.aws.json", { "Dockerrun.aws.json": "{}" }],
  ["hooks", { ".platform/hooks/predeploy/01.sh": "#!/bin/sh\n" }],
  ["RDS", { "shop/settings.py": 'HOST = os.environ["RDS_HOSTNAME"]\n' }],
])("%s shows it", (_name, files) => {
  const [chosen, ...others] = choosePlatforms(memoryFiles({ "manage.py": "", ...files }), "");
  expect(chosen?.platform.id).toBe("elastic-beanstalk");
  expect(others).toEqual([]);
});

test("the .platform of Platform.sh does not", () => {
  const files = memoryFiles({ ".platform/routes.yaml": "{}\n" });
  expect(elasticBeanstalk.detect(files, "")).toBeUndefined();
});

test("options are a mapping by namespace or a list, in YAML or JSON; the last WSGIPath counts", () => {
  const list =
    "option_settings:\n  - namespace: aws:elasticbeanstalk:container:python\n    option_name: WSGIPath\n    value: shop.wsgi:application\n  - option_name: DEBUG\n    value: 'False'\n";
  const json =
    '{"option_settings": {"aws:elasticbeanstalk:application:environment": {"REGION": "eu"}, "aws:elasticbeanstalk:application:environmentsecrets": {"KEY": "arn:aws:x"}}}';
  const { processes, env, problems } = read({
    ".ebextensions/00.config": wsgiPath("old.wsgi:application"),
    ".ebextensions/01.config": list,
    ".ebextensions/02.config": json,
    ".ebextensions/readme.md": "no config",
  });
  expect(processes.map(({ command, source }) => [command, source])).toEqual([
    ["gunicorn --bind 127.0.0.1:8000 --workers=1 --threads=15 shop.wsgi:application", "WSGIPath"],
  ]);
  expect(env.map(({ name, value, from }) => [name, value, from])).toEqual([
    ["DEBUG", "False", undefined],
    ["REGION", "eu", undefined],
    ["KEY", undefined, "secret"],
  ]);
  expect(problems).toEqual([]);
});

test("a Procfile counts instead of WSGIPath; without either application.py is started", () => {
  const both = read({
    Procfile: "web: uvicorn shop.asgi:application --port 8000\n",
    [options]: wsgiPath("shop/wsgi.py"),
  });
  expect(both.processes.map(({ command }) => command)).toEqual(["uvicorn shop.asgi:application --port 8000"]);
  expect(both.problems).toEqual([]);
  const none = read({ "application.py": "", [options]: "packages: {}\n" });
  expect(none.processes.map(({ command, source }) => [command.split(" ").at(-1), source])).toEqual([
    ["application", "Elastic Beanstalk's default"],
  ]);
  expect(read({ [options]: "packages: {}\n" }).processes).toEqual([]);
});

test("container commands run by their names, hooks by their files", () => {
  const { steps } = read({
    [options]:
      "container_commands:\n  02_collect:\n    command: [python, manage.py, collectstatic, --noinput]\n  01_migrate:\n    command: python manage.py migrate\n    leader_only: true\n",
    ".platform/hooks/prebuild/01_packages.sh": "#!/bin/sh\n",
    ".platform/hooks/postdeploy/99_cache.sh": "#!/bin/sh\n",
  });
  expect(steps.map(({ phase, command }) => `${phase}: ${command}`)).toEqual([
    "release: python manage.py migrate",
    "release: python manage.py collectstatic --noinput",
    "build: .platform/hooks/prebuild/01_packages.sh",
    "release: .platform/hooks/postdeploy/99_cache.sh",
  ]);
});

test.each([
  ["Python 3.11 running on 64bit Amazon Linux 2023", "3.11", []],
  ["python-3.8", "3.8", []],
  [
    "arn:aws:elasticbeanstalk:us-east-1::platform/Python 3.8 running on 64bit Amazon Linux 2/3.3.6",
    "3.8",
    [],
  ],
  [
    "64bit Amazon Linux 2018.03 v2.9.4 running Python 3.6",
    "3.6",
    [expect.stringContaining("retired on 2022-07-18")],
  ],
  ["Docker", undefined, []],
])("the platform %s", (name, version, problems) => {
  const files = { ".elasticbeanstalk/config.yml": `global:\n  default_platform: ${name}\n` };
  expect(read(files).python?.version).toBe(version);
  expect(told(files)).toEqual(problems);
});

test("a Dockerfile is built where the environment's platform is Docker", () => {
  const Dockerfile = 'FROM python:3.13\nWORKDIR /app\nCOPY . .\nEXPOSE 9000\nCMD ["gunicorn", "shop.wsgi"]\n';
  const docker = { ".elasticbeanstalk/config.yml": "global:\n  default_platform: Docker\n", Dockerfile };
  expect(read(docker)).toMatchObject({
    image: { path: "Dockerfile" },
    changes: { port: { reachedFrom: "outside" }, statics: { mapped: [] } },
  });
  expect(read({ Dockerfile, "Dockerrun.aws.json": "{}" }).image?.path).toBe("Dockerfile");
  const python = read({ Dockerfile, [options]: wsgiPath("shop.wsgi:application") });
  expect(python.image).toBeUndefined();
  expect(python.processes[0]?.source).toBe("WSGIPath");
});

test("the port and folders of static files that options name", () => {
  const { changes } = read({
    [options]:
      "option_settings:\n  aws:elasticbeanstalk:application:environment:\n    PORT: 9000\n  aws:elasticbeanstalk:environment:proxy:staticfiles:\n    /assets: public\n",
  });
  expect(changes?.port).toMatchObject({ number: 9000, declared: { key: "PORT" } });
  expect(changes?.statics?.mapped.map(({ url, folder }) => [url, folder])).toEqual([
    ["/assets", "public"],
    ["/static", "static"],
  ]);
});

test("what is no mapping is refused, and a misspelt section is passed over", () => {
  expect(
    told({ [options]: "option_settings:\n  aws:elasticbeanstalk:container:python: shop.wsgi\n" }),
  ).toEqual([
    `aws:elasticbeanstalk:container:python in ${options} holds no mapping, and Elastic Beanstalk refuses the file`,
  ]);
  expect(told({ [options]: "option_setting:\n  a:\n    b: c\n" })).toEqual([
    "option_setting is no key that Elastic Beanstalk knows; option_settings is one",
  ]);
  expect(told({ [options]: "option_settings: [\n" })[0]).toContain("is not valid YAML");
});

test("what is deployed is in /var/app/current, which PYTHONPATH may name", () => {
  const { processes } = read({ Procfile: "web: gunicorn shop.wsgi\n" });
  expect(processes[0]?.mounts).toEqual([{ from: "", to: "/var/app/current" }]);
});

test("a source bundle in a folder", () => {
  const { folder, processes } = read({ "backend/.ebextensions/a.config": wsgiPath("shop.wsgi") }, "backend");
  expect(folder).toBe("backend");
  expect(processes[0]).toMatchObject({ folder: "backend" });
});
