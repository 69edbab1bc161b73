import type { Location } from "../location.ts";
import { annotationValue } from "./annotations.ts";
import type { Execution } from "./execution.ts";
import { textKey } from "./hash.ts";
import { internalAs, internalOf, unwrap } from "./internal.ts";
import { builtin } from "./machine.ts";
import { dict, float, int, list, none, str, touch, tuple } from "./make.ts";
import { classOf, findInClass, openBase, specialMethod, typeName } from "./names.ts";
import { attributeStore, bindingStore, namespaceDict } from "./namespaces.ts";
import { opaqueAttribute } from "./opaque.ts";
import type { Scope } from "./scope.ts";
import { docOf, qualifiedName, topOf } from "./scope.ts";
import { hasRoom } from "./slots.ts";
import type { Expression } from "./tree.ts";
import { types } from "./types.ts";
import type { BoundMethod, Class, DictEntry, FunctionValue, Instance, Module, Value } from "./value.ts";
import { dependingOn, noEnv } from "./value.ts";

/** `value.name`, or undefined where Python would raise AttributeError. */
export function findAttribute(run: Execution, value: Value, name: string, at?: Location): Value | undefined {
  switch (value.kind) {
    case "opaque":
      return opaqueAttribute(run, value, name, at);
    case "module":
      return moduleAttribute(run, value, name, at);
    case "class":
      return classAttribute(run, value, name, at);
    case "instance":
      return instanceAttribute(run, value, name, at);
    case "function": {
      const own = value.attributes.get(name);
      if (own) return own;
      if (name === "__name__") return str(value.name, value.at);
      if (name === "__qualname__") return str(qualifiedName(value), value.at);
      if (name === "__doc__") return docOf(value) ?? none(at);
      if (name === "__module__") return str(topOf(value.body.scope as Scope).module.name);
      if (name === "__defaults__" || name === "__kwdefaults__" || name === "__annotations__")
        return signaturePart(run, value, name, at);
      if (name === "__dict__")
        return namespaceDict(
          attributeStore(value.attributes, () => {}),
          at,
        );
      break;
    }
    case "method": {
      if (name === "__self__") return value.self;
      if (name === "__func__") return value.function;
      const own = findAttribute(run, value.function, name, at);
      if (own) return own;
      break;
    }
    case "builtin":
      if (name === "__name__" || name === "__qualname__") return str(value.name);
  }
  if (name === "__class__") return classOf(value);
  const found = findInClass(classOf(value), name);
  if (found) return boundTo(run, found.value, value, classOf(value), at);
  // What stands for a function in a model may be a class or an object in the library.
  if (value.kind === "builtin" && !name.startsWith("__")) {
    return run.opaque(`uses ${value.name}.${name}, which is not modelled`, at);
  }
  const number = numberPart(value, name, at);
  if (number) return number;
  if (unmodelled[value.kind]?.includes(name))
    return run.opaque(`uses ${name}, which is not modelled`, at, [value]);
  // What every object has and settings never look at.
  if (name.startsWith("__") && name.endsWith("__")) return special(run, name, at);
  return undefined;
}

/** What a `def` keeps of its parameters. */
function signaturePart(run: Execution, of: FunctionValue, name: string, at?: Location): Value {
  const { node, scope, defaults, namedDefaults } = of.body;
  if (name === "__defaults__") return defaults.length > 0 ? tuple(defaults, at) : none(at);
  const entries = new Map<string, DictEntry>();
  const put = (key: string, value: Value) => entries.set(textKey(key), { key: str(key, at), value });
  if (name === "__kwdefaults__") {
    for (const [key, value] of namedDefaults) put(key, value);
    return entries.size > 0 ? dict(entries, at) : none(at);
  }
  if (node.nodeType === "Lambda") return dict(entries, at);
  const { posonlyargs, args, vararg, kwonlyargs, kwarg } = node.args;
  const all = [
    ...posonlyargs,
    ...args,
    ...(vararg ? [vararg] : []),
    ...kwonlyargs,
    ...(kwarg ? [kwarg] : []),
  ];
  const read = (key: string, annotation: Expression) =>
    put(key, annotationValue(run, annotation, scope as Scope));
  for (const { arg, annotation } of all) if (annotation) read(arg, annotation);
  if (node.returns) read("return", node.returns);
  const made = dict(entries, at);
  of.attributes.set(name, made);
  return made;
}

