import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import { parse } from "../syntax.ts";
import type { Expression } from "../tree.ts";
import { ellipsis } from "../tree.ts";
import type { EnvNames, Value } from "../value.ts";
import { bool, bytes, float, int, list, none, str, tuple } from "./make.ts";

/** What `ast.literal_eval` makes of text; undefined where it raises. */
export function literalValue(
  machine: Machine,
  text: string,
  at: Location | undefined,
  env: EnvNames = [],
): Value | undefined {
  const parsed = parse(text.replace(/^[ \t]+/, ""), "<literal>");
  if (parsed.kind === "error" || parsed.module.body.length !== 1) return undefined;
  const [statement] = parsed.module.body;
  return statement?.nodeType === "Expr" ? read(statement.value) : undefined;

  function all(nodes: readonly Expression[]): Value[] | undefined {
    const values = nodes.map(read).filter((value) => value !== undefined);
    return values.length === nodes.length ? values : undefined;
  }

  function read(node: Expression): Value | undefined {
    switch (node.nodeType) {
      case "Constant":
        return constant(node.value);
      case "UnaryOp": {
        if (node.op !== "USub" && node.op !== "UAdd") return undefined;
        const operand = read(node.operand);
        const sign = node.op === "USub";
        if (operand?.kind === "int") return sign ? int(-operand.value, at, env) : operand;
        if (operand?.kind === "float") return sign ? float(-operand.value, at, env) : operand;
        return undefined;
      }
      case "List": {
        const items = all(node.elts);
        return items && list(items, at, env);
      }
      case "Tuple": {
        const items = all(node.elts);
        return items && tuple(items, at, env);
      }
      case "Set": {
        const items = all(node.elts);
        return items && machine.call(machine.classNamed("set"), [list(items, at, env)], undefined, at);
      }
      case "Dict": {
        const values = all(node.values);
        const keys = all(node.keys.filter((key) => key !== null));
        if (!keys || !values || keys.length !== values.length) return undefined;
        const pairs = keys.flatMap((key, index) => {
          const value = values[index];
          return value ? [[key, value] as const] : [];
        });
        return machine.dict(pairs, at, env);
      }
      default:
        return undefined;
    }
  }

  function constant(value: (Expression & { readonly nodeType: "Constant" })["value"]): Value | undefined {
    if (value === null) return none(at, env);
    if (value === ellipsis) return { kind: "ellipsis", at, env };
    switch (typeof value) {
      case "boolean":
        return bool(value, at, env);
      case "bigint":
        return int(value, at, env);
      case "number":
        return float(value, at, env);
      case "string":
        return str(value, at, env);
      default:
        return value instanceof Uint8Array ? bytes(value, at, env) : undefined;
    }
  }
}
