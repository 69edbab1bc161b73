import type { Machine } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { none } from "./make.ts";

/** `functools.singledispatch`: the class of the first argument chooses the function. */
export function singleDispatch(machine: Machine): Value {
  const registries = new WeakMap<object, Map<Class, Value>>();
  /** Those with a function for the class that its annotation names: which that is, is not kept. */
  const byAnnotation = new WeakSet<object>();
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
          const [first] = more;
          if (!first)
            return m.raise(
              "TypeError",
              "singledispatch function requires at least 1 positional argument",
              at,
            );
          if (first.kind === "opaque") return m.opaque(first.because, at, more, { cause: first.cause });
          if (byAnnotation.has(self))
            return m.opaque("is chosen by the annotation of a function, which is not modelled", at, more);
          return m.call(chosen(m, self, m.classOf(first)) ?? none(at), more, named, at);
        },
        { binds: true, takesOpaque: true },
      ),
    ],
    ...byName(
      method(
        "register",
        { required: ["cls"], optional: ["func"] },
        (self, { given: { cls, func } }) => {
          if (func) return register(self, cls, func);
          if (cls.kind === "function") {
            byAnnotation.add(self);
            return cls;
          }
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
