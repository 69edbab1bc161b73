import { describe, expect, test } from "vitest";
import { endOfLifeOf } from "../../src/facts/python-releases.ts";
import { docker } from "../../src/platforms/docker.ts";
import type { Platform } from "../../src/platforms/platform.ts";
import { procfileHost } from "../../src/platforms/procfile-host.ts";
import { runtimeFacts } from "../support/runtime-facts.ts";

type Files = Readonly<Record<string, string | Uint8Array>>;
const project = { Procfile: "web: gunicorn shop.wsgi\n", "requirements.txt": "django\n" };
const versions = async (files: Files, platform?: Platform) =>
  (await runtimeFacts({ ...project, ...files }, platform)).pythonVersions;

const form = 'the form is "3.13" or "3.13.2"';
const runtimeForm = 'the form is "python-3.13" or "python-3.13.2"';

describe("on Heroku", () => {
  test.each<[string, string, string | undefined, string | undefined]>([
    [".python-version", "3.13\n", "3.13", undefined],
    [".python-version", "  3.13.2  \r\n", "3.13.2", undefined],
    [".python-version", "# why\n\n3.13\n", "3.13", undefined],
    [".python-version", "3.13 # why\n", "3.13", `.python-version holds "3.13 # why", and ${form}`],
    [".python-version", "python-3.12\n", "3.12", `.python-version holds "python-3.12", and ${form}`],
    [".python-version", "v3.12\n", "3.12", `.python-version holds "v3.12", and ${form}`],
    [".python-version", '"3.12"\n', "3.12", `.python-version holds ""3.12"", and ${form}`],
    [".python-version", "3.12.x\n", "3.12", `.python-version holds "3.12.x", and ${form}`],
    [".python-version", "3\n", undefined, `.python-version holds "3", and ${form}`],
    [".python-version", "shop-env\n", undefined, `.python-version holds "shop-env", and ${form}`],
    [".python-version", "3.012\n", "3.012", `.python-version holds "3.012", and ${form}`],
    [".python-version", "# nothing\n", undefined, ".python-version names no version"],
    [
      ".python-version",
      "3.12\n3.13\n",
      "3.12",
      ".python-version names 2 versions (3.12, 3.13), and one is allowed",
    ],
    [
      ".python-version",
      "3.15\n",
      "3.15",
      '.python-version asks for Python "3.15", and 3.14 is the newest there is',
    ],
    [".python-version", "3.8\n", "3.8", undefined],
    ["runtime.txt", "python-3.13.2\n", "3.13.2", undefined],
    ["runtime.txt", "# why\npython-3.13\n\n", "3.13", undefined],
    ["runtime.txt", "3.13\n", "3.13", `runtime.txt holds "3.13", and ${runtimeForm}`],
    ["runtime.txt", "Python-3.13\n", "3.13", `runtime.txt holds "Python-3.13", and ${runtimeForm}`],
    [
      "runtime.txt",
      "python-3.13\npython-3.12\n",
      "3.13",
      `runtime.txt holds "python-3.13", and ${runtimeForm}`,
    ],
    ["runtime.txt", "", undefined, "runtime.txt names no version"],
  ])("%s with %j is %s (%s)", async (file, text, version, problem) => {
    expect((await versions({ [file]: text })).chosen).toMatchObject({
      path: file,
      version,
      problem,
      read: true,
    });
  });

  test.each<[string, Uint8Array, string]>([
    ["UTF-16", Buffer.from("\ufeff3.13\r\n", "utf16le"), ".python-version is UTF-16, and UTF-8 is expected"],
    [
      "a byte order mark",
      Buffer.from("\ufeff3.13\n"),
      ".python-version begins with a byte order mark, and plain UTF-8 is expected",
    ],
    ["no text", Buffer.from([0x33, 0, 0x31]), ".python-version cannot be read: it is a binary file"],
  ])("%s is rejected", async (_, bytes, problem) => {
    expect((await versions({ ".python-version": bytes })).chosen?.problem).toBe(problem);
  });

  test("runtime.txt wins over .python-version, and that over Pipfile.lock", async () => {
    const lock = {
      "Pipfile.lock":
        '{\n  "_meta": {\n    "requires": {\n      "python_version": "3.11"\n    }\n  },\n  "default": {}\n}',
    };
    expect((await versions(lock)).chosen).toMatchObject({
      version: "3.11",
      at: { file: "Pipfile.lock", line: 4, column: 7 },
    });
    expect((await versions({ ...lock, ".python-version": "3.12" })).chosen?.version).toBe("3.12");
    const all = await versions({ ...lock, ".python-version": "3.12", "runtime.txt": "python-3.13" });
    expect(all.declared.map(({ path }) => path)).toEqual(["runtime.txt", ".python-version", "Pipfile.lock"]);
    expect(all.chosen?.path).toBe("runtime.txt");
  });

  test("a Pipfile, .tool-versions and pyproject.toml are declared, but not read", async () => {
    const found = await versions({
      Pipfile: '[requires]\npython_version = "3.12"\n',
      ".tool-versions": "nodejs 22\npython 3.12.4\n",
      "pyproject.toml": '[project]\nname = "shop"\nrequires-python = ">=3.12"\n',
    });
    expect(found.chosen).toBeUndefined();
    expect(found.declared.map(({ path, version, read, at }) => [path, version, read, at?.line])).toEqual([
      ["Pipfile", "3.12", false, 2],
      [".tool-versions", "3.12.4", false, 2],
      ["pyproject.toml", undefined, false, 3],
    ]);
  });

  test("misspelt names count, unless runtime.txt comes first", async () => {
    expect((await versions({ ".python_version": "3.13" })).misspelt).toEqual([".python_version"]);
    expect((await versions({ ".python_version": "3.13", "runtime.txt": "python-3.13" })).misspelt).toEqual(
      [],
    );
  });

  test("the folder that is built is where they are looked for", async () => {
    const found = await runtimeFacts({
      "manage.py": "",
      "backend/manage.py": "import django",
      "backend/Procfile": "web: gunicorn shop.wsgi\n",
      "backend/.python-version": "3.13",
    });
    expect(found.pythonVersions.chosen?.path).toBe("backend/.python-version");
  });
});

test("a host of which nothing is known rejects nothing", async () => {
  const found = await versions({ ".python-version": "3.12\n3.13\n", ".python_version": "" }, procfileHost);
  expect(found.chosen).toMatchObject({ version: "3.12", problem: undefined });
  expect(found.misspelt).toEqual([]);
});

test.each([
  ["python:3.13-slim", "3.13"],
  ["python:3.12.4", "3.12.4"],
  ["docker.io/library/python:3.11-alpine", "3.11"],
  ["ghcr.io/astral-sh/uv:python3.13-bookworm-slim", "3.13"],
  ["ghcr.io/astral-sh/uv:0.6-python3.12-alpine", "3.12"],
  ["python:3", undefined],
  ["python", undefined],
  ["ubuntu:24.04", undefined],
])("the image %s has Python %s", async (name, version) => {
  const { pythonVersions } = await runtimeFacts(
    { Dockerfile: `FROM --platform=linux/amd64 ${name}\n` },
    docker,
  );
  expect(pythonVersions.image).toMatchObject({ name, version });
});

test.each([
  ["3.14", undefined],
  ["3.11.2", undefined],
  ["3.10", "2026-10-31"],
  ["3.9.18", "2025-10-31"],
  ["2.7.18", "2020-01-01"],
  ["3.4", "2020-09-30"],
  ["3.15", undefined],
])("Python %s: end of life %s", (version, day) => {
  expect(endOfLifeOf(version)).toBe(day);
});
