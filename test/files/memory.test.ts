import { expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";

test("folders are those that hold a file, children are paths, everything is sorted", () => {
  const files = memoryFiles({ "b/two.py": "", "b-a.py": "", "b/a/deep/one.py": "", "a.py": "" });
  expect(files.list).toEqual(["a.py", "b-a.py", "b/a/deep/one.py", "b/two.py"]);
  expect(files.children("")).toEqual(["a.py", "b", "b-a.py"]);
  expect(files.children("b")).toEqual(["b/a", "b/two.py"]);
  expect(files.children("nowhere")).toEqual([]);
  expect(["", "b", "b/a/deep", "a.py", "c"].map(files.isFolder)).toEqual([true, true, true, false, false]);
  expect(["a.py", "A.py", "b"].map(files.isFile)).toEqual([true, false, false]);
});

test("reads text, and says what is absent", () => {
  const files = memoryFiles({ "a.py": "x = 1\n" });
  expect(files.read("a.py")).toEqual({ kind: "text", text: "x = 1\n", encoding: "utf-8" });
  expect(files.text("a.py")).toBe("x = 1\n");
  expect(files.read("b.py")).toEqual({ kind: "absent" });
  expect(files.text("b.py")).toBeUndefined();
});

test("a name such as constructor is a file only if it was given", () => {
  expect(memoryFiles({}).read("constructor")).toEqual({ kind: "absent" });
  expect(memoryFiles({ constructor: "x" }).text("constructor")).toBe("x");
});

test("without an index nothing is known of tracking", () => {
  expect(memoryFiles({ ".env": "" }).tracked).toBeUndefined();
  const files = memoryFiles({ ".env": "", "a.py": "" }, { tracked: ["a.py"] });
  expect([".env", "a.py"].map((path) => files.tracked?.has(path))).toEqual([false, true]);
});

test("ignored files are there but not listed, unless they are tracked", () => {
  const files = memoryFiles(
    { ".env": "A=1", "logs/a.log": "", "logs/kept.log": "", "a.py": "" },
    { ignored: [".env", "logs"], tracked: ["logs/kept.log"] },
  );
  expect(files.list).toEqual(["a.py", "logs/kept.log"]);
  expect([".env", "logs/a.log", "logs/kept.log", "logs/none.log", "a.py"].map(files.isIgnored)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(files.read(".env")).toEqual({ kind: "absent" });
});
