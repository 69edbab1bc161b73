import { parse } from "../../python/syntax.ts";
import type { Expression, Statement } from "../../python/tree.ts";

/** What a gunicorn configuration file says of one setting, as far as its text tells. */
export type ConfigSetting =
  | { readonly kind: "unset" }
  /** How the text begins; `whole` if that is all of it. */
  | { readonly kind: "text"; readonly text: string; readonly whole: boolean }
  | { readonly kind: "list"; readonly items: readonly ConfigSetting[] }
  | { readonly kind: "unclear" };

/** Reads the settings that a configuration file assigns; a file that builds names as it runs is unclear. */
export function readGunicornConfig(path: string, text: string): (setting: string) => ConfigSetting {
  const parsed = parse(text, path);
  if (parsed.kind === "error") return () => ({ kind: "unclear" });
  const assignments = new Map<string, ConfigSetting[]>();
  let dynamic = /\b(?:globals|locals|vars|exec)\s*\(/.test(text);
  const note = (name: string, setting: ConfigSetting) => {
    assignments.set(name, [...(assignments.get(name) ?? []), setting]);
  };
  for (const statement of parsed.module.body) {
    if (statement.nodeType === "ImportFrom" && statement.names.some(({ name }) => name === "*"))
      dynamic = true;
    else if (statement.nodeType === "Assign" || statement.nodeType === "AnnAssign") {
      const targets = statement.nodeType === "Assign" ? statement.targets : [statement.target];
      for (const target of targets) {
        if (target.nodeType === "Name") note(target.id, statement.value ? textOf(statement.value) : unclear);
      }
    } else for (const name of assignedBelow(statement)) note(name, unclear);
  }
  return (setting) => {
    const settings = assignments.get(setting);
    if (!settings) return dynamic ? unclear : { kind: "unset" };
    // What a branch may have changed is not followed.
    return settings.some(({ kind }) => kind === "unclear") ? unclear : (settings.at(-1) ?? unclear);
  };
}

const unclear: ConfigSetting = { kind: "unclear" };

/** The text of an expression, or how it begins, or a list of such: of `"0.0.0.0:" + port`, an f-string, `%` and `.format`. */
function textOf(expression: Expression): ConfigSetting {
  switch (expression.nodeType) {
    case "Constant":
      return typeof expression.value === "string"
        ? { kind: "text", text: expression.value, whole: true }
        : unclear;
    case "List":
    case "Tuple":
      return { kind: "list", items: expression.elts.map(textOf) };
    case "JoinedStr": {
      const [first] = expression.values;
      if (first?.nodeType !== "Constant" || typeof first.value !== "string") return unclear;
      return { kind: "text", text: first.value, whole: expression.values.length === 1 };
    }
    case "BinOp":
      if (expression.op === "Add") return beginningOf(textOf(expression.left), undefined);
      return expression.op === "Mod" ? beginningOf(textOf(expression.left), "%") : unclear;
    case "Call":
      return expression.func.nodeType === "Attribute" && expression.func.attr === "format"
        ? beginningOf(textOf(expression.func.value), "{")
        : unclear;
    default:
      return unclear;
  }
}

function beginningOf(setting: ConfigSetting, until: string | undefined): ConfigSetting {
  if (setting.kind !== "text") return setting;
  const text = until === undefined ? setting.text : (setting.text.split(until)[0] ?? "");
  return { kind: "text", text, whole: false };
}

/** Names that are assigned inside a statement, at any depth that runs when the file does. */
function assignedBelow(statement: Statement): readonly string[] {
  switch (statement.nodeType) {
    case "If":
    case "For":
    case "While":
      return [...statement.body, ...statement.orelse].flatMap(assignedIn);
    case "Try":
      return [
        ...statement.body,
        ...statement.handlers.flatMap(({ body }) => body),
        ...statement.orelse,
        ...statement.finalbody,
      ].flatMap(assignedIn);
    case "With":
      return statement.body.flatMap(assignedIn);
    case "AugAssign":
      return statement.target.nodeType === "Name" ? [statement.target.id] : [];
    case "Import":
    case "ImportFrom":
      return statement.names.map(({ name, asname }) => asname ?? name);
    default:
      return [];
  }
}

function assignedIn(statement: Statement): readonly string[] {
  if (statement.nodeType !== "Assign") return assignedBelow(statement);
  return statement.targets.flatMap((target) => (target.nodeType === "Name" ? [target.id] : []));
}
