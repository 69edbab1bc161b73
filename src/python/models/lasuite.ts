import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { part } from "./configuration-readers.ts";
import { variableOf } from "./configuration-values.ts";
import { byName, method, model, nativeClass } from "./define.ts";
import { defaulted, none, str, textOf, truthOr } from "./make.ts";
import { pathText, readText } from "./project-paths.ts";

/** django-lasuite's `lasuite.configuration.values`: a secret from a file that a variable names, or from a variable. */

function fromFile(machine: Machine, path: Value, at: Location | undefined): Value {
  const text = pathText(machine, path, at);
  if (typeof text !== "string") return text;
  const read = readText(machine, text, at);
  if (read === "absent")
    return machine.raise("ValueError", `Path ${String(machine.repr(path))} does not exist.`, at, path.env);
  return "kind" in read
    ? machine.opaque("is read from a file of the machine it runs on", at, [path, read], { type: "str" })
    : str(read.text.replace(/\n$/, ""), at, path.env);
}

const setup = method("setup", { required: ["name"] }, (self, { machine, at, given }) => {
  if (self.kind !== "instance") return none(at);
  const keep = (value: Value): Value => {
    self.attributes.set("_value", value);
    return value;
  };
  const fallback = part(self, "default") ?? none(at);
  if (!truthOr(machine, part(self, "environ"), true)) return keep(fallback);
  const name = textOf(given.name) ?? "";
  const variable = variableOf(self, name);
  const fileVariable = `${variable}_${textOf(part(self, "file_suffix")) ?? "FILE"}`;
  const read = (found: Value): Value =>
    machine.call(machine.attribute(self, "to_python", at), [found], undefined, at);
  const path = machine.environment.get(fileVariable, at, fallback);
  if (path) return keep(read(fromFile(machine, path, at)));
  const isRequired = truthOr(machine, part(self, "environ_required"), false);
  const found = isRequired
    ? machine.environment.require(variable, at, () =>
        machine.raise(
          "ValueError",
          `Value '${name}' is required to be set as the environment variable '${fileVariable}' or '${variable}'`,
          at,
          [fileVariable, variable],
        ),
      )
    : machine.environment.get(variable, at, fallback);
  return keep(found ? read(found) : defaulted(machine, fallback, fileVariable, variable));
});

export const lasuiteModels: readonly Model[] = [
  model("lasuite.configuration.values", (machine) => {
    const base = machine.classNamed("configurations.values.Value");
    const initialise = method(
      "__init__",
      { optional: ["default"], others: true },
      (self, { machine: m, at, given, others }) => {
        const { file_suffix: suffix, ...rest } = Object.fromEntries(others);
        const positional = given.default ? [self, given.default] : [self];
        if (self.kind === "instance" && suffix) self.attributes.set("file_suffix", suffix);
        return m.call(m.attribute(base, "__init__", at), positional, new Map(Object.entries(rest)), at);
      },
      { takesOpaque: true },
    );
    return [
      [
        "SecretFileValue",
        nativeClass(machine, "lasuite.configuration.values.SecretFileValue", byName(initialise, setup), [
          base,
        ]),
      ],
    ];
  }),
];
