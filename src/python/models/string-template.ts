import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, creator, method, nativeClass } from "./define.ts";
import { bool, list, none, str, textOf } from "./make.ts";

/** `string.Template`: https://docs.python.org/3.14/library/string.html#template-strings-strings */

const identifier = "[_a-zA-Z][_a-zA-Z0-9]*";

function patternOf(delimiter: string): RegExp {
  const sign = delimiter.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(`${sign}(?:(${sign})|(${identifier})|\\{(${identifier})\\}|)`, "g");
}

/** The texts and the names of a template in turn; undefined if a class of the project changes what names are. */
function partsOf(machine: Machine, self: Value, at: Location | undefined) {
  if (self.kind !== "instance") return undefined;
  const text = textOf(self.attributes.get("template") ?? none(at));
  const delimiter = textOf(machine.attribute(self, "delimiter", at));
  const changed = self.class.mro.some(
    (one) =>
      one.at !== undefined &&
      ["pattern", "idpattern", "braceidpattern", "flags"].some((name) => one.attributes.has(name)),
  );
  if (text === undefined || !delimiter || changed) return undefined;
  return { text, delimiter, found: [...text.matchAll(patternOf(delimiter))] };
}

function substituted(
  machine: Machine,
  self: Value,
  sources: readonly Value[],
  isSafe: boolean,
  at: Location | undefined,
): Value {
  const parts = partsOf(machine, self, at);
  if (!parts)
    return machine.opaque("fills in a template that is not known", at, [self, ...sources], { type: "str" });
  const { text, delimiter, found } = parts;
  let done = "";
  let from = 0;
  for (const match of found) {
    done += text.slice(from, match.index);
    from = match.index + match[0].length;
    const [whole, escaped, named, braced] = match;
    const name = named ?? braced;
    if (escaped !== undefined) done += delimiter;
    else if (name === undefined) {
      if (!isSafe) {
        const before = text.slice(0, match.index).split("\n");
        const column = (before.at(-1)?.length ?? 0) + 1;
        machine.raise(
          "ValueError",
          `Invalid placeholder in string: line ${before.length}, col ${column}`,
          at,
        );
      }
      done += whole;
    } else {
      const value = lookUp(machine, sources, name, at);
      if (value === "unknown")
        return machine.opaque("fills in what is not known", at, [self, ...sources], { type: "str" });
      if (value === undefined && !isSafe) {
        const error = machine.call(machine.classNamed("KeyError"), [str(name, at)], undefined, at);
        return machine.raiseObject(error, at);
      }
      const shown = value === undefined ? whole : machine.str(value);
      if (typeof shown !== "string") return shown;
      done += shown;
    }
  }
  return str(done + text.slice(from), at);
}

function lookUp(
  machine: Machine,
  sources: readonly Value[],
  name: string,
  at: Location | undefined,
): Value | "unknown" | undefined {
  for (const source of sources) {
    const has = machine.truth(machine.operate("In", str(name, at), source, at));
    if (has === undefined) return "unknown";
    if (has) return machine.subscript(source, str(name, at), at);
  }
  return undefined;
}

export function templateClass(machine: Machine): Class {
  const substitute = (name: string, isSafe: boolean) =>
    method(
      name,
      { optional: ["mapping"], others: true },
      (self, { machine: m, at, given, others }) => {
        const named = m.dict(
          [...others].map(([key, value]) => [str(key, at), value] as const),
          at,
        );
        return substituted(m, self, given.mapping ? [named, given.mapping] : [named], isSafe, at);
      },
      { takesOpaque: true },
    );
  const names = (m: Machine, self: Value, at: Location | undefined): string[] => {
    const found = partsOf(m, self, at)?.found ?? [];
    return [...new Set(found.flatMap(([, , named, braced]) => named ?? braced ?? []))];
  };
  return nativeClass(machine, "string.Template", [
    creator({ required: ["template"] }, ({ given }) => ({ attributes: [["template", given.template]] })),
    ["delimiter", str("$")],
    ...byName(
      substitute("substitute", false),
      substitute("safe_substitute", true),
      method("get_identifiers", {}, (self, { machine: m, at }) =>
        list(
          names(m, self, at).map((name) => str(name, at)),
          at,
        ),
      ),
      method("is_valid", {}, (self, { machine: m, at }) => {
        const parts = partsOf(m, self, at);
        return bool(
          (parts?.found ?? []).every((match) => match.slice(1).some((part) => part !== undefined)),
          at,
        );
      }),
    ),
  ]);
}
