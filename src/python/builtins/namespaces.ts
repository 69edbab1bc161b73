import { compile, evaluateText, execute } from "../compiled.ts";
import type { Execution } from "../execution.ts";
import { textKey } from "../hash.ts";
import { importModule } from "../imports.ts";
import type { Args } from "../machine.ts";
import { dict, list, str } from "../make.ts";
import { classOf, openBase } from "../names.ts";
import { bindingStore, namespaceDict } from "../namespaces.ts";
import { topOf } from "../scope.ts";
import type { Value } from "../value.ts";
import type { Native } from "./define.ts";
import { take } from "./define.ts";

function globals(run: Execution, args: Args): Value {
  return namespaceDict(bindingStore(run, topOf(run.scope).module), args.at);
}

/** The names of the scope: live in modules and classes, a copy in functions, as in CPython. */
function locals(run: Execution, args: Args): Value {
  const { scope } = run;
  if (scope.kind === "module") return globals(run, args);
  if (scope.kind === "class") {
    return namespaceDict(
      {
        get: (name) => scope.names.get(name)?.value,
        set: (name, value) => run.bind(scope, name, value, args.at),
        delete: (name) => scope.names.delete(name),
        names: () => scope.names.keys(),
        size: () => scope.names.size,
      },
      args.at,
    );
  }
  const frame = run.functionScope() ?? scope;
  return dict(
    new Map([...frame.names].map(([name, { value }]) => [textKey(name), { key: str(name), value }])),
    args.at,
  );
}

const vars: Native = (run, args) => {
  const [value] = args.positional;
  return value ? run.attribute(value, "__dict__", args.at) : locals(run, args);
};

const dir: Native = (run, args) => {
  const [value] = args.positional;
  const names = new Set<string>();
  if (!value) for (const name of run.scope.names.keys()) names.add(name);
  else if (value.kind === "module") for (const name of value.names.keys()) names.add(name);
  else if (value.kind !== "opaque") {
    const of = value.kind === "class" ? value : classOf(value);
    for (const entry of of.mro) for (const name of entry.attributes.keys()) names.add(name);
    if (value.kind === "instance") for (const name of value.attributes.keys()) names.add(name);
  }
  const made = list(
    [...names].sort().map((name) => str(name, args.at)),
    args.at,
  );
  const open =
    value?.kind === "opaque"
      ? value
      : value?.kind === "module"
        ? value.open
        : value?.kind === "instance"
          ? openBase(value.class)?.open
          : undefined;
  return open ? { ...made, open } : made;
};

/** `__import__(name, …)`: gives the top package, or with a `fromlist` the module itself. */
const importFunction: Native = (run, args) => {
  const [name, , , fromlist] = take(
    run,
    "__import__",
    args,
    ["name", "globals", "locals", "fromlist", "level"],
    1,
  );
  if (name?.kind !== "str") return run.opaque("imports what is not known", args.at, args.positional);
  const module = importModule(run, name.value, args.at);
  if (fromlist && run.truth(fromlist)) return module;
  return run.modules.get(name.value.split(".")[0] ?? "") ?? module;
};

export const namespaceFunctions: Readonly<Record<string, Native>> = {
  globals,
  locals,
  vars,
  dir,
  __import__: importFunction,
  exec: execute,
  eval: evaluateText,
  compile,
  input: (run, args) => run.opaque("is typed in when the module is imported", args.at, [], { type: "str" }),
};
