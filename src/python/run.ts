import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import { assign, bind, lookup } from "./assign.ts";
import { deleteAttribute, findAttribute, missingAttribute, setAttribute } from "./attributes.ts";
import { Budget, limits } from "./budget.ts";
import { builtins } from "./builtins/builtins.ts";
import { callValue, invoke } from "./call.ts";
import { isInstance } from "./class-tests.ts";
import { compare, equal, isComparison } from "./compare.ts";
import { ScenarioEnvironment } from "./environment.ts";
import { evaluate } from "./evaluate.ts";
import { exceptionClasses, exceptionOf, exceptionWith } from "./exceptions.ts";
import { runBody, stepsOf } from "./execute.ts";
import type { Completion, Execution, Iteration, Steps } from "./execution.ts";
import { hashKey } from "./hash.ts";
import { executeFile, importModule } from "./imports.ts";
import { instanceOfInternal } from "./internal.ts";
import type { Located } from "./locate.ts";
import type { Args, Model, OpaqueDetails } from "./machine.ts";
import { envOf, dict as makeDict } from "./make.ts";
import { classOf } from "./names.ts";
import { Notes } from "./notes.ts";
import { opaqueFrom } from "./opaque.ts";
import { binary } from "./operators.ts";
import { placeOf } from "./place.ts";
import { itemsOf, iterator, truth } from "./protocols.ts";
import { PythonException } from "./raised.ts";
import { reprOf, strOf } from "./repr.ts";
import type { Scenario, World } from "./scenario.ts";
import type { FunctionScope, ModuleScope, ProjectModule, Scope } from "./scope.ts";
import { topOf } from "./scope.ts";
import { searchPath } from "./search-path.ts";
import { deleteItem, setEntry, setItem, subscript } from "./subscripts.ts";
import type { Parsed } from "./syntax.ts";
import type { BinaryOperator, CompareOperator, Expression, Span, Statement } from "./tree.ts";
import { types } from "./types.ts";
import type { Builtin, Class, Dict, EnvNames, Known, Module, Opaque, Value } from "./value.ts";
import { mergeEnv, noEnv } from "./value.ts";

/** A project file, parsed, with its text; or why there is none. */
export type Source =
  | (Parsed & { readonly text: string })
  | { readonly kind: "unreadable"; readonly because: string };

/** What a run is made from. */
export interface RunParts {
  readonly files: ProjectFiles;
  readonly world: World;
  readonly scenario: Scenario;
  readonly models: ReadonlyMap<string, Model>;
  /** Finds modules on a list of the project's folders. */
  findOn(path: readonly string[]): (module: string) => Located | undefined;
  source(file: string): Source | undefined;
}

/** One run: the state, and the parts of the interpreter wired together. */
export class PythonRun implements Execution {
  readonly files: ProjectFiles;
  readonly world: World;
  readonly scenario: Scenario;
  readonly models: ReadonlyMap<string, Model>;
  readonly source: RunParts["source"];
  readonly environment = new ScenarioEnvironment(() => this);
  readonly budget = new Budget();
  readonly notes = new Notes();
  readonly modules = new Map<string, Module>();
  readonly scopes = new Map<Module, ModuleScope>();
  /** Every project module that was begun, also those that failed. */
  readonly started = new Map<string, Module>();
  readonly loading = new Set<string>();
  readonly texts = new Map<string, string>();
  readonly written = new Set<string>();
  readonly folders = new Set<string>();
  readonly presence = new Map<string, boolean>();
  readonly handling: PythonException[] = [];
  ambient: EnvNames = noEnv;
  risk: EnvNames = noEnv;
  annotating = false;
  depth = 0;
  recursionLimit: number = limits.depth;
  guards = 0;
  node: Span | undefined;
  scope: Scope;
  readonly #findOn: RunParts["findOn"];

