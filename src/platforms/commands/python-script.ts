import type { Location } from "../../location.ts";
import { parse } from "../../python/syntax.ts";
import type { Call, Expression, Statement } from "../../python/tree.ts";
import type { Piece, Word } from "../shell/words.ts";
import { callables, type StartedProgram } from "./python-callables.ts";
import { type PythonValues, pythonValues } from "./python-values.ts";

/** A program that a Python script starts, or the server that it runs itself. */
export interface PythonLaunch {
  readonly words: readonly Word[];
  /** A shell reads it. */
  readonly shell: boolean;
  /** The folder that it is started in, as the script says. */
  readonly folder: readonly Piece[] | undefined;
  readonly at: Location;
  /** It only runs if a test in the script says so. */
  readonly conditional: boolean;
}

/** No script that starts a server is as long, in calls. */
const most = 2000;

/**
 * The programs and servers that a script starts when it is run: at its top level, below
 * `if __name__ == "__main__"`, and in the functions that it calls there. `entry` is the function that a
 * console script calls. `from` is the folder that it imports from. Reads the text; runs nothing.
 */
export function readPythonScript(
  path: string,
  text: string,
  from: string,
  entry: string | undefined,
): readonly PythonLaunch[] {
  // What is parsed must at least name something that starts a program.
  if (
    !/\b(?:run|serve|system|exec\w+|Popen|call\w*|check_\w+|Config|Granian|execute_from_command_line)\b/.test(
      text,
    )
  )
    return [];
  const parsed = parse(text, path);
  if (parsed.kind !== "module") return [];
  const { body } = parsed.module;
  const values = pythonValues(body, path, from, text);
  const found: PythonLaunch[] = [];
  const called = new Set<string>();
  let budget = most;
  runBody(body, false);
  if (entry !== undefined) callFunction(entry, false);
  return found;

  function runBody(statements: readonly Statement[], conditional: boolean): void {
    for (const statement of statements) runStatement(statement, conditional);
  }

  function runStatement(statement: Statement, conditional: boolean): void {
    switch (statement.nodeType) {
      case "Expr":
      case "Assign":
      case "Return":
        if (statement.value) readExpression(statement.value, conditional);
        return;
      case "AnnAssign":
        if (statement.value) readExpression(statement.value, conditional);
        return;
      case "If": {
        if (isMain(statement.test)) {
          if (entry === undefined) runBody(statement.body, conditional);
          return;
        }
        readExpression(statement.test, conditional);
        runBody(statement.body, true);
        runBody(statement.orelse, true);
        return;
      }
      case "For":
      case "AsyncFor":
      case "While":
        runBody(statement.body, statement.nodeType === "While" ? conditional : true);
        return;
      case "With":
      case "AsyncWith":
        for (const { context_expr } of statement.items) readExpression(context_expr, conditional);
        runBody(statement.body, conditional);
        return;
      case "Try":
      case "TryStar":
        runBody(statement.body, conditional);
        for (const { body: handler } of statement.handlers) runBody(handler, true);
        runBody(statement.orelse, conditional);
        runBody(statement.finalbody, conditional);
        return;
      case "Match":
        for (const { body: branch } of statement.cases) runBody(branch, true);
        return;
      default:
        return;
    }
  }

  function readExpression(expression: Expression, conditional: boolean): void {
    for (const call of callsIn(expression)) {
      budget -= 1;
      if (budget < 0) return;
      const callee = values.nameOf(call.func);
      if (callee === undefined) continue;
      const reader = Object.hasOwn(callables, callee) ? callables[callee] : undefined;
      if (reader) add(reader(call, values), call, conditional);
      else if (call.func.nodeType === "Name") callFunction(call.func.id, conditional);
    }
  }

  function callFunction(name: string, conditional: boolean): void {
    if (called.has(name)) return;
    called.add(name);
    const definition = body.find(
      (statement) =>
        (statement.nodeType === "FunctionDef" || statement.nodeType === "AsyncFunctionDef") &&
        statement.name === name,
    );
    if (definition?.nodeType === "FunctionDef" || definition?.nodeType === "AsyncFunctionDef") {
      values.enter(definition.body);
      runBody(definition.body, conditional);
    }
  }

  function add(started: StartedProgram | undefined, call: Call, conditional: boolean): void {
    if (!started) return;
    const at = {
      file: path,
      line: call.lineno,
      column: call.col_offset + 1,
      endLine: call.end_lineno,
      endColumn: call.end_col_offset + 1,
    };
    const words = started.words.map((pieces) => ({ pieces, start: 0, end: 0 }));
    found.push({ words, shell: started.shell ?? false, folder: started.folder, at, conditional });
  }
}

/** `__name__ == "__main__"` */
function isMain(test: Expression): boolean {
  return test.nodeType === "Compare" && test.left.nodeType === "Name" && test.left.id === "__name__";
}

/** The calls in an expression, the innermost first: `asyncio.run(serve(app))`. */
function* callsIn(expression: Expression): Generator<Call> {
  switch (expression.nodeType) {
    case "Call":
      yield* callsIn(expression.func);
      for (const argument of expression.args) yield* callsIn(argument);
      for (const { value } of expression.keywords) yield* callsIn(value);
      yield expression;
      return;
    case "Attribute":
    case "Await":
    case "Starred":
    case "Subscript":
    case "NamedExpr":
      yield* callsIn(expression.value);
      return;
    case "BoolOp":
      for (const value of expression.values) yield* callsIn(value);
      return;
    case "BinOp":
      yield* callsIn(expression.left);
      yield* callsIn(expression.right);
      return;
    case "UnaryOp":
      yield* callsIn(expression.operand);
      return;
    case "Compare":
      yield* callsIn(expression.left);
      for (const value of expression.comparators) yield* callsIn(value);
      return;
    case "List":
    case "Tuple":
      for (const value of expression.elts) yield* callsIn(value);
      return;
    default:
      return;
  }
}

export type { PythonValues };
