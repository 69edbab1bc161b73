import { footprint } from "../../python/analysis.ts";
import { moduleFinder } from "../../python/locate.ts";
import type { Expression, Name, Statement } from "../../python/tree.ts";
import type { SourceFile } from "../code/source-file.ts";
import { type Entry, unsure } from "./entry.ts";
import { expressionReader } from "./expressions.ts";
import { truthIn } from "./known.ts";
import { type Bound, open, placeIn, type Scope, type Source } from "./scope.ts";

const deepest = 20;
const nowhere = { lineno: 1, col_offset: 0, end_lineno: 1, end_col_offset: 0 };

/** Reads URLconfs without running them. Whatever is not understood becomes an entry that may be anything. */
export function urlconfReader(
  source: Source,
): (module: string) => { readonly file: string; readonly entries: readonly Entry[] } | undefined {
  const { files, code, settings } = source;
  const find = moduleFinder(files, source.path);
  const { isList, list, element } = expressionReader(source, { urlpatternsOf, entriesOf, importedEntries });
  const read = new Map<string, Scope | undefined>();
  const reading: string[] = [];

  return (module) => {
    const entries = urlpatternsOf(module);
    const file = scopeOf(module)?.file.path;
    return entries && file !== undefined ? { file, entries } : undefined;
  };

  /** The entries of a module of the project; undefined for one that is not the project's. */
  function urlpatternsOf(module: string): readonly Entry[] | undefined {
    const scope = scopeOf(module);
    if (!scope) return undefined;
    const bound = scope.names.get("urlpatterns");
    const start = { file: scope.file.path, line: 1, column: 1 };
    return bound?.entries ?? [open("defines no urlpatterns that can be found", start)];
  }

  function scopeOf(module: string): Scope | undefined {
    if (read.has(module)) return read.get(module);
    const path = find(module)?.file ?? elsewhere(module);
    const file = path === undefined ? undefined : code.file(path);
    if (!file) return undefined;
    const names = new Map<string, Bound>();
    const scope: Scope = { file, settings, names, bound: (name) => names.get(name)?.node };
    if (reading.includes(module) || reading.length > deepest) {
      names.set("urlpatterns", {
        node: undefined,
        entries: [open("includes itself", { file: file.path, line: 1, column: 1 })],
      });
      return scope;
    }
    reading.push(module);
    walk(file.module.body, scope, true);
    reading.pop();
    read.set(module, scope);
    return scope;
  }

  /** A module in a folder that the settings put on `sys.path`: the only file that ends in its name. */
  function elsewhere(module: string): string | undefined {
    const ends = [`/${module.replaceAll(".", "/")}.py`, `/${module.replaceAll(".", "/")}/__init__.py`];
    const found = module.includes(".")
      ? code.paths.filter((path) => ends.some((end) => path.endsWith(end)))
      : [];
    return found.length === 1 ? found[0] : undefined;
  }

  function walk(statements: readonly Statement[], scope: Scope, sure: boolean): void {
    for (const statement of statements) step(statement, scope, sure);
  }

  function step(statement: Statement, scope: Scope, sure: boolean): void {
    switch (statement.nodeType) {
      case "Assign":
        for (const target of statement.targets)
          if (target.nodeType === "Name") assign(scope, target.id, statement.value, sure);
          else lose([statement], scope);
        return;
      case "AnnAssign":
        if (statement.target.nodeType === "Name" && statement.value)
          assign(scope, statement.target.id, statement.value, sure);
        return;
      case "AugAssign":
        if (statement.target.nodeType === "Name" && statement.op === "Add")
          add(scope, statement.target.id, list(statement.value, scope), sure, "end");
        return;
      case "Expr":
        call(statement.value, statement, scope, sure);
        return;
      case "If": {
        const truth = truthIn(statement.test, scope);
        if (truth !== false) walk(statement.body, scope, sure && truth === true);
        if (truth !== true) walk(statement.orelse, scope, sure && truth === false);
        return;
      }
      case "Try":
      case "TryStar":
        walk(statement.body, scope, sure && statement.handlers.length === 0);
        for (const { body } of statement.handlers) walk(body, scope, false);
        walk(statement.orelse, scope, sure && statement.handlers.length === 0);
        walk(statement.finalbody, scope, sure);
        return;
      case "With":
        walk(statement.body, scope, sure);
        return;
      case "ImportFrom":
        if (statement.names.some(({ name }) => name === "*")) everythingFrom(statement, scope);
        // What a name was before is gone; the import tells what it is now.
        else for (const { name, asname } of statement.names) scope.names.delete(asname ?? name);
        return;
      case "Import":
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
      case "Pass":
      case "Assert":
      case "Raise":
        return;
      default:
        lose([statement], scope);
    }
  }

  /** What statements that are not followed may have changed is open. */
  function lose(statements: readonly Statement[], scope: Scope): void {
    const [first] = statements;
    if (!first) return;
    const { binds, changes } = footprint(statements);
    for (const name of new Set([...binds, ...changes])) {
      const known = entriesOf(name, scope);
      if (known ?? name === "urlpatterns")
        scope.names.set(name, {
          node: undefined,
          entries: [
            // What only grows keeps what it had.
            ...(binds.has(name) ? unsure(known ?? []) : (known ?? [])),
            open("is changed by code that is not followed", placeIn(first, scope)),
          ],
        });
    }
  }

  function everythingFrom(statement: Extract<Statement, { nodeType: "ImportFrom" }>, scope: Scope): void {
    const module = importedModule(statement, scope.file);
    const other = scopeOf(module);
    if (other) for (const [name, bound] of other.names) scope.names.set(name, bound);
    else if (!module.startsWith("django.") && entriesOf("urlpatterns", scope) === undefined)
      scope.names.set("urlpatterns", {
        node: undefined,
        entries: [open(`imports everything from ${module}`, placeIn(statement, scope))],
      });
  }

  function assign(scope: Scope, name: string, node: Expression, sure: boolean): void {
    const entries = name === "urlpatterns" || isList(node, scope) ? list(node, scope) : undefined;
    const before = sure ? undefined : entriesOf(name, scope);
    scope.names.set(name, {
      node: sure ? node : undefined,
      entries: entries && (sure ? entries : [...unsure(before ?? []), ...unsure(entries)]),
    });
  }

  function add(
    scope: Scope,
    name: string,
    entries: readonly Entry[],
    sure: boolean,
    where: "start" | "end",
  ): void {
    const before = entriesOf(name, scope);
    if (!before) return;
    const more = sure ? entries : unsure(entries);
    const all = where === "start" ? [...more, ...before] : [...before, ...more];
    scope.names.set(name, { node: undefined, entries: all });
  }

  /** `urlpatterns.append(…)` and its kin; any other call may change what it is given. */
  function call(node: Expression, statement: Statement, scope: Scope, sure: boolean): void {
    if (node.nodeType !== "Call") return;
    const { func, args } = node;
    const [first, second] = args;
    const name = func.nodeType === "Attribute" && func.value.nodeType === "Name" ? func.value.id : undefined;
    if (func.nodeType === "Attribute" && name !== undefined && entriesOf(name, scope)) {
      if (func.attr === "append" && first) add(scope, name, element(first, scope), sure, "end");
      else if (func.attr === "extend" && first) add(scope, name, list(first, scope), sure, "end");
      else if (func.attr === "insert" && second) add(scope, name, element(second, scope), sure, "start");
      else lose([statement], scope);
      return;
    }
    for (const argument of args) {
      if (argument.nodeType !== "Name") continue;
      const known = scope.names.get(argument.id)?.entries;
      const entry = open("is handed to a function that is not followed", placeIn(node, scope));
      if (known) scope.names.set(argument.id, { node: undefined, entries: [...unsure(known), entry] });
    }
  }

  function entriesOf(name: string, scope: Scope): readonly Entry[] | undefined {
    const own = scope.names.get(name);
    if (own) return own.entries;
    const written: Name = { ...nowhere, nodeType: "Name", id: name, ctx: "Load" };
    const dotted = scope.file.qualified(written);
    return dotted === undefined || dotted === name ? undefined : importedEntries(dotted);
  }

  /** The patterns that a dotted name stands for in a module of the project. */
  function importedEntries(dotted: string): readonly Entry[] | undefined {
    const dot = dotted.lastIndexOf(".");
    const scope = dot < 0 ? undefined : scopeOf(dotted.slice(0, dot));
    return scope && entriesOf(dotted.slice(dot + 1), scope);
  }
}

function importedModule(
  { level, module }: Extract<Statement, { nodeType: "ImportFrom" }>,
  file: SourceFile,
): string {
  if (level === 0) return module ?? "";
  const parts = file.dotted.split(".");
  const packages = file.path.endsWith("/__init__.py") ? parts : parts.slice(0, -1);
  return [...packages.slice(0, packages.length + 1 - level), ...(module === null ? [] : [module])].join(".");
}