/** What every number has: the parts of a complex number, and those of a fraction. */
function numberPart(value: Value, name: string, at?: Location): Value | undefined {
  if (value.kind === "float") {
    if (name === "real") return value;
    return name === "imag" ? float(0, at, value.env) : undefined;
  }
  if (value.kind !== "int" && value.kind !== "bool") return undefined;
  if (name === "real" || name === "numerator") return int(BigInt(value.value), at, value.env);
  if (name === "imag" || name === "denominator") return int(name === "imag" ? 0 : 1, at, value.env);
  return undefined;
}

/** What Python's own types have besides, and no settings were seen to use. */
const unmodelled: Readonly<Partial<Record<Value["kind"], readonly string[]>>> = {
  bytes: ["expandtabs", "isascii", "istitle", "maketrans", "translate"],
};

function special(run: Execution, name: string, at?: Location): Value | undefined {
  if (name === "__doc__") return none(at);
  return everywhere.has(name) ? run.opaque(`looks at ${name}`, at) : undefined;
}

const everywhere = new Set(
  "__code__ __globals__ __closure__ __defaults__ __kwdefaults__ __annotations__ __module__ __call__ __get__ __format__ __reduce__ __sizeof__ __qualname__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __str__ __repr__ __init__ __new__".split(
    " ",
  ),
);

/** As Python's descriptors do: a function found on a class becomes a method, a property is asked. */
export function boundTo(
  run: Execution,
  found: Value,
  self: Value | undefined,
  of: Class,
  at?: Location,
): Value {
  switch (found.kind) {
    case "function":
      return self ? method(self, found, at) : found;
    case "builtin":
      return self && found.binds ? method(self, found, at) : found;
    case "instance": {
      const data = internalOf(found);
      if (data?.is === "staticmethod") return data.function;
      if (data?.is === "classmethod") return method(of, data.function, at);
      if (data?.is === "property") {
        if (!self) return found;
        if (!data.get) return run.raise("AttributeError", "unreadable attribute", at);
        return run.call(data.get, [self], undefined, at);
      }
      const get = specialMethod(found, "__get__");
      return get ? run.call(get, [found, self ?? none(), of], undefined, at) : found;
    }
    default:
      return found;
  }
}

function method(self: Value, found: Value, at: Location | undefined): BoundMethod {
  return { kind: "method", self, function: found, at, env: noEnv };
}

/** Names that a library certainly does not have, such as what it dropped in the version that is installed. */
function isAbsent(run: Execution, module: Module, name: string): boolean {
  for (const absent of run.models.get(module.name)?.absent?.(run) ?? []) if (absent === name) return true;
  return false;
}

function moduleAttribute(run: Execution, module: Module, name: string, at?: Location): Value | undefined {
  const bound = module.names.get(name);
  if (bound) return bound.value;
  if (name === "__dict__") return namespaceDict(bindingStore(run, module), at);
  if (name === "__name__") return str(module.name);
  const below = `${module.name}.${name}`;
  const loaded = run.modules.get(below) ?? (run.models.has(below) ? run.importModule(below, at) : undefined);
  if (loaded) return loaded;
  const dynamic = module.names.get("__getattr__")?.value;
  if (dynamic) return run.call(dynamic, [str(name, at)], undefined, at);
  if (isAbsent(run, module, name)) return undefined;
  if (module.open) return run.opaque(module.open.because, at, [module.open]);
  return name === "__doc__" ? none(at) : undefined;
}

