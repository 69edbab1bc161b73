import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "../support/built.ts";
import {
  commit,
  deployCheck,
  fix,
  good,
  installTool,
  mistake,
  push,
  repository,
  run,
  script,
} from "../support/hooked.ts";
import { git, has, onDisk, writeFiles } from "../support/on-disk.ts";

const posix = process.platform !== "win32" && has("git");
const cache = join(import.meta.dirname, "../../.cache");
const husky = join(cache, "hook-managers/node_modules/.bin/husky");
const lefthook = join(cache, "hook-managers/node_modules/.bin/lefthook");
const preCommit = join(cache, "venv/bin/pre-commit");
const shellcheck = join(cache, "venv/bin/shellcheck");

const read = (root: string, path: string) => readFileSync(join(root, path), "utf8");

beforeAll(ensureBuilt, 180_000);

describe.skipIf(!posix)("hook install, into git's own hooks", { timeout: 60_000 }, () => {
  test("writes one, once, says so, and takes it out again", () => {
    const root = repository();
    expect(deployCheck(root, "hook", "status").out).toBe(
      "pre-push: not installed\npre-commit: not installed\n",
    );
    expect(deployCheck(root, "hook", "install").out).toBe("pre-push: wrote .git/hooks/pre-push\n");
    const text = read(root, ".git/hooks/pre-push");
    expect(deployCheck(root, "hook", "install").out).toBe("pre-push: .git/hooks/pre-push is up to date\n");
    expect(read(root, ".git/hooks/pre-push")).toBe(text);
    expect(deployCheck(root, "hook", "install", "--pre-commit").code).toBe(0);
    expect(deployCheck(root, "hook", "install", "--pre-push", "--strict").out).toContain("anew");
    expect(deployCheck(join(root, "shop"), "hook", "status").out).toBe(
      "pre-push: installed in .git/hooks/pre-push\npre-commit: installed in .git/hooks/pre-commit\n",
    );
    expect(deployCheck(root, "hook", "uninstall").code).toBe(0);
    expect(["pre-push", "pre-commit"].map((name) => existsSync(join(root, ".git/hooks", name)))).toEqual([
      false,
      false,
    ]);
    expect(deployCheck(root, "hook", "uninstall").out).toBe("no hook of deploy-check is installed here\n");
    expect(deployCheck(onDisk({}), "hook", "install").code).toBe(2);
  });

  test("keeps the hook that is there: it runs first, is told everything, and comes back", () => {
    const root = repository();
    script(join(root, ".git/hooks/pre-push"), 'echo "mine: $1" >&2', "cat > seen", "[ ! -e stop ]");
    const before = read(root, ".git/hooks/pre-push");
    expect(deployCheck(root, "hook", "install").out).toContain(
      "the hook that was there is now .git/hooks/pre-push.local, and runs first",
    );
    expect(deployCheck(root, "hook", "install").out).toContain("up to date");
    expect(deployCheck(root, "hook", "status").out).toContain(
      "pre-push: installed in .git/hooks/pre-push, after .git/hooks/pre-push.local",
    );
    writeFiles(root, mistake);
    const made = commit(root, "mistake");
    const blocked = push(root, "origin", "main");
    expect(blocked.code).not.toBe(0);
    expect(blocked.out).toContain("mine: origin");
    expect(blocked.out).toContain("DEBUG is True");
    expect(read(root, "seen")).toMatch(
      new RegExp(`^refs/heads/main ${made} refs/heads/main [0-9a-f]{40}\n$`),
    );
    // Where the first one blocks, ours has nothing to add.
    writeFiles(root, { ...fix, stop: "" });
    commit(root, "fix");
    const stopped = push(root, "origin", "main");
    expect(stopped.code).not.toBe(0);
    expect(stopped.out).not.toContain("checks:");
    expect(deployCheck(root, "hook", "uninstall").out).toContain("put back what was there before");
    expect(read(root, ".git/hooks/pre-push")).toBe(before);
    expect(statSync(join(root, ".git/hooks/pre-push")).mode & 0o777).toBe(0o755);
  });

  test("keeps a hook that is a link, and one that is switched off", () => {
    const root = repository();
    script(join(root, "scripts/pre-push"), "echo linked >&2");
    symlinkSync("../../scripts/pre-push", join(root, ".git/hooks/pre-push"));
    script(join(root, ".git/hooks/pre-commit"), "exit 1");
    chmodSync(join(root, ".git/hooks/pre-commit"), 0o644);
    expect(deployCheck(root, "hook", "install", "--pre-push", "--pre-commit").code).toBe(0);
    git(root, "add", "-A");
    expect(run(root, "git", ["commit", "-m", "x"]).code).toBe(0);
    expect(push(root, "origin", "main").out).toContain("linked");
    expect(deployCheck(root, "hook", "uninstall").code).toBe(0);
    expect(readlinkSync(join(root, ".git/hooks/pre-push"))).toBe("../../scripts/pre-push");
  });

  test("overwrites nothing, and leaves what was added behind it", () => {
    const root = repository();
    script(join(root, ".git/hooks/pre-push"), "true");
    script(join(root, ".git/hooks/pre-push.local"), "true");
    const refused = deployCheck(root, "hook", "install", "--force");
    expect(refused.code).toBe(2);
    expect(refused.out).toContain("only one hook can be kept");
    expect(deployCheck(root, "hook", "install", "--pre-commit").code).toBe(0);
    const path = join(root, ".git/hooks/pre-commit");
    script(path, ...read(root, ".git/hooks/pre-commit").split("\n").slice(1), "echo added >&2");
    expect(deployCheck(root, "hook", "install", "--pre-commit", "--strict").code).toBe(0);
    expect(run(root, "git", ["commit", "--allow-empty", "-m", "x"]).out).toContain("added");
    expect(deployCheck(root, "hook", "uninstall").code).toBe(0);
    expect(
      read(root, ".git/hooks/pre-commit")
        .split("\n")
        .filter((line) => line !== ""),
    ).toEqual(["#!/bin/sh", "echo added >&2"]);
  });

  test("honours core.hooksPath, in every worktree", () => {
    const root = repository();
    git(root, "config", "core.hooksPath", ".githooks");
    git(root, "worktree", "add", "-q", "../other", "-b", "other");
    const other = join(root, "../other");
    expect(deployCheck(other, "hook", "install").out).toBe("pre-push: wrote .githooks/pre-push\n");
    expect(existsSync(join(root, ".githooks"))).toBe(false);
    writeFiles(other, mistake);
    commit(other, "mistake, with the hook");
    expect(push(other, "origin", "other").out).toContain("DEBUG is True");
    const outside = onDisk({});
    git(root, "config", "core.hooksPath", outside);
    expect(deployCheck(root, "hook", "install").out).toBe(`pre-push: wrote ${outside}/pre-push\n`);
    expect(push(other, "origin", "other").out).toContain("DEBUG is True");
  });

  test("does not write into hooks of all repositories, unless it must", () => {
    const root = repository();
    const shared = onDisk({});
    writeFiles(root, { ".gitconfig": `[core]\n\thooksPath = ${shared}\n` });
    const refused = deployCheck(root, "hook", "install");
    expect(refused.code).toBe(2);
    expect(refused.out).toContain("--force");
    expect(existsSync(join(shared, "pre-push"))).toBe(false);
    expect(deployCheck(root, "hook", "install", "--force").code).toBe(0);
    writeFiles(root, mistake);
    commit(root, "mistake");
    expect(push(root, "origin", "main").out).toContain("DEBUG is True");
  });

  test("works in a submodule", () => {
    const root = repository();
    const outer = join(root, "../outer");
    git(join(root, ".."), "init", "-q", "outer");
    git(
      outer,
      "-c",
      "protocol.file.allow=always",
      "submodule",
      "--quiet",
      "add",
      join(root, "../remote.git"),
      "inner",
    );
    const inner = join(outer, "inner");
    installTool(inner);
    expect(deployCheck(inner, "hook", "install").out).toContain(".git/modules/inner/hooks/pre-push");
    git(inner, "checkout", "-q", "-b", "new");
    writeFiles(inner, mistake);
    commit(inner, "mistake");
    expect(push(inner, "origin", "new").out).toContain("DEBUG is True");
  });

  test("of a project in a folder with any name", () => {
    const folder = 'it\'s $(touch hacked) & "so"';
    const root = repository({
      [`${folder}/manage.py`]: good["manage.py"],
      [`${folder}/shop/settings.py`]: mistake["shop/settings.py"],
      "other/manage.py": good["manage.py"],
      "other/shop/settings.py": fix["shop/settings.py"],
      ".gitignore": good[".gitignore"],
    });
    expect(deployCheck(root, "hook", "install", folder).code).toBe(0);
    const { code, out } = push(root, "origin", "main:new");
    expect(code).not.toBe(0);
    expect(out).toContain("DEBUG is True");
    expect(existsSync(join(root, "hacked"))).toBe(false);
    // A worktree that does not have the folder pushes all the same.
    expect(deployCheck(root, "hook", "install", "other").code).toBe(0);
    expect(push(root, "origin", "main:new").code).toBe(0);
  });
});

