import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { builtin } from "../machine.ts";
import type { Instance, Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { none, str, tuple } from "./make.ts";

/** `lru_cache`, with or without options: what was returned for the same arguments is returned again. */
export function cacheDecorator(machine: Machine, name: string): Value {
  const wrapper = nativeClass(machine, "functools._lru_cache_wrapper", [
    [
      "__call__",
      builtin(
        "__call__",
        (m, { positional: [self, ...more], named, at }) =>
          self?.kind === "instance" ? remembered(m, self, more, named, at) : none(at),
        { binds: true, takesOpaque: true },
      ),
    ],
    ...byName(
      method("__get__", { required: ["of"], optional: ["owner"] }, (self, { at, given: { of } }) =>
        of.kind === "none" ? self : { kind: "method", self: of, function: self, at, env: [] },
      ),
      method("cache_clear", {}, (self, { machine: m, at }) => {
        if (self.kind === "instance") self.attributes.set("_results", m.dict([], at));
        return none(at);
      }),
    ),
  ]);
  const wrap = (function_: Value, m: Machine, at: Location | undefined): Value =>
    instance(wrapper, at, {
      attributes: [
        ["__wrapped__", function_],
        ["_results", m.dict([], at)],
      ],
    });
  return define(
    name,
    { optional: ["maxsize", "typed"] },
    ({ machine: m, at, given: { maxsize } }) =>
      maxsize && isFunction(maxsize)
        ? wrap(maxsize, m, at)
        : define(
            name,
            { required: ["function"] },
            (call) => wrap(call.given.function, call.machine, call.at),
            {
              takesOpaque: true,
            },
          ),
    { takesOpaque: true },
  );
}

const isFunction = ({ kind }: Value): boolean => ["function", "builtin", "method", "class"].includes(kind);

function remembered(
  machine: Machine,
  self: Instance,
  positional: readonly Value[],
  named: ReadonlyMap<string, Value>,
  at: Location | undefined,
): Value {
  const wrapped = self.attributes.get("__wrapped__") ?? none(at);
  const results = self.attributes.get("_results") ?? none(at);
  const run = (): Value => machine.call(wrapped, positional, named, at);
  const all = [...positional, ...named.values()];
  // Which result it would be again is not known of arguments that are not.
  if (all.some(({ kind }) => kind === "opaque")) return run();
  const key = tuple(
    [...positional, ...[...named].map(([name, value]) => tuple([str(name, at), value], at))],
    at,
  );
  const missing = instance(self.class, at);
  const known = machine.call(machine.attribute(results, "get", at), [key, missing], undefined, at);
  if (known !== missing) return known;
  const made = run();
  machine.setItem(results, key, made, at);
  return made;
}
