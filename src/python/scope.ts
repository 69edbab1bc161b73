import type { Footprint } from "./analysis.ts";
import { footprint } from "./analysis.ts";
import type { FunctionBody } from "./function.ts";
import { str } from "./make.ts";
import type { Expression, Lambda, Statement } from "./tree.ts";
import type { Binding, Class, FunctionValue, Module, Opaque, Value } from "./value.ts";

/** Where names live: CPython's namespaces. */
export type Scope = ModuleScope | ClassScope | FunctionScope;

/** A module whose openness is found out while it runs. */
export interface ProjectModule extends Module {
  open?: Opaque;
  /**
   * Set when a library that is not modelled was called for its effect, which may have been to set names
   * here. A name that is missing is then not known to be an error.
   */
  affected?: Opaque;
}

export interface ModuleScope {
  readonly kind: "module";
  readonly file: string;
  readonly names: Map<string, Binding>;
  readonly module: ProjectModule;
  /** For relative imports: "" at the top. */
  readonly package: string;
}

export interface ClassScope {
  readonly kind: "class";
  readonly file: string;
  readonly names: Map<string, Binding>;
  readonly top: ModuleScope;
  readonly parent: Scope;
  readonly plan: Plan;
  readonly qualifiedName: string;
  /** Given each name and value that the body binds, and gives what to bind: as the dict of `__prepare__` would. */
  readonly watch: Value | undefined;
  /** Set once the body has run. */
  class: Class | undefined;
}

export interface FunctionScope {
  readonly kind: "function";
  readonly file: string;
  readonly names: Map<string, Binding>;
  readonly top: ModuleScope;
  readonly parent: Scope;
  readonly plan: Plan;
  /** Undefined for a comprehension. */
  readonly body: FunctionBody | undefined;
  /** What the yields of the statement being executed were answered with, in a generator. */
  readonly answers: Map<Expression, Answer> | undefined;
}
type Answer = Binding["value"];

export interface Plan {
  readonly locals: ReadonlySet<string>;
  readonly globals: ReadonlySet<string>;
  readonly nonlocals: ReadonlySet<string>;
}

export function topOf(scope: Scope): ModuleScope {
  return scope.kind === "module" ? scope : scope.top;
}

/** A private name as it is kept: `__name` in a class `C` is `_C__name`. */
export function mangled(name: string, scope: Scope): string {
  if (!name.startsWith("__") || name.endsWith("__")) return name;
  let within: Scope = scope;
  while (within.kind === "function") within = within.parent;
  if (within.kind === "module") return name;
  const own = within.qualifiedName.slice(within.qualifiedName.lastIndexOf(".") + 1).replace(/^_+/, "");
  return own === "" ? name : `_${own}${name}`;
}

const plans = new WeakMap<object, Plan>();

/** Which names of a function are its own. CPython decides this before it runs, and so do we. */
export function planOf(node: {
  readonly args: Lambda["args"];
  readonly body: readonly Statement[] | Expression;
}): Plan {
  const before = plans.get(node);
  if (before) return before;
  const found = footprintOf(node.body);
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const parameters = [
    ...posonlyargs,
    ...args,
    ...kwonlyargs,
    ...(vararg ? [vararg] : []),
    ...(kwarg ? [kwarg] : []),
  ];
  const plan = ownNames(
    found,
    parameters.map(({ arg }) => arg),
  );
  plans.set(node, plan);
  return plan;
}

export function classPlan(body: readonly Statement[]): Plan {
  return ownNames(footprint(body), []);
}

function ownNames(found: Footprint, parameters: readonly string[]): Plan {
  const elsewhere = (name: string) => found.globals.has(name) || found.nonlocals.has(name);
  return {
    locals: new Set([...parameters, ...[...found.binds].filter((name) => !elsewhere(name))]),
    globals: found.globals,
    nonlocals: found.nonlocals,
  };
}

export function footprintOf(body: readonly Statement[] | Expression): Footprint {
  return footprint("nodeType" in body ? wrapped(body) : body);
}

const wrappers = new WeakMap<Expression, readonly Expression[]>();
function wrapped(expression: Expression): readonly Expression[] {
  const before = wrappers.get(expression) ?? [expression];
  wrappers.set(expression, before);
  return before;
}

/** `__qualname__`: "Outer.method", "outer.<locals>.inner". */
export function qualifiedName({ name, body }: Pick<FunctionValue, "name" | "body">): string {
  return `${prefixOf(body.scope as Scope)}${name}`;
}

/** What stands before the names of what is defined in a scope. */
export function prefixOf(scope: Scope): string {
  if (scope.kind === "module") return "";
  if (scope.kind === "class") return `${scope.qualifiedName}.`;
  if (!scope.body) return prefixOf(scope.parent);
  const { node } = scope.body;
  return `${prefixOf(scope.parent)}${node.nodeType === "Lambda" ? "<lambda>" : node.name}.<locals>.`;
}

/** The documentation string of a body. */
export function docOfBody(body: readonly Statement[]): Value | undefined {
  const [first] = body;
  const text =
    first?.nodeType === "Expr" && first.value.nodeType === "Constant" ? first.value.value : undefined;
  return typeof text === "string" ? str(text) : undefined;
}

export function docOf({ body: { node } }: FunctionValue): Value | undefined {
  return node.nodeType === "Lambda" ? undefined : docOfBody(node.body);
}
