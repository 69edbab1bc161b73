import { expect, test } from "vitest";
import check from "../../../src/checks/runtime/requirements-not-portable.ts";
import { told } from "../../support/told.ts";

const ask = (requirements: string | Uint8Array, more: Record<string, string> = {}) =>
  told(check, { "manage.py": "import django\n", "requirements.txt": requirements, ...more });

test.each([
  [
    "pywin32==306",
    "requirements.txt names pywin32, which there is for Windows only, so pip stops with an error",
  ],
  [
    "pkg-resources==0.0.0",
    "requirements.txt names pkg-resources, which is no package but a slip of Debian's pip freeze, so pip stops with an error",
  ],
  [
    "numpy @ file:///C:/b/croot/numpy",
    "requirements.txt names numpy by a path of one machine, so pip stops with an error",
  ],
  [
    "-e /home/ada/lib",
    "requirements.txt names a package by a path of one machine, so pip stops with an error",
  ],
  [
    "sqlite3",
    "requirements.txt names sqlite3, which is a module of Python and no package, so pip stops with an error",
  ],
])("%s", async (line, message) => {
  expect(await ask(`django==5.2\n${line}\n`)).toEqual([`error certain requirements.txt:2:1 ${message}`]);
});

test("UTF-16: with a mark pip reads it, without one it does not", async () => {
  const utf16 = Buffer.from("django==5.2\n", "utf16le");
  expect((await ask(Buffer.concat([Buffer.from([0xff, 0xfe]), utf16])))[0]).toMatch(
    /^warning certain requirements\.txt:1:1 requirements\.txt is in UTF-16/,
  );
  expect((await ask(utf16))[0]).toMatch(
    /^error certain requirements\.txt:1:1 pip cannot read requirements\.txt/,
  );
});

test("a repository over SSH may be reached with a key", async () => {
  expect((await ask("lib @ git+ssh://git@github.com/x/lib.git\n"))[0]).toMatch(
    /^warning certain .* fetches lib over SSH/,
  );
});

test.each([
  ["a marker", 'pywin32==306 ; sys_platform == "win32"'],
  ["a project in the repository", "-e ./lib"],
  ["a wheel in the repository", "./wheels/x-1.0-py3-none-any.whl"],
  ["a package that only begins so", "pywin32-ctypes==0.2.3\njsonschema==4.25.0\nos-client-config==2.1.0"],
  ["a comment", "# pywin32==306"],
])("%s: passed", async (_name, line) => {
  expect(await ask(`django==5.2\n${line}\n`, { "lib/setup.py": "" })).toEqual(["passed"]);
});
