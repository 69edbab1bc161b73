import type { Expression } from "../../python/tree.ts";
import type { SourceFile } from "../code/source-file.ts";
import type { View } from "./entry.ts";

/**
 * The view that the second argument of `path` is: a name, `Home.as_view()`, a lambda, or one of these in
 * decorators. Undefined for what may as well be a list of patterns.
 */
export function viewIn(node: Expression, file: SourceFile): View | undefined {
  switch (node.nodeType) {
    case "Name":
    case "Attribute":
      return { name: named(node, file), wrappers: [] };
    case "Constant":
      // A view by its name, as Django 1.9 still took it.
      return typeof node.value === "string" ? { name: node.value, wrappers: [] } : undefined;
    case "Lambda":
      return { name: undefined, wrappers: [] };
    case "Call":
      break;
    default:
      return undefined;
  }
  const { func, args } = node;
  if (func.nodeType === "Attribute" && /^as_\w*view$/.test(func.attr))
    return { name: named(func.value, file), wrappers: [] };
  // An object that is called: `LatestFeed()`.
  if (/(?:Feed|View)$/.test(file.qualified(func) ?? "")) return { name: named(func, file), wrappers: [] };
  const [first] = args;
  const inner = first && viewIn(first, file);
  if (!inner) return undefined;
  // `cache_page(60)(view)` and `login_required(view)`.
  const wrapper = file.qualified(func.nodeType === "Call" ? func.func : func);
  return { ...inner, wrappers: [...(wrapper === undefined ? [] : [wrapper]), ...inner.wrappers] };
}

/** A dotted name, with the module in front of what the file itself defines. */
function named(node: Expression, file: SourceFile): string | undefined {
  const dotted = file.qualified(node);
  const first = dotted?.split(".")[0];
  const own = file.module.body.some(
    (statement) =>
      (statement.nodeType === "FunctionDef" ||
        statement.nodeType === "AsyncFunctionDef" ||
        statement.nodeType === "ClassDef") &&
      statement.name === first,
  );
  return own ? `${file.dotted}.${dotted}` : dotted;
}
