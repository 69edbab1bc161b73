import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDisk } from "../../src/files/disk.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { Unreadable } from "../../src/files/project-files.ts";
import { git, has, onDisk, writeFiles } from "../support/on-disk.ts";

const project = { "manage.py": "x\n", "shop/settings.py": "y\n", "shop/a/b.py": "", "shop-b.txt": "é" };

test("shows the same as the same files in memory", async () => {
  const disk = await openDisk(onDisk(project));
  const memory = memoryFiles(project);
  expect(disk.list).toEqual(memory.list);
  for (const path of ["", "shop", "shop/a", "none", ...memory.list]) {
    expect([
      disk.isFile(path),
      disk.isFolder(path),
      disk.children(path),
      disk.read(path),
      disk.text(path),
    ]).toEqual([
      memory.isFile(path),
      memory.isFolder(path),
      memory.children(path),
      memory.read(path),
      memory.text(path),
    ]);
  }
  expect(disk.tracked).toBeUndefined();
  expect(disk.passedOver).toEqual([]);
});

test("reads a file once, when it is first asked for", async () => {
  const root = onDisk({ "a.txt": "early", "b.txt": "early" });
  const files = await openDisk(root);
  expect(files.text("a.txt")).toBe("early");
  writeFiles(root, { "a.txt": "late", "b.txt": "late" });
  expect([files.text("a.txt"), files.text("b.txt")]).toEqual(["early", "late"]);
});

test("says that a file is gone, and that a root is no folder", async () => {
  const root = onDisk({ "a.txt": "" });
  const files = await openDisk(root);
  rmSync(join(root, "a.txt"));
  expect(files.read("a.txt")).toEqual({ kind: "unreadable", because: "does not exist" });
  await expect(openDisk(join(root, "none"))).rejects.toThrow(/none does not exist$/);
  writeFiles(root, { "a.txt": "" });
  await expect(openDisk(join(root, "a.txt"))).rejects.toThrow(Unreadable);
});

test("asks for names in their own case, also where the system does not", async () => {
  const files = await openDisk(onDisk({ Procfile: "" }));
  expect([files.isFile("Procfile"), files.isFile("procfile")]).toEqual([true, false]);
});

test("lists neither what is installed nor what is cached", async () => {
  const files = await openDisk(
    onDisk({
      "a.py": "",
      ".git/config": "",
      "node_modules/x/index.js": "",
      "sub/node_modules/x/index.js": "",
      "env/pyvenv.cfg": "",
      "env/lib/python3.12/site-packages/django/__init__.py": "",
      "old/lib/python2.7/site-packages/django/__init__.py": "",
      "conda/conda-meta/history": "",
      "__pycache__/a.pyc": "",
      ".tox/py312/a.py": "",
      ".mypy_cache/a.json": "",
    }),
  );
  expect(files.list).toEqual(["a.py"]);
  expect(files.passedOver).toEqual([]);
});

test("lists a project that is itself in the folder of a virtual environment", async () => {
  const files = await openDisk(onDisk({ "manage.py": "", "pyvenv.cfg": "" }));
  expect(files.list).toEqual(["manage.py", "pyvenv.cfg"]);
});

