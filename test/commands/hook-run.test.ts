import { rmSync, writeFileSync } from "node:fs";
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

function hooked(...options: readonly string[]): string {
  const root = repository();
  expect(deployCheck(root, "hook", "install", ...options)).toMatchObject({ code: 0 });
  return root;
}

/** How often the hook says something of a commit. */
const judged = (out: string) => out.match(/^\d+ checks: /gm)?.length ?? 0;

beforeAll(ensureBuilt, 180_000);

describe.skipIf(!posix)("git push, with the hook", { timeout: 60_000 }, () => {
  test("is blocked by what is wrong in what is pushed, and says what to do", () => {
    const root = hooked();
    writeFiles(root, mistake);
    const short = commit(root, "mistake").slice(0, 7);
    const { code, out } = push(root, "origin", "main");
    expect(code).not.toBe(0);
    expect(out).toContain("DEBUG is True");
    expect(out).toContain(`deploy-check: the push is blocked: main (${short}) does not pass`);
    expect(out).toContain("to push all the same: git push --no-verify");
    expect(git(root, "ls-remote", "origin", "main")).not.toContain(short);
    expect(push(root, "--no-verify", "origin", "main").code).toBe(0);
    expect(git(root, "ls-remote", "origin", "main")).toContain(short);
  });

  test("goes through with what is right, and with nothing new", () => {
    const root = hooked();
    writeFiles(root, { "README.md": "" });
    commit(root, "good");
    const first = push(root, "origin", "main");
    expect(first.code).toBe(0);
    expect(judged(first.out)).toBe(1);
    const second = push(root, "origin", "main");
    expect(second.code).toBe(0);
    expect(judged(second.out)).toBe(0);
  });

  test("judges the commit, whatever is in the folder", () => {
    const root = hooked();
    writeFiles(root, mistake);
    commit(root, "mistake");
    // A fix that is not committed mends nothing,
    writeFiles(root, fix);
    expect(push(root, "origin", "main").code).not.toBe(0);
    git(root, "add", "-A");
    expect(push(root, "origin", "main").code).not.toBe(0);
    // and a mistake that is not committed breaks nothing.
    commit(root, "fix");
    writeFiles(root, { ...mistake, "shop/broken.py": "def (" });
    git(root, "add", "-A");
    expect(push(root, "origin", "main").code).toBe(0);
  });

  test("of a new branch, of another than the one that is checked out", () => {
    const root = hooked();
    git(root, "checkout", "-q", "-b", "feature");
    writeFiles(root, mistake);
    commit(root, "mistake");
    git(root, "checkout", "-q", "main");
    const { code, out } = push(root, "origin", "feature");
    expect(code).not.toBe(0);
    expect(out).toContain("feature (");
    expect(push(root, "origin", "main:refs/heads/copy").code).toBe(0);
  });

  test("lets a branch be deleted, also while there are mistakes", () => {
    const root = hooked();
    push(root, "origin", "main:old");
    writeFiles(root, mistake);
    commit(root, "mistake");
    const { code, out } = push(root, "origin", ":old");
    expect(code).toBe(0);
    expect(judged(out)).toBe(0);
  });

  test("of several branches judges each commit once, and one is enough to block", () => {
    const root = hooked();
    writeFiles(root, { "README.md": "" });
    commit(root, "good");
    for (const name of ["one", "two"]) git(root, "branch", name);
    const together = push(root, "origin", "main", "one", "two");
    expect(together.code).toBe(0);
    expect(judged(together.out)).toBe(1);
    expect(together.out).toMatch(
      /deploy-check: (?=.*\bmain\b)(?=.*\bone\b)(?=.*\btwo\b).* \([0-9a-f]{7}\)\n/,
    );
    git(root, "checkout", "-q", "two");
    writeFiles(root, mistake);
    commit(root, "mistake");
    git(root, "checkout", "-q", "one");
    writeFiles(root, { "ONE.md": "" });
    commit(root, "good");
    const mixed = push(root, "origin", "one", "two", ":main");
    expect(mixed.code).not.toBe(0);
    expect(judged(mixed.out)).toBe(2);
    expect(mixed.out).toMatch(/the push is blocked: two \([0-9a-f]{7}\) does not pass/);
  });

  test("can be forced past a mistake that is no longer there, and not onto one", () => {
    const root = hooked();
    writeFiles(root, mistake);
    commit(root, "mistake");
    push(root, "--no-verify", "origin", "main");
    expect(push(root, "--force", "origin", "HEAD~1:main").code).toBe(0);
    expect(push(root, "--force", "origin", "main").code).not.toBe(0);
  });

  test("of a tag: judged if its commit is new, also through a tag of a tag", () => {
    const root = hooked();
    writeFiles(root, mistake);
    commit(root, "mistake");
    push(root, "--no-verify", "origin", "main");
    git(root, "tag", "old");
    const known = push(root, "origin", "old");
    expect(known).toMatchObject({ code: 0 });
    expect(judged(known.out)).toBe(0);
    writeFiles(root, { "README.md": "" });
    commit(root, "still wrong");
    git(root, "tag", "-a", "-m", "v", "v1");
    git(root, "tag", "-a", "-m", "v", "v2", "v1");
    expect(push(root, "origin", "v2").code).not.toBe(0);
    git(root, "tag", "text", git(root, "rev-parse", "HEAD:manage.py").trim());
    expect(push(root, "origin", "text").code).toBe(0);
  });

  test("of what is no project at all goes through", () => {
    const root = hooked();
    git(root, "checkout", "-q", "--orphan", "pages");
    git(root, "rm", "-rfq", ".");
    writeFiles(root, { "index.html": "" });
    commit(root, "pages");
    const { code, out } = push(root, "origin", "pages");
    expect(code).toBe(0);
    expect(out).toContain("holds no project that deploy-check knows; nothing was judged");
  });

  test("takes its configuration from what is pushed", () => {
    const root = hooked();
    writeFiles(root, { ...mistake, "deploy-check.yaml": "ignore: [debug-enabled]\n" });
    commit(root, "mistake, ignored");
    writeFiles(root, { "deploy-check.yaml": "fail-levl: error\n" });
    expect(push(root, "origin", "main").code).toBe(0);
    commit(root, "wrong configuration");
    const { code, out } = push(root, "origin", "main");
    expect(code).not.toBe(0);
    expect(out).toContain("fail-levl");
    expect(out).toContain("--no-verify");
  });

  test("takes a package that its configuration extends from where it is installed", () => {
    const root = hooked();
    writeFiles(root, {
      ...mistake,
      "deploy-check.yaml": "extends: acme-policy\n",
      "node_modules/acme-policy/deploy-check.yaml": "ignore: { debug-enabled: a demo }\n",
    });
    commit(root, "mistake, ignored by all of acme");
    expect(push(root, "origin", "main")).toMatchObject({ code: 0 });
    rmSync(join(root, "node_modules/acme-policy"), { recursive: true });
    commit(root, "another");
    expect(push(root, "origin", "main").out).toContain("extends names acme-policy");
  });

  test("is as strict as the variables say", () => {
    const root = hooked();
    writeFiles(root, { "README.md": "" });
    commit(root, "good, with warnings");
    const env = { DEPLOY_CHECK_FAIL_LEVEL: "warning" };
    expect(run(root, "git", ["push", "origin", "main"], env).out).toContain("the push is blocked");
    const wrong = run(root, "git", ["push", "origin", "main"], { DEPLOY_CHECK_FAIL_LEVEL: "wrong" });
    expect(wrong.code).not.toBe(0);
    expect(wrong.out).toContain("--no-verify");
    expect(push(root, "origin", "main").code).toBe(0);
  });

  test("of a project in a subfolder, which only the pushed commit has", () => {
    const root = hooked();
    git(root, "checkout", "-q", "-b", "moved");
    git(root, "rm", "-rfq", "--cached", ".");
    for (const name of ["manage.py", "shop"]) rmSync(join(root, name), { recursive: true });
    writeFiles(root, {
      "deploy-check.yaml": "root: backend\n",
      "backend/manage.py": good["manage.py"],
      "backend/shop/settings.py": mistake["shop/settings.py"],
      ".gitignore": good[".gitignore"],
    });
    commit(root, "moved");
    git(root, "checkout", "-q", "main");
    expect(push(root, "origin", "moved").out).toContain("DEBUG is True");
  });

  test("is judged a second time on a larger stack, and still knows what is pushed", () => {
    const root = hooked();
    const deep = "def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nDEBUG = f(900) == 900\n";
    writeFiles(root, { "shop/settings.py": `${good["shop/settings.py"]}${deep}` });
    commit(root, "deep");
    const { code, out } = push(root, "origin", "main");
    expect(code).not.toBe(0);
    expect(out).toContain("DEBUG is True");
  });

  test("works in a worktree, with the packages of the main one", () => {
    const root = hooked();
    git(root, "worktree", "add", "-q", "../other", "-b", "other");
    const other = join(root, "../other");
    writeFiles(other, mistake);
    commit(other, "mistake");
    expect(push(other, "origin", "other").out).toContain("DEBUG is True");
    writeFiles(other, fix);
    commit(other, "fix");
    expect(push(other, "origin", "other").code).toBe(0);
  });

  test("goes through without deploy-check, which it says, unless it is strict", () => {
    const root = hooked();
    rmSync(join(root, "node_modules"), { recursive: true });
    writeFiles(root, mistake);
    commit(root, "mistake");
    // Only what git and sh need, so that no npx is there.
    const bare = onDisk({});
    for (const name of ["git", "sh", "cat", "dirname", "env"])
      script(join(bare, name), `PATH='${process.env.PATH}' exec ${name} "$@"`);
    const env = { PATH: bare };
    rmSync(join(bare, "git"));
    const real = run(root, "sh", ["-c", "command -v git"]).out.trim();
    script(join(bare, "git"), `exec ${real} "$@"`);
    const without = run(root, real, ["push", "origin", "main"], env);
    expect(without.out).toContain("deploy-check: it cannot be started from this hook, so nothing was judged");
    expect(without.code).toBe(0);
    expect(deployCheck(root, "hook", "install", "--strict").code).toBe(0);
    const strict = run(root, real, ["push", "origin", "main:again"], env);
    expect(strict.code).not.toBe(0);
    expect(strict.out).toContain("git push --no-verify");
  });
});

