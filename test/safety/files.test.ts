import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDisk } from "../../src/files/disk.ts";
import { isRoot, onDisk } from "../support/on-disk.ts";

// Windows has neither pipes in folders, nor permissions, nor links without a privilege.
describe.skipIf(process.platform === "win32")("files that are not what they seem", () => {
  test("nothing above 5 MB is read, nothing binary, nothing in an unknown encoding", async () => {
    const files = await openDisk(
      onDisk({
        "large.py": Buffer.alloc(5 * 1024 * 1024 + 1, "a"),
        "binary.py": Buffer.from([0x50, 0x4b, 0, 1]),
        "latin-1.py": Buffer.from([0x23, 0x20, 0xe9, 0x0a]),
        "utf-16.txt": Buffer.from("\uFEFFDjango==5.2\r\n", "utf16le"),
      }),
    );
    expect(Object.fromEntries(files.list.map((path) => [path, files.read(path)]))).toEqual({
      "binary.py": { kind: "unreadable", because: "is a binary file" },
      "large.py": { kind: "unreadable", because: "is larger than 5 MB" },
      "latin-1.py": { kind: "unreadable", because: "is not valid UTF-8 (line 1)" },
      "utf-16.txt": { kind: "text", text: "Django==5.2\r\n", encoding: "utf-16le" },
    });
  });

  test("a pipe is not opened, in the place of a file or behind a link", { timeout: 5000 }, async () => {
    const root = onDisk({ "a.py": "" });
    for (const path of ["Procfile", ".gitignore"]) execFileSync("mkfifo", [join(root, path)]);
    symlinkSync("Procfile", join(root, "settings.py"));
    const files = await openDisk(root);
    expect(files.list).toEqual(["a.py"]);
    expect(files.read("Procfile")).toEqual({ kind: "absent" });
    expect(files.passedOver).toEqual([
      { path: ".gitignore", because: "is a pipe, a socket or a device" },
      { path: "Procfile", because: "is a pipe, a socket or a device" },
      { path: "settings.py", because: "is a link to Procfile, which is not part of the project" },
    ]);
  });

  test("a file that becomes a pipe after it was listed is not waited for", { timeout: 5000 }, async () => {
    const root = onDisk({ "a.py": "" });
    const files = await openDisk(root);
    rmSync(join(root, "a.py"));
    execFileSync("mkfifo", [join(root, "a.py")]);
    expect(files.read("a.py")).toEqual({ kind: "unreadable", because: "is a pipe, a socket or a device" });
  });

  test.skipIf(isRoot)("what may not be read is named (root may read everything)", async () => {
    const root = onDisk({ "a.py": "", "closed/b.py": "", "c.py": "" });
    chmodSync(join(root, "a.py"), 0);
    chmodSync(join(root, "closed"), 0);
    const files = await openDisk(root);
    chmodSync(join(root, "closed"), 0o700);
    expect(files.list).toEqual(["a.py", "c.py"]);
    expect(files.read("a.py")).toEqual({ kind: "unreadable", because: "is not readable by this user" });
    expect(files.passedOver).toEqual([{ path: "closed", because: "is not readable by this user" }]);
  });
});

