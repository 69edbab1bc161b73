import type { Model } from "../../src/python/machine.ts";
import { builtin } from "../../src/python/machine.ts";
import { bool, none } from "../../src/python/make.ts";
import { nativeClass, types } from "../../src/python/types.ts";
import type { Value } from "../../src/python/value.ts";
import { dependingOn } from "../../src/python/value.ts";

/** Just enough of `os` to read variables; the real models are tested on their own. */
export const environModel: Model = {
  module: "os",
  *names(machine) {
    const nameOf = (value: Value | undefined) => (value?.kind === "str" ? value.value : "");
    const get = (positional: readonly Value[], at: Parameters<typeof machine.environment.get>[1]) => {
      const [key, fallback = none(at)] = positional;
      const name = nameOf(key);
      return machine.environment.get(name, at, fallback) ?? dependingOn(fallback, [name]);
    };
    const environ = nativeClass(
      "_Environ",
      "os",
      [types.object],
      [
        [
          "__getitem__",
          builtin(
            "__getitem__",
            (_m, { positional, at }) => machine.environment.require(nameOf(positional[1]), at),
            { binds: true },
          ),
        ],
        [
          "get",
          builtin("get", (_m, { positional, at }) => get(positional.slice(1), at), {
            binds: true,
            takesOpaque: true,
          }),
        ],
        [
          "__contains__",
          builtin(
            "__contains__",
            (_m, { positional, at }) =>
              bool(machine.environment.has(nameOf(positional[1])), at, [nameOf(positional[1])]),
            { binds: true },
          ),
        ],
      ],
    );
    yield ["environ", { kind: "instance", class: environ, attributes: new Map(), at: undefined, env: [] }];
    yield [
      "getenv",
      builtin("getenv", (_m, { positional, at }) => get(positional, at), { takesOpaque: true }),
    ];
  },
};
