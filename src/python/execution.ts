import type { Location } from "../location.ts";
import type { Budget } from "./budget.ts";
import type { Located } from "./locate.ts";
import type { Args, Machine, Model } from "./machine.ts";
import type { Notes } from "./notes.ts";
import type { PythonException } from "./raised.ts";
import type { Scenario } from "./scenario.ts";
import type { FunctionScope, ModuleScope, Scope } from "./scope.ts";
import type { Parsed } from "./syntax.ts";
import type { Expression, Span, Statement } from "./tree.ts";
import type { EnvNames, Module, Opaque, Value } from "./value.ts";

/** How a body ended, other than by reaching its end. */
export type Completion =
  | { readonly kind: "return"; readonly value: Value }
  | { readonly kind: "break" }
  | { readonly kind: "continue" };

/** A body that can stop in the middle, at a `yield`. */
export type Steps<Result> = Generator<Value, Result, Value>;

/**
 * One run of the interpreter, as its parts see it: a `Machine`, plus what only they may touch. The
 * parts (`evaluate.ts`, `execute.ts`, `call.ts`, …) are functions over it, and reach one another
 * through it, so that none imports another in a circle.
 */
export interface Execution extends Machine {
  readonly scenario: Scenario;
  readonly budget: Budget;
  readonly notes: Notes;
  readonly models: ReadonlyMap<string, Model>;
  /** `sys.modules`: what has been imported, or is being imported. */
  readonly modules: Map<string, Module>;
  /** The scopes of the project's modules. */
  readonly scopes: ReadonlyMap<Module, ModuleScope>;
  /** Enters a module of the project that is about to run. */
  begin(scope: ModuleScope): void;
  /** Parses a project file; undefined if there is none to be read. */
  source(file: string): Parsed | { readonly kind: "unreadable"; readonly because: string } | undefined;
  /** Where a module of the project is. */
  find(module: string): Located | undefined;
  /** Modules that are being imported: they have only the names they have so far. */
  readonly loading: Set<string>;
  /** Texts that the code has read from project files, and which. */
  readonly texts: Map<string, string>;
  /** Project files that the code has written to. */
  readonly written: Set<string>;
  /** What was decided about libraries that may not be installed. */
  readonly presence: Map<string, boolean>;

  /** The variables that decided that control is where it is. */
  ambient: EnvNames;
  /** The variables that decided whether something raised, within the innermost `try`. */
  risk: EnvNames;
  /** Innermost scope that is being executed. */
  scope: Scope;
  /** An annotation is being evaluated: what it is made of is kept. */
  annotating: boolean;
  /** Innermost function scopes' chain, for `super()` and recursion. */
  depth: number;
  /** The node that is being executed, for errors that have no better place. */
  node: Span | undefined;
  /** Exceptions that are being handled, innermost last. */
  readonly handling: PythonException[];
  /** How many of the `try` statements around catch ImportError. */
  guards: number;

  place(node: Span): Location;
  here(): Location | undefined;

  evaluate(node: Expression, scope: Scope): Value;
  /** Runs a body that cannot yield. */
  body(body: readonly Statement[], scope: Scope): Completion | undefined;
  /** Runs a body of a generator. */
  steps(body: readonly Statement[], scope: Scope): Steps<Completion | undefined>;
  invoke(callee: Value, args: Args): Value;
  assign(target: Expression, value: Value, scope: Scope): void;
  bind(scope: Scope, name: string, value: Value, at: Location | undefined): void;
  lookup(name: string, scope: Scope, at: Location | undefined): Value;
  setAttribute(target: Value, name: string, value: Value, at?: Location): void;
  deleteAttribute(target: Value, name: string, at?: Location): void;
  deleteItem(target: Value, key: Value, at?: Location): void;
  /** An attribute, or undefined where Python would raise AttributeError. */
  findAttribute(value: Value, name: string, at?: Location): Value | undefined;
  /** The items of a value one after the other; an opaque value where nothing is known of them. */
  iterator(value: Value, at?: Location): Iteration | Opaque;
  importModule(name: string, at: Location | undefined): Module;
  /** The truth of a test, deciding what cannot be known as the scenario says. */
  decide(value: Value, node: Span): boolean;
  /** See `hash.ts`. */
  hashKey(value: Value): string | undefined;
  functionScope(): FunctionScope | undefined;
}

/** A walk over values. `open` is set when there may be more than it gives. */
export interface Iteration {
  next(): Value | undefined;
  readonly open?: Opaque | undefined;
  readonly env: EnvNames;
}
