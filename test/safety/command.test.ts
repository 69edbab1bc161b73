import { execFileSync } from "node:child_process";
import { existsSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { execa } from "execa";
import { beforeAll, describe, expect, test } from "vitest";
import { bin, ensureBuilt } from "../support/built.ts";
import { git, has, onDisk, writeFiles } from "../support/on-disk.ts";

beforeAll(ensureBuilt, 180_000);

const project = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/__init__.py": "",
  "shop/settings.py": 'DEBUG = True\nSECRET_KEY = "a"\nROOT_URLCONF = "shop.urls"\n',
  Procfile: "web: gunicorn shop.wsgi\n",
  "requirements.txt": "Django==5.2.8\ngunicorn==23.0.0\n",
};

/** Longer than any run may take, however busy the machine; a run that hangs is killed. */
const limit = 30_000;

/** What the command says of a project; it has to come to an answer of its own, whatever it was given. */
async function judge(cwd: string, ...argv: readonly string[]) {
  const { stdout, stderr, exitCode, timedOut } = await execa(process.execPath, [bin, ...argv], {
    cwd,
    env: { PATH: process.env.PATH ?? "", HOME: cwd, NO_COLOR: "1" },
    extendEnv: false,
    reject: false,
    timeout: limit,
  });
  expect(timedOut, "it hangs").toBe(false);
  expect([0, 1, 2, 4], stdout + stderr).toContain(exitCode);
  expect(stderr).not.toMatch(/internal fault|^ {4}at /m);
  expect(stdout).not.toMatch(/crashed|^ {4}at .+:\d+\)?$/m);
  return stdout;
}

