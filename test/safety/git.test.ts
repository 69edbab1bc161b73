import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { delimiter, join } from "node:path";
import process from "node:process";
import { describe, expect, test } from "vitest";
import { openDisk } from "../../src/files/disk.ts";
import { git, has, isRoot, onDisk, writeFiles } from "../support/on-disk.ts";

/** A repository, and a program in it that leaves a mark when it runs. */
function hostile(): { readonly root: string; readonly program: string; readonly ran: () => boolean } {
  const root = onDisk({ "a.txt": "", "sub/.env": "SECRET_KEY=x" });
  git(root, "init", "-q");
  git(root, "add", ".");
  git(root, "commit", "-q", "-m", "first");
  const mark = join(onDisk({}), "ran");
  const program = join(root, ".git", "program");
  writeFileSync(program, `#!/bin/sh\necho "$0 $*" >> ${mark}\nprintf '/\\0'\n`);
  chmodSync(program, 0o755);
  return { root, program, ran: () => existsSync(mark) };
}

/** Adds to .git/config as its owner could, without asking git. */
function configure(root: string, text: string): void {
  const path = join(root, ".git", "config");
  writeFileSync(path, `${readFileSync(path, "utf8")}\n${text}\n`);
}

// What is run here are shell scripts.
describe.skipIf(process.platform === "win32" || !has("git"))("a hostile repository", () => {
  test("cannot have its file system monitor run (and git alone would run it)", async () => {
    const { root, program, ran } = hostile();
    configure(root, `[core]\n\tfsmonitor = ${program}\n\tuntrackedCache = true`);
    expect((await openDisk(root)).tracked?.has("sub/.env")).toBe(true);
    expect(ran()).toBe(false);
    git(root, "status");
    expect(ran()).toBe(true);
  });

  test("cannot hide the monitor in an included file", async () => {
    const { root, program, ran } = hostile();
    writeFiles(root, { ".git/more": `[core]\n\tfsmonitor = ${program}\n` });
    configure(root, '[include]\n\tpath = more\n[includeIf "gitdir:/"]\n\tpath = more');
    expect((await openDisk(root)).tracked?.has("a.txt")).toBe(true);
    expect(ran()).toBe(false);
  });

  test("cannot have other configured commands run", async () => {
    const { root, program, ran } = hostile();
    configure(
      root,
      [
        `[core]\n\tpager = ${program}\n\thooksPath = .git\n\tsshCommand = ${program}\n\talternateRefsCommand = ${program}`,
        `[pager]\n\tls-files = ${program}`,
        `[alias]\n\tls-files = !${program}`,
        `[filter "x"]\n\tclean = ${program}\n\tsmudge = ${program}\n\tprocess = ${program}\n\trequired = true`,
        `[diff]\n\texternal = ${program}`,
      ].join("\n"),
    );
    writeFiles(root, { ".gitattributes": "* filter=x\n", "a.txt": "changed" });
    expect((await openDisk(root)).tracked?.has("a.txt")).toBe(true);
    expect(ran()).toBe(false);
  });

  test("cannot have missing objects fetched, which would run a command", async () => {
    const { root, program, ran } = hostile();
    // A sparse index holds folders as trees; listing what is in one reads the tree.
    git(root, "sparse-checkout", "init", "--cone", "--sparse-index");
    const tree = git(root, "rev-parse", "HEAD:sub").trim();
    const object = join(root, ".git", "objects", tree.slice(0, 2), tree.slice(2));
    renameSync(object, join(root, ".git", "hidden"));
    configure(
      root,
      `[extensions]\n\tpartialClone = far\n[remote "far"]\n\turl = ext::${program}\n\tpromisor = true\n\tuploadpack = ${program}\n[protocol]\n\tallow = always\n[protocol "ext"]\n\tallow = always`,
    );
    await openDisk(root);
    expect(ran()).toBe(false);
    try {
      git(root, "ls-files");
    } catch {
      // It fails, after it tried.
    }
    expect(ran()).toBe(true);
  });

  test("cannot send git to other files than its own", async () => {
    const { root } = hostile();
    const elsewhere = onDisk({ "b.txt": "" });
    configure(root, `[core]\n\tworktree = ${elsewhere}\n\tbare = true`);
    const files = await openDisk(join(root, "sub"));
    expect(files.list).toEqual([".env"]);
    expect(files.tracked?.has(".env")).toBe(true);
  });

  test("cannot bring its own git", async () => {
    const { root, program, ran } = hostile();
    const bin = join(root, "node_modules", ".bin");
    mkdirSync(bin, { recursive: true });
    renameSync(program, join(bin, "git"));
    const path = process.env.PATH;
    try {
      process.env.PATH = [bin, "node_modules/.bin", path].join(delimiter);
      expect((await openDisk(root)).tracked?.has("a.txt")).toBe(true);
    } finally {
      process.env.PATH = path;
    }
    expect(ran()).toBe(false);
  });

  test("cannot name files outside of the project in its index", async () => {
    const { root } = hostile();
    const outside = onDisk({ "secret.txt": "outside" });
    const blob = git(root, "hash-object", "-w", "a.txt").trim();
    git(root, "update-index", "--add", "--cacheinfo", `100644,${blob},link/secret.txt`);
    writeFiles(root, { ".gitignore": "link\n" });
    symlinkSync(outside, join(root, "link"));
    const files = await openDisk(root);
    expect(files.tracked?.has("link/secret.txt")).toBe(true);
    expect(files.list).toEqual([".gitignore", "a.txt", "sub/.env"]);
  });

  test("cannot be misunderstood through variables that a git hook has set", async () => {
    const { root } = hostile();
    const other = onDisk({ "b.txt": "" });
    git(other, "init", "-q");
    try {
      process.env.GIT_DIR = join(other, ".git");
      process.env.GIT_INDEX_FILE = join(other, ".git", "index");
      expect((await openDisk(root)).tracked?.has("a.txt")).toBe(true);
    } finally {
      delete process.env.GIT_DIR;
      delete process.env.GIT_INDEX_FILE;
    }
  });

  test("that is damaged leaves open what is tracked", async () => {
    const { root } = hostile();
    writeFiles(root, { ".git/index": "nonsense" });
    expect((await openDisk(root)).tracked).toBeUndefined();
    writeFiles(root, { ".git/config": "[core\n" });
    expect((await openDisk(root)).list).toContain("a.txt");
  });

  test.skipIf(!isRoot)(
    "of another user is answered for all the same (only root can give files away)",
    async () => {
      const { root } = hostile();
      for (const path of ["", ".git", ".git/config", ".git/index"]) chownSync(join(root, path), 12345, 12345);
      expect((await openDisk(root)).tracked?.has("a.txt")).toBe(true);
    },
  );
});
