import { expect, test } from "vitest";
import { readProcfile } from "../../../src/platforms/manifests/procfile.ts";

const types = (text: string) =>
  readProcfile("Procfile", text).processes.map(({ name, command }) => [name, command]);

test("types and commands, with their places", () => {
  const text = "# start\nweb: gunicorn shop.wsgi --log-file -\n\nrelease:python manage.py migrate\n";
  const manifest = readProcfile("Procfile", text);
  expect(manifest.processes).toEqual([
    {
      name: "web",
      command: "gunicorn shop.wsgi --log-file -",
      at: { file: "Procfile", line: 2, column: 1, endLine: 2, endColumn: 37 },
    },
    {
      name: "release",
      command: "python manage.py migrate",
      at: { file: "Procfile", line: 4, column: 1, endLine: 4, endColumn: 33 },
    },
  ]);
  expect(manifest.steps.map(({ phase, command }) => [phase, command])).toEqual([
    ["release", "python manage.py migrate"],
  ]);
  expect(manifest.problems).toEqual([]);
});

test.each([
  ["leading blanks", "   web: gunicorn shop.wsgi", [["web", "gunicorn shop.wsgi"]]],
  ["no blank after the colon", "web:gunicorn shop.wsgi", [["web", "gunicorn shop.wsgi"]]],
  [
    "Windows line ends",
    "web: a\r\nworker: b\r\n",
    [
      ["web", "a"],
      ["worker", "b"],
    ],
  ],
  [
    "a colon in the command",
    "web: gunicorn shop.wsgi:application",
    [["web", "gunicorn shop.wsgi:application"]],
  ],
  [
    "a type twice",
    "web: a\nweb: b",
    [
      ["web", "a"],
      ["web", "b"],
    ],
  ],
  ["another case", "Web: a", [["Web", "a"]]],
  ["a hash inside the command", "web: a # b", [["web", "a # b"]]],
  ["a byte order mark", "\uFEFFweb: a", [["web", "a"]]],
  [
    "dashes and underscores",
    "worker-beat: a\nlong_job: b",
    [
      ["worker-beat", "a"],
      ["long_job", "b"],
    ],
  ],
  ["nothing", "", []],
])("%s", (_name, text, expected) => {
  expect(types(text)).toEqual(expected);
});

test.each(["web", "web:", "web gunicorn shop.wsgi", "we.b: gunicorn", ": gunicorn", "- web: a"])(
  "%j is no process",
  (text) => {
    const { processes, problems } = readProcfile("Procfile", text);
    expect(processes).toEqual([]);
    expect(problems).toHaveLength(1);
  },
);

test("a line may be very long, and there may be very many", () => {
  const long = `web: ${" ".repeat(200_000)}x`;
  expect(types(long)).toEqual([["web", "x"]]);
  expect(types(`web: x${" ".repeat(200_000)}y`)[0]?.[1]).toHaveLength(200_002);
  expect(types("a: b\n".repeat(100_000))).toHaveLength(100_000);
});
