import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { fromPlain, int, str } from "./make.ts";
import { outside } from "./network.ts";
import { callerFile } from "./project-paths.ts";

/** Frames of `inspect`: of the innermost one, the file is known; nothing else is. */

const unseen = (machine: Machine, at: Location | undefined, type?: string): Value =>
  machine.opaque("looks into the running program", at, [], {
    cause: "unmodelled",
    ...(type === undefined ? {} : { type }),
  });

function frame(machine: Machine, at: Location | undefined): Value {
  const code = instance(nativeClass(machine, "types.CodeType", []), at, {
    attributes: [
      ["co_filename", str(callerFile(machine), at)],
      ["co_name", unseen(machine, at, "str")],
    ],
  });
  const attributes: [string, Value][] = ["f_back", "f_globals", "f_locals", "f_lineno"].map((name) => [
    name,
    unseen(machine, at),
  ]);
  return instance(nativeClass(machine, "types.FrameType", []), at, {
    attributes: [["f_code", code], ...attributes],
  });
}

const fields = ["frame", "filename", "lineno", "function", "code_context", "index"];

/** `inspect.stack()`: the frame of the caller, and others of which nothing is known. */
const stack = define("stack", { optional: ["context"] }, ({ machine, at }) => {
  const namedtuple = machine.attribute(machine.import("collections"), "namedtuple");
  const of = machine.call(namedtuple, [str("FrameInfo"), fromPlain(machine, fields, at)], undefined, at);
  const unknown = ["int", "str", "list"].map((type) => unseen(machine, at, type));
  const parts = [frame(machine, at), str(callerFile(machine), at), ...unknown, int(0, at)];
  const innermost = machine.call(of, parts, undefined, at);
  // A list of which the first item is known, and not even the length of the rest.
  const rest = (m: Machine, place: Location | undefined): Value => unseen(m, place);
  const members = byName(
    method("__getitem__", { required: ["index"] }, (_, { machine: m, at: place, given: { index } }) =>
      index.kind === "int" && index.value === 0n ? innermost : rest(m, place),
    ),
    ...["__len__", "__iter__", "__eq__", "__add__", "__contains__"].map((name) =>
      method(name, { rest: true }, (_, { machine: m, at: place }) => rest(m, place)),
    ),
  );
  return instance(nativeClass(machine, "inspect.stack", members), at);
});

/** The file of a frame; of anything else it is not known. */
const fileOf = (name: string): Value =>
  define(name, { required: ["object"] }, ({ machine, at, given: { object } }) => {
    const code = object.kind === "instance" ? object.attributes.get("f_code") : undefined;
    return (
      (code?.kind === "instance" ? code.attributes.get("co_filename") : undefined) ??
      unseen(machine, at, "str")
    );
  });

export const frameFunctions: readonly (readonly [string, Value])[] = [
  ...byName(
    stack,
    define("currentframe", {}, ({ machine, at }) => frame(machine, at)),
  ),
  ...["getfile", "getsourcefile", "getabsfile"].map((name) => [name, fileOf(name)] as const),
  ...["getsource", "signature", "getmodule"].map((name) => outside(name, "looks into the running program")),
];
