import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDisk } from "../../src/files/disk.ts";
import { openCommit, openIndex } from "../../src/files/git-tree.ts";
import { type ProjectFiles, Unreadable } from "../../src/files/project-files.ts";
import { git, has, onDisk, writeFiles } from "../support/on-disk.ts";

/** Everything that a project's files can be asked. */
function told(files: ProjectFiles) {
  const tracked = [...(files.tracked ?? [])].sort();
  const folders = new Set(
    files.list.flatMap((path) => path.split("/").map((_, at, parts) => parts.slice(0, at).join("/"))),
  );
  return {
    list: files.list,
    folders: [...folders].map((folder) => [folder, files.isFolder(folder), files.children(folder)]),
    reads: files.list.map((path) => [path, files.isFile(path), files.read(path), files.text(path)]),
    passedOver: files.passedOver,
    tracked,
    modes: tracked.map((path) => files.tracked?.isExecutable(path)),
    absent: ["none", "shop/none", "..", "../x", ".git", ".git/config", "node_modules/x/index.js"].map(
      files.read,
    ),
  };
}

function commitAll(root: string): void {
  git(root, "init", "-q", "-b", "main");
  git(root, "add", "-A", "-f");
  git(root, "commit", "-q", "-m", "first");
}

/** A folder into which the repository was cloned just now. */
function cloned(root: string): string {
  const copy = join(onDisk({}), "copy");
  git(root, "-c", "protocol.file.allow=always", "clone", "-q", root, copy);
  return copy;
}

const project = {
  "manage.py": "#!/usr/bin/env python\n",
  "shop/settings.py": "DEBUG = True\n",
  "shop/latin.py": new Uint8Array([...Buffer.from("# coding: latin-1\nx = '"), 0xe9, 0x27, 0x0a]),
  "shop/broken.py": new Uint8Array([0x61, 0x0a, 0xff, 0x0a]),
  "shop/utf16.txt": new Uint8Array([0xff, 0xfe, 0x61, 0x00]),
  "shop/bom.txt": new Uint8Array([0xef, 0xbb, 0xbf, 0x61]),
  "shop/binary.dat": new Uint8Array([1, 0, 2]),
  "logo.png": new Uint8Array([0x89, 0x50, 0, 1]),
  "db.sqlite3": new Uint8Array(Buffer.from("SQLite format 3\0xyz")),
  "empty.txt": "",
  "crlf.txt": "a\r\nb\r\n",
  "é ü\n x.txt": "odd",
  ".gitignore": ".env\n",
  ".env": "A=1",
  "node_modules/x/index.js": "",
  "sub/node_modules/y.js": "",
  "venv/pyvenv.cfg": "",
  "venv/lib/x.py": "",
  "conda/conda-meta/history": "",
  "conda/x.py": "",
  "large.json": `{"a": "${"x".repeat(600_000)}"}`,
  "largest.json": "x".repeat(5 * 1024 * 1024 + 1),
};

