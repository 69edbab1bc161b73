import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Opaque, Value } from "../value.ts";
import { byName, define, instance, model, nativeClass } from "./define.ts";
import { none } from "./make.ts";
import { dirname, join, normpath } from "./posix-path.ts";
import { callerFile, globbed, inProject, pathText } from "./project-paths.ts";

/** django-split-settings: `include("components/*.py", optional("local.py"))` runs files in the caller's scope. */

class OptionalFile {
  readonly pattern: Value;
  constructor(pattern: Value) {
    this.pattern = pattern;
  }
}

export const splitSettingsModels: readonly Model[] = ["split_settings.tools", "split_settings"].map(
  (module) =>
    model(module, (machine) => {
      const optionalClass = nativeClass(machine, "split_settings.tools._Optional", []);
      const optional = define(
        "optional",
        { required: ["filename"] },
        ({ at, given }) =>
          instance(optionalClass, at, { data: new OptionalFile(given.filename), env: given.filename.env }),
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
  const data = argument.kind === "instance" ? argument.data : undefined;
  const isOptional = data instanceof OptionalFile;
  const pattern = isOptional ? data.pattern : argument;
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
