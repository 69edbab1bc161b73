import { describe, expect, test } from "vitest";
import { boundIn, runText } from "./run-python.ts";
import { show } from "./show.ts";

/** What names depend on. */
function envOf(text: string, name: string, env: Readonly<Record<string, string | null>> = {}) {
  const run = runText(`import os\n${text}`, { env });
  expect(run.outcome.kind).toBe("completed");
  return run.names.get(name)?.env;
}

describe("what a name depends on", () => {
  test.each([
    ["a value that is read", 'X = os.environ.get("A", "d")', ["A"]],
    ["a value computed from one", 'X = os.environ.get("A", "d").lower() == "x"', ["A"]],
    ["several", 'X = os.environ.get("A", "") + os.environ.get("B", "")', ["A", "B"]],
    ["an f-string", `a = os.environ.get("A", "")\nX = f"x{a}"`, ["A"]],
    ["the items of a list", 'X = ["a", os.environ.get("A", "")]', ["A"]],
    ["what is in a nested dict", 'X = {"default": {"NAME": os.environ.get("A", "")}}', ["A"]],
    ["membership in the environment", 'X = "A" in os.environ', ["A"]],
    ["a conditional expression", 'X = 1 if os.environ.get("A") else 2', ["A"]],
    ["and, or", 'X = os.environ.get("A") or "x"', ["A"]],
    ["not", 'X = not os.environ.get("A")', ["A"]],
    ["a branch that is taken", 'X = 1\nif not os.environ.get("A"):\n    X = 2', ["A"]],
    ["a branch that is passed by", 'X = 1\nif os.environ.get("A"):\n    X = 2', ["A"]],
    ["the other branch", 'if os.environ.get("A"):\n    X = 1\nelse:\n    X = 2', ["A"]],
    ["elif", 'X = 0\nif os.environ.get("A"):\n    X = 1\nelif os.environ.get("B"):\n    X = 2', ["A", "B"]],
    ["a nested branch", 'X = 0\nif os.environ.get("A"):\n    if True:\n        X = 1', ["A"]],
    ["a star import passed by", 'X = 0\nif os.environ.get("A"):\n    from json import *', ["A"]],
    ["globals() passed by", 'X = 0\nif os.environ.get("A"):\n    globals()["X"] = 1', ["A"]],
    ["a list appended to", 'X = []\nif not os.environ.get("A"):\n    X.append(1)', ["A"]],
    ["a list that would be appended to", 'X = []\nif os.environ.get("A"):\n    X.append(1)', ["A"]],
    ["an item set", 'X = {}\nif not os.environ.get("A"):\n    X["a"] = 1', ["A"]],
    ["an item that would be set", 'X = {}\nif os.environ.get("A"):\n    X["a"]["b"] = 1', ["A"]],
    ["+= passed by", 'X = [1]\nif os.environ.get("A"):\n    X += [2]', ["A"]],
    ["nothing", 'if os.environ.get("A"):\n    Y = 1\nX = 1', []],
    ["nothing after a test that raises", 'if os.environ.get("A"):\n    raise ValueError\nX = 1', []],
    [
      "a return value",
      'def f():\n    if os.environ.get("A"):\n        return 1\n    return 2\nX = f()',
      ["A"],
    ],
    [
      "a list that is returned",
      'def f():\n    r = []\n    if os.environ.get("A"):\n        r.append(1)\n    return r\nX = f()',
      ["A"],
    ],
    [
      "nothing of another call",
      'def f():\n    if os.environ.get("A"):\n        return 1\n    return 2\nf()\nX = 1',
      [],
    ],
    ["a caught KeyError", 'try:\n    X = os.environ["A"]\nexcept KeyError:\n    X = 1', ["A"]],
    [
      "a handler passed by",
      'X = 1\ntry:\n    int(os.environ.get("A", "1"))\nexcept ValueError:\n    X = 2',
      ["A"],
    ],
    [
      "what a failing try would have set",
      'X = 1\ntry:\n    y = os.environ["A"]\n    X = 2\nexcept KeyError:\n    pass',
      ["A"],
    ],
    ["a loop over it", 'X = []\nfor h in os.environ.get("A", "a,b").split(","):\n    X.append(1)', ["A"]],
    ["a loop that does not run", 'X = 0\nfor h in os.environ.get("A", "").split():\n    X = 1', ["A"]],
    ["a comprehension over it", 'X = [1 for h in os.environ.get("A", "a,b").split(",")]', ["A"]],
    ["a comprehension that tests it", 'a = os.environ.get("A", "x")\nX = [i for i in range(3) if a]', ["A"]],
    ["a while loop", 'X = 0\nwhile not os.environ.get("A") and X < 1:\n    X += 1', ["A"]],
    ["a break", 'X = 0\nfor i in range(2):\n    if os.environ.get("A"):\n        break\n    X = 1', ["A"]],
    [
      "a match",
      'match os.environ.get("A", "x"):\n    case "y":\n        X = 1\n    case _:\n        X = 2',
      ["A"],
    ],
    ["a dict lookup by it", 'X = {"a": 1, "b": 2}[os.environ.get("A", "a")]', ["A"]],
    ["an attribute set", 'class C: pass\nX = C()\nif not os.environ.get("A"):\n    X.y = 1', ["A"]],
    ["a cast", 'X = int(os.environ.get("A", "1"))', ["A"]],
    ["join", 'X = ",".join(["a", os.environ.get("A", "")])', ["A"]],
    ["sorted", 'X = sorted(os.environ.get("A", "b a").split())', ["A"]],
    ["a function's default", 'def f(x=os.environ.get("A")):\n    return x\nX = f()', ["A"]],
    [
      "a global set by a function",
      'X = 1\ndef f():\n    global X\n    if os.environ.get("A"):\n        X = 2\nf()',
      ["A"],
    ],
  ])("%s", (_what, text, env) => {
    expect(envOf(text, "X")).toEqual(env);
  });

  test("an item keeps its own", () => {
    const run = runText(
      'import os\nX = {"a": os.environ.get("A", ""), "b": os.environ.get("B", "")}\nY = X["a"]',
    );
    expect(run.names.get("Y")?.env).toEqual(["A"]);
  });

  test("an exception carries its own", () => {
    const run = runText('import os\nX = os.environ["A"]');
    expect(run.outcome).toMatchObject({ kind: "raised", error: "KeyError", message: "'A'", env: ["A"] });
  });

  test("an exception raised in a branch carries the branch's", () => {
    const run = runText('import os\nif not os.environ.get("A"):\n    raise ValueError("set A")');
    expect(run.outcome).toMatchObject({
      error: "ValueError",
      message: "set A",
      env: ["A"],
      at: { line: 3, column: 5 },
    });
  });

  test("a name imported from a module has the module's", () => {
    const run = runText("from base import *\nfrom base import X as Y", {
      files: { "base.py": 'import os\nX = 1\nif os.environ.get("A"):\n    X = 2' },
    });
    expect(run.names.get("X")).toMatchObject({ env: ["A"], at: { file: "base.py", line: 2 } });
    expect(run.names.get("Y")?.env).toEqual(["A"]);
  });
});