describe(".gitignore", () => {
  test("leaves out what is ignored, and knows that it is there", async () => {
    const files = await openDisk(
      onDisk({
        ".gitignore": ".env\n/logs/\n*.tmp\n",
        ".env": "A=1",
        "logs/a/b.log": "",
        "sub/logs/c.log": "",
        "sub/.gitignore": "!kept.tmp\n/only-here\n",
        "sub/kept.tmp": "",
        "sub/only-here": "",
        "sub/x/only-here": "",
        "x.tmp": "",
      }),
    );
    expect(files.list).toEqual([
      ".gitignore",
      "sub/.gitignore",
      "sub/kept.tmp",
      "sub/logs/c.log",
      "sub/x/only-here",
    ]);
    expect(files.read(".env")).toEqual({ kind: "absent" });
    const asked = [".env", "logs", "logs/a/b.log", "logs/none", "sub/only-here", "none", "sub", "../x"];
    expect(asked.filter(files.isIgnored)).toEqual([".env", "logs", "logs/a/b.log", "sub/only-here"]);
  });

  test("above the project counts as far as the repository reaches", async () => {
    const root = onDisk({
      ".gitignore": "outermost.txt\n",
      "repository/.gitignore": "secret.txt\n/backend/local.py\n/x.txt\n",
      "repository/backend/secret.txt": "",
      "repository/backend/local.py": "",
      "repository/backend/x.txt": "",
      "repository/backend/outermost.txt": "",
    });
    mkdirSync(join(root, "repository/.git"));
    const files = await openDisk(join(root, "repository/backend"));
    expect(files.list).toEqual(["outermost.txt", "x.txt"]);
  });

  test("of a repository that ignores the project's folder is not the project's", async () => {
    const root = onDisk({ ".gitignore": "/tmp/\n*.py\n", "tmp/shop/manage.py": "" });
    mkdirSync(join(root, ".git"));
    const files = await openDisk(join(root, "tmp/shop"));
    expect(files.list).toEqual(["manage.py"]);
    expect(files.tracked).toBeUndefined();
  });

  test("is not read through a link", async () => {
    const root = onDisk({ "a.txt": "", patterns: "*.txt" });
    symlinkSync("patterns", join(root, ".gitignore"));
    expect((await openDisk(root)).list).toEqual([".gitignore", "a.txt", "patterns"]);
  });
});

describe("links", () => {
  test("inside the project are followed, to files and folders, through other links", async () => {
    const root = onDisk({ "real/a.txt": "A", "real/sub/b.txt": "B" });
    symlinkSync("real/a.txt", join(root, "a"));
    symlinkSync("a", join(root, "a2"));
    symlinkSync(join(root, "real"), join(root, "copy"));
    symlinkSync("../a2", join(root, "real/again"));
    const files = await openDisk(root);
    expect(files.list).toEqual([
      "a",
      "a2",
      "copy/a.txt",
      "copy/again",
      "copy/sub/b.txt",
      "real/a.txt",
      "real/again",
      "real/sub/b.txt",
    ]);
    expect(["a", "a2", "copy/again", "copy/sub/b.txt"].map(files.text)).toEqual(["A", "A", "A", "B"]);
    expect(files.isFolder("copy/sub")).toBe(true);
    expect(files.passedOver).toEqual([]);
  });

  test("to what is ignored lead nowhere in a deployment", async () => {
    const root = onDisk({ ".gitignore": ".env.local\n", ".env.local": "A=1" });
    symlinkSync(".env.local", join(root, ".env"));
    const files = await openDisk(root);
    expect(files.list).toEqual([".gitignore"]);
    expect(files.passedOver).toEqual([
      { path: ".env", because: "is a link to .env.local, which is not part of the project" },
    ]);
  });
});

