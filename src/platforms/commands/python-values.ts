import type { Expression, Statement } from "../../python/tree.ts";
import type { Piece } from "../shell/words.ts";

/** What expressions of a script stand for, as far as its own text tells. */
export interface PythonValues {
  /** The dotted name of what is called: `uvicorn.run` for `run` after `from uvicorn import run`. */
  nameOf(callee: Expression): string | undefined;
  /** A value as a word of a command line. */
  word(expression: Expression): readonly Piece[];
  /** A list of arguments; undefined if it cannot be told. */
  words(expression: Expression): readonly (readonly Piece[])[] | undefined;
  /** `module:attribute` of an application that is given as an object or as text. */
  application(expression: Expression): readonly Piece[];
  /** What is assigned to an attribute of a name: `config.bind = […]`. */
  attribute(name: Expression, attribute: string): Expression | undefined;
  /** The expression that a name was given; undefined for several, and for what is no name. */
  assigned(expression: Expression): Expression | undefined;
  /** Makes the names of a function's body known. */
  enter(body: readonly Statement[]): void;
}

const deepest = 12;

/** `from` is the folder that the script at `path` imports from. */
export function pythonValues(
  body: readonly Statement[],
  path: string,
  from: string,
  text: string,
): PythonValues {
  const imports = new Map<string, string>();
  const names = new Map<string, Expression | undefined>();
  const attributes = new Map<string, Expression>();
  const lines = text.split("\n");
  enter(body);
  return {
    nameOf: (callee) => nameOf(callee, 0),
    word: (expression) => word(expression, 0),
    words: (expression) => words(expression, 0),
    application,
    attribute: (name, attribute) =>
      name.nodeType === "Name" ? attributes.get(`${name.id}.${attribute}`) : undefined,
    assigned,
    enter,
  };

  function enter(statements: readonly Statement[]): void {
    for (const statement of statements) {
      switch (statement.nodeType) {
        case "Import":
          for (const { name, asname } of statement.names) {
            const [top = name] = name.split(".");
            imports.set(asname ?? top, asname ? name : top);
          }
          break;
        case "ImportFrom":
          for (const { name, asname } of statement.names) {
            if (statement.level === 0) imports.set(asname ?? name, `${statement.module ?? ""}.${name}`);
          }
          break;
        case "Assign":
          for (const target of statement.targets) {
            if (target.nodeType === "Name") note(target.id, statement.value);
            if (target.nodeType === "Attribute" && target.value.nodeType === "Name") {
              attributes.set(`${target.value.id}.${target.attr}`, statement.value);
            }
          }
          break;
        case "AnnAssign":
          if (statement.target.nodeType === "Name" && statement.value) {
            note(statement.target.id, statement.value);
          }
          break;
        case "AugAssign":
          if (statement.target.nodeType === "Name") names.set(statement.target.id, undefined);
          break;
        case "If":
          enter(statement.body);
          enter(statement.orelse);
          break;
        case "Try":
        case "With":
        case "For":
        case "While":
          enter(statement.body);
          break;
        default:
          break;
      }
    }
  }

  function note(name: string, value: Expression): void {
    names.set(name, names.has(name) && names.get(name) !== value ? undefined : value);
  }

  function nameOf(callee: Expression, depth: number): string | undefined {
    if (depth > deepest) return undefined;
    if (callee.nodeType === "Name") return imports.get(callee.id) ?? callee.id;
    if (callee.nodeType === "Attribute") {
      const owner = ownerOf(callee.value, depth);
      return owner === undefined ? undefined : `${owner}.${callee.attr}`;
    }
    return undefined;
  }

  /** `app.run` after `app = Flask(__name__)` is `flask.Flask().run`. */
  function ownerOf(owner: Expression, depth: number): string | undefined {
    const value = owner.nodeType === "Name" && !imports.has(owner.id) ? names.get(owner.id) : owner;
    if (value?.nodeType === "Call") {
      const made = nameOf(value.func, depth + 1);
      return made && `${made}()`;
    }
    return nameOf(owner, depth + 1);
  }

  function assigned(expression: Expression): Expression | undefined {
    return expression.nodeType === "Name" ? names.get(expression.id) : undefined;
  }

  function computed(expression: Expression): readonly Piece[] {
    const { lineno, col_offset, end_lineno, end_col_offset } = expression;
    const source =
      lineno === end_lineno ? (lines[lineno - 1] ?? "").slice(col_offset, end_col_offset) : "value";
    return [{ kind: "computed", source: `$(${source})` }];
  }

  function word(expression: Expression, depth: number): readonly Piece[] {
    if (depth > deepest) return computed(expression);
    switch (expression.nodeType) {
      case "Constant": {
        const { value } = expression;
        return ["string", "bigint", "number", "boolean"].includes(typeof value)
          ? [{ kind: "text", text: typeof value === "boolean" ? (value ? "True" : "False") : String(value) }]
          : computed(expression);
      }
      case "JoinedStr":
        return expression.values.flatMap((part) =>
          part.nodeType === "Constant" || part.format_spec === null
            ? word(part.nodeType === "Constant" ? part : part.value, depth + 1)
            : computed(part.value),
        );
      case "BinOp":
        return expression.op === "Add"
          ? [...word(expression.left, depth + 1), ...word(expression.right, depth + 1)]
          : computed(expression);
      case "BoolOp": {
        const [first, second, ...more] = expression.values;
        if (expression.op !== "Or" || !first || !second || more.length > 0) return computed(expression);
        const [variable, ...others] = word(first, depth + 1);
        return variable?.kind === "variable" && others.length === 0
          ? [{ ...variable, fallback: word(second, depth + 1) }]
          : computed(expression);
      }
      case "Name": {
        const value = names.get(expression.id);
        return value ? word(value, depth + 1) : computed(expression);
      }
      case "Attribute":
        return nameOf(expression, depth + 1) === "sys.executable"
          ? [{ kind: "text", text: "python" }]
          : computed(expression);
      case "Subscript":
        return nameOf(expression.value, depth + 1) === "os.environ"
          ? variable(expression.slice, undefined, depth, expression)
          : computed(expression);
      case "Call": {
        const callee = nameOf(expression.func, depth + 1);
        const [first, second] = expression.args;
        if ((callee === "int" || callee === "str") && first) return word(first, depth + 1);
        if (callee === "os.environ.get" || callee === "os.getenv") {
          return first ? variable(first, second, depth, expression) : computed(expression);
        }
        // django-environ and python-decouple.
        if (
          first &&
          callee !== undefined &&
          /^(?:environ\.Env\(\)(?:\.(?:int|str))?|decouple\.config)$/.test(callee)
        ) {
          const fallback = expression.keywords.find(({ arg }) => arg === "default")?.value;
          return variable(first, fallback, depth, expression);
        }
        return computed(expression);
      }
      default:
        return computed(expression);
    }
  }

  function variable(
    name: Expression,
    fallback: Expression | undefined,
    depth: number,
    whole: Expression,
  ): readonly Piece[] {
    if (name.nodeType !== "Constant" || typeof name.value !== "string") return computed(whole);
    return [{ kind: "variable", name: name.value, fallback: fallback && word(fallback, depth + 1) }];
  }

  function words(expression: Expression, depth: number): readonly (readonly Piece[])[] | undefined {
    if (depth > deepest) return undefined;
    switch (expression.nodeType) {
      case "List":
      case "Tuple": {
        const parts = expression.elts.map((element) =>
          element.nodeType === "Starred" ? words(element.value, depth + 1) : [word(element, depth + 1)],
        );
        return parts.every((part) => part !== undefined) ? parts.flat() : undefined;
      }
      case "BinOp": {
        if (expression.op !== "Add") return undefined;
        const [left, right] = [words(expression.left, depth + 1), words(expression.right, depth + 1)];
        return left && right && [...left, ...right];
      }
      case "Name": {
        const value = names.get(expression.id);
        return value && words(value, depth + 1);
      }
      case "Attribute":
        return nameOf(expression, depth) === "sys.argv"
          ? [[{ kind: "text", text: path }], [{ kind: "arguments" }]]
          : undefined;
      case "Subscript": {
        const { slice } = expression;
        const isRest =
          nameOf(expression.value, depth) === "sys.argv" &&
          slice.nodeType === "Slice" &&
          slice.upper === null &&
          slice.lower?.nodeType === "Constant" &&
          slice.lower.value === 1n;
        return isRest ? [[{ kind: "arguments" }]] : undefined;
      }
      default:
        return undefined;
    }
  }

  function application(expression: Expression): readonly Piece[] {
    if (expression.nodeType !== "Name") return word(expression, 0);
    const imported = imports.get(expression.id);
    if (imported !== undefined) {
      const dot = imported.lastIndexOf(".");
      return [{ kind: "text", text: `${imported.slice(0, dot)}:${imported.slice(dot + 1)}` }];
    }
    const value = names.get(expression.id);
    if (value?.nodeType === "Constant") return word(value, 0);
    const below = from === "" ? path : path.startsWith(`${from}/`) ? path.slice(from.length + 1) : undefined;
    if (below === undefined || !names.has(expression.id)) return computed(expression);
    const module = below
      .replace(/\.py$/, "")
      .replace(/\/__init__$/, "")
      .replaceAll("/", ".");
    return [{ kind: "text", text: `${module}:${expression.id}` }];
  }
}