/** Anything a terminal would obey: escapes, carriage returns, changes of the direction of writing. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it looks for
const obeyed = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069]/;

describe("settings that would keep Python busy, or break it", { timeout: limit + 5000 }, () => {
  test.each([
    ["an endless loop", "while True:\n    pass\n"],
    [
      "an endless loop that catches everything",
      "while True:\n    try:\n        1 / 0\n    except BaseException:\n        pass\n",
    ],
    ["an endless recursion", "def f(n):\n    return f(n + 1)\nX = f(0)\n"],
    ["an endless generator", "def g():\n    while True:\n        yield 1\nX = list(g())\n"],
    ["a comprehension of 100,000", "X = [n for n in range(100000)]\n"],
    ["a comprehension of a million million", "X = [n for n in range(10 ** 12)]\n"],
    ["lists that double", "X = [1]\nfor n in range(100):\n    X = X + X\n"],
    ["a list in itself", "X = []\nX.append(X)\nY = str(X)\nZ = X == X\n"],
    ["a text that doubles", 'X = "x"\nfor n in range(100):\n    X += X\n'],
    ["a huge text", 'X = "x" * 10 ** 12\nY = "%1000000000d" % 1\nZ = f"{1:1000000000}"\n'],
    ["a huge number", "X = 10 ** 10 ** 10\nY = 1 << 10 ** 12\nZ = 9 ** 9 ** 9 ** 9\n"],
    ["a regular expression that explodes", 'import re\nX = re.match(r"(a+)+$", "a" * 100 + "b")\n'],
    ["deep brackets", `X = ${"[".repeat(20_000)}${"]".repeat(20_000)}\n`],
    ["deep minus signs", `X = ${"-".repeat(50_000)}1\n`],
    ["a long sum", `X = ${"1 + ".repeat(20_000)}1\n`],
    ["a long chain of attributes", `X = a${".b".repeat(20_000)}\n`],
    [
      "deep blocks",
      `${Array.from({ length: 500 }, (_, depth) => `${" ".repeat(depth)}if True:\n`).join("")}${" ".repeat(500)}X = 1\n`,
    ],
    ["a very long line", `X = "${"x".repeat(500_000)}"\n`],
    ["what might be 50,000 addresses", `X = "${"a://:b".repeat(50_000)}"\n`],
    ["what might be 100,000 tokens", `X = "${"eyJ-".repeat(100_000)}"\n`],
    ["what might be 50,000 keys", `X = "${"-----BEGIN ".repeat(50_000)}"\n`],
    ["100,000 lines", "X = 1\n".repeat(100_000)],
    ["a circle of imports", "from shop.settings import *\nfrom shop import settings\n"],
  ])("%s", async (_, text) => {
    const stdout = await judge(
      onDisk({ ...project, "shop/settings.py": `${project["shop/settings.py"]}${text}` }),
    );
    expect(stdout).toContain("deploy-check");
  });
});

describe("manifests that would keep a parser busy", { timeout: limit + 5000 }, () => {
  const bomb = `a: &a [x, x, x, x, x, x, x, x, x]\n${"bcdefghijklmnop"
    .split("")
    .map((name, at) => {
      const before = "abcdefghijklmno"[at];
      return `${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`;
    })
    .join("\n")}\n`;
  test.each([
    [
      "aliases that multiply",
      { "render.yaml": `${bomb}services: *p\n`, "docker-compose.yml": `${bomb}services: *p\n` },
    ],
    ["deep YAML", { "render.yaml": `services: ${"[".repeat(20_000)}` }],
    ["deep JSON", { "app.json": "[".repeat(100_000) }],
    ["deep TOML", { "pyproject.toml": `a = ${"[".repeat(50_000)}`, "fly.toml": `a = ${"[".repeat(50_000)}` }],
    [
      "a circle of requirements",
      { "requirements.txt": "Django\n-r requirements.txt\n-r a.txt\n", "a.txt": "-r requirements.txt\n" },
    ],
    ["a requirement without end", { "requirements.txt": `${"a[".repeat(100_000)}\nDjango\n` }],
    ["a Procfile of white space", { Procfile: `web: ${" ".repeat(500_000)}x\n${" ".repeat(500_000)}:` }],
    ["a Procfile of quotes", { Procfile: `web: ${"\"'`$(".repeat(20_000)}\n` }],
    ["a .env of line breaks", { ".env": "\n".repeat(500_000) }],
  ])("%s", async (_, files) => {
    await judge(onDisk({ ...project, ...files }));
  });
});

describe.skipIf(process.platform === "win32")("files that are not what they seem", () => {
  test.each(["manage.py", "shop/settings.py", "Procfile", "requirements.txt"])(
    "a pipe as %s",
    async (path) => {
      const root = onDisk(project);
      rmSync(join(root, path));
      execFileSync("mkfifo", [join(root, path)]);
      await judge(root);
    },
  );

  test.each([
    ["binary", Buffer.from([0, 1, 2])],
    ["above 5 MB", Buffer.alloc(5 * 1024 * 1024 + 1, "#")],
    ["in Latin-1", Buffer.from([0x23, 0xe9, 0x0a])],
  ])("settings that are %s leave the answer open", async (_, content) => {
    const stdout = await judge(onDisk({ ...project, "shop/settings.py": content }));
    expect(stdout).toMatch(/shop\.settings cannot be\s+evaluated: it .*shop\/settings\.py/s);
  });

  test("requirements in UTF-16, as PowerShell writes them, are read", async () => {
    const root = onDisk({
      ...project,
      "requirements.txt": Buffer.from("\uFEFFDjango==5.2.8\r\ngunicorn\r\n", "utf16le"),
    });
    expect(await judge(root, "--select", "server-not-installed", "--verbose")).not.toMatch(/1 failed/);
  });

  test("a settings module that is a link out of the project is not read", async () => {
    const outside = onDisk({ "settings.py": 'DEBUG = True\nNAME = "told-outside"\n' });
    const root = onDisk(project);
    rmSync(join(root, "shop/settings.py"));
    symlinkSync(join(outside, "settings.py"), join(root, "shop/settings.py"));
    const stdout = await judge(root, "--format", "json");
    expect(stdout).not.toContain("DEBUG is True");
  });
});

describe("what a terminal would obey", () => {
  const hostile = "\u001b]0;owned\u0007\u001b[2J\r\u202egpj";

  test("is shown, not sent, from values", async () => {
    const root = onDisk({
      ...project,
      "shop/settings.py": `DEBUG = True  # ${hostile}\nSECRET_KEY = "a${hostile}"\nALLOWED_HOSTS = ["https://${hostile}"]\nROOT_URLCONF = "shop.urls"\nSTATIC_URL = "${hostile}"\n`,
      Procfile: `web: gunicorn ${hostile}.wsgi\n${hostile}: x\n`,
      "requirements.txt": `Django==5.2.8\n${hostile}\n`,
      ".python-version": hostile,
    });
    for (const argv of [[], ["--verbose"], ["--format", "json"]]) {
      const stdout = await judge(root, ...argv);
      expect(obeyed.exec(stdout)).toBeNull();
    }
  });

  test.skipIf(process.platform === "win32")("is shown, not sent, from names", async () => {
    const name = `x${hostile.replaceAll("/", "")}`;
    const root = onDisk({ [`${name}/manage.py`]: project["manage.py"] });
    writeFiles(root, {
      [`${name}/shop/settings.py`]: project["shop/settings.py"],
      [`${name}/shop/__init__.py`]: "",
      [`${name}/Procfile`]: "web: x\n",
      [`${name}.env`]: "SECRET_KEY=s9k2v!0x7qzl4mfy\n",
    });
    if (has("git")) {
      git(root, "init", "-q");
      git(root, "add", ".");
    }
    for (const argv of [[], ["--verbose"], ["--format", "json"]]) {
      const stdout = await judge(root, ...argv);
      expect(stdout).toContain("owned");
      expect(obeyed.exec(stdout)).toBeNull();
    }
  });
});

describe.skipIf(!has("git"))("a repository", () => {
  test("keeps its tracked secrets to itself, and is told of them", async () => {
    const root = onDisk({ ...project, ".env": "SECRET_KEY=s9k2v!0x7qzl4mfy\n", ".gitignore": ".env\n" });
    git(root, "init", "-q");
    git(root, "add", "--force", ".");
    for (const argv of [[], ["--verbose"], ["--format", "json"]]) {
      const stdout = await judge(root, ...argv);
      expect(stdout).toContain("git tracks .env, which holds SECRET_KEY in plain text");
      expect(stdout).not.toContain("s9k2v");
    }
  });

  test.skipIf(process.platform === "win32")(
    "runs nothing of its own, and nothing of the project's",
    async () => {
      const root = onDisk(project);
      const mark = join(onDisk({}), "ran");
      git(root, "init", "-q");
      git(root, "add", ".");
      writeFileSync(join(root, ".git/monitor"), `#!/bin/sh\ntouch ${mark}\n`, { mode: 0o755 });
      writeFiles(root, {
        "shop/settings.py": `import os, subprocess\nos.system("touch ${mark}")\nsubprocess.run(["touch", "${mark}"])\nopen("${mark}", "w").write("x")\nDEBUG = True\n`,
      });
      git(root, "config", "core.fsmonitor", join(root, ".git/monitor"));
      await judge(root);
      expect(existsSync(mark)).toBe(false);
    },
  );
});
