import type { Expression, Statement } from "../../python/tree.ts";

/** The names that a module has once it ran, as far as its text tells. */
export interface ModuleNames {
  readonly names: ReadonlySet<string>;
  /** What may add other names, as a clause: "it imports * from .base"; undefined if nothing does. */
  readonly open: string | undefined;
}

/** Names that are bound at module level, also within `if`, `try`, loops and `with`. */
export function moduleNames(body: readonly Statement[]): ModuleNames {
  const names = new Set<string>();
  let open: string | undefined;
  const visit = (statements: readonly Statement[]): void => {
    for (const statement of statements) visitOne(statement);
  };
  const visitOne = (statement: Statement): void => {
    switch (statement.nodeType) {
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
        names.add(statement.name);
        if (statement.name === "__getattr__") open = "it defines __getattr__";
        break;
      case "Import":
        for (const { name, asname } of statement.names) names.add(asname ?? name.split(".")[0] ?? name);
        break;
      case "ImportFrom":
        for (const { name, asname } of statement.names) {
          if (name === "*")
            open = `it imports * from ${".".repeat(statement.level)}${statement.module ?? ""}`;
          else names.add(asname ?? name);
        }
        break;
      case "Assign":
        for (const target of statement.targets) bind(target);
        break;
      case "AnnAssign":
        if (statement.value) bind(statement.target);
        break;
      case "Expr":
        if (statement.value.nodeType === "NamedExpr") bind(statement.value.target);
        if (statement.value.nodeType === "Call") noteCall(statement.value.func);
        break;
      case "If":
      case "While":
        visit(statement.body);
        visit(statement.orelse);
        break;
      case "For":
      case "AsyncFor":
        bind(statement.target);
        visit(statement.body);
        visit(statement.orelse);
        break;
      case "With":
      case "AsyncWith":
        for (const { optional_vars } of statement.items) if (optional_vars) bind(optional_vars);
        visit(statement.body);
        break;
      case "Try":
      case "TryStar":
        visit(statement.body);
        for (const handler of statement.handlers) visit(handler.body);
        visit(statement.orelse);
        visit(statement.finalbody);
        break;
      case "Match":
        for (const { body } of statement.cases) visit(body);
        break;
      default:
        break;
    }
  };
  const bind = (target: Expression): void => {
    if (target.nodeType === "Name") names.add(target.id);
    else if (target.nodeType === "Tuple" || target.nodeType === "List") target.elts.forEach(bind);
    else if (target.nodeType === "Starred") bind(target.value);
    else if (target.nodeType === "Subscript") noteCallOf(target.value);
  };
  /** `globals()["x"] = …` and `globals().update(…)`. */
  const noteCallOf = (expression: Expression): void => {
    if (expression.nodeType === "Call") noteCall(expression.func);
  };
  const noteCall = (callee: Expression): void => {
    if (callee.nodeType === "Attribute") noteCallOf(callee.value);
    if (callee.nodeType !== "Name") return;
    if (["globals", "locals", "vars", "exec", "setattr"].includes(callee.id))
      open = `it calls ${callee.id}()`;
  };
  visit(body);
  return { names, open };
}
