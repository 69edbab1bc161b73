import { annotationValue } from "./annotations.ts";
import { inside } from "./call.ts";
import type { Execution } from "./execution.ts";
import { textKey } from "./hash.ts";
import { instanceOfInternal, internalAs } from "./internal.ts";
import { dict, envOf, str, tuple } from "./make.ts";
import { specialMethod } from "./names.ts";
import type { ClassScope, Scope } from "./scope.ts";
import { classPlan, docOfBody, mangled, prefixOf, topOf } from "./scope.ts";
import type { ClassDef } from "./tree.ts";
import { types } from "./types.ts";
import type { Class, DictEntry, Opaque, Value } from "./value.ts";
import { mergeEnv } from "./value.ts";

/** Runs a `class` statement, without its decorators. */
export function makeClass(run: Execution, node: ClassDef, scope: Scope): Value {
  const at = run.place(node);
  const { bases, open, meta } = evaluateBases(run, node, scope);
  const named = new Map<string, Value>();
  for (const { arg, value } of node.keywords) if (arg !== null) named.set(arg, run.evaluate(value, scope));
  const qualifiedName = prefixOf(scope) + node.name;
  const prepare = bases
    .flatMap(({ mro }) => mro)
    .find((base) => base.attributes.has("__class_prepare__"))
    ?.attributes.get("__class_prepare__");
  const inner: ClassScope = {
    kind: "class",
    file: scope.file,
    names: new Map(),
    top: topOf(scope),
    parent: scope,
    plan: classPlan(node.body),
    qualifiedName,
    watch: prepare && run.call(prepare, [tuple(bases, at)], undefined, at),
    class: undefined,
  };
  const annotations = inside(run, inner, () => {
    run.body(node.body, inner);
    return annotationsOf(run, node, inner);
  });
  const attributes = new Map(
    [...inner.names].map(([name, { value }]) => [mangled(name, inner), value] as const),
  );
  attributes.set("__qualname__", str(qualifiedName, at));
  const doc = docOfBody(node.body);
  if (doc && !attributes.has("__doc__")) attributes.set("__doc__", doc);
  if (annotations.size > 0) attributes.set("__annotations__", dict(annotations, at));
  for (const name of ["__init_subclass__", "__class_getitem__"]) {
    const method = attributes.get(name);
    if (method?.kind === "function") {
      attributes.set(name, instanceOfInternal(types.classmethod, { is: "classmethod", function: method }));
    }
  }
  const module = topOf(scope).module.name;
  // A library's metaclass does in our model what its classes ask for themselves.
  if (meta && meta.at !== undefined) {
    const namespace = new Map(
      [["__module__", str(module, at)] as const, ...attributes].map(
        ([name, value]) => [textKey(name), { key: str(name), value }] as const,
      ),
    );
    const keywords = new Map([...named].filter(([name]) => name !== "metaclass"));
    const positional = [str(node.name, at), tuple(bases, at), dict(namespace, at)];
    const result = run.invoke(meta, { positional, named: keywords, at });
    if (result.kind === "class") inner.class = result;
    return result;
  }
  const slots = attributes.get("__slots__");
  const slotted =
    slots?.kind === "str" ? [slots] : slots?.kind === "tuple" || slots?.kind === "list" ? slots.items : [];
  for (const slot of slotted)
    if (slot.kind === "str" && attributes.has(slot.value))
      run.raise("ValueError", `'${slot.value}' in __slots__ conflicts with class variable`, at);
  const made = classFrom(run, node.name, module, bases, attributes, {
    at,
    env: mergeEnv(envOf(bases), run.ambient),
    ...(open ? { open } : {}),
  });
  inner.class = made;
  return finish(run, made, named);
}

/** Makes a class from its parts: `type(name, bases, namespace)`. */
export function classFrom(
  run: Execution,
  name: string,
  module: string,
  bases: readonly Class[],
  attributes: Map<string, Value>,
  origin: Pick<Class, "at" | "env" | "open" | "meta">,
): Class {
  const parents = bases.length > 0 ? bases : [types.object];
  const mro: Class[] = [];
  const inherited = parents.find((base) => base.meta)?.meta;
  const made: Class = {
    kind: "class",
    name,
    module,
    bases: parents,
    mro,
    attributes,
    subclasses: [],
    ...(inherited ? { meta: inherited } : {}),
    ...origin,
  };
  const rest = linearise(parents);
  if (!rest) {
    const names = parents.map((base) => base.name).join(", ");
    return run.raise(
      "TypeError",
      `Cannot create a consistent method resolution\norder (MRO) for bases ${names}`,
      origin.at,
    );
  }
  mro.push(made, ...rest);
  for (const parent of parents) parent.subclasses?.push(made);
  return made;
}

