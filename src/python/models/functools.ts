import { isGenerator } from "../generators.ts";
import type { Machine, Model } from "../machine.ts";
import { builtin } from "../machine.ts";
import { PythonException } from "../raised.ts";
import type { Class, Instance, Value } from "../value.ts";
import { cachedProperty } from "./cached-property.ts";
import { byName, creator, define, instance, method, model, nativeClass } from "./define.ts";
import { exitStack } from "./exit-stack.ts";
import { transparent } from "./inert.ts";
import { cacheDecorator } from "./lru-cache.ts";
import { bool, int, list, none, textOf, tuple } from "./make.ts";
import { singleDispatch, singleDispatchMethod } from "./single-dispatch.ts";
import { totalOrdering } from "./total-ordering.ts";

/** functools, operator, copy and contextlib. */

const reduce = define(
  "reduce",
  { required: ["function", "iterable"], optional: ["initial"] },
  ({ machine, at, given }) => {
    const items = machine.iterate(given.iterable, at);
    if ("kind" in items) return items;
    const [first, ...rest] = given.initial ? [given.initial, ...items] : items;
    if (!first) return machine.raise("TypeError", "reduce() of empty iterable with no initial value", at);
    return rest.reduce((total, item) => machine.call(given.function, [total, item], undefined, at), first);
  },
);

/** Functions of `operator` that are an operator. */
const operators = {
  add: "Add",
  sub: "Sub",
  mul: "Mult",
  truediv: "Div",
  floordiv: "FloorDiv",
  mod: "Mod",
  pow: "Pow",
  or_: "BitOr",
  and_: "BitAnd",
  xor: "BitXor",
  lshift: "LShift",
  rshift: "RShift",
  eq: "Eq",
  ne: "NotEq",
  lt: "Lt",
  le: "LtE",
  gt: "Gt",
  ge: "GtE",
  is_: "Is",
  is_not: "IsNot",
} as const;

/** Those that change their first operand, where it can be changed. */
const inPlace = {
  iadd: "Add",
  isub: "Sub",
  imul: "Mult",
  iconcat: "Add",
  ior: "BitOr",
  iand: "BitAnd",
} as const;

function partialClass(machine: Machine): Class {
  return nativeClass(machine, "functools.partial", [
    creator({ required: ["func"], rest: true, others: true }, ({ machine: m, given, rest, others, at }) => ({
      attributes: [
        ["func", given.func],
        ["args", tuple([...rest], at)],
        [
          "keywords",
          m.dict(
            [...others].map(([name, value]) => [{ kind: "str", value: name, at, env: [] }, value] as const),
            at,
          ),
        ],
      ],
    })),
    [
      "__call__",
      builtin(
        "__call__",
        (m, { positional: [self, ...more], named, at }) => {
          if (self?.kind !== "instance") return none(at);
          const [func, args, keywords] = ["func", "args", "keywords"].map(
            (name) => self.attributes.get(name) ?? none(at),
          );
          const all = new Map<string, Value>();
          if (keywords?.kind === "dict")
            for (const { key, value } of keywords.entries.values()) all.set(textOf(key) ?? "", value);
          for (const [name, value] of named) all.set(name, value);
          return m.call(func ?? none(at), [...(args?.kind === "tuple" ? args.items : []), ...more], all, at);
        },
        { binds: true, takesOpaque: true },
      ),
    ],
  ]);
}

const wraps = define(
  "wraps",
  { required: ["wrapped"], rest: true, others: true },
  ({ given: { wrapped } }) =>
    define(
      "decorator",
      { required: ["f"] },
      ({ machine, at, given: { f } }) => {
        if (f.kind !== "function" || (wrapped.kind !== "function" && wrapped.kind !== "class")) return f;
        for (const name of ["__module__", "__name__", "__qualname__", "__doc__"])
          f.attributes.set(name, machine.attribute(wrapped, name, at));
        f.attributes.set("__wrapped__", wrapped);
        return f;
      },
      { takesOpaque: true },
    ),
  { takesOpaque: true },
);