function classAttribute(run: Execution, of: Class, name: string, at?: Location): Value | undefined {
  switch (name) {
    case "__name__":
      return str(of.name, of.at);
    case "__qualname__":
      return of.attributes.get(name) ?? str(of.name, of.at);
    case "__module__":
      return str(of.module, of.at);
    case "__mro__":
      return tuple(of.mro, at);
    case "__bases__":
      return tuple(of.bases, at);
    case "__subclasses__":
      if (of.subclasses) return builtin(name, (_, args) => list([...(of.subclasses ?? [])], args.at));
      break;
    case "__class__":
      return classOf(of);
    case "__dict__":
      return namespaceDict(
        attributeStore(of.attributes, () => {}),
        at,
      );
  }
  const ofMeta = of.meta && findInClass(of.meta, name);
  if (of.meta && ofMeta && isDataDescriptor(ofMeta.value)) return boundTo(run, ofMeta.value, of, of.meta, at);
  const found = findInClass(of, name);
  // What every class has from `object` is not what its metaclass says.
  if (found && !(ofMeta && found.owner === types.object)) return boundTo(run, found.value, undefined, of, at);
  if (of.meta && ofMeta && ofMeta.owner !== types.type) return boundTo(run, ofMeta.value, of, of.meta, at);
  const getter = specialMethod(of, "__getattr__");
  if (getter) return run.call(getter, [of, str(name, at)], undefined, at);
  const ofType = types.type.attributes.get(name);
  if (ofType && !name.startsWith("__")) return boundTo(run, ofType, of, types.type, at);
  const dynamic = of.attributes.get("__class_getattr__");
  if (dynamic) return run.call(dynamic, [of, str(name, at)], undefined, at);
  const open = openBase(of)?.open;
  if (open) return run.opaque(open.because, at, [open]);
  if (name === "__doc__") return none(at);
  if (name === "__annotations__") return dict(new Map(), at);
  if (isLibrary(run, of)) return run.opaque(`uses ${of.name}.${name}, which is not modelled`, at);
  return special(run, name, at);
}

/** A class of a library's model, which need not know every attribute. */
function isLibrary(run: Execution, of: Class): boolean {
  return of.mro.some(
    ({ module, at }) => module !== "builtins" && module !== "enum" && at === undefined && !run.locate(module),
  );
}

function instanceAttribute(run: Execution, self: Instance, name: string, at?: Location): Value | undefined {
  const data = internalAs(self, "super");
  if (data) return superAttribute(run, data.after, data.self, name, at);
  const getter = specialMethod(self, "__getattribute__");
  if (getter) return run.call(getter, [self, str(name, at)], undefined, at);
  const found = findInClass(self.class, name);
  const own = self.attributes.get(name);
  if (!own && found && isDeclaredFor(found.owner, name)) {
    const open = openBase(self.class)?.open;
    if (open) return run.opaque(open.because, at, [open, found.value]);
  }
  if (own && !(found && isDataDescriptor(found.value))) return own;
  if (found) return boundTo(run, found.value, self, self.class, at);
  if (name === "__class__") return self.class;
  if (name === "__dict__")
    return namespaceDict(
      attributeStore(self.attributes, (env) => touch(self, env)),
      at,
    );
  const dynamic = specialMethod(self, "__getattr__");
  if (dynamic) return run.call(dynamic, [self, str(name, at)], undefined, at);
  const open = openBase(self.class)?.open;
  if (open) return run.opaque(open.because, at, [open]);
  if (name === "__module__") return str(self.class.module);
  const part = partOf(self, name, at) ?? numberPart(unwrap(self), name, at);
  if (part) return part;
  if (isLibrary(run, self.class))
    return run.opaque(`uses ${self.class.name}.${name}, which is not modelled`, at, [self]);
  return special(run, name, at);
}

/** What ranges and slices are made of. */
function partOf(self: Instance, name: string, at?: Location): Value | undefined {
  const data = internalOf(self);
  if (data?.is !== "range" && data?.is !== "slice") return undefined;
  if (name !== "start" && name !== "stop" && name !== "step") return undefined;
  const part = data[name];
  return typeof part === "bigint" ? int(part, at, self.env) : part;
}

/** A library that a class derives from may fill in what the class only declares, with an annotation. */
function isDeclaredFor(owner: Class, name: string): boolean {
  const annotations = owner.attributes.get("__annotations__");
  return annotations?.kind === "dict" && annotations.entries.has(textKey(name));
}

