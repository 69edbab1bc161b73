import type { Location } from "../../location.ts";
import { internalData } from "../internal.ts";
import type { Machine } from "../machine.ts";
import type { CompareOperator } from "../tree.ts";
import type { Class, Value } from "../value.ts";
import { instance, method, nativeClass } from "./define.ts";
import { int, ofTheMachine, str, tuple } from "./make.ts";

/** `sys.version_info`. */

/** What is assumed of a Python that the files do not name: code that tests for an older one is there for others. */
const modern = [3, 14];

const because = "is the version of Python that will run";

const comparisons: readonly (readonly [string, CompareOperator])[] = [
  ["__lt__", "Lt"],
  ["__le__", "LtE"],
  ["__gt__", "Gt"],
  ["__ge__", "GtE"],
  ["__eq__", "Eq"],
  ["__ne__", "NotEq"],
];

/** A value that is not known, but compares as what is most likely. */
function likely(machine: Machine, value: Value, more: readonly (readonly [string, Value])[] = []): Value {
  const compared = comparisons.map(([name, op]): [string, Value] => [
    name,
    method(name, { required: ["other"] }, (_, { machine: m, at, given: { other } }) => {
      const operand = other.kind === "instance" && other.data === value ? value : other;
      const truth = m.truth(m.operate(op, value, operand, at));
      return m.opaque(because, at, [other], {
        type: "bool",
        cause: "unmodelled",
        ...(truth === undefined ? {} : { truth }),
      });
    }),
  ]);
  const unseen = (m: Machine, at: Location | undefined): Value =>
    m.opaque(because, at, [], { cause: "unmodelled" });
  return instance(
    nativeClass(machine, "sys.version_info", [
      ...compared,
      ["__str__", method("__str__", {}, (_, { machine: m, at }) => unseen(m, at))],
      ["__repr__", method("__repr__", {}, (_, { machine: m, at }) => unseen(m, at))],
      ...more,
    ]),
    undefined,
    { data: value },
  );
}

function unknownVersion(machine: Machine): Value {
  const parts = modern.map((part) => int(part));
  // A slice that leaves out the minor version is known: it is Python 3.
  const item = method("__getitem__", { required: ["key"] }, (_, { machine: m, at, given: { key } }) => {
    const found = m.subscript(tuple(parts), key, at);
    if (found.kind === "tuple") return found.items.length > 1 ? likely(m, found) : found;
    return key.kind === "int" && key.value !== 0n ? likely(m, found) : found;
  });
  const attribute = method(
    "__getattr__",
    { required: ["name"] },
    (_, { machine: m, at, given: { name } }) => {
      const wanted = name.kind === "str" ? name.value : "";
      if (wanted === "major") return int(3, at);
      if (wanted === "minor") return likely(m, int(modern[1] ?? 0, at));
      return m.opaque(because, at, [], { cause: "unmodelled" });
    },
  );
  return likely(machine, tuple(parts), [
    ["__getitem__", item],
    ["__getattr__", attribute],
  ]);
}

export function versionInfo(machine: Machine): Value {
  const { pythonVersion } = machine.world;
  const [major, minor] = (pythonVersion ?? "").split(".").filter(Boolean).map(Number);
  if (major === undefined || minor === undefined) return unknownVersion(machine);
  const parts: readonly (readonly [string, Value])[] = [
    ["major", int(major)],
    ["minor", int(minor)],
    ["micro", ofTheMachine(machine, undefined, "int")],
    ["releaselevel", str("final")],
    ["serial", int(0)],
  ];
  const data = internalData({ is: "derived", value: tuple(parts.map(([, value]) => value)) });
  const of: Class = nativeClass(machine, "sys.version_info", [], [machine.classNamed("tuple")]);
  return instance(of, undefined, { data, attributes: parts });
}