/** A copy of a container; deep, also of what is in it. An object met twice is copied once. */
function copyOf(machine: Machine, value: Value, deep: boolean, seen = new Map<Value, Value>()): Value {
  const known = seen.get(value);
  if (known) return known;
  const inner = (one: Value): Value => (deep ? copyOf(machine, one, deep, seen) : one);
  const keep = <V extends Value>(copy: V, fill: (copy: V) => void): V => {
    seen.set(value, copy);
    fill(copy);
    return copy;
  };
  switch (value.kind) {
    case "list":
      return keep({ ...value, items: [] as Value[] }, (copy) => copy.items.push(...value.items.map(inner)));
    case "tuple":
      return deep ? { ...value, items: value.items.map(inner) } : value;
    case "set":
      return { ...value, items: new Map(value.items) };
    case "dict":
      return keep({ ...value, entries: new Map() }, (copy) => {
        for (const [hash, { key, value: item }] of value.entries)
          copy.entries.set(hash, { key, value: inner(item) });
      });
    case "instance": {
      const hook = deep ? "__deepcopy__" : "__copy__";
      if (value.class.mro.some((one) => one.module !== "builtins" && one.attributes.has(hook)))
        return machine.call(machine.attribute(value, hook), deep ? [machine.dict([], undefined)] : []);
      return keep<Instance>({ ...value, attributes: new Map() }, (copy) => {
        for (const [name, item] of value.attributes) copy.attributes.set(name, inner(item));
      });
    }
    default:
      return value;
  }
}

const copying = (name: string, deep: boolean): Value =>
  define(
    name,
    { required: ["x"], optional: ["memo"] },
    ({ machine, given }) => copyOf(machine, given.x, deep),
    { takesOpaque: true },
  );

/** `itemgetter` and `attrgetter`. */
function getter(name: string, get: (machine: Machine, from: Value, key: Value) => Value): Value {
  return define(name, { rest: true }, ({ rest }) =>
    define("get", { required: ["obj"] }, ({ machine, at, given }) => {
      const found = rest.map((key) => get(machine, given.obj, key));
      const [only] = found;
      return found.length === 1 && only ? only : tuple(found, at);
    }),
  );
}

const manager = (machine: Machine, name: string, enter: Value, exit: Value): Instance =>
  instance(
    nativeClass(machine, `contextlib.${name}`, [
      ["__enter__", enter],
      ["__exit__", exit],
    ]),
    undefined,
  );
const doNothing = (name: string): Value =>
  method(name, { rest: true }, (_, { at }) => bool(false, at), { takesOpaque: true });

const suppress = define("suppress", { rest: true }, ({ machine, at, rest }) => {
  const exit = method(
    "__exit__",
    { optional: ["type", "value", "traceback"] },
    (_, { given }) => {
      const type = given.type;
      return bool(
        type?.kind === "class" && rest.some((one) => one.kind === "class" && type.mro.includes(one)),
        at,
      );
    },
    { takesOpaque: true },
  );
  return manager(machine, "suppress", doNothing("__enter__"), exit);
});

/** Turns a generator function into a context manager: the first item is what `with` gives. */
const contextManager = define(
  "contextmanager",
  { required: ["func"] },
  ({ given }) =>
    define(
      "helper",
      { rest: true, others: true },
      ({ machine, at, rest, others }) => {
        const generator = machine.call(given.func, rest, others, at);
        if (generator.kind !== "iterator")
          return machine.opaque("is a context manager of an unknown kind", at, [generator]);
        const enter = method(
          "__enter__",
          {},
          () => generator.next() ?? machine.raise("RuntimeError", "generator didn't yield", at),
        );
        const exit = method(
          "__exit__",
          { optional: ["type", "value", "traceback"] },
          (_, { given: { value } }) => {
            if (!isGenerator(generator) || value?.kind !== "instance") {
              const more = generator.next();
              return more ? machine.raise("RuntimeError", "generator didn't stop", at) : bool(false, at);
            }
            // What it raises instead goes on its way; what it ends with, having caught it, was handled.
            const raised = new PythonException(value, at, value.env);
            try {
              const more = generator.throw(raised);
              if (more) machine.raise("RuntimeError", "generator didn't stop after throw()", at);
              return bool(true, at);
            } catch (error) {
              if (error instanceof PythonException && error.value === value) return bool(false, at);
              throw error;
            }
          },
          { takesOpaque: true },
        );
        return manager(machine, "_GeneratorContextManager", enter, exit);
      },
      { takesOpaque: true },
    ),
  { takesOpaque: true },
);

const nullContext = (name: string): Value =>
  define(
    name,
    { optional: ["enter_result"] },
    ({ machine, at, given }) =>
      manager(
        machine,
        name,
        method("__enter__", {}, () => given.enter_result ?? none(at)),
        doNothing("__exit__"),
      ),
    { takesOpaque: true },
  );

