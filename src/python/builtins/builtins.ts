import { exceptionClasses } from "../exceptions.ts";
import { bool, none, str } from "../make.ts";
import { installDict } from "../methods/dict.ts";
import { installExceptionGroup } from "../methods/exception-group.ts";
import { installList } from "../methods/list.ts";
import { installOthers } from "../methods/other.ts";
import { installSet } from "../methods/set.ts";
import { installSpecial } from "../methods/special.ts";
import { installStr } from "../methods/str.ts";
import { namedTypes } from "../types.ts";
import type { Value } from "../value.ts";
import { noEnv } from "../value.ts";
import { installConstructors } from "./constructors.ts";
import { native } from "./define.ts";
import { strict, tolerant } from "./functions.ts";
import { iteration } from "./iteration.ts";
import { namespaceFunctions } from "./namespaces.ts";
import { installObject, notImplementedValue } from "./object.ts";
import { installFile, open } from "./open.ts";

/** What Python has, and no settings were seen to use. */
const notModelled =
  "aiter anext breakpoint bytearray complex copyright credits exit help license memoryview quit".split(" ");

/** The names of the module `builtins`. They are the same in every run; no project code can change them. */
export const builtins: ReadonlyMap<string, Value> = build();

function build(): Map<string, Value> {
  installObject();
  installConstructors();
  installStr((call, name) => native(name, call));
  installList();
  installDict();
  installSet();
  installOthers();
  installExceptionGroup();
  installSpecial();
  installFile();
  const names = new Map<string, Value>();
  for (const of of namedTypes) names.set(of.name, of);
  for (const [name, of] of exceptionClasses) names.set(name, of);
  for (const [name, call] of Object.entries(strict)) names.set(name, native(name, call));
  for (const [name, call] of Object.entries({ ...tolerant, ...iteration, ...namespaceFunctions, open })) {
    names.set(name, native(name, call, { takesOpaque: true }));
  }
  names.set("None", none());
  names.set("True", bool(true));
  names.set("False", bool(false));
  names.set("Ellipsis", { kind: "ellipsis", at: undefined, env: noEnv });
  names.set("NotImplemented", notImplementedValue);
  names.set("__name__", str("builtins"));
  for (const name of notModelled) {
    const because = `uses ${name}, which is not modelled`;
    names.set(name, { kind: "opaque", because, cause: "unmodelled", at: undefined, env: noEnv });
  }
  names.set("__debug__", bool(true));
  return names;
}