function isDataDescriptor(value: Value): boolean {
  return internalAs(value, "property") !== undefined || specialMethod(value, "__set__") !== undefined;
}

function superAttribute(
  run: Execution,
  after: Class,
  self: Value,
  name: string,
  at?: Location,
): Value | undefined {
  // In a method of a metaclass, the class is an instance of it.
  const isClass = self.kind === "class" && self.mro.includes(after);
  const of = isClass ? self : self.kind === "opaque" ? types.object : classOf(self);
  const rest = of.mro.slice(of.mro.indexOf(after) + 1);
  for (const entry of rest) {
    const found = entry.attributes.get(name);
    // `super().method()` in a classmethod, `super().__new__(cls)`: self is a class.
    if (found) return boundTo(run, found, isClass && !isClassMethod(found) ? undefined : self, of, at);
    if (entry.open) return run.opaque(entry.open.because, at, [entry.open]);
  }
  return undefined;
}

const isClassMethod = (value: Value) => internalAs(value, "classmethod") !== undefined;

export function setAttribute(run: Execution, target: Value, name: string, value: Value, at?: Location): void {
  switch (target.kind) {
    case "opaque":
    case "builtin":
      // What stands for a function in a model may be anything in the library.
      return;
    case "module":
      bindingStore(run, target).set(name, value, at);
      return;
    case "class": {
      const setter = target.meta && specialMethod(target, "__setattr__");
      if (setter) run.call(setter, [target, str(name, at), value], undefined, at);
      else target.attributes.set(name, dependingOn(value, run.ambient));
      return;
    }
    case "function":
      target.attributes.set(name, dependingOn(value, run.ambient));
      return;
    case "instance": {
      const setter = specialMethod(target, "__setattr__");
      if (setter) {
        run.call(setter, [target, str(name, at), value], undefined, at);
        return;
      }
      storeAttribute(run, target, name, value, at);
      return;
    }
    default:
      run.raise("AttributeError", `'${typeName(target)}' object has no attribute '${name}'`, at);
  }
}

/** `object.__setattr__`. */
export function storeAttribute(
  run: Execution,
  target: Instance,
  name: string,
  value: Value,
  at?: Location,
): void {
  const found = findInClass(target.class, name)?.value;
  const property = found && internalAs(found, "property");
  if (property) {
    if (!property.set)
      run.raise("AttributeError", `property '${name}' of '${target.class.name}' object has no setter`, at);
    run.call(property.set, [target, value], undefined, at);
    return;
  }
  const descriptor = found && specialMethod(found, "__set__");
  if (found && descriptor) {
    run.call(descriptor, [found, target, value], undefined, at);
    return;
  }
  if (!hasRoom(target.class, name))
    run.raise(
      "AttributeError",
      found
        ? `'${target.class.name}' object attribute '${name}' is read-only`
        : `'${target.class.name}' object has no attribute '${name}'`,
      at,
    );
  target.attributes.set(name, dependingOn(value, run.ambient));
  touch(target, run.ambient);
}

export function deleteAttribute(run: Execution, target: Value, name: string, at?: Location): void {
  if (target.kind === "opaque") return;
  const property = target.kind === "instance" ? findInClass(target.class, name)?.value : undefined;
  const remove = property && internalAs(property, "property")?.delete;
  if (remove) run.call(remove, [target], undefined, at);
  else {
    const deleter = specialMethod(target, "__delattr__");
    if (deleter) run.call(deleter, [target, str(name, at)], undefined, at);
    else if (target.kind === "module" && target.names.delete(name)) return;
    else if ("attributes" in target && target.attributes.delete(name)) return;
    else run.raise("AttributeError", missingAttribute(target, name), at);
  }
}

/** The message of AttributeError. */
export function missingAttribute(value: Value, name: string): string {
  if (value.kind === "module") return `module '${value.name}' has no attribute '${name}'`;
  if (value.kind === "class") return `type object '${value.name}' has no attribute '${name}'`;
  const data = internalOf(value);
  return `'${data?.is === "super" ? "super" : typeName(value)}' object has no attribute '${name}'`;
}
