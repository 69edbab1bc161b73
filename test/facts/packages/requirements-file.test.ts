import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { normalName } from "../../../src/facts/packages/names.ts";
import { readRequirementsFile } from "../../../src/facts/packages/requirements-file.ts";
import { memoryFiles } from "../../../src/files/memory.ts";

function read(files: Readonly<Record<string, string | Uint8Array>>, python = "3.13") {
  return readRequirementsFile({ files: memoryFiles(files), python }, ["requirements.txt"]);
}
const names = (text: string) => read({ "requirements.txt": text }).requirements.map(({ name }) => name);

describe("a requirements file", () => {
  test.each([
    ["Django==5.2.1", ["django"]],
    ["django_environ", ["django-environ"]],
    ["# gunicorn\n\n   \ndjango # gunicorn", ["django"]],
    ["django==5.2.1 \\\n    --hash=sha256:aa \\\n    --hash=sha256:bb\ngunicorn", ["django", "gunicorn"]],
    ["psycopg[binary,pool]>=3.2,<4", ["psycopg"]],
    ["django (>=5,<6)", ["django"]],
    ['pywin32==306 ; sys_platform == "win32"\ndjango', ["django"]],
    ["tomli;python_version<'3.11'\ndjango", ["django"]],
    ["--index-url https://pypi.org/simple\n-i https://x/\n--extra-index-url=https://y\ndjango", ["django"]],
    ["-c constraints.txt\ndjango", ["django"]],
    ["shop @ https://example.org/shop-1.0.tar.gz ; python_version > '3'", ["shop"]],
    ["git+https://github.com/a/django-x.git@main#egg=Django_X", ["django-x"]],
    ["-e git+ssh://git@github.com/a/django-x.git#egg=django-x&subdirectory=a", ["django-x"]],
    ["https://example.org/wheels/My_Shop-1.0-py3-none-any.whl", ["my-shop"]],
    ["requests --no-binary requests\r\ndjango\r\n", ["requests", "django"]],
  ])("%j installs %j", (text, expected) => {
    expect(names(text)).toEqual(expected);
  });

  test("keeps extras, versions and places", () => {
    const { requirements } = read({ "requirements.txt": "django==5.2.1\n  psycopg[Binary] >= 3.2, < 4\n" });
    expect(requirements).toEqual([
      {
        name: "django",
        extras: [],
        specifier: "==5.2.1",
        version: "5.2.1",
        at: { file: "requirements.txt", line: 1, column: 1, endLine: 1, endColumn: 14 },
      },
      {
        name: "psycopg",
        extras: ["binary"],
        specifier: ">=3.2,<4",
        version: undefined,
        at: { file: "requirements.txt", line: 2, column: 3, endLine: 2, endColumn: 30 },
      },
    ]);
  });

  test("follows -r from the file that names it, in a circle too", () => {
    const list = read({
      "requirements.txt": "-r requirements/production.txt",
      "requirements/production.txt": "-r base.txt\ngunicorn",
      "requirements/base.txt": "django\n-r production.txt",
    });
    expect(list.requirements.map(({ name }) => name)).toEqual(["django", "gunicorn"]);
    expect(list.sources).toEqual([
      "requirements.txt",
      "requirements/production.txt",
      "requirements/base.txt",
    ]);
    expect(list.incomplete).toBeUndefined();
  });

  test("is incomplete where a file of it is elsewhere, and broken where it is nowhere", () => {
    expect(read({ "requirements.txt": "-r https://example.org/r.txt" })).toMatchObject({
      incomplete: "requirements.txt includes https://example.org/r.txt",
      broken: [],
    });
    expect(read({ "requirements.txt": "django\n-r base.txt" })).toMatchObject({
      incomplete: "requirements.txt includes base.txt, which does not exist",
      broken: [{ at: { line: 2 } }],
    });
  });

  test("constraints install nothing", () => {
    expect(names("-c gunicorn.txt\ndjango")).toEqual(["django"]);
  });

  test("a path installs what that folder declares", () => {
    const list = read({
      "requirements.txt": "-e .[prod]\n./libs/x",
      "pyproject.toml":
        '[project]\nname = "shop"\ndependencies = ["django>=5"]\n[project.optional-dependencies]\nprod = [\n  "gunicorn",\n]\n',
      "libs/x/setup.cfg": "[options]\ninstall_requires =\n    celery>=5\n    # no\n\n[other]\n",
    });
    expect(list.requirements.map(({ name, at }) => `${name} ${at.file}:${at.line}`)).toEqual([
      "django pyproject.toml:3",
      "gunicorn pyproject.toml:6",
      "celery libs/x/setup.cfg:3",
    ]);
  });

  test("a setup.py is not run", () => {
    expect(read({ "requirements.txt": ".", "setup.py": "setup()" }).incomplete).toBe(
      "requirements.txt installs ., and setup.py decides itself what that brings",
    );
  });

  test("UTF-16, as PowerShell writes it, is read", () => {
    const text = Buffer.from("\ufeffdjango==5.2\r\ngunicorn==23.0\r\n", "utf16le");
    expect(read({ "requirements.txt": text }).requirements.map(({ name }) => name)).toEqual([
      "django",
      "gunicorn",
    ]);
  });

  test("a secret in a URL is not repeated", () => {
    expect(read({ "requirements.txt": "https://user:token@example.org/x" }).incomplete).toBe(
      "requirements.txt installs https://example.org/x",
    );
  });

  test.each([
    ["pip-compile", "django==5.2.1\n    # via -r requirements.in\nasgiref==3.8\n    # via django\n", true],
    [
      "uv export",
      "# This file was autogenerated by uv via the following command:\ndjango==5.2.1 \\\n  --hash=sha256:aa\n",
      true,
    ],
    ["pip freeze", "asgiref==3.8.1\nDjango==5.2.1\nsqlparse==0.5\n", true],
    ["a list by hand", "Django==5.2.1\ngunicorn==23.0\n", false],
    ["a range among pins", "# via\nDjango==5.2.1\ngunicorn>=23\n", false],
  ])("%s is a lock: %j", (_, text, locked) => {
    expect(read({ "requirements.txt": text }).locked).toBe(locked);
  });
});

