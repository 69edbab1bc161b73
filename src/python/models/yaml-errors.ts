import type { YAMLParseError } from "yaml";
import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import { exceptionClass, model, nativeClass } from "./define.ts";

/** PyYAML's errors: https://github.com/yaml/pyyaml. Our own parser finds them; PyYAML's name and first words are given. */

/** By what is wrong, as our parser says it: the class, and the first line of its text. The first that fits counts. */
const errors: readonly (readonly [what: RegExp, path: string, message: string])[] = [
  [/Flow seq|flow sequence/, "parser.ParserError", "while parsing a flow sequence"],
  [/Flow map|flow map/, "parser.ParserError", "while parsing a flow mapping"],
  [/^BLOCK_AS_IMPLICIT_KEY/, "scanner.ScannerError", "mapping values are not allowed here"],
  [/^MISSING_CHAR Missing closing/, "scanner.ScannerError", "while scanning a quoted scalar"],
  [/^MISSING_CHAR/, "scanner.ScannerError", "while scanning a simple key"],
  [/^(TAB_AS_INDENT|BAD_SCALAR_START)/, "scanner.ScannerError", "while scanning for the next token"],
  [/^BAD_DQ_ESCAPE/, "scanner.ScannerError", "while scanning a double-quoted scalar"],
  [/Block scalar header/, "scanner.ScannerError", "while scanning a block scalar"],
  [/at node end/, "parser.ParserError", "while parsing a block collection"],
  [/./, "parser.ParserError", "while parsing a block mapping"],
];

export function yamlError(
  machine: Machine,
  error: YAMLParseError | undefined,
  at: Location | undefined,
  env: readonly string[],
): never {
  const what = `${error?.code ?? ""} ${error?.message ?? ""}`;
  const [, path = "error.YAMLError", message = ""] = errors.find(([pattern]) => pattern.test(what)) ?? [];
  return machine.raise(machine.classNamed(`yaml.${path}`), message, at, env);
}

const marked = {
  scanner: "ScannerError",
  parser: "ParserError",
  composer: "ComposerError",
  constructor: "ConstructorError",
  reader: "ReaderError",
};

/** Those that the package itself gives, by where they are. */
export const yamlErrors: readonly string[] = ["yaml.error.YAMLError", "yaml.error.MarkedYAMLError"];

export const yamlErrorModels: readonly Model[] = [
  model("yaml.error", (machine) => {
    const base = exceptionClass(machine, "yaml.error.YAMLError");
    return [
      ["YAMLError", base],
      ["MarkedYAMLError", nativeClass(machine, "yaml.error.MarkedYAMLError", [], [base])],
    ];
  }),
  ...Object.entries(marked).map(([module, name]) =>
    model(`yaml.${module}`, (machine) => [
      [name, exceptionClass(machine, `yaml.${module}.${name}`, "yaml.error.MarkedYAMLError")],
    ]),
  ),
];
