import type { Scope } from "./scope.ts";
import { qualifiedName, topOf } from "./scope.ts";
import type { Builtin, Class, FunctionValue } from "./value.ts";

/** Which module a builtin was first found in. They have no module of their own: models share them. */
const homes = new WeakMap<Builtin["call"], string>();

export function settle(value: Builtin, module: string): void {
  if (!homes.has(value.call)) homes.set(value.call, module);
}

/** `f"{value.__module__}.{value.__qualname__}"`: where a function or a class can be imported from. */
export function pathOfName(value: Builtin | Class | FunctionValue): string {
  switch (value.kind) {
    case "class": {
      const qualified = value.attributes.get("__qualname__");
      return `${value.module}.${qualified?.kind === "str" ? qualified.value : value.name}`;
    }
    case "function": {
      // A decorator may have given it another's name (`functools.wraps`).
      const [module, name] = ["__module__", "__qualname__"].map((key) => value.attributes.get(key));
      if (module?.kind === "str" && name?.kind === "str") return `${module.value}.${name.value}`;
      return `${topOf(value.body.scope as Scope).module.name}.${qualifiedName(value)}`;
    }
    case "builtin":
      // A model gives the full name where that is not the module it is found in.
      return value.name.includes(".") ? value.name : `${homes.get(value.call) ?? "builtins"}.${value.name}`;
  }
}