const script = `
import json, sys
from pip._internal.req.req_file import parse_requirements
from pip._internal.network.session import PipSession
from pip._internal.req.constructors import install_req_from_parsed_requirement
found = []
for parsed in parse_requirements(sys.argv[1], session=PipSession()):
    if parsed.constraint: continue
    req = install_req_from_parsed_requirement(parsed)
    if req.match_markers(): found.append([req.name, sorted(req.extras), str(req.req.specifier) if req.req else ""])
print(json.dumps(found))
`;

const torture = String.raw`# -*- coding: utf-8 -*-
--extra-index-url https://example.org/simple
Django ~= 5.2  # web
psycopg[ binary , pool ]>=3.2,<4
gunicorn \
  == 23.0.0 \
  --hash=sha256:2aaf6b0d6c2a0b1ba0fdd8b9c5ba3b1c6e5f6b2e6d3c0c7c5d1d9c2b6a5e4f3d
-r more.txt
--constraint constraints.txt
zope.interface
pywin32 ; sys_platform == 'win32'
Foo.Bar_baz===1.0
requests ; python_version >= "3" and os_name == "posix"
wheel @ https://files.example.org/wheel-0.1-py3-none-any.whl
`;

/** What pip itself reads, or undefined without Python or pip. */
function pip(): readonly (readonly [string, readonly string[], string])[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), "deploy-check-"));
  try {
    writeFileSync(join(folder, "requirements.txt"), torture);
    writeFileSync(join(folder, "more.txt"), "celery[redis]!=5.3\n");
    writeFileSync(join(folder, "constraints.txt"), "honcho==1\n");
    return JSON.parse(
      execFileSync("python3", ["-c", script, join(folder, "requirements.txt")], {
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
      }),
    );
  } catch {
    return undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
const reference = pip();

test.skipIf(reference === undefined)("is read as pip reads it (needs python3 with pip)", () => {
  const sorted = (specifier: string) => specifier.split(",").sort().join(",");
  const list = read({
    "requirements.txt": torture,
    "more.txt": "celery[redis]!=5.3\n",
    "constraints.txt": "honcho==1\n",
  });
  expect(
    list.requirements.map(({ name, extras, specifier }) => [name, [...extras].sort(), sorted(specifier)]),
  ).toEqual(reference?.map(([name, extras, specifier]) => [normalName(name), extras, sorted(specifier)]));
});