describe.skipIf(!posix)("the hook's script", { timeout: 60_000 }, () => {
  const scripts = () => {
    const root = repository();
    deployCheck(root, "hook", "install", "--pre-push", "--pre-commit", "--manager", "git", "shop");
    deployCheck(root, "hook", "install", "--pre-push", "--pre-commit", "--manager", "husky", "--strict");
    return [".git/hooks/pre-push", ".git/hooks/pre-commit", ".husky/pre-push", ".husky/pre-commit"].map(
      (path) => join(root, path),
    );
  };

  test.skipIf(!existsSync(shellcheck))("is what shellcheck wants for every sh (.ci/run installs it)", () => {
    expect(run("/", shellcheck, ["--shell=sh", "--severity=style", ...scripts()])).toEqual({
      code: 0,
      out: "",
    });
  });

  const shells = [["sh"], ["dash"], ["bash"], ["busybox", "sh"]].filter(
    ([program = "", ...words]) => run("/", program, [...words, "-c", ":"]).code === 0,
  );

  test.each(shells)("is read by %s %s", (program, ...words) => {
    for (const path of scripts()) {
      const given = words.filter((word) => typeof word === "string");
      expect(run("/", program, [...given, "-n", path])).toEqual({ code: 0, out: "" });
    }
  });
});

