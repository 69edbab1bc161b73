import { describe, expect, test } from "vitest";
import { boundIn, runText } from "./run-python.ts";
import { show } from "./show.ts";

/** X in an environment where A is set to something we do not see. */
function opaque(text: string) {
  const run = runText(`import os\nA = os.environ["A"]\n${text}`, { env: { A: null } });
  expect(run.outcome).toEqual({ kind: "completed" });
  return { run, value: boundIn(run, "X") };
}

describe("what is known of a value that is not", () => {
  test.each([
    ["text of a variable", "X = A", { type: "str", truth: true, cause: "environment" }],
    ["its methods", "X = A.lower().strip()", { type: "str", cause: "environment" }],
    ["split", 'X = A.split(",")', { type: "list", truth: true, cause: "environment" }],
    [
      "a prefix",
      'X = "redis://" + A',
      { type: "str", prefix: "redis://", truth: true, cause: "environment" },
    ],
    [
      "a prefix of an f-string",
      'X = f"redis://{A}:6379"',
      { prefix: "redis://", truth: true, cause: "environment" },
    ],
    ["a prefix of %", 'X = "redis://%s:%d" % (A, 5)', { prefix: "redis://", cause: "environment" }],
    ["a prefix of format", 'X = "redis://{}".format(A)', { prefix: "redis://", cause: "environment" }],
    ["a prefix of join", 'X = "/".join(["a", A])', { prefix: "a/", cause: "environment" }],
    ["int", "X = int(A)", { type: "int", cause: "environment" }],
    ["bool", "X = bool(A)", { type: "bool", truth: true, cause: "environment" }],
    ["a comparison", 'X = A == "x"', { type: "bool", cause: "environment" }],
    ["or with what is true", 'X = A or "x"', { truth: true }],
    ["and with what is false", 'X = (A == "x") and False', { truth: false }],
    ["or with what is true later", 'X = (A == "x") or True', { truth: true }],
    ["not", "X = not A", { type: "bool", truth: false }],
    ["a library", "import nowhere\nX = nowhere.f(1)", { cause: "unmodelled" }],
    ["a library given a variable", "import nowhere\nX = nowhere.f(A)", { cause: "unmodelled", env: ["A"] }],
    ["arithmetic", "X = int(A) * 60", { type: "int", cause: "environment", env: ["A"] }],
  ])("%s", (_what, text, details) => {
    expect(opaque(text).value).toMatchObject({ kind: "opaque", ...details });
  });

  test.each([
    ["is None", "X = A is None", "False"],
    ["== None", "X = A == None", "False"],
    ['!= ""', 'X = A != ""', "True"],
    ["isinstance", "X = isinstance(A, str), isinstance(A, int)", "(True, False)"],
    ["startswith of a known prefix", 'X = f"https://{A}".startswith("https://")', "True"],
    ["a conditional on known truth", 'X = "set" if A else "unset"', "'set'"],
    ["lists that go on", 'X = ["a"] + A.split(",")', "['a'] and more"],
    ["displays that go on", 'X = ["a", *A.split(",")]', "['a'] and more"],
    ["comprehensions of it", 'X = [h.strip() for h in A.split(",")]', "[] and more"],
    ["items that are not known", 'X = ["a", A]', "['a', <opaque: is read from the environment variable A>]"],
    ["dicts that go on", 'X = {"a": 1}\nX.update(A)', "{'a': 1} and more"],
    ["dicts with an unknown key", 'X = {"a": 1, A: 2}', "{'a': 1} and more"],
    ["dicts that are unpacked", 'import nowhere\nX = {"a": 1, **nowhere.d}', "{'a': 1} and more"],
    ["lists that are extended", 'X = ["a"]\nX += A.split(",")\nX.extend(A)', "['a'] and more"],
    ["unpacked tuples", 'X, *Y = A.split(",")\nX = 1', "1"],
    ["sorted", 'X = sorted(["b", "a"] + A.split(","))', "['a', 'b'] and more"],
    ["sets", 'X = {"a", A}', "set('a') and more"],
    ["any", "X = any([True, A])", "True"],
  ])("%s", (_what, text, shown) => {
    expect(show(opaque(text).value)).toBe(shown);
  });

  test("a name that a star import may bring is not an error", () => {
    const { run, value } = opaque("from nowhere import *\nX = UNKNOWN");
    expect(value).toMatchObject({ kind: "opaque", cause: "unmodelled" });
    expect(run.open).toMatchObject({ because: expect.stringContaining("nowhere") });
  });

  test("a library's base class, decorator and exception", () => {
    const { value } = opaque(`from nowhere import Base, deco, Error
class C(Base):
    y = 5
    def f(self):
        return self.y
@deco
def g(): pass
try:
    Z = C().nope
except Error:
    pass
X = C().y`);
    expect(show(value)).toBe("5");
  });

  test("a loop over what is not known runs once, and leaves open what it changes", () => {
    const { value, run } = opaque(
      'X = []\nD = {}\nfor h in A.split(","):\n    X.append(h.strip())\n    D[h] = 1',
    );
    expect(value).toMatchObject({ kind: "list", open: { kind: "opaque" }, env: ["A"] });
    expect(value).toMatchObject({ items: [{ kind: "opaque", cause: "environment" }] });
    expect(boundIn(run, "D")).toMatchObject({ open: { kind: "opaque" } });
  });

  test("a while loop over what is not known ends", () => {
    const { run } = opaque("import nowhere\nX = 0\nwhile nowhere.wait():\n    X += 1\nwhile A:\n    X += 1");
    expect(run.outcome.kind).toBe("completed");
  });
});

describe("branches", () => {
  const text =
    "import nowhere\nif nowhere.flag(\n    1):\n    X = 1\nelse:\n    X = 2\nfor i in range(2):\n    if nowhere.flag: pass";

  test("are noted with their text, and go to the else unless the scenario says otherwise", () => {
    const run = runText(text);
    expect(show(boundIn(run, "X"))).toBe("2");
    expect(run.branches).toMatchObject([
      { taken: false, text: "nowhere.flag( 1)", at: { line: 2, column: 4 } },
      { taken: false, text: "nowhere.flag" },
      { taken: false, text: "nowhere.flag" },
    ]);
    expect(new Set(run.branches.map(({ key }) => key)).size).toBe(3);
  });

  test("go as the scenario says", () => {
    const key = runText(text).branches[0]?.key ?? "";
    const run = runText(text, { branches: { [key]: true } });
    expect(show(boundIn(run, "X"))).toBe("1");
    expect(run.branches[0]?.taken).toBe(true);
  });

  test("are none where a variable is set, to something that is taken for true", () => {
    const run = runText('import os\nif os.environ.get("A"):\n    X = 1', { env: { A: null } });
    expect(run.branches).toEqual([]);
    expect(run.names.get("X")?.env).toEqual(["A"]);
  });
});
