import type {
  Attribute,
  Expression,
  ListExpression,
  Name,
  Starred,
  Subscript,
  TupleExpression,
} from "../tree.ts";

type Unsettled<Node> = { -readonly [Key in keyof Node]: Node[Key] };

/**
 * Makes an expression that was read as a value the target of an assignment or deletion. Returns the part
 * that nothing can be assigned to, if there is one.
 * https://docs.python.org/3.14/reference/simple_stmts.html#assignment-statements
 */
export function makeTarget(node: Expression, context: "Store" | "Del"): Expression | undefined {
  switch (node.nodeType) {
    case "Name":
    case "Attribute":
    case "Subscript":
      settle(node, context);
      return undefined;
    case "Starred":
      if (context === "Del") return node;
      settle(node, context);
      return makeTarget(node.value, context);
    case "Tuple":
    case "List":
      settle(node, context);
      for (const element of node.elts) {
        const wrong = makeTarget(element, context);
        if (wrong !== undefined) return wrong;
      }
      return undefined;
    default:
      return node;
  }
}

/** The parser still owns the node: nobody else has seen it. */
function settle(
  node: Unsettled<Name | Attribute | Subscript | Starred | TupleExpression | ListExpression>,
  context: "Store" | "Del",
): void {
  node.ctx = context;
}

/** What CPython calls an expression where it may not stand. */
export function describe(node: Expression): string {
  if (node.nodeType !== "Constant") return names[node.nodeType] ?? "expression";
  const { value } = node;
  if (value === null) return "None";
  if (value === true) return "True";
  if (value === false) return "False";
  return typeof value === "symbol" ? "ellipsis" : "literal";
}

/** What CPython adds where `=` behind the expression may have been meant as `==`. */
export const maybeEqual = " here. Maybe you meant '==' instead of '='?";

/** Whether `=` behind the expression may have been meant as `==`. */
export function mayBeCompared(node: Expression): boolean {
  const plain = /^(GeneratorExp|Compare|IfExp|BoolOp|Lambda|NamedExpr|Yield|YieldFrom|Starred)$/;
  if (node.nodeType === "Constant") return node.value !== null && typeof node.value !== "boolean";
  return !plain.test(node.nodeType);
}

const names: Partial<Record<Expression["nodeType"], string>> = {
  Attribute: "attribute",
  Await: "await expression",
  Call: "function call",
  Compare: "comparison",
  Dict: "dict literal",
  DictComp: "dict comprehension",
  GeneratorExp: "generator expression",
  IfExp: "conditional expression",
  JoinedStr: "f-string expression",
  Lambda: "lambda",
  List: "list",
  ListComp: "list comprehension",
  Name: "name",
  NamedExpr: "named expression",
  Set: "set display",
  SetComp: "set comprehension",
  Starred: "starred",
  Subscript: "subscript",
  TemplateStr: "t-string expression",
  Tuple: "tuple",
  Yield: "yield expression",
  YieldFrom: "yield expression",
};