describe.skipIf(process.platform === "win32")("links", () => {
  test("out of the project are not followed", async () => {
    const outside = onDisk({ "secret.txt": "outside", "folder/a.py": "" });
    const root = onDisk({ "a.py": "" });
    symlinkSync(join(outside, "secret.txt"), join(root, "file"));
    symlinkSync(join(outside, "folder"), join(root, "folder"));
    symlinkSync("/", join(root, "root"));
    symlinkSync("file", join(root, "twice"));
    symlinkSync("none", join(root, "nowhere"));
    const files = await openDisk(root);
    expect(files.list).toEqual(["a.py"]);
    expect(files.read("file")).toEqual({ kind: "absent" });
    expect(files.read("root/etc/passwd")).toEqual({ kind: "absent" });
    expect(files.passedOver).toEqual([
      { path: "file", because: "is a link out of the project" },
      { path: "folder", because: "is a link out of the project" },
      { path: "nowhere", because: "is a link that leads nowhere" },
      { path: "root", because: "is a link out of the project" },
      { path: "twice", because: "is a link out of the project" },
    ]);
  });

  test("to the inside of .git are not followed", async () => {
    const root = onDisk({ "a.py": "", ".git/config": "[user]\n" });
    symlinkSync(".git/config", join(root, "config"));
    expect((await openDisk(root)).list).toEqual(["a.py"]);
  });

  test("in a circle end", async () => {
    const root = onDisk({ "a/x.py": "", "b/y.py": "" });
    symlinkSync("../b", join(root, "a/to-b"));
    symlinkSync("../a", join(root, "b/to-a"));
    symlinkSync("..", join(root, "a/up"));
    symlinkSync("self", join(root, "self"));
    const files = await openDisk(root);
    expect(files.list).toEqual(["a/to-b/y.py", "a/x.py", "b/to-a/x.py", "b/y.py"]);
    expect(files.passedOver).toEqual([
      { path: "a/up", because: "is a link to a folder that it is in itself" },
      { path: "self", because: "is a link that leads nowhere" },
    ]);
  });

  test("between many folders do not multiply without end", { timeout: 10_000 }, async () => {
    const names = Array.from({ length: 12 }, (_, at) => `f${at}`);
    const root = onDisk(Object.fromEntries(names.map((name) => [`${name}/x.py`, ""])));
    for (const name of names) {
      for (const other of names) if (other !== name) symlinkSync(`../${other}`, join(root, name, other));
    }
    const files = await openDisk(root);
    expect(files.list.length).toBeLessThan(25_000);
    expect(names.every((name) => files.isFile(`${name}/x.py`))).toBe(true);
    expect(files.passedOver.at(-1)?.because).toBe(
      "is a link, and links lead to more than 20000 files already",
    );
  });
});

describe("names", () => {
  test.skipIf(process.platform === "win32")("may hold anything but a slash", async () => {
    const odd = [
      "\u001b[31mred",
      "a\nb",
      "a\\b",
      "-rf",
      "é",
      "e\u0301",
      " ",
      "\u202egpj.py",
      "[x]",
      "__proto__",
    ];
    const root = onDisk(Object.fromEntries(odd.map((name) => [name, name])));
    writeFileSync(join(root, "__proto__"), "__proto__");
    const files = await openDisk(root);
    expect(files.list).toEqual([...odd].sort());
    expect(files.list.map(files.text)).toEqual([...odd].sort());
  });

  // macOS does not let such a name come to be.
  test.skipIf(process.platform !== "linux")("that are not UTF-8 are passed over", async () => {
    const root = onDisk({ "a.py": "", "\uFFFD.txt": "really a U+FFFD" });
    const broken = Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0x78, 0xff])]);
    writeFileSync(broken, "");
    mkdirSync(Buffer.concat([broken, Buffer.from("d")]));
    const files = await openDisk(root);
    expect(files.list).toEqual(["a.py", "\uFFFD.txt"]);
    expect(files.passedOver).toEqual([
      { path: "x\uFFFD", because: "has a name that is not UTF-8" },
      { path: "x\uFFFDd", because: "has a name that is not UTF-8" },
    ]);
  });
});

describe("size", () => {
  let root = "";
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), "deploy-check-large-"));
    for (let folder = 0; folder < 200; folder += 1) {
      mkdirSync(join(root, `f${folder}`));
      for (let file = 0; file < 500; file += 1) writeFileSync(join(root, `f${folder}/x${file}.py`), "");
    }
    writeFileSync(join(root, ".gitignore"), "*.pyc\n/media/\nf7/\n**/x1?.py\n".repeat(10));
  }, 60_000);
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test("100,000 files are listed in a few seconds", async () => {
    const started = performance.now();
    const files = await openDisk(root);
    expect(files.list.length).toBe(199 * 490 + 1);
    expect(performance.now() - started).toBeLessThan(8000);
  });

  test("folders may be as deep as the system lets them", async () => {
    const deep = "d/".repeat(1000);
    const files = await openDisk(onDisk({ [`${deep}settings.py`]: "x" }));
    expect(files.text(`${deep}settings.py`)).toBe("x");
    expect(files.isFolder(deep.slice(0, -1))).toBe(true);
  });
});
