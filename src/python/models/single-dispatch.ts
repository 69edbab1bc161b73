import type { Location } from "../../location.ts";
import { internalAs } from "../internal.ts";
import type { Machine } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, creator, define, instance, method, nativeClass } from "./define.ts";
import { none } from "./make.ts";

/** The classes of `A | B`. */
function unionOf(machine: Machine, of: Value): readonly Value[] | undefined {
  const union = internalAs(of, "union")?.classes;
  return union?.map((one) => (one.kind === "none" ? machine.classOf(one) : one));
}

/** The classes that the annotation of a function's first parameter names, if they are known. */
function annotatedClasses(
  machine: Machine,
  of: Extract<Value, { kind: "function" }>,
  at: Location | undefined,
): readonly Value[] | undefined {
  const annotations = machine.attribute(of, "__annotations__", at);
  const [first] = annotations.kind === "dict" ? annotations.entries.values() : [];
  if (!first)
    return annotations.kind === "dict"
      ? machine.raise(
          "TypeError",
          `Invalid first argument to \`register()\`: <function ${of.name}>. Use either \`@register(some_class)\` or plain \`@register\` on an annotated function.`,
          at,
        )
      : undefined;
  if (first.value.kind === "none") return [machine.classOf(first.value)];
  const all = unionOf(machine, first.value) ?? [first.value];
  return all.every((one) => one.kind === "class") ? all : undefined;
}

/** `functools.singledispatchmethod`: the argument after `self` chooses. */
export function singleDispatchMethod(machine: Machine): Class {
  const dispatcherOf = (self: Value): Value =>
    (self.kind === "instance" ? self.attributes.get("dispatcher") : undefined) ?? none();
  return nativeClass(machine, "functools.singledispatchmethod", [
    creator({ required: ["func"] }, ({ machine: m, at, given }) => ({
      attributes: [["dispatcher", m.call(singleDispatch(m, 1), [given.func], undefined, at)]],
    })),
    ...byName(
      method(
        "register",
        { required: ["cls"], optional: ["method"] },
        (self, { machine: m, at, given: { cls, method: one } }) =>
          m.call(m.attribute(dispatcherOf(self), "register", at), one ? [cls, one] : [cls], undefined, at),
        { takesOpaque: true },
      ),
      method(
        "__get__",
        { required: ["of"], optional: ["owner"] },
        (self, { at, given: { of } }) =>
          of.kind === "none"
            ? dispatcherOf(self)
            : { kind: "method", self: of, function: dispatcherOf(self), at, env: [] },
        { takesOpaque: true },
      ),
    ),
  ]);
}

/** `functools.singledispatch`: the class of the first argument chooses the function. */
export function singleDispatch(machine: Machine, position = 0): Value {
  const registries = new WeakMap<object, Map<Class, Value>>();
  /** Those with a function whose annotation is not understood. */
  const unclear = new WeakSet<object>();
  const registryOf = (self: Value): Map<Class, Value> => registries.get(self) ?? new Map();
  const chosen = (m: Machine, self: Value, of: Class): Value | undefined => {
    const registry = registryOf(self);
    const known = of.mro.find((one) => registry.has(one));
    return registry.get(known ?? m.classNamed("object"));
  };
  const register = (self: Value, of: Value, function_: Value): Value => {
    if (of.kind === "class") registryOf(self).set(of, function_);
    return function_;
  };

  const dispatcher = nativeClass(machine, "functools.singledispatch", [
    [
      "__call__",
      builtin(
        "__call__",
        (m, { positional: [self = none(), ...more], named, at }) => {
          const first = more[position];
          if (!first)
            return m.raise(
              "TypeError",
              "singledispatch function requires at least 1 positional argument",
              at,
            );
          if (first.kind === "opaque") return m.opaque(first.because, at, more, { cause: first.cause });
          if (unclear.has(self))
            return m.opaque("is chosen by the annotation of a function that is not understood", at, more);
          return m.call(chosen(m, self, m.classOf(first)) ?? none(at), more, named, at);
        },
        { binds: true, takesOpaque: true },
      ),
    ],
    ...byName(
      method(
        "register",
        { required: ["cls"], optional: ["func"] },
        (self, { machine: m, at, given: { cls, func } }) => {
          if (func) return register(self, cls, func);
          if (cls.kind === "function") {
            const classes = annotatedClasses(m, cls, at);
            if (classes) for (const one of classes) register(self, one, cls);
            else unclear.add(self);
            return cls;
          }
          for (const one of unionOf(m, cls) ?? [])
            return define("register", { required: ["func"] }, (inner) => {
              for (const each of unionOf(m, cls) ?? [one]) register(self, each, inner.given.func);
              return inner.given.func;
            });
          return define(
            "register",
            { required: ["func"] },
            (inner) => register(self, cls, inner.given.func),
            {
              takesOpaque: true,
            },
          );
        },
        { takesOpaque: true },
      ),
      method("dispatch", { required: ["cls"] }, (self, { machine: m, at, given: { cls } }) =>
        cls.kind === "class" ? (chosen(m, self, cls) ?? none(at)) : none(at),
      ),
    ),
  ]);
  return define(
    "singledispatch",
    { required: ["func"] },
    ({ machine: m, at, given: { func } }) => {
      const made = instance(dispatcher, at, { attributes: [["__wrapped__", func]] });
      registries.set(made, new Map([[m.classNamed("object"), func]]));
      return made;
    },
    { takesOpaque: true },
  );
}