describe.skipIf(!posix || !existsSync(husky))("husky (.ci/run installs it)", { timeout: 60_000 }, () => {
  function withHusky(files: Readonly<Record<string, string>> = {}): string {
    const root = repository();
    writeFiles(root, { "package.json": "{}", ...files });
    expect(run(root, husky, []).code).toBe(0);
    return root;
  }

  test("has its own file written, and calls it", () => {
    const root = withHusky();
    expect(deployCheck(root, "hook", "install", "--pre-push", "--pre-commit").out).toBe(
      "pre-push: wrote into .husky/pre-push\npre-commit: wrote into .husky/pre-commit\n",
    );
    writeFiles(root, mistake);
    git(root, "add", "-A");
    expect(run(root, "git", ["commit", "-m", "x"]).out).toContain("the commit is blocked");
    commit(root, "mistake");
    expect(push(root, "origin", "main").out).toContain("the push is blocked");
    writeFiles(root, fix);
    commit(root, "fix");
    expect(push(root, "origin", "main").code).toBe(0);
    expect(deployCheck(root, "hook", "uninstall").code).toBe(0);
    expect(existsSync(join(root, ".husky/pre-push"))).toBe(false);
  });

  test("keeps what is in the file, which is told everything still", () => {
    const mine = "#!/usr/bin/env sh\n# mine\ncat > seen\n";
    const root = withHusky({ ".husky/pre-push": mine });
    expect(deployCheck(root, "hook", "install").code).toBe(0);
    expect(deployCheck(root, "hook", "install").out).toContain("up to date");
    commit(root, "with husky");
    expect(push(root, "origin", "main").code).toBe(0);
    expect(read(root, "seen")).toMatch(/^refs\/heads\/main [0-9a-f]{40} refs\/heads\/main [0-9a-f]{40}\n$/);
    expect(push(root, "origin", "main").code).toBe(0);
    expect(read(root, "seen")).toBe("");
    expect(deployCheck(root, "hook", "status").out).toContain("pre-push: installed in .husky/pre-push\n");
    expect(deployCheck(root, "hook", "uninstall").code).toBe(0);
    expect(read(root, ".husky/pre-push")).toBe(mine);
  });
});

