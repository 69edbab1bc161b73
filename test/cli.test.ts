import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { Ajv2020 } from "ajv/dist/2020.js";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { version } from "../src/version.ts";
import { bin, ensureBuilt } from "./support/built.ts";
import { git, has, onDisk } from "./support/on-disk.ts";

beforeAll(ensureBuilt, 180_000);

const manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const key = "django-insecure-zebra-0123456789";
const unsafe = {
  "manage.py": manage,
  "shop/__init__.py": "",
  "shop/wsgi.py":
    'import os\nfrom django.core.wsgi import get_wsgi_application\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\napplication = get_wsgi_application()\n',
  "shop/settings.py": `DEBUG = True\nSECRET_KEY = "${key}"\nROOT_URLCONF = "shop.urls"\n`,
  Procfile: "web: gunicorn shop.wsgi\n",
  "requirements.txt": "Django==5.2.8\ngunicorn==23.0.0\n",
  ".python-version": "3.13\n",
};
const safe = {
  ...unsafe,
  "shop/settings.py":
    'import os\n\nSECRET_KEY = os.environ["SECRET_KEY"]\nALLOWED_HOSTS = ["shop.example.com"]\nROOT_URLCONF = "shop.urls"\n',
};

/** The published command in a process of its own, without the colours and the width of this one. */
function deployCheck(cwd: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return execa(process.execPath, [bin, ...argv], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, ...env },
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
  });
}

describe("the built command", () => {
  test("exits with 0 when nothing fails", async () => {
    const { exitCode, stdout, stderr } = await deployCheck(onDisk(safe), []);
    expect(exitCode, stdout + stderr).toBe(0);
    expect(stdout).toContain("\nReady to deploy, as far as the files tell");
    expect(stderr).toBe("");
  });

  test("follows calls as deeply as CPython does", async () => {
    const calls = "def f(n):\n    return f(n - 1) if n else 0\nX = f(900)\n";
    const settings = { ...safe, "shop/settings.py": `${safe["shop/settings.py"]}${calls}` };
    const shown = await deployCheck(onDisk(settings), ["settings", "--only", "X", "--env", "SECRET_KEY=a"]);
    expect(shown.stdout).toContain("X = 0");
    expect(shown.exitCode).toBe(0);
    const endless = { ...safe, "shop/settings.py": `${settings["shop/settings.py"]}f(-1)\n` };
    const refused = await deployCheck(onDisk(endless), ["settings"]);
    expect(refused.stdout).toContain("settings.py:7: RecursionError: maximum recursion depth exceeded");
    expect(refused.exitCode).toBe(1);
  });

  test("exits with 1 when something does, and shows no secret", async () => {
    const cwd = onDisk(unsafe);
    for (const argv of [[], ["--verbose"], ["--format", "json"]]) {
      const { exitCode, stdout, stderr } = await deployCheck(cwd, argv);
      expect(exitCode).toBe(1);
      expect(stdout).toContain("DEBUG is True");
      expect(stdout).not.toContain("zebra");
      expect(stdout).not.toContain(cwd);
      expect(stderr).toBe("");
    }
  });

  test("exits with 2 on wrong usage", async () => {
    const { exitCode, stdout, stderr } = await deployCheck(onDisk(safe), ["--colour-blind"]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toBe(
      "deploy-check: unknown option '--colour-blind'\ndeploy-check --help shows how it is used\n",
    );
  });

  test("exits with 4 when nothing is recognised", async () => {
    const { exitCode, stdout, stderr } = await deployCheck(onDisk({ "index.html": "" }), []);
    expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: "" });
    expect(stderr).toContain("looked for");
  });

  test("prints JSON that keeps to its schema", async () => {
    const schema = JSON.parse(readFileSync("docs/json.schema.json", "utf8"));
    const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(schema);
    for (const files of [safe, unsafe, { Procfile: "web: gunicorn shop\n", "requirements.txt": "flask\n" }]) {
      const { stdout } = await deployCheck(onDisk(files), ["--format", "json"]);
      expect(validate(JSON.parse(stdout)), JSON.stringify(validate.errors, undefined, 2)).toBe(true);
    }
  });

  test("gives the same bytes for the same project, wherever it is", async () => {
    const placed = Object.fromEntries(Object.entries(unsafe).map(([path, text]) => [`shop/${path}`, text]));
    const [here, there] = [onDisk(placed), onDisk(placed)];
    for (const argv of [["--verbose"], ["--format", "json"]]) {
      const first = await deployCheck(here, ["shop", ...argv]);
      expect((await deployCheck(there, ["shop", ...argv])).stdout).toBe(first.stdout);
    }
  });

  test("colours what is asked for in colour, unless NO_COLOR is set", async () => {
    const cwd = onDisk(unsafe);
    expect((await deployCheck(cwd, ["--color"])).stdout).toContain("\x1b[");
    expect((await deployCheck(cwd, ["--color"], { NO_COLOR: "1" })).stdout).not.toContain("\x1b[");
    expect((await deployCheck(cwd, [], { FORCE_COLOR: "1" })).stdout).toContain("\x1b[");
    expect((await deployCheck(cwd, [])).stdout).not.toContain("\x1b[");
  });

  test("does not complain when its reader has seen enough", async () => {
    const { exitCode, stderr } = await execa(`"${process.execPath}" "${bin}" list | head -n 1`, {
      shell: true,
      reject: false,
    });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });

  test("answers --version, --help, list and explain without a project", async () => {
    const cwd = onDisk({});
    expect((await deployCheck(cwd, ["--version"])).stdout).toBe(`${version}\n`);
    for (const argv of [["--help"], ["list"], ["explain", "debug-enabled"], ["explain", "--help"]]) {
      const { exitCode, stdout, stderr } = await deployCheck(cwd, argv);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
      expect(stdout.length).toBeGreaterThan(100);
    }
  });

  test.skipIf(!has("git"))("runs nothing that the repository configures", async () => {
    const cwd = onDisk(safe);
    git(cwd, "init", "-q");
    git(cwd, "add", ".");
    git(cwd, "config", "core.fsmonitor", `touch ${join(cwd, "ran")}; false`);
    const { exitCode } = await deployCheck(cwd, []);
    expect(exitCode).toBe(0);
    expect(() => readFileSync(join(cwd, "ran"))).toThrow("ENOENT");
  });
});
