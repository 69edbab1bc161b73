import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { Class } from "../value.ts";
import { method, nativeClass } from "./define.ts";
import { none, str, textOf, tuple } from "./make.ts";

/** Errors of configparser that keep what they were made with: `error.section`. */
export function lookupErrors(
  machine: Machine,
  error: Class,
): { readonly noSection: Class; readonly noOption: Class } {
  const told = (
    name: string,
    message: (parts: readonly string[]) => string,
    ...names: readonly string[]
  ): Class => {
    const init = method("__init__", { rest: true }, (self, { at, rest }) => {
      if (self.kind !== "instance") return none(at);
      for (const [i, one] of names.entries()) self.attributes.set(one, rest[i] ?? none(at));
      self.attributes.set("message", str(message(rest.map((one) => textOf(one) ?? "")), at));
      self.attributes.set("args", tuple(rest, at));
      return none(at);
    });
    const shown = method("__str__", {}, (self, { at }) =>
      self.kind === "instance" ? (self.attributes.get("message") ?? str("", at)) : str("", at),
    );
    const members = [init, shown].map((one) => [one.name, one] as const);
    return nativeClass(machine, `configparser.${name}`, members, [error]);
  };
  return {
    noSection: told("NoSectionError", ([section = ""]) => `No section: '${section}'`, "section"),
    noOption: told(
      "NoOptionError",
      ([option = "", section = ""]) => `No option '${option}' in section: '${section}'`,
      "option",
      "section",
    ),
  };
}

export function fail(machine: Machine, of: Class, parts: readonly string[], at: Location | undefined): never {
  const texts = parts.map((one) => str(one, at));
  return machine.raiseObject(machine.call(of, texts, undefined, at), at);
}