describe.skipIf(!posix || !existsSync(lefthook))(
  "lefthook (.ci/run installs it)",
  { timeout: 60_000 },
  () => {
    const config =
      "# ours\npre-push:\n  commands:\n    hello:\n      run: cat > seen   # say hello\n\n# the end\npre-commit:\n  jobs:\n    - run: echo job\n";

    test("has its own file written, and calls it", () => {
      const root = repository();
      writeFiles(root, { "lefthook.yml": config });
      expect(deployCheck(root, "hook", "install", "--pre-push", "--pre-commit").code).toBe(0);
      expect(deployCheck(root, "hook", "install", "--pre-push", "--pre-commit").out).toContain("up to date");
      expect(run(root, lefthook, ["validate"]).code).toBe(0);
      expect(run(root, lefthook, ["install"]).code).toBe(0);
      const env = { PATH: `${join(lefthook, "..")}:${process.env.PATH}` };
      const attempt = (...args: readonly string[]) => run(root, "git", args, env);
      writeFiles(root, mistake);
      git(root, "add", "-A");
      expect(attempt("commit", "-m", "x").out).toContain("the commit is blocked");
      commit(root, "mistake");
      const blocked = attempt("push", "origin", "main");
      expect(blocked.code).not.toBe(0);
      expect(blocked.out).toContain("the push is blocked");
      writeFiles(root, fix);
      commit(root, "fix");
      expect(attempt("push", "origin", "main").code).toBe(0);
      expect(deployCheck(root, "hook", "status").out).toBe(
        "pre-push: installed in lefthook.yml\npre-commit: installed in lefthook.yml\n",
      );
      expect(deployCheck(root, "hook", "uninstall").code).toBe(0);
      expect(read(root, "lefthook.yml")).toBe(config);
    });
  },
);