describe.skipIf(!has("git"))("a commit", () => {
  test("shows the same as a checkout of it", async () => {
    const root = onDisk(project);
    chmodSync(join(root, "manage.py"), 0o755);
    commitAll(root);
    const expected = told(await openDisk(cloned(root)));
    expect(expected.list).toContain(".env");
    expect(expected.passedOver.map(({ path }) => path)).toEqual([
      "conda",
      "node_modules",
      "sub/node_modules",
      "venv",
    ]);
    expect(told(await openCommit(root, "HEAD"))).toEqual(expected);
    expect(told(await openIndex(root))).toEqual(expected);
  });

  test("follows the same links", async () => {
    const root = onDisk({ "real/a.txt": "A", "real/sub/b.txt": "B", "node_modules/x.js": "" });
    const links = {
      a: "real/a.txt",
      a2: "a",
      copy: "real",
      "real/again": "../a2",
      "real/sub/up": "..",
      top: ".",
      nowhere: "none",
      "through-file": "real/a.txt/b",
      "up-from-file": "real/a.txt/../a.txt",
      out: "../../../../../../../../etc",
      absolute: "/etc",
      loop: "loop",
      installed: "node_modules/x.js",
      "by-link": "copy/sub/../a.txt",
      slashes: ".//real//sub/",
    };
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(root, path));
    commitAll(root);
    const expected = told(await openDisk(cloned(root)));
    expect(expected.list).toContain("copy/sub/b.txt");
    expect(told(await openCommit(root, "main"))).toEqual(expected);
    expect(told(await openIndex(root))).toEqual(expected);
  });

  test("of a project in a subfolder, whose links do not leave it", async () => {
    const root = onDisk({
      "backend/manage.py": "",
      "backend/é/a.txt": "A",
      "shared/x.txt": "",
      "backend-2/y": "",
    });
    symlinkSync("../shared", join(root, "backend/shared"));
    commitAll(root);
    const expected = told(await openDisk(join(cloned(root), "backend")));
    expect(expected.passedOver).toEqual([{ path: "shared", because: "is a link out of the project" }]);
    expect(told(await openCommit(join(root, "backend"), "HEAD"))).toEqual(expected);
    expect(told(await openIndex(join(root, "backend")))).toEqual(expected);
    expect(told(await openCommit(root, "HEAD", { below: "backend" }))).toEqual(expected);
    expect(told(await openIndex(root, { below: "backend", sparing: true }))).toEqual(expected);
    rmSync(join(root, "backend"), { recursive: true });
    expect(told(await openCommit(root, "HEAD", { below: "backend", sparing: true }))).toEqual(expected);
    await expect(openCommit(root, "HEAD", { below: "../x" })).rejects.toThrow(/is not in the repository/);
  });

  test("is another than what is staged, and than what is in the folder", async () => {
    const root = onDisk({ "a.txt": "first", "b.txt": "" });
    commitAll(root);
    git(root, "tag", "-a", "-m", "v", "v1");
    writeFiles(root, { "a.txt": "second" });
    git(root, "commit", "-q", "-a", "-m", "second");
    writeFiles(root, { "a.txt": "staged", "new.txt": "" });
    git(root, "add", ".");
    writeFiles(root, { "a.txt": "dirty", "dirty.txt": "" });
    const texts = async (files: Promise<ProjectFiles>) => [(await files).text("a.txt"), (await files).list];
    expect(await texts(openCommit(root, "HEAD~1"))).toEqual(["first", ["a.txt", "b.txt"]]);
    expect(await texts(openCommit(root, "v1"))).toEqual(["first", ["a.txt", "b.txt"]]);
    expect(await texts(openCommit(root, git(root, "rev-parse", "HEAD").trim()))).toEqual([
      "second",
      ["a.txt", "b.txt"],
    ]);
    expect(await texts(openIndex(root))).toEqual(["staged", ["a.txt", "b.txt", "new.txt"]]);
  });

  test("can be opened in a worktree, and of SHA-256", async () => {
    const root = onDisk({ "main/a.txt": "A" });
    git(join(root, "main"), "init", "-q", "--object-format=sha256");
    git(join(root, "main"), "add", ".");
    git(join(root, "main"), "commit", "-q", "-m", "a");
    git(join(root, "main"), "worktree", "add", "-q", "../other");
    const files = await openCommit(join(root, "other"), "HEAD");
    expect(files.text("a.txt")).toBe("A");
  });

  test("has submodules, of which it does not have the files", async () => {
    const root = onDisk({ "main/a.txt": "A" });
    commitAll(join(root, "main"));
    git(root, "init", "-q");
    git(root, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", join(root, "main"), "inner");
    git(root, "commit", "-q", "-m", "with inner");
    const files = await openCommit(root, "HEAD");
    expect(files.list).toEqual([".gitmodules"]);
    expect(files.passedOver).toEqual([
      { path: "inner", because: "is a submodule, whose files are in a repository of its own" },
    ]);
  });

  test("passes over names that are not UTF-8, and takes the replacement character for itself", async () => {
    const root = onDisk({ "a.txt": "", "q\uFFFD.txt": "there" });
    git(root, "init", "-q");
    writeFileSync(Buffer.concat([Buffer.from(`${root}/`), Buffer.from([0xff, 0x2e, 0x70, 0x79])]), "");
    git(root, "add", ".");
    git(root, "commit", "-q", "-m", "odd");
    const files = await openCommit(root, "HEAD");
    expect(told(files)).toEqual(told(await openDisk(root)));
    expect(files.text("q\uFFFD.txt")).toBe("there");
  });

  test("says what this clone does not have", async () => {
    const root = onDisk({ "a.txt": "A", "b.txt": "B" });
    commitAll(root);
    const object = git(root, "rev-parse", "HEAD:a.txt").trim();
    renameSync(join(root, ".git/objects", object.slice(0, 2), object.slice(2)), join(root, ".git/hidden"));
    const files = await openCommit(root, "HEAD");
    expect(files.read("a.txt")).toEqual({ kind: "unreadable", because: "is not in this clone" });
    expect(files.text("b.txt")).toBe("B");
  });

  test("is judged as it is, whatever replaces it on this machine", async () => {
    const root = onDisk({ "a.txt": "real" });
    commitAll(root);
    writeFiles(root, { "b.txt": "other" });
    git(
      root,
      "replace",
      git(root, "rev-parse", "HEAD:a.txt").trim(),
      git(root, "hash-object", "-w", "b.txt").trim(),
    );
    expect(git(root, "show", "HEAD:a.txt")).toBe("other");
    expect((await openCommit(root, "HEAD")).text("a.txt")).toBe("real");
  });

  test("has to be there", async () => {
    const root = onDisk({ "a.txt": "", "sub/b.txt": "" });
    await expect(openCommit(root, "HEAD")).rejects.toThrow(Unreadable);
    commitAll(root);
    mkdirSync(join(root, "new"));
    for (const ref of ["none", "--help", "", "HEAD:a.txt", "HEAD^{tree}"])
      await expect(openCommit(root, ref)).rejects.toThrow(/is no commit that git can read/);
    await expect(openCommit(join(root, "new"), "HEAD")).rejects.toThrow(/or it does not hold new$/);
    await expect(openCommit(join(root, "none"), "HEAD")).rejects.toThrow(/is not a folder/);
  });
});
