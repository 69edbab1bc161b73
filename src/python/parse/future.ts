import type { Alias, Module } from "../tree.ts";

/** https://docs.python.org/3.14/library/__future__.html */
export const features: ReadonlySet<string> = new Set([
  "nested_scopes",
  "generators",
  "division",
  "absolute_import",
  "with_statement",
  "print_function",
  "unicode_literals",
  "barry_as_FLUFL",
  "generator_stop",
  "annotations",
]);

/** The first name that a module wants from a future without it. CPython looks at the imports that begin the module. */
export function unknownFeature({ body }: Module): Alias | undefined {
  for (const [index, statement] of body.entries()) {
    const isDocstring =
      index === 0 &&
      statement.nodeType === "Expr" &&
      statement.value.nodeType === "Constant" &&
      typeof statement.value.value === "string";
    if (isDocstring) continue;
    if (statement.nodeType !== "ImportFrom" || statement.level > 0 || statement.module !== "__future__")
      break;
    const unknown = statement.names.find(({ name }) => !features.has(name));
    if (unknown !== undefined) return unknown;
  }
  return undefined;
}