describe.skipIf(!posix || !existsSync(preCommit))(
  "pre-commit (.ci/run installs it)",
  { timeout: 120_000 },
  () => {
    const config =
      "# ours\nrepos:\n- repo: local   # keep\n  hooks:\n  - id: hello\n    name: hello\n    entry: echo hello\n    language: system\n\nfail_fast: true\n";

    test("has an entry written into its configuration, for the hooks that are asked for", () => {
      const root = repository();
      writeFiles(root, { ".pre-commit-config.yaml": config });
      expect(deployCheck(root, "hook", "install").out).toContain("pre-commit install --hook-type pre-push");
      expect(deployCheck(root, "hook", "install", "--pre-commit").code).toBe(0);
      expect(deployCheck(root, "hook", "install", "--pre-commit").out).toContain("up to date");
      expect(run(root, preCommit, ["validate-config"])).toMatchObject({ code: 0 });
      const text = read(root, ".pre-commit-config.yaml");
      expect(text).toContain("\n# >>> deploy-check hook (");
      expect(text).toContain("stages: [pre-commit, pre-push]");
      expect(deployCheck(root, "hook", "status").out).toBe(
        "pre-commit, pre-push: installed in .pre-commit-config.yaml\n",
      );
      expect(deployCheck(root, "hook", "uninstall").code).toBe(0);
      expect(read(root, ".pre-commit-config.yaml")).toBe(config);
    });

    test("runs the hook of .pre-commit-hooks.yaml, as npm packs it", () => {
      const here = join(import.meta.dirname, "../..");
      const released = JSON.parse(readFileSync(join(here, "package.json"), "utf8"));
      // What is built here needs no building there.
      const { scripts: _, devDependencies: __, ...rest } = released;
      const built = ["bin", "dist"].flatMap((folder) =>
        readdirSync(join(here, folder), { withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map(({ name }) => `${folder}/${name}`),
      );
      const hooks = onDisk({
        "package.json": JSON.stringify(rest),
        ...Object.fromEntries(
          [...built, ".pre-commit-hooks.yaml"].map((path) => [path, readFileSync(join(here, path))]),
        ),
      });
      git(hooks, "init", "-q");
      const rev = commit(hooks, "release");
      expect(run(hooks, preCommit, ["validate-manifest"]).code).toBe(0);

      const root = repository();
      writeFiles(root, {
        ".pre-commit-config.yaml": `repos:\n  - repo: ${hooks}\n    rev: ${rev}\n    hooks:\n      - id: deploy-check\n`,
      });
      commit(root, "with pre-commit");
      const env = { PRE_COMMIT_HOME: onDisk({}), npm_config_offline: "true" };
      const attempt = (program: string, ...args: readonly string[]) => run(root, program, args, env);
      const types = ["--hook-type", "pre-push", "--hook-type", "pre-commit"];
      expect(attempt(preCommit, "install", "--install-hooks", ...types)).toMatchObject({ code: 0 });
      const right = attempt("git", "push", "origin", "main");
      expect(right).toMatchObject({ code: 0 });
      expect(right.out).toContain("Passed");
      writeFiles(root, mistake);
      git(root, "add", "-A");
      const staged = attempt("git", "commit", "-m", "x");
      expect(staged.code).not.toBe(0);
      expect(staged.out).toContain("DEBUG is True");
      expect(staged.out).toContain("SKIP=deploy-check git commit");
      commit(root, "mistake");
      writeFiles(root, fix);
      const wrong = attempt("git", "push", "origin", "main");
      expect(wrong.code).not.toBe(0);
      expect(wrong.out).toMatch(
        /the push is blocked: main|the push is blocked: refs|the push is blocked: commit/,
      );
      expect(wrong.out).toContain("SKIP=deploy-check git push");
      expect(run(root, "git", ["push", "origin", "main"], { ...env, SKIP: "deploy-check" }).code).toBe(0);
    });
  },
);

describe.skipIf(!posix)("where only a person can write", { timeout: 60_000 }, () => {
  test("says what to write, and changes nothing", () => {
    const root = repository();
    writeFiles(root, { "lefthook.toml": "", "deploy/x": "" });
    const told = deployCheck(root, "hook", "install", "deploy");
    expect(told.code).toBe(2);
    expect(told.out).toContain(
      "pre-push: npx --no-install deploy-check hook run pre-push --project deploy\n",
    );
    expect(existsSync(join(root, ".git/hooks/pre-push"))).toBe(false);
    expect(deployCheck(root, "hook", "install", "--manager", "git").code).toBe(0);
    writeFiles(root, { "lefthook.yml": "pre-push: {}\n" });
    const flow = deployCheck(root, "hook", "install");
    expect(flow.code).toBe(2);
    expect(flow.out).toContain("lefthook.yml cannot be edited safely; these lines belong into it:");
    expect(read(root, "lefthook.yml")).toBe("pre-push: {}\n");
  });

  test("writes nothing through a link", () => {
    const root = repository();
    const outside = join(onDisk({ profile: "echo mine\n" }), "profile");
    for (const path of [".husky/pre-push", "lefthook.yml"]) {
      writeFiles(root, { [path]: "" });
      rmSync(join(root, path));
      symlinkSync(outside, join(root, path));
      const manager = path === "lefthook.yml" ? "lefthook" : "husky";
      expect(deployCheck(root, "hook", "install", "--manager", manager).code).toBe(2);
    }
    expect(readFileSync(outside, "utf8")).toBe("echo mine\n");
  });

  test("a folder of husky's that git does not know yet is written into, with a word on it", () => {
    const root = repository();
    writeFiles(root, { ".husky/.gitignore": "_\n" });
    expect(deployCheck(root, "hook", "install").out).toBe(
      "pre-push: wrote into .husky/pre-push\nnpx husky has git call husky, which it does not yet\n",
    );
  });
});
