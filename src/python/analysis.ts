import type { Expression, Pattern, Statement } from "./tree.ts";

/** What can be said about a stretch of code without running it. */
export interface Footprint {
  /** Names it may bind: targets, imports, functions, classes, `del`. */
  readonly binds: ReadonlySet<string>;
  /** Names whose objects it may change: `X.append(…)`, `X["a"] = …`, `X.a = …`. */
  readonly changes: ReadonlySet<string>;
  /** It may bind any name: `from x import *`, `globals()[…] = …`, `exec`. */
  readonly bindsAnything: boolean;
  readonly returns: boolean;
  readonly raises: boolean;
  /** It has a `break` or `continue` of a loop around it. */
  readonly jumps: boolean;
  readonly yields: boolean;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

type Part = Statement | Expression;
const known = new WeakMap<readonly Part[], Footprint>();

/** Looks through a body, not into the bodies of functions and classes that it defines. Remembered by body. */
export function footprint(body: readonly Part[]): Footprint {
  const before = known.get(body);
  if (before) return before;
  const surveyor = new Surveyor();
  for (const part of body) surveyor.visit(part);
  known.set(body, surveyor);
  return surveyor;
}

/** The names that a target or a pattern binds. */
export function boundBy(target: Expression): ReadonlySet<string> {
  const surveyor = new Surveyor();
  surveyor.visit(target);
  return surveyor.binds;
}

/** Calls through which a module's names can be set. */
const namespaces = new Set(["globals", "locals", "vars", "exec", "execfile", "setattr", "include"]);

/** Methods that change a list, a dict or a set. */
const mutators = new Set(
  "append extend insert remove pop clear sort reverse update setdefault popitem add discard".split(" "),
);

class Surveyor implements Footprint {
  readonly binds = new Set<string>();
  readonly changes = new Set<string>();
  readonly globals = new Set<string>();
  readonly nonlocals = new Set<string>();
  bindsAnything = false;
  returns = false;
  raises = false;
  jumps = false;
  yields = false;
  #loops = 0;

  /** Walks fields generically, so that every construct is covered; the cases are what means something here. */
  visit(node: unknown): void {
    if (Array.isArray(node)) {
      for (const item of node) this.visit(item);
      return;
    }
    if (!isNode(node)) return;
    switch (node.nodeType) {
      case "FunctionDef":
      case "AsyncFunctionDef":
      case "ClassDef":
        this.binds.add(node.name);
        this.visit(node.decorator_list);
        if (node.nodeType === "ClassDef") {
          this.visit(node.bases);
          this.visit(node.keywords);
        } else {
          this.visit(node.args.defaults);
          this.visit(node.args.kw_defaults);
        }
        return;
      case "Lambda":
        this.visit(node.args.defaults);
        this.visit(node.args.kw_defaults);
        return;
      case "ListComp":
      case "SetComp":
      case "DictComp":
      case "GeneratorExp":
        this.#comprehension(node);
        return;
      case "Name":
        if (node.ctx !== "Load") this.binds.add(node.id);
        return;
      case "AugAssign":
        if (node.target.nodeType === "Name") this.changes.add(node.target.id);
        break;
      case "Attribute":
      case "Subscript":
        if (node.ctx !== "Load") this.#changed(node.value);
        break;
      case "Call":
        if (node.func.nodeType === "Attribute" && mutators.has(node.func.attr))
          this.#changed(node.func.value);
        else if (node.func.nodeType === "Name" && namespaces.has(node.func.id)) this.bindsAnything = true;
        break;
      case "alias":
        if (node.name === "*") this.bindsAnything = true;
        else this.binds.add(node.asname ?? node.name.split(".")[0] ?? node.name);
        return;
      case "ExceptHandler":
      case "MatchStar":
      case "MatchAs":
        if (node.name !== null) this.binds.add(node.name);
        break;
      case "MatchMapping":
        if (node.rest !== null) this.binds.add(node.rest);
        break;
      case "TypeAlias":
        this.binds.add(node.name.id);
        return;
      case "Global":
        for (const name of node.names) this.globals.add(name);
        return;
      case "Nonlocal":
        for (const name of node.names) this.nonlocals.add(name);
        return;
      case "Return":
        this.returns = true;
        break;
      case "Raise":
      case "Assert":
        this.raises = true;
        break;
      case "Break":
      case "Continue":
        if (this.#loops === 0) this.jumps = true;
        return;
      case "Yield":
      case "YieldFrom":
        this.yields = true;
        break;
      case "For":
      case "AsyncFor":
      case "While":
        this.#loop(node);
        return;
    }
    this.#fields(node);
  }

  #loop(node: Extract<Node, { nodeType: "For" | "AsyncFor" | "While" }>): void {
    if (node.nodeType === "While") this.visit(node.test);
    else {
      this.visit(node.target);
      this.visit(node.iter);
    }
    this.#loops++;
    this.visit(node.body);
    this.#loops--;
    this.visit(node.orelse);
  }

  /** A comprehension has a scope of its own; only `:=` reaches out of it. */
  #comprehension(
    node: Extract<Node, { nodeType: "ListComp" | "SetComp" | "DictComp" | "GeneratorExp" }>,
  ): void {
    const inner = new Surveyor();
    inner.#fields(node);
    for (const name of inner.changes) this.changes.add(name);
    for (const name of walrusNames(node)) this.binds.add(name);
    this.bindsAnything ||= inner.bindsAnything;
  }

  /** The object that `X["a"].b` and `X.setdefault("a").b` lead to is X's. */
  #changed(target: Expression): void {
    if (target.nodeType === "Name") this.changes.add(target.id);
    else if (target.nodeType === "Attribute" || target.nodeType === "Subscript") this.#changed(target.value);
    else if (target.nodeType === "Call") this.#changed(target.func);
  }

  #fields(node: Node): void {
    for (const value of Object.values(node))
      if (typeof value === "object" && value !== null) this.visit(value);
  }
}

function walrusNames(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(walrusNames);
  if (!isNode(node) || node.nodeType === "Lambda") return [];
  const own = node.nodeType === "NamedExpr" ? [node.target.id] : [];
  return [...own, ...Object.values(node).flatMap(walrusNames)];
}

type Node =
  | Statement
  | Expression
  | Pattern
  | Extract<Statement, { nodeType: "Import" }>["names"][number]
  | Extract<Statement, { nodeType: "Try" }>["handlers"][number];

function isNode(node: unknown): node is Node {
  return typeof node === "object" && node !== null && "nodeType" in node;
}
