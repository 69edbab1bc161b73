import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { evaluateMarker } from "../../../src/facts/packages/markers.ts";

const on = (python: string | undefined, extras: string[] = []) => ({ python, extras });

describe("markers", () => {
  test.each([
    ['sys_platform == "win32"', false],
    ["sys_platform != 'win32'", true],
    ['python_version < "3.10"', false],
    ['python_version >= "3.10"', true],
    ['"3.12" <= python_version', true],
    ['python_full_version < "3.13.0"', false],
    ['python_full_version < "3.13.5"', undefined],
    ['python_version in "3.12, 3.13"', true],
    ['platform_machine == "aarch64"', undefined],
    ['sys_platform == "win32" and platform_machine == "AMD64"', false],
    ['sys_platform == "linux" or platform_machine == "AMD64"', true],
    ['(os_name == "nt" or sys_platform == "darwin") and python_version > "3"', false],
    ['extra == "redis"', false],
    ['"linux" in sys_platform', true],
    ["python_version", undefined],
    ['sys_platform == "linux" and', undefined],
  ])("%s is %s on Python 3.13", (marker, truth) => {
    expect(evaluateMarker(marker, on("3.13"))).toBe(truth);
  });

  test("an extra that is asked for is there", () => {
    expect(evaluateMarker('extra == "Redis"', on("3.13", ["redis"]))).toBe(true);
  });

  test("without a version nothing about it is known", () => {
    expect(evaluateMarker('python_version >= "3.10"', on(undefined))).toBeUndefined();
  });

  test("nesting without end is no marker", () => {
    expect(evaluateMarker(`${"(".repeat(5000)}os_name == "nt"`, on("3.13"))).toBeUndefined();
  });
});

const script = `
import json, sys
from pip._vendor.packaging.markers import Marker
env = {"os_name": "posix", "sys_platform": "linux", "platform_system": "Linux", "python_version": "3.12",
  "python_full_version": "3.12.4", "implementation_name": "cpython", "platform_python_implementation": "CPython", "extra": "s3"}
print(json.dumps([Marker(m).evaluate(env) for m in json.load(sys.stdin)]))
`;

/** What `packaging` says, or undefined without Python or pip. */
function reference(markers: readonly string[]): readonly boolean[] | undefined {
  try {
    return JSON.parse(
      execFileSync("python3", ["-c", script], { input: JSON.stringify(markers), encoding: "utf8" }),
    );
  } catch {
    return undefined;
  }
}

const markers = [
  'python_version < "3.9"',
  'python_version >= "3.12"',
  'python_version > "3.12"',
  'python_version ~= "3.10"',
  'python_version == "3.*"',
  'python_version != "3.12"',
  'python_full_version >= "3.12.4"',
  'python_full_version < "3.12.4"',
  'python_full_version == "3.12.*"',
  'python_version < "3.10" or sys_platform == "linux"',
  'python_version < "3.10" and sys_platform == "linux" or os_name == "posix"',
  'os_name == "posix" and (sys_platform == "win32" or implementation_name == "cpython")',
  'extra == "s3"',
  'extra == "azure" or extra == "s3" and python_version < "4"',
  'platform_system == "Windows"',
  'platform_python_implementation != "PyPy"',
  '"3.11" < python_version',
  'sys_platform in "linux darwin"',
  'sys_platform not in "win32"',
  "python_version not in '3.11 3.12'",
];
const expected = reference(markers);

test.skipIf(expected === undefined)("agree with the packaging library (needs python3 with pip)", () => {
  const answers = markers.map((marker) => evaluateMarker(marker, { python: "3.12.4", extras: ["s3"] }));
  expect(Object.fromEntries(markers.map((marker, index) => [marker, answers[index]]))).toEqual(
    Object.fromEntries(markers.map((marker, index) => [marker, expected?.[index]])),
  );
});
