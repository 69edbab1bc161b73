import { textOf, textsIn, truthOf } from "../../python/inspect.ts";
import type { Expression } from "../../python/tree.ts";
import type { Value } from "../../python/value.ts";
import type { SourceFile } from "../code/source-file.ts";
import type { Setting, Settings } from "../django/settings.ts";

/** What tells the value of an expression in a URLconf: its settings, and the names that the module bound. */
export interface Known {
  readonly file: SourceFile;
  readonly settings: Settings;
  /** What the module bound a name to, if it did. */
  bound(name: string): Expression | undefined;
}

const deepest = 12;

/** The text of an expression; undefined where it is not known. */
export function textIn(node: Expression, known: Known, depth = 0): string | undefined {
  if (depth > deepest) return undefined;
  const text = (part: Expression) => textIn(part, known, depth + 1);
  switch (node.nodeType) {
    case "Constant":
      return typeof node.value === "string" ? node.value : undefined;
    case "JoinedStr":
      return together(
        node.values.map((part) =>
          part.nodeType === "Constant"
            ? text(part)
            : part.conversion === -1 && part.format_spec === null
              ? text(part.value)
              : undefined,
        ),
      );
    case "BinOp":
      return node.op === "Add" ? together([text(node.left), text(node.right)]) : undefined;
    case "Name":
    case "Attribute": {
      const own = node.nodeType === "Name" ? known.bound(node.id) : undefined;
      if (own) return text(own);
      const setting = settingIn(node, known);
      return setting && textOf(certain(setting));
    }
    case "Call": {
      if (node.func.nodeType !== "Attribute" || node.args.length > 1) return undefined;
      const [argument] = node.args;
      const given = argument ? text(argument) : " ";
      const subject = text(node.func.value);
      if (subject === undefined || given === undefined) return undefined;
      return stripped(subject, node.func.attr, given);
    }
    default:
      return undefined;
  }
}

function together(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join("");
}

/** `strip`, `lstrip` and `rstrip` with one character. */
function stripped(text: string, method: string, characters: string): string | undefined {
  if (characters.length !== 1) return undefined;
  let [start, end] = [0, text.length];
  if (method === "strip" || method === "lstrip") while (start < end && text[start] === characters) start++;
  else if (method !== "rstrip") return undefined;
  if (method === "strip" || method === "rstrip") while (end > start && text[end - 1] === characters) end--;
  return text.slice(start, end);
}

/** The setting that an expression names: `settings.X` of `django.conf`, or a name of a settings module. */
function settingIn(node: Expression, { file, settings }: Known): Setting | undefined {
  const dotted = file.qualified(node);
  const name =
    dotted && /^(?:django\.conf\.settings|(?:[\w.]+\.)?settings(?:\.\w+)*)\.([A-Z]\w*)$/.exec(dotted)?.[1];
  return name ? settings.get(name) : undefined;
}

/** The value of a setting, unless it goes another way where a variable that nothing sets is set. */
function certain(setting: Setting): Value | undefined {
  return setting.otherwise.length > 0 ? undefined : setting.value;
}

/** Python's truth of a test in a URLconf; undefined where it is not known. */
export function truthIn(node: Expression, known: Known, depth = 0): boolean | undefined {
  if (depth > deepest) return undefined;
  const truth = (part: Expression) => truthIn(part, known, depth + 1);
  switch (node.nodeType) {
    case "Constant":
      return typeof node.value === "boolean" ? node.value : node.value === null ? false : undefined;
    case "UnaryOp": {
      const operand = node.op === "Not" ? truth(node.operand) : undefined;
      return operand === undefined ? undefined : !operand;
    }
    case "BoolOp": {
      const answers = node.values.map(truth);
      const deciding = node.op === "Or";
      if (answers.includes(deciding)) return deciding;
      return answers.includes(undefined) ? undefined : !deciding;
    }
    case "Compare":
      return compared(node, known, depth);
    case "Name":
    case "Attribute": {
      const own = node.nodeType === "Name" ? known.bound(node.id) : undefined;
      if (own) return truth(own);
      if (known.file.qualified(node) === "typing.TYPE_CHECKING") return false;
      const setting = settingIn(node, known);
      return setting && truthOfSetting(setting, known.settings);
    }
    case "Call":
      return called(node, known);
    default:
      return undefined;
  }
}

/** DEBUG is off where this is asked. Another switch that the operator may turn is not known. */
function truthOfSetting(setting: Setting, { given }: Settings): boolean | undefined {
  if (setting.name === "DEBUG") return false;
  if (setting.env.some((variable) => !given.has(variable))) return undefined;
  const value = certain(setting);
  return value && truthOf(value);
}

function compared(
  { left, ops, comparators }: Extract<Expression, { nodeType: "Compare" }>,
  known: Known,
  depth: number,
): boolean | undefined {
  const [[op], [right]] = [ops, comparators];
  if (ops.length !== 1 || !right) return undefined;
  const text = textIn(left, known, depth + 1);
  if (op === "In" || op === "NotIn") {
    if (text === undefined) return undefined;
    // Neither tests nor the development server run in production.
    if (known.file.qualified(right) === "sys.argv") return op === "NotIn";
    const setting = settingIn(right, known);
    const value = setting && certain(setting);
    if (!value || (value.kind !== "list" && value.kind !== "tuple") || value.open) return undefined;
    if (value.items.some((item) => textOf(item) === undefined)) return undefined;
    return textsIn(value).includes(text) === (op === "In");
  }
  const other = textIn(right, known, depth + 1);
  if (op !== "Eq" && op !== "NotEq") return undefined;
  if (left.nodeType === "Name" && left.id === "__name__" && other === "__main__") return op === "NotEq";
  return text === undefined || other === undefined ? undefined : (text === other) === (op === "Eq");
}

function called(
  { func, args }: Extract<Expression, { nodeType: "Call" }>,
  known: Known,
): boolean | undefined {
  const name = known.file.qualified(func);
  const [first, second, third] = args;
  if (name === "django.apps.apps.is_installed" && first) {
    const { value } = known.settings.get("INSTALLED_APPS");
    const app = textIn(first, known);
    if (app === undefined || value.kind !== "list" || value.open) return undefined;
    return textsIn(value).some((each) => each === app || each.startsWith(`${app}.apps.`));
  }
  if ((name !== "getattr" && name !== "hasattr") || !first || !second) return undefined;
  const of = known.file.qualified(first);
  const setting = of === "django.conf.settings" ? textIn(second, known) : undefined;
  if (setting === undefined) return undefined;
  const found = known.settings.get(setting);
  const there = found.explicit || found.value.kind !== "none";
  if (!there && found.otherwise.length > 0) return undefined;
  if (name === "hasattr") return there;
  return there ? truthOfSetting(found, known.settings) : third && truthIn(third, known);
}

/** LANGUAGES and LANGUAGE_CODE, where they are known. */
export function languageCodes(settings: Settings): { own: string; all: readonly string[] } | undefined {
  const own = textOf(settings.get("LANGUAGE_CODE").value);
  const { value } = settings.get("LANGUAGES");
  if (own === undefined || (value.kind !== "list" && value.kind !== "tuple") || value.open) return undefined;
  const codes = value.items.map((item) =>
    item.kind === "list" || item.kind === "tuple" ? textOf(item.items[0]) : undefined,
  );
  return codes.includes(undefined) ? undefined : { own, all: codes.filter((code) => code !== undefined) };
}