describe.skipIf(!posix)("git commit, with the hook", { timeout: 60_000 }, () => {
  const commitWith = (root: string, ...args: readonly string[]) =>
    run(root, "git", ["commit", "-m", "x", ...args]);

  test("judges what is staged, whatever is in the folder", () => {
    const root = hooked("--pre-commit");
    writeFiles(root, mistake);
    git(root, "add", "-A");
    writeFiles(root, fix);
    const blocked = commitWith(root);
    expect(blocked.code).not.toBe(0);
    expect(blocked.out).toContain("DEBUG is True");
    expect(blocked.out).toContain("to commit all the same: git commit --no-verify");
    git(root, "add", "-A");
    writeFiles(root, { "README.md": "" });
    git(root, "add", "README.md");
    writeFiles(root, mistake);
    expect(commitWith(root).code).toBe(0);
  });

  test("judges what --all and paths stage for this commit alone", () => {
    const root = hooked("--pre-commit");
    writeFiles(root, { ...mistake, "README.md": "" });
    git(root, "add", "README.md");
    expect(commitWith(root, "--all").code).not.toBe(0);
    expect(commitWith(root, "--", "shop/settings.py").code).not.toBe(0);
    expect(commitWith(root, "--", "README.md").code).toBe(0);
  });

  test("works in a worktree", () => {
    const root = hooked("--pre-commit");
    git(root, "worktree", "add", "-q", "../other", "-b", "other");
    const other = join(root, "../other");
    writeFiles(other, mistake);
    git(other, "add", "-A");
    expect(commitWith(other).out).toContain("DEBUG is True");
  });
});

describe("hook run", () => {
  test("says who calls it, where nobody tells what is pushed", () => {
    const root = repository();
    writeFileSync(join(root, "refs"), "");
    installTool(root);
    const { code, out } = run(root, "sh", [
      "-c",
      "node_modules/.bin/deploy-check hook run pre-push origin < refs",
    ]);
    expect({ code, out }).toEqual({ code: 0, out: "" });
    expect(deployCheck(onDisk({}), "hook", "run", "pre-commit").code).toBe(2);
    for (const words of [["hook"], ["hook", "instal"]]) {
      const wrong = deployCheck(root, ...words);
      expect(wrong.code).toBe(2);
      expect(wrong.out).toContain("install, uninstall, status or run");
    }
  });
});
