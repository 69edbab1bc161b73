import { expect, test } from "vitest";
import check from "../../../src/checks/images/python-output-buffered.ts";
import { told } from "../../support/told.ts";

const dockerfile = (line: string) =>
  `FROM python:3.13-slim\n${line}\nCOPY . /app\nCMD ["gunicorn", "shop.wsgi"]\n`;
const base = { "manage.py": "import django\n", "requirements.txt": "django==5.2\n" };
const printing = { "shop/views.py": 'def pay(request):\n    print("paid")\n' };
const ask = (files: Readonly<Record<string, string>>, on?: string) => told(check, { ...base, ...files }, on);

test("a view that prints", async () => {
  expect(await ask({ ...printing, Dockerfile: dockerfile("") })).toEqual([
    "warning certain shop/views.py:2:5 shop/views.py prints, and Dockerfile does not set PYTHONUNBUFFERED, so that the log has it late, or never",
  ]);
  expect((await ask({ ...printing, Dockerfile: dockerfile("ENV PYTHONUNBUFFERED=") }))[0]).toMatch(
    /^warning/,
  );
});

test.each([
  ["the variable, whatever its value", printing, "ENV PYTHONUNBUFFERED=0"],
  ["python -u", printing, 'CMD ["python", "-u", "x.py"]\nRUN true'],
  ["flush", { "shop/views.py": 'def f():\n    print("x", flush=True)\n' }, ""],
  ["a script of the pipeline", { "ci/lint.py": 'print("fine")\n' }, ""],
  ["stderr", { "shop/views.py": 'import sys\ndef f():\n    print("x", file=sys.stderr)\n' }, ""],
  ["logging to stdout", { "shop/log.py": "import logging, sys\nlogging.StreamHandler(sys.stdout)\n" }, ""],
  ["a management command", { "shop/management/commands/x.py": 'print("x")\n' }, ""],
  ["what is only run by hand", { "shop/x.py": 'if __name__ == "__main__":\n    print("x")\n' }, ""],
  ["pprint, and text about print", { "shop/x.py": 'x = "print(1)"\npprint(x)\n' }, ""],
])("%s: nothing to tell", async (_name, files, line) => {
  const text = line.startsWith("CMD") ? `FROM python:3.13-slim\nCOPY . /app\n${line}\n` : dockerfile(line);
  expect(await ask({ ...files, Dockerfile: text })).toEqual(["passed"]);
});

test("a manifest that sets it, or variables that are kept elsewhere", async () => {
  const compose = "services:\n  web:\n    build: .\n    environment: [PYTHONUNBUFFERED=1]\n";
  expect(await ask({ ...printing, Dockerfile: dockerfile(""), "docker-compose.prod.yml": compose })).toEqual([
    "passed",
  ]);
  expect(
    (await ask({ ...printing, Dockerfile: dockerfile(""), "fly.toml": "app = 'x'\n" }, "fly"))[0],
  ).toMatch(/^skipped: .* may set PYTHONUNBUFFERED$/);
});
