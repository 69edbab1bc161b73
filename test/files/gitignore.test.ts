import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { parseIgnoreRules } from "../../src/files/gitignore.ts";

const folder = mkdtempSync(join(tmpdir(), "gitignore-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const gitIsHere = (() => {
  try {
    execFileSync("git", ["--version"]);
    return true;
  } catch {
    return false;
  }
})();

/** What git itself says: whether each path is ignored, looking only at its own name and not at its folders. */
function askGit(patterns: string, paths: readonly string[]): ReadonlySet<string> {
  writeFileSync(join(folder, ".gitignore"), patterns);
  const input = paths.map((path) => `${path}\0`).join("");
  try {
    const out = execFileSync("git", ["check-ignore", "--no-index", "-z", "--stdin"], {
      cwd: folder,
      input,
      encoding: "utf8",
    });
    return new Set(out.split("\0").filter((path) => path !== ""));
  } catch (error) {
    // It exits with 1 when nothing is ignored.
    if (error instanceof Error && "status" in error && error.status === 1) return new Set();
    throw error;
  }
}

/** Ours, with git's rule that nothing inside an ignored folder can be taken back. */
function askUs(patterns: string, paths: readonly string[]): ReadonlySet<string> {
  const rules = parseIgnoreRules(patterns);
  return new Set(
    paths.filter((path) =>
      path
        .split("/")
        .some((_, at, parts) => rules(parts.slice(0, at + 1).join("/"), at < parts.length - 1) === true),
    ),
  );
}

const paths = [
  ".env",
  ".env.example",
  "a",
  "a.pyc",
  "ab",
  "b/a",
  "b/a.pyc",
  "b/ab/c",
  "a b/c d",
  "c/b/a/ab",
  "c/a-b",
  "c/]",
  "c/[a]",
  "d/#a",
  "d/!a",
  "d/é",
  "d/A1",
  "build/lib/x.py",
  "e/build/x.py",
];

describe.skipIf(!gitIsHere)("git is the reference", () => {
  const prepare = () => {
    execFileSync("git", ["init", "-q"], { cwd: folder });
    for (const path of paths) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), "");
    }
  };

  test.each([
    ".env*\n!.env.example\n",
    "*.py[cod]\r\n",
    "/a\n",
    "build/\n",
    "/build/\n",
    "b/*\n!b/a\n",
    "**/ab\n",
    "c/**\n",
    "c/**/ab\n",
    "**/b/**\n",
    "\\#a\n\\!a\n",
    "a b\n",
    "a \n",
    "ab\\ \n",
    "[!a]\n",
    "[]]\n",
    "\\[a\\]\n",
    "[[:upper:]]1\n",
    "[a-\n",
    "a\\\n",
    "/\n!\n\n",
    "?\n",
    "*\n!*/\n!a.pyc\n",
    "c/a**\n",
    "***/a\n",
  ])("%j", (patterns) => {
    prepare();
    expect([...askUs(patterns, paths)]).toEqual(paths.filter((path) => askGit(patterns, paths).has(path)));
  });

  test("on any patterns", { timeout: 60_000 }, () => {
    prepare();
    const piece = fc.constantFrom(
      "a",
      "b",
      "c",
      "ab",
      "*",
      "**",
      "?",
      "/",
      "/",
      ".",
      "[a-c]",
      "[!a]",
      "\\",
      "!",
      " ",
    );
    const pattern = fc
      .array(piece, { maxLength: 7 })
      .map((pieces) => pieces.join(""))
      // Git cuts the literal start off first, so that `a**/b` is `**/b` behind an "a", against its own manual.
      .filter((text) => !/[^/]\*\*/.test(text));
    fc.assert(
      fc.property(fc.array(pattern, { minLength: 1, maxLength: 3 }), (lines) => {
        const text = `${lines.join("\n")}\n`;
        const git = askGit(text, paths);
        expect([...askUs(text, paths)]).toEqual(paths.filter((path) => git.has(path)));
      }),
      { numRuns: Number(process.env.GITIGNORE_RUNS ?? 100), seed: 7 },
    );
  });
});

test("a pattern of many stars does not take long", () => {
  const rules = parseIgnoreRules(`${"*a".repeat(100)}*b\n${"**/a/".repeat(100)}b\n`);
  const started = performance.now();
  expect(rules("a".repeat(250), false)).toBeUndefined();
  expect(rules("a/".repeat(2000).slice(0, -1), false)).toBeUndefined();
  expect(performance.now() - started).toBeLessThan(1000);
});
