import type { Location } from "../../location.ts";
import { internalData, unwrap } from "../internal.ts";
import type { Machine, Model } from "../machine.ts";
import type { Opaque, Value } from "../value.ts";
import { byName, define, instance, model, nativeClass } from "./define.ts";
import { none, str } from "./make.ts";
import { dirname, join, normpath } from "./posix-path.ts";
import { callerFile, globbed, inProject, pathText } from "./project-paths.ts";

/** django-split-settings: `include("components/*.py", optional("local.py"))` runs files in the caller's scope. */

/** `optional(None)` is an empty text. */
const textIn = (file: Value): Value => (file.kind === "none" ? str("", file.at, file.env) : file);

export const splitSettingsModels: readonly Model[] = ["split_settings.tools", "split_settings"].map(
  (module) =>
    model(module, (machine) => {
      const optionalClass = nativeClass(
        machine,
        "split_settings.tools._Optional",
        [],
        [machine.classNamed("str")],
      );
      const optional = define(
        "optional",
        { required: ["filename"] },
        ({ at, given }) =>
          given.filename.kind === "opaque"
            ? given.filename
            : instance(optionalClass, at, {
                data: internalData({ is: "derived", value: textIn(given.filename) }),
                env: given.filename.env,
              }),
        { takesOpaque: true },
      );
      /** Files that ran already, by the file of the module that includes them: an included file includes for its includer. */
      const included = new Set<string>();
      const include = define(
        "include",
        { rest: true, optional: ["scope"], named: ["scope"] },
        ({ machine: m, at, rest }) => {
          const folder = dirname(callerFile(m));
          for (const file of rest.flatMap((one) => filesOf(m, folder, one, at))) {
            if (typeof file === "string" && included.has(file)) continue;
            if (typeof file === "string") included.add(file);
            m.execute(file, at);
          }
          return none(at);
        },
        { takesOpaque: true },
      );
      return byName(optional, include);
    }),
);

function filesOf(
  machine: Machine,
  folder: string,
  argument: Value,
  at: Location | undefined,
): readonly (string | Opaque)[] {
  const isOptional = argument.kind === "instance" && argument.class.name === "_Optional";
  const pattern = isOptional ? unwrap(argument) : argument;
  if (isOptional && machine.truth(pattern) === false) return [];
  const text = pathText(machine, pattern, at);
  if (typeof text !== "string") return [text];
  const found = globbed(machine, "", normpath(join(folder, text)));
  const files = found
    ?.flatMap((path) => inProject(machine, path) ?? [])
    .filter((path) => machine.files.isFile(path));
  if (files && files.length === 0 && !isOptional)
    machine.raise("OSError", `No such file: ${join(folder, text)}`, at, pattern.env);
  return files ?? [];
}
