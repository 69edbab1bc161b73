import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import { createInterpreter } from "../../src/python/interpreter.ts";
import { boundIn, runText, scenario, world } from "./run-python.ts";
import { show } from "./show.ts";

function run(files: Readonly<Record<string, string>>, module: string, path: readonly string[] = [""]) {
  return createInterpreter(memoryFiles(files), { ...world, path }, []).run(module, scenario());
}

function shown(files: Readonly<Record<string, string>>, module: string, name = "X") {
  const done = run(files, module);
  expect(done.outcome).toEqual({ kind: "completed" });
  return show(boundIn(done, name));
}

describe("modules of the project", () => {
  test.each([
    ["a package", { "a/__init__.py": "Y = 1", "m.py": "import a\nX = a.Y" }, "m", "1"],
    ["a submodule", { "a/__init__.py": "", "a/b.py": "Y = 2", "m.py": "import a.b\nX = a.b.Y" }, "m", "2"],
    ["import as", { "a/__init__.py": "", "a/b.py": "Y = 2", "m.py": "import a.b as c\nX = c.Y" }, "m", "2"],
    [
      "from a package import a module",
      { "a/__init__.py": "", "a/b.py": "Y = 2", "m.py": "from a import b\nX = b.Y" },
      "m",
      "2",
    ],
    ["a folder without __init__", { "a/b.py": "Y = 3", "m.py": "from a.b import Y\nX = Y" }, "m", "3"],
    [
      "relative",
      { "s/__init__.py": "", "s/base.py": "Y = 4", "s/prod.py": "from .base import *\nX = Y" },
      "s.prod",
      "4",
    ],
    [
      "relative to the parent",
      { "s/__init__.py": "", "s/t/__init__.py": "", "s/u.py": "Y = 5", "s/t/m.py": "from ..u import Y as X" },
      "s.t.m",
      "5",
    ],
    [
      "from . import",
      { "s/__init__.py": "", "s/a.py": "Y = 6", "s/m.py": "from . import a\nX = a.Y" },
      "s.m",
      "6",
    ],
    [
      "in a package's own __init__",
      { "s/__init__.py": "from .a import Y as X", "s/a.py": "Y = 7" },
      "s",
      "7",
    ],
    [
      "__all__",
      { "a.py": '__all__ = ["_p"]\n_p = 1\nq = 2', "m.py": "from a import *\nX = _p, 'q' in dir()" },
      "m",
      "(1, False)",
    ],
    [
      "no private names by star",
      { "a.py": "_p = 1\nq = 2", "m.py": "from a import *\nX = 'q' in dir(), '_p' in dir()" },
      "m",
      "(True, False)",
    ],
    [
      "a circle",
      { "a.py": "import b\nY = 1", "b.py": "import a\nZ = hasattr(a, 'Y')", "m.py": "import a, b\nX = b.Z" },
      "m",
      "False",
    ],
    [
      "once",
      { "a.py": "n = []", "b.py": "import a\na.n.append(1)", "m.py": "import a, b\nimport b\nX = a.n" },
      "m",
      "[1]",
    ],
    [
      "__file__ and __name__",
      { "s/__init__.py": "", "s/m.py": "X = __file__, __name__, __package__" },
      "s.m",
      "('/srv/deploy-check/project/s/m.py', 's.m', 's')",
    ],
    [
      "__path__",
      { "s/__init__.py": "X = __path__, __package__" },
      "s",
      "(['/srv/deploy-check/project/s'], 's')",
    ],
    [
      "functions see their own module",
      { "a.py": "v = 1\ndef f(): return v", "m.py": "from a import f\nv = 2\nX = f()" },
      "m",
      "1",
    ],
    [
      "assignment to a module",
      { "a.py": "v = 1\ndef f(): return v", "m.py": "import a\na.v = 5\nX = a.f()" },
      "m",
      "5",
    ],
    [
      "a project module before the standard library's",
      { "secrets.py": "Y = 1", "m.py": "from secrets import Y as X" },
      "m",
      "1",
    ],
    [
      "__import__",
      {
        "a/__init__.py": "",
        "a/b.py": "Y = 1",
        "m.py": "X = __import__('a.b').b.Y, __import__('a.b', fromlist=['Y']).Y",
      },
      "m",
      "(1, 1)",
    ],
    [
      "import in a function",
      { "a.py": "Y = 1", "m.py": "def f():\n    import a\n    return a.Y\nX = f()" },
      "m",
      "1",
    ],
    [
      "module __getattr__",
      { "a.py": "def __getattr__(n): return n", "m.py": "from a import anything\nX = anything" },
      "m",
      "'anything'",
    ],
    [
      "a data folder of a library's name",
      { "redis/redis.conf": "", "m.py": "import redis\nX = 1" },
      "m",
      "1",
    ],
  ])("%s", (_what, files, module, value) => {
    expect(shown(files, module)).toBe(value);
  });

  test.each([
    [
      "a missing submodule",
      { "s/__init__.py": "", "m.py": "import s.nope" },
      "ModuleNotFoundError",
      "No module named 's.nope'",
    ],
    [
      "a missing relative module",
      { "s/__init__.py": "", "s/m.py": "from .nope import *" },
      "ModuleNotFoundError",
      "No module named 's.nope'",
    ],
    [
      "a missing name",
      { "a.py": "", "m.py": "from a import nope" },
      "ImportError",
      "cannot import name 'nope' from 'a' (/srv/deploy-check/project/a.py)",
    ],
    [
      "a missing name in a circle",
      { "a.py": "from b import Y\nZ = 1", "b.py": "from a import Z\nY = 1", "m.py": "import a" },
      "ImportError",
      "cannot import name 'Z' from partially initialized module 'a' (most likely due to a circular import) (/srv/deploy-check/project/a.py)",
    ],
    [
      "relative outside a package",
      { "m.py": "from . import a" },
      "ImportError",
      "attempted relative import with no known parent package",
    ],
    [
      "relative beyond the top",
      { "s/__init__.py": "", "s/m.py": "from ... import a" },
      "ImportError",
      "attempted relative import beyond top-level package",
    ],
    [
      "a syntax error",
      { "a.py": "x = (", "m.py": "try:\n    import a\nexcept ImportError: pass" },
      "SyntaxError",
      "'(' was never closed",
    ],
    [
      "an attribute of a module",
      { "a.py": "", "m.py": "import a\na.nope" },
      "AttributeError",
      "module 'a' has no attribute 'nope'",
    ],
    [
      "a submodule of a module",
      { "a.py": "", "m.py": "import a.b" },
      "ModuleNotFoundError",
      "No module named 'a.b'; 'a' is not a package",
    ],
  ])("%s", (_what, files, error, message) => {
    const module = "s/m.py" in files ? "s.m" : "m";
    expect(run(files, module).outcome).toMatchObject({ kind: "raised", error, message });
  });

  test("what fails is said with its place, in the file where it fails", () => {
    expect(run({ "m.py": "import a", "a.py": "\nx = (\n" }, "m").outcome).toMatchObject({
      error: "SyntaxError",
      at: { file: "a.py", line: 2 },
    });
    expect(run({ "m.py": "import a", "a.py": "\n\n1/0" }, "m").outcome).toMatchObject({
      error: "ZeroDivisionError",
      at: { file: "a.py", line: 3 },
    });
  });

  test("names that were set until the failure are kept", () => {
    expect(show(boundIn(run({ "m.py": "X = 1\n1/0" }, "m"), "X"))).toBe("1");
  });

  test("a module that is not there", () => {
    expect(run({}, "nope.settings").outcome).toMatchObject({
      kind: "raised",
      error: "ModuleNotFoundError",
      message: "No module named 'nope'",
    });
  });

  test("the path has several folders, and the order of imports is noted", () => {
    const done = run({ "src/a.py": "Y = 1", "b.py": "from a import Y as X" }, "b", ["src", ""]);
    expect(show(boundIn(done, "X"))).toBe("1");
    expect(done.files).toEqual(["b.py", "src/a.py"]);
  });

  test("a file can be run that is no importable module", () => {
    const files = memoryFiles({ "deploy-tools/gunicorn.conf.py": 'bind = "0.0.0.0"\nname = __name__' });
    const interpreter = createInterpreter(files, world, []);
    const done = interpreter.runFile("deploy-tools/gunicorn.conf.py", scenario(), "__main__");
    expect(["bind", "name"].map((name) => show(boundIn(done, name)))).toEqual(["'0.0.0.0'", "'__main__'"]);
    expect(interpreter.locate("deploy-tools.gunicorn")).toBeUndefined();
  });
});