describe.skipIf(!has("git"))("git's index", () => {
  test("says what is executable for everybody, whatever it is here", async () => {
    const root = onDisk({ "a.sh": "", "b.sh": "", "c.sh": "", "é.sh": "" });
    symlinkSync("a.sh", join(root, "link.sh"));
    git(root, "init", "-q");
    git(root, "add", "a.sh", "b.sh", "é.sh", "link.sh");
    git(root, "update-index", "--chmod=+x", "a.sh", "é.sh");
    const { tracked } = await openDisk(root);
    const modes = ["a.sh", "b.sh", "c.sh", "é.sh", "link.sh"].map((path) => tracked?.isExecutable(path));
    expect(modes).toEqual([true, false, undefined, true, undefined]);
  });

  test("says what is tracked, also of a file that is ignored or gone", async () => {
    const root = onDisk({ ...project, ".env": "A=1", "gone.txt": "", "ignored/kept.txt": "", "new.txt": "" });
    git(root, "init", "-q");
    git(root, "add", ".env", "gone.txt", "manage.py", "ignored/kept.txt");
    rmSync(join(root, "gone.txt"));
    writeFiles(root, { ".gitignore": ".env\nignored\n", "ignored/other.txt": "" });
    const files = await openDisk(root);
    expect(
      [".env", "gone.txt", "manage.py", "new.txt", "ignored/kept.txt"].map((path) =>
        files.tracked?.has(path),
      ),
    ).toEqual([true, true, true, false, true]);
    expect(files.list.filter((path) => !path.startsWith("shop"))).toEqual([
      ".env",
      ".gitignore",
      "ignored/kept.txt",
      "manage.py",
      "new.txt",
    ]);
    expect([".env", "ignored/kept.txt", "ignored/other.txt"].map(files.isIgnored)).toEqual([
      false,
      false,
      true,
    ]);
  });

  test("is asked below a project in a subfolder, and its paths start there", async () => {
    const root = onDisk({ "backend/.env": "", "backend/é\n.txt": "", ".env": "", "backend-2/x": "" });
    git(root, "init", "-q");
    git(root, "add", ".");
    const { tracked } = await openDisk(join(root, "backend"));
    expect([".env", "é\n.txt", "backend/.env", "../.env", "x"].map((path) => tracked?.has(path))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });

  test("is found in a worktree and in a submodule, where .git is a file", async () => {
    const root = onDisk({ "main/a.txt": "" });
    git(join(root, "main"), "init", "-q");
    git(join(root, "main"), "add", ".");
    git(join(root, "main"), "commit", "-q", "-m", "a");
    git(join(root, "main"), "worktree", "add", "-q", "../other");
    expect((await openDisk(join(root, "other"))).tracked?.has("a.txt")).toBe(true);
    git(root, "init", "-q");
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", join(root, "main"), "inner");
    const inner = await openDisk(join(root, "inner"));
    expect(inner.tracked?.has("a.txt")).toBe(true);
    expect(inner.list).toEqual(["a.txt"]);
  });

  test("does not bring virtual environments into the list, but they are named", async () => {
    const root = onDisk({ "venv/pyvenv.cfg": "", "venv/lib/x.py": "", "env/pyvenv.cfg": "", "a.py": "" });
    git(root, "init", "-q");
    git(root, "add", "venv", "a.py");
    const files = await openDisk(root);
    expect(files.list).toEqual(["a.py"]);
    expect(files.tracked?.has("venv/lib/x.py")).toBe(true);
    expect(files.passedOver).toEqual([{ path: "venv", because: "is a virtual environment" }]);
  });

  test("is unknown when the repository is none, and when git is not installed", async () => {
    const root = onDisk({ "a.txt": "" });
    mkdirSync(join(root, ".git"));
    expect((await openDisk(root)).tracked).toBeUndefined();
    rmSync(join(root, ".git"), { recursive: true });
    git(root, "init", "-q");
    const path = process.env.PATH;
    try {
      process.env.PATH = onDisk({});
      expect((await openDisk(root)).tracked).toBeUndefined();
    } finally {
      process.env.PATH = path;
    }
    expect((await openDisk(root)).tracked?.has("a.txt")).toBe(false);
  });

  test("honours .git/info/exclude", async () => {
    const root = onDisk({ "a.txt": "", "b.txt": "" });
    git(root, "init", "-q");
    writeFiles(root, { ".git/info/exclude": "b.txt\n" });
    expect((await openDisk(root)).list).toEqual(["a.txt"]);
  });
});

test("ignored files are there when the machine's own view is asked for", async () => {
  const root = onDisk({ ".gitignore": ".env\n", ".env": "A=1\n", "manage.py": "" });
  expect((await openDisk(root)).list).not.toContain(".env");
  expect((await openDisk(root, { withIgnored: true })).text(".env")).toBe("A=1\n");
});
