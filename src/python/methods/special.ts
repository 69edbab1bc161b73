import type { Native } from "../builtins/define.ts";
import { addMethods } from "../builtins/define.ts";
import { compare } from "../compare.ts";
import { unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { none } from "../make.ts";
import { binary } from "../operators.ts";
import { length } from "../protocols.ts";
import type { BinaryOperator, CompareOperator } from "../tree.ts";
import { types } from "../types.ts";
import type { Class, Value } from "../value.ts";

// The special methods of Python's own classes. The interpreter does not need them: they are for
// `super().__add__(other)`, `hasattr(value, "__iter__")` and the like.

const operand = ({ positional }: Args, index: number): Value => unwrap(positional[index] ?? none());

const operator =
  (op: BinaryOperator): Native =>
  (run, args) =>
    binary(run, op, operand(args, 0), operand(args, 1), args.at);

const comparison =
  (op: CompareOperator): Native =>
  (run, args) =>
    compare(run, op, operand(args, 0), operand(args, 1), args.at);

const comparisons: Readonly<Record<string, Native>> = {
  __eq__: comparison("Eq"),
  __ne__: comparison("NotEq"),
  __lt__: comparison("Lt"),
  __le__: comparison("LtE"),
  __gt__: comparison("Gt"),
  __ge__: comparison("GtE"),
};

const arithmetic: Readonly<Record<string, Native>> = {
  __add__: operator("Add"),
  __sub__: operator("Sub"),
  __mul__: operator("Mult"),
  __truediv__: operator("Div"),
  __floordiv__: operator("FloorDiv"),
  __mod__: operator("Mod"),
  __pow__: operator("Pow"),
};

const bitwise: Readonly<Record<string, Native>> = {
  __or__: operator("BitOr"),
  __and__: operator("BitAnd"),
  __xor__: operator("BitXor"),
};

const sequence: Readonly<Record<string, Native>> = { __add__: operator("Add"), __mul__: operator("Mult") };

const container: Readonly<Record<string, Native>> = {
  __len__: (run, args) => length(run, operand(args, 0), args.at),
  __contains__: (run, args) => compare(run, "In", operand(args, 1), operand(args, 0), args.at),
  __iter__: (run, args) => {
    const walk = run.iterator(operand(args, 0), args.at);
    if ("kind" in walk) return walk;
    const made = {
      kind: "iterator" as const,
      type: "iterator",
      next: () => walk.next(),
      at: args.at,
      env: walk.env,
    };
    return walk.open ? { ...made, open: walk.open } : made;
  },
};

const item: Readonly<Record<string, Native>> = {
  __getitem__: (run, args) => run.subscript(operand(args, 0), operand(args, 1), args.at),
};

export function installSpecial(): void {
  const table: readonly (readonly [Class, readonly Readonly<Record<string, Native>>[]])[] = [
    [types.int, [arithmetic, bitwise, comparisons]],
    [types.float, [arithmetic, comparisons]],
    [types.str, [sequence, { __mod__: operator("Mod") }, comparisons, container, item]],
    [types.bytes, [sequence, comparisons, container, item]],
    [types.list, [sequence, comparisons, container, item]],
    [types.tuple, [sequence, comparisons, container, item]],
    [types.dict, [{ __or__: operator("BitOr") }, container, item]],
    [types.set, [bitwise, { __sub__: operator("Sub") }, comparisons, container]],
    [types.frozenset, [bitwise, { __sub__: operator("Sub") }, comparisons, container]],
    [types.range, [container, item]],
  ];
  for (const [of, groups] of table) {
    for (const methods of groups) addMethods(of, methods, { takesOpaque: true });
  }
}