export const functoolsModels: readonly Model[] = [
  model("functools", (machine) => [
    ["partial", partialClass(machine)],
    ["cached_property", cachedProperty(machine)],
    ["singledispatchmethod", singleDispatchMethod(machine)],
    transparent("update_wrapper"),
    ["singledispatch", singleDispatch(machine)],
    ...["lru_cache", "cache"].map((name) => [name, cacheDecorator(machine, name)] as const),
    ...byName(reduce, wraps, totalOrdering),
  ]),
  model("operator", () => [
    ["itemgetter", getter("itemgetter", (machine, from, key) => machine.subscript(from, key))],
    [
      "attrgetter",
      getter("attrgetter", (machine, from, key) =>
        (textOf(key) ?? "").split(".").reduce((value, name) => machine.attribute(value, name), from),
      ),
    ],
    ...Object.entries(operators).map(
      ([name, op]) =>
        [
          name,
          define(name, { required: ["a", "b"] }, ({ machine, at, given }) =>
            machine.operate(op, given.a, given.b, at),
          ),
        ] as const,
    ),
    [
      "contains",
      define("contains", { required: ["a", "b"] }, ({ machine, at, given }) =>
        machine.operate("In", given.b, given.a, at),
      ),
    ],
    [
      "methodcaller",
      define("methodcaller", { required: ["name"], rest: true, others: true }, ({ given, rest, others }) =>
        define("methodcaller", { required: ["obj"] }, ({ machine, at, given: { obj } }) =>
          machine.call(machine.attribute(obj, textOf(given.name) ?? "", at), rest, others, at),
        ),
      ),
    ],
    ...Object.entries(inPlace).map(
      ([name, op]) =>
        [
          name,
          define(name, { required: ["a", "b"] }, ({ machine, at, given: { a, b } }) => {
            if (a.kind === "opaque") return a;
            const hook = a.kind === "instance" ? `__${name}__` : undefined;
            const own = hook && machine.classOf(a).mro.some((one) => one.attributes.has(hook));
            if (own && hook) return machine.call(machine.attribute(a, hook, at), [b], undefined, at);
            if (a.kind === "list" && op === "Add") {
              machine.call(machine.attribute(a, "extend", at), [b], undefined, at);
              return a;
            }
            return ["set", "dict", "list"].includes(a.kind)
              ? machine.opaque(`uses operator.${name}, which is not modelled`, at, [a, b])
              : machine.operate(op, a, b, at);
          }),
        ] as const,
    ),
    ...byName(
      define("delitem", { required: ["a", "b"] }, ({ machine, at, given }) => {
        machine.call(machine.attribute(given.a, "__delitem__", at), [given.b], undefined, at);
        return none(at);
      }),
      define("countOf", { required: ["a", "b"] }, ({ machine, at, given }) => {
        const items = machine.iterate(given.a, at);
        return "kind" in items ? items : int(items.filter((one) => machine.equal(one, given.b)).length, at);
      }),
      define("neg", { required: ["a"] }, ({ machine, at, given }) =>
        given.a.kind === "instance"
          ? machine.opaque("uses operator.neg, which is not modelled", at, [given.a])
          : machine.operate("Mult", int(-1, at), given.a, at),
      ),
      define("not_", { required: ["a"] }, ({ machine, at, given }) =>
        bool(machine.truth(given.a) === false, at, given.a.env),
      ),
      define("truth", { required: ["a"] }, ({ machine, at, given }) =>
        bool(machine.truth(given.a) === true, at, given.a.env),
      ),
      define("getitem", { required: ["a", "b"] }, ({ machine, at, given }) =>
        machine.subscript(given.a, given.b, at),
      ),
      define("setitem", { required: ["a", "b", "c"] }, ({ machine, at, given }) => {
        machine.setItem(given.a, given.b, given.c, at);
        return none(at);
      }),
      define("concat", { required: ["a", "b"] }, ({ machine, at, given }) => {
        const [a, b] = [machine.iterate(given.a, at), machine.iterate(given.b, at)];
        return "kind" in a ? a : "kind" in b ? b : list([...a, ...b], at);
      }),
    ),
  ]),
  model("copy", () => [
    ["copy", copying("copy", false)],
    ["deepcopy", copying("deepcopy", true)],
  ]),
  model("contextlib", () => [
    ...byName(suppress, contextManager, exitStack),
    ...["nullcontext", "closing", "redirect_stdout", "redirect_stderr", "chdir"].map(
      (name) => [name, nullContext(name)] as const,
    ),
  ]),
];