/** `__set_name__` of what is in the class, then `__init_subclass__` of what it derives from. */
export function finish(run: Execution, made: Class, named: ReadonlyMap<string, Value>): Value {
  for (const [name, value] of [...made.attributes]) {
    const method = value.kind === "instance" ? specialMethod(value, "__set_name__") : undefined;
    if (method) run.call(method, [value, made, str(name)]);
  }
  const keywords = new Map([...named].filter(([name]) => name !== "metaclass"));
  for (const parent of made.mro.slice(1)) {
    const hook = parent.attributes.get("__init_subclass__");
    if (!hook) continue;
    run.call(internalAs(hook, "classmethod")?.function ?? hook, [made], keywords);
    break;
  }
  // A model of a library may want to replace or complete the classes that derive from its own.
  const build = made.mro
    .slice(1)
    .find((parent) => parent.attributes.has("__class_build__"))
    ?.attributes.get("__class_build__");
  return build ? run.call(build, [made], keywords) : made;
}

interface Bases {
  readonly bases: Class[];
  readonly open?: Opaque;
  readonly meta?: Class | undefined;
}

function evaluateBases(run: Execution, node: ClassDef, scope: Scope): Bases {
  const bases: Class[] = [];
  let open: Opaque | undefined;
  let meta: Class | undefined;
  for (const expression of node.bases) {
    if (expression.nodeType === "Starred") continue;
    const value = run.evaluate(expression, scope);
    const entries = specialMethod(value, "__mro_entries__");
    if (value.kind === "class") bases.push(value);
    else if (value.kind === "opaque") open = value;
    else if (entries)
      open ??= run.opaque("derives from what is not modelled", run.place(expression), [value]);
    else if (value.kind === "function" || value.kind === "builtin") {
      // `NamedTuple` and `TypedDict` are functions that stand for classes.
      open = run.opaque(`derives from ${value.name}, which is not modelled`, run.place(expression));
    } else if (value.kind === "instance") {
      // What a library's model keeps as an object may be a class there (`app.Task` of Celery).
      open = run.opaque(`derives from an object of ${value.class.name}`, run.place(expression), [value]);
    } else run.raise("TypeError", "bases must be types", run.place(expression));
  }
  for (const { arg, value } of node.keywords) {
    if (arg !== "metaclass") continue;
    const given = run.evaluate(value, scope);
    if (given.kind === "opaque") open ??= given;
    else if (given.kind === "class" && given.mro.includes(types.type) && given !== types.type) meta = given;
    else if (given.kind !== "class")
      open ??= run.opaque("has a metaclass that is no class", run.place(value), [given]);
  }
  meta ??= bases.map((base) => base.meta).find((one) => one !== undefined);
  return { bases, ...(open ? { open } : {}), meta };
}

/** C3: https://docs.python.org/3/howto/mro.html. Undefined if there is no such order. */
function linearise(bases: readonly Class[]): Class[] | undefined {
  let lists = [...bases.map((base) => [...base.mro]), [...bases]].filter((list) => list.length > 0);
  const order: Class[] = [];
  while (lists.length > 0) {
    const next = lists
      .map(([first]) => first)
      .find((first) => first && lists.every((list) => list.indexOf(first) <= 0));
    if (!next) return undefined;
    order.push(next);
    lists = lists.map((list) => (list[0] === next ? list.slice(1) : list)).filter((list) => list.length > 0);
  }
  return order;
}

/**
 * `__annotations__` of a class body, which data classes and settings classes are made from. What an
 * annotation names may be unknown to us, or be defined later; that is no failure of the project.
 */
function annotationsOf(run: Execution, node: ClassDef, scope: ClassScope): Map<string, DictEntry> {
  const found = new Map<string, DictEntry>();
  for (const statement of node.body) {
    if (statement.nodeType !== "AnnAssign" || statement.target.nodeType !== "Name") continue;
    const name = statement.target.id;
    const value = annotationValue(run, statement.annotation, scope);
    found.set(textKey(name), { key: str(name, run.place(statement.target)), value });
  }
  return found;
}