describe("places", () => {
  test("a value says where it was made, a binding where it was bound", () => {
    const run = runText('import os\nd = os.environ.get("SECRET", "dev")\nX = d');
    expect(run.names.get("X")).toMatchObject({
      value: { value: "dev", at: { line: 2, column: 30 } },
      at: { line: 3, column: 1 },
    });
  });

  test("reads are noted, with what stands in for them", () => {
    const run = runText('import os\nX = os.environ.get("A", "dev")\nY = os.environ["B"]', {
      env: { B: "b" },
    });
    expect(run.reads).toMatchObject([
      { name: "A", fallback: { value: "dev" }, at: { line: 2 } },
      { name: "B", fallback: undefined, at: { line: 3 } },
    ]);
  });
});

describe("texts worth trying for a variable", () => {
  test.each([
    ["==", 'os.environ.get("A") == "production"', ["production"]],
    ["!= the other way", '"x" != os.environ.get("A")', ["x"]],
    ["after lower()", 'os.environ.get("A", "").lower() == "true"', ["true"]],
    ["in a tuple", 'os.environ.get("A") in ("a", "b")', ["a", "b"]],
    ["in it", '"x" in os.environ.get("A", "")', ["x"]],
    ["startswith", 'os.environ.get("A", "").startswith("prod")', ["prod"]],
    ["bool", 'bool(os.environ.get("A", "1"))', [""]],
    ["int", 'int(os.environ.get("A", "0")) == 2', ["0", "1", "2"]],
    ["a dict", '{"p": 1, "d": 2}.get(os.environ.get("A"))', ["p", "d"]],
  ])("%s", (_what, expression, texts) => {
    const run = runText(`import os\nX = ${expression}`);
    expect([...(run.candidates.get("A") ?? [])]).toEqual(texts);
  });
});

describe("held names", () => {
  test("keep their value in every module of the project, whatever is assigned", () => {
    const run = runText('from base import *\nDEBUG = True\nX = DEBUG\nglobals()["DEBUG"] = 5', {
      held: { DEBUG: false },
      files: { "base.py": "DEBUG = True\nY = DEBUG\ndef f():\n    DEBUG = True\n    return DEBUG\nZ = f()" },
    });
    expect(["DEBUG", "X", "Y", "Z"].map((name) => show(boundIn(run, name)))).toEqual([
      "False",
      "False",
      "False",
      "True",
    ]);
  });
});
