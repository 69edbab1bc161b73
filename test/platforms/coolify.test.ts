import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { coolify } from "../../src/platforms/coolify.ts";
import { choosePlatforms } from "../../src/platforms/index.ts";

type Files = Record<string, string>;

const django: Files = {
  "manage.py": "",
  "requirements.txt": "Django==5.2\ngunicorn\n",
  "shop/settings.py": 'WSGI_APPLICATION = "shop.wsgi.application"\n',
};
const read = (files: Files) => coolify.read(memoryFiles({ ...django, ...files }), "");

test.each<[string, Files]>([
  [
    "its variables in a compose file",
    { "compose.yaml": "services:\n  web:\n    environment: [SERVICE_FQDN_WEB_8000]\n" },
  ],
  ["its variables in the settings", { "shop/settings.py": 'HOST = os.environ["COOLIFY_FQDN"]\n' }],
])("%s show Coolify", (_name, files) => {
  const chosen = choosePlatforms(memoryFiles({ ...django, ...files }), "");
  expect(chosen.map(({ platform }) => platform.id)).toContain("coolify");
});

test("Nixpacks starts gunicorn without an address, which $PORT gives it", () => {
  expect(read({}).processes).toMatchObject([
    {
      name: "web",
      command: "python manage.py migrate && gunicorn shop.wsgi",
      source: "Nixpacks' default for Django",
      at: { file: "shop/settings.py", line: 1 },
    },
  ]);
});

test("nixpacks.toml stands over the Procfile, whose release line is built", () => {
  const { processes, steps, env, manifests } = read({
    "nixpacks.toml":
      '[variables]\nDEBUG = "0"\n[phases.build]\ncmds = ["...", "python manage.py collectstatic --noinput"]\n[start]\ncmd = "gunicorn own"\n',
    Procfile: "release: python manage.py migrate\nweb: gunicorn other\n",
  });
  expect(manifests).toEqual(["nixpacks.toml", "Procfile"]);
  expect(processes[0]?.command).toBe("gunicorn own");
  expect(steps).toMatchObject([
    { phase: "build", command: "python manage.py collectstatic --noinput" },
    { phase: "build", command: "python manage.py migrate" },
  ]);
  expect(env).toMatchObject([{ name: "DEBUG", value: "0", scope: "both" }]);
});

test("a Dockerfile is built if the application says so, which no file tells", () => {
  const { processes, manifests } = read({ Dockerfile: 'FROM python:3.13\nCMD ["gunicorn", "shop.wsgi"]\n' });
  expect(manifests).toEqual(["Dockerfile"]);
  expect(processes[0]?.onlyIf).toBe("the build pack of the application is Dockerfile");
});

test("railpack.json asks for Railpack", () => {
  const { processes, changes } = read({ "railpack.json": "{}" });
  expect(processes[0]?.source).toBe("Railpack's default for Django");
  expect(changes?.python?.grammar).toBe("mise");
});

test("a Django project without WSGI_APPLICATION is not built, whatever the Procfile says", () => {
  const { problems } = read({ "shop/settings.py": "", Procfile: "web: gunicorn shop.wsgi\n" });
  expect(problems?.map(({ message }) => message)).toEqual([
    expect.stringContaining("without which Nixpacks refuses to build a Django project"),
  ]);
});

test("the health check asks localhost, inside the container", () => {
  expect(coolify.health).toMatchObject({ host: "localhost", accepts: [200, 399] });
});

test("a compose file that is written for Coolify is named, and not taken for something that Nixpacks builds", () => {
  const { processes, unread, changes } = read({
    "compose.yaml": "services:\n  web:\n    environment: [SERVICE_FQDN_WEB_8000]\n",
  });
  expect(processes).toEqual([]);
  expect(unread).toEqual(["compose.yaml"]);
  expect(changes).toMatchObject({ python: undefined, packages: undefined });
});