describe("modules outside the project", () => {
  const guarded = "try:\n    import debug_toolbar\n    X = 1\nexcept ImportError as e:\n    X = e.name";
  const installed = (answer: boolean | undefined) => ({ world: { installed: () => answer } });

  test.each([
    ["not installed, guarded: ImportError", guarded, false, "'debug_toolbar'"],
    ["installed, guarded", guarded, true, "1"],
    ["not known, guarded: there", guarded, undefined, "1"],
    ["not installed, not guarded: the checks say so", "import debug_toolbar\nX = 1", false, "1"],
    [
      "local settings, not known: not there",
      "X = 0\ntry:\n    from local_settings import *\n    X = 1\nexcept ImportError: pass",
      undefined,
      "0",
    ],
    [
      "the standard library is there",
      "try:\n    import csv\n    X = 1\nexcept ImportError:\n    X = 0",
      false,
      "1",
    ],
    [
      "suppress guards too",
      "from contextlib import suppress\nX = 1\nwith suppress(ImportError):\n    import nope\n    X = 2",
      true,
      "2",
    ],
    ["another exception does not", "try:\n    import nope\n    X = 1\nexcept ValueError: pass", false, "1"],
  ])("%s", (_what, text, answer, value) => {
    const done = runText(text, { ...installed(answer), models: [] });
    expect(done.outcome).toEqual({ kind: "completed" });
    expect(show(boundIn(done, "X"))).toBe(value);
  });

  test("whether one is there, where that is not known, is a branch", () => {
    const [branch] = runText(guarded).branches;
    expect(branch).toMatchObject({ taken: true, text: "import debug_toolbar", at: { line: 2 } });
    const other = runText(guarded, { branches: { [branch?.key ?? ""]: false } });
    expect(show(boundIn(other, "X"))).toBe("'debug_toolbar'");
  });

  test("are noted", () => {
    const { imports } = runText(
      "import os\nimport a.b\ntry:\n    import c\nexcept ImportError: pass\nimport c",
    );
    expect(imports.map(({ module, guarded }) => [module, guarded])).toEqual([
      ["os", false],
      ["a", false],
      ["a.b", false],
      ["c", true],
    ]);
  });
});