  constructor(parts: RunParts) {
    this.files = parts.files;
    this.world = parts.world;
    this.scenario = parts.scenario;
    this.models = parts.models;
    this.#findOn = parts.findOn;
    this.source = parts.source;
    const module: ProjectModule = { kind: "module", name: "", names: new Map(), at: undefined, env: noEnv };
    this.scope = { kind: "module", file: "", names: module.names, module, package: "" };
  }

  begin(scope: ModuleScope): void {
    const { module } = scope;
    this.modules.set(module.name, module);
    this.scopes.set(module, scope);
    this.started.set(module.name, module);
  }

  get currentFile(): string {
    return this.scope.file;
  }
  place(node: Span): Location {
    return placeOf(node, this.scope.file);
  }
  here(): Location | undefined {
    return this.node && this.scope.file !== "" ? this.place(this.node) : undefined;
  }
  lastPlace(): Location | undefined {
    return this.node && this.notes.files.length > 0
      ? placeOf(this.node, this.notes.files.at(-1) ?? "")
      : undefined;
  }
  find(module: string): Located | undefined {
    return this.#findOn(searchPath(this))(module);
  }
  locate(module: string): string | undefined {
    return this.find(module)?.file;
  }

  evaluate(node: Expression, scope: Scope): Value {
    return evaluate(this, node, scope);
  }
  body(body: readonly Statement[], scope: Scope): Completion | undefined {
    return runBody(this, body, scope);
  }
  steps(body: readonly Statement[], scope: Scope): Steps<Completion | undefined> {
    return stepsOf(this, body, scope);
  }
  invoke(callee: Value, args: Args): Value {
    return invoke(this, callee, args);
  }
  assign(target: Expression, value: Value, scope: Scope): void {
    assign(this, target, value, scope);
  }
  bind(scope: Scope, name: string, value: Value, at: Location | undefined): void {
    bind(this, scope, name, value, at);
  }
  lookup(name: string, scope: Scope, at: Location | undefined): Value {
    return lookup(this, name, scope, at, builtins);
  }
  functionScope(): FunctionScope | undefined {
    for (let scope = this.scope; scope.kind !== "module"; scope = scope.parent) {
      if (scope.kind === "function" && scope.body) return scope;
    }
    return undefined;
  }

  opaque(
    because: string,
    at: Location | undefined,
    from: readonly Value[] = [],
    details: OpaqueDetails = {},
  ): Opaque {
    return opaqueFrom(because, at, from, details);
  }
  dict(entries: Iterable<readonly [Value, Value]>, at: Location | undefined, env: EnvNames = noEnv): Dict {
    const made: Dict = makeDict(new Map(), at, env);
    let all = env;
    for (const [key, value] of entries) {
      setEntry(this, made, key, value, at);
      all = envOf([key, value], all);
    }
    return { ...made, env: all };
  }
  classMethod(method: Builtin): Value {
    return instanceOfInternal(types.classmethod, { is: "classmethod", function: { ...method, binds: true } });
  }

  call(
    callee: Value,
    positional: readonly Value[],
    named?: ReadonlyMap<string, Value>,
    at?: Location,
  ): Value {
    return callValue(this, callee, positional, named, at);
  }
  findAttribute(value: Value, name: string, at?: Location): Value | undefined {
    return findAttribute(this, value, name, at);
  }
  attribute(value: Value, name: string, at?: Location): Value {
    return (
      findAttribute(this, value, name, at) ??
      this.raise("AttributeError", missingAttribute(value, name), at, value.env)
    );
  }
  setAttribute(target: Value, name: string, value: Value, at?: Location): void {
    setAttribute(this, target, name, value, at);
  }
  deleteAttribute(target: Value, name: string, at?: Location): void {
    deleteAttribute(this, target, name, at);
  }
  subscript(value: Value, key: Value, at?: Location): Value {
    return subscript(this, value, key, at);
  }
  setItem(target: Value, key: Value, value: Value, at?: Location): void {
    setItem(this, target, key, value, at);
  }
  deleteItem(target: Value, key: Value, at?: Location): void {
    deleteItem(this, target, key, at);
  }
  iterator(value: Value, at?: Location): Iteration | Opaque {
    return iterator(this, value, at);
  }
  iterate(value: Value, at?: Location): readonly Value[] | Opaque {
    return itemsOf(this, value, at);
  }
  truth(value: Value): boolean | undefined {
    return truth(this, value);
  }
  str(value: Value): string | Opaque {
    return strOf(this, value);
  }
  repr(value: Value): string | Opaque {
    return reprOf(this, value);
  }
  equal(a: Value, b: Value): boolean | undefined {
    return equal(this, a, b);
  }
  hashKey(value: Value): string | undefined {
    return hashKey(this, value);
  }
  isInstance(value: Value, of: Class): boolean | undefined {
    return isInstance(this, value, of);
  }
  classOf(value: Known): Class {
    return classOf(value);
  }

