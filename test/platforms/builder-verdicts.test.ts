import { describe, expect, test } from "vitest";
import { memoryFiles } from "../../src/files/memory.ts";
import {
  type BuilderVerdict,
  builderCases,
  builderRecord,
  recordedBuilders,
} from "../support/builder-cases.ts";

const cases = builderCases();

test("there are enough projects, each with a name of its own and with files", () => {
  expect(cases.length).toBeGreaterThanOrEqual(60);
  expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  expect(cases.filter(({ files }) => Object.keys(files).length === 0)).toEqual([]);
});

test("a case is a project in memory, whatever its files are encoded in", () => {
  const read = (name: string, path: string) =>
    memoryFiles(cases.find((one) => one.name === name)?.files ?? {}).read(path);
  expect(read("django", ".python-version")).toMatchObject({ kind: "text", text: "3.13\n" });
  expect(read("version-absent", ".python-version")).toEqual({ kind: "absent" });
  expect(read("version-bom", ".python-version")).toMatchObject({ text: "3.12\n", encoding: "utf-8-bom" });
  expect(read("version-utf16", ".python-version")).toMatchObject({ text: "3.12\r\n", encoding: "utf-16le" });
});

describe.each(recordedBuilders)("%s", (name) => {
  const { verdicts, ...about } = builderRecord(name);
  const all = Object.entries(verdicts);

  test("says which builder it was", () => {
    expect(about).toEqual({
      builder: expect.stringMatching(/^[\w-]+\/[\w-]+/),
      version: expect.stringMatching(/\d/),
      commit: expect.stringMatching(/^[0-9a-f]{40}(, [0-9a-f]{40})?$/),
      recorded: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      read: expect.any(Array),
    });
  });

  test("has a verdict about every case, and about no other", () => {
    expect(Object.keys(verdicts).sort()).toEqual(cases.map((one) => one.name).sort());
  });

  test("has every part of every verdict", () => {
    expect(all.flatMap(([of, verdict]) => faults(verdict).map((fault) => `${of}: ${fault}`))).toEqual([]);
  });

  test("passes the plain Django project, and not all of them", () => {
    expect(verdicts.django).toMatchObject({
      failure: null,
      python: { version: "3.13", source: ".python-version" },
      manager: "pip",
      file: "requirements.txt",
      start: "gunicorn shop.wsgi",
    });
    expect(all.filter(([, { failure }]) => failure !== null).length).toBeGreaterThan(40);
  });
});

/** What a verdict lacks, or has in a wrong form. */
function faults(verdict: BuilderVerdict): readonly string[] {
  const name = (value: unknown) => value === null || (typeof value === "string" && value !== "");
  const names = (value: unknown) => Array.isArray(value) && value.every((one) => typeof one === "string");
  const { python, manager, file, startOneOf, unsettled = [] } = verdict;
  const rules: readonly (readonly [string, boolean])[] = [
    ["failure is an id", name(verdict.failure) && !/\s/.test(verdict.failure ?? "")],
    ["python is a minor version", python === null || /^\d\.\d+$/.test(python.version)],
    ["python has a source", python === null || name(python.source)],
    ["the exact version is one of the minor version", python?.full?.startsWith(`${python.version}.`) ?? true],
    ["a manager has a file", manager === null || manager === "uv" || file !== null],
    ["install is commands", names(verdict.install)],
    ["build is commands", names(verdict.build)],
    ["release is a command", name(verdict.release)],
    ["start is a command", name(verdict.start)],
    [
      "a start at random has several",
      startOneOf === undefined || (startOneOf.length > 1 && verdict.start === null),
    ],
    ["collectstatic is a manage.py", verdict.collectstatic?.endsWith("manage.py") ?? true],
    ["what is unsettled is a part of the verdict", unsettled.every((part) => part in verdict)],
  ];
  return rules.filter(([, holds]) => !holds).map(([rule]) => rule);
}