  import(module: string, at?: Location): Module {
    return importModule(this, module, at);
  }
  importModule(name: string, at: Location | undefined): Module {
    return importModule(this, name, at);
  }
  classNamed(path: string): Class {
    const dot = path.lastIndexOf(".");
    const found =
      dot < 0
        ? (exceptionClasses.get(path) ?? builtins.get(path))
        : this.importModule(path.slice(0, dot), undefined).names.get(path.slice(dot + 1))?.value;
    return found?.kind === "class" ? found : types.object;
  }
  execute(file: string | Opaque, at?: Location): void {
    const scope = topOf(this.scope);
    if (typeof file === "string") executeFile(this, file, scope, at);
    else scope.module.open = this.opaque(file.because, at, [file]);
  }

  raise(exception: string | Class, message: string, at?: Location, env: EnvNames = noEnv): never {
    const of = typeof exception === "string" ? this.classNamed(exception) : exception;
    const all = mergeEnv(env, this.ambient);
    const place = at ?? this.here();
    const made = message === "" ? exceptionOf(of, [], place, all) : exceptionWith(of, message, place, all);
    throw new PythonException(made, place, all);
  }
  raiseObject(exception: Value, at?: Location): never {
    if (exception.kind !== "instance")
      return this.raise("RuntimeError", "an exception that is not known", at);
    throw new PythonException(exception, at ?? this.here(), mergeEnv(exception.env, this.ambient));
  }
  work(size: number): void {
    this.budget.spend(size >>> 4);
  }
  operate(op: BinaryOperator | CompareOperator, left: Value, right: Value, at?: Location): Value {
    return isComparison(op) ? compare(this, op, left, right, at) : binary(this, op, left, right, at);
  }
  noteText(text: string, file: string): void {
    this.texts.set(text, file);
  }
  candidate(value: Value, text: string): void {
    this.notes.candidate(value.env, text);
  }

  decide(value: Value, node: Span): boolean {
    const known = truth(this, value);
    // A variable that is set has text; that it might be empty is no scenario of its own.
    const settled = value.kind !== "opaque" || value.cause === "environment";
    if (settled && known !== undefined) return known;
    const at = this.place(node);
    const key = this.notes.visit(`${at.file}:${at.line}:${at.column}`);
    const taken = this.scenario.branches.get(key) ?? known ?? false;
    const because = value.kind === "opaque" ? value.because : "has a truth that cannot be known";
    this.notes.branch({ key, taken, at, because, env: value.env, text: this.#textOf(node) });
    return taken;
  }

  #textOf(node: Span): string {
    const source = this.source(this.scope.file);
    if (!source || source.kind === "unreadable") return "";
    const lines = linesIn(source).slice(node.lineno - 1, node.end_lineno);
    const last = lines.length - 1;
    const cut = lines.map((line, i) =>
      line.slice(i === 0 ? node.col_offset : 0, i === last ? node.end_col_offset : undefined),
    );
    return cut.join(" ").replace(/\s+/g, " ").trim();
  }
}

const splitSources = new WeakMap<object, readonly string[]>();

function linesIn(source: { readonly text: string }): readonly string[] {
  const lines = splitSources.get(source) ?? source.text.split(/\r\n|\r|\n/);
  splitSources.set(source, lines);
  return lines;
}
