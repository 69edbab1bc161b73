import type { Location } from "../location.ts";
import type { Execution } from "./execution.ts";
import { textKey } from "./hash.ts";
import { str } from "./make.ts";
import type { Dict, DictEntry, EnvNames, Module, Opaque, Value } from "./value.ts";
import { dependingOn, mergeEnv, noEnv } from "./value.ts";

/** Names and what they hold, wherever they are kept. */
export interface Store {
  get(name: string): Value | undefined;
  set(name: string, value: Value, at?: Location): void;
  delete(name: string): boolean;
  names(): Iterable<string>;
  size(): number;
  /** The module whose names they are. */
  readonly module?: Module;
  /** Names came into it that nobody knows, as `from … import *` brings them. */
  readonly opened?: (by: Opaque) => void;
}

/** A module's names: assignments to them are bindings. */
export function bindingStore(run: Execution, module: Module): Store {
  const scope = run.scopes.get(module);
  return {
    module,
    get: (name) => module.names.get(name)?.value,
    set: (name, value, at = run.here()) => {
      if (scope) run.bind(scope, name, value, at);
      else
        module.names.set(name, {
          value: dependingOn(value, run.ambient),
          at,
          env: mergeEnv(value.env, run.ambient),
        });
    },
    delete: (name) => module.names.delete(name),
    names: () => module.names.keys(),
    size: () => module.names.size,
    opened: (by) => {
      if (scope) scope.module.open = by;
    },
  };
}

/** The attributes of an object or a class. `changed` is told what a change depended on. */
export function attributeStore(attributes: Map<string, Value>, changed: (env: EnvNames) => void): Store {
  return {
    get: (name) => attributes.get(name),
    set: (name, value) => {
      attributes.set(name, value);
      changed(value.env);
    },
    delete: (name) => attributes.delete(name),
    names: () => attributes.keys(),
    size: () => attributes.size,
  };
}

/** Whose names a dict is, if it is `globals()` of a module or its `__dict__`. */
export function moduleOf({ entries }: Dict): Module | undefined {
  return entries instanceof NamespaceEntries ? entries.module : undefined;
}

/** A dict that is a view of a store, as `globals()` and `__dict__` are. */
export function namespaceDict(store: Store, at: Location | undefined): Dict {
  const made: Dict = { kind: "dict", entries: new NamespaceEntries(store), at, env: noEnv };
  const { module, opened } = store;
  if (!module || !opened) return made;
  return Object.defineProperty(made, "open", {
    get: () => module.open,
    set: (by: Opaque | undefined) => by && opened(by),
    enumerable: true,
  });
}

class NamespaceEntries extends Map<string, DictEntry> {
  readonly #store: Store;
  /** Keys that are no names: Python allows them in a namespace, and nobody uses them. */
  readonly #others = new Map<string, DictEntry>();
  constructor(store: Store) {
    super();
    this.#store = store;
  }
  get module(): Module | undefined {
    return this.#store.module;
  }
  override get size(): number {
    return this.#store.size() + this.#others.size;
  }
  override has(key: string): boolean {
    return key.startsWith("s") ? this.#store.get(key.slice(1)) !== undefined : this.#others.has(key);
  }
  override get(key: string): DictEntry | undefined {
    if (!key.startsWith("s")) return this.#others.get(key);
    const name = key.slice(1);
    return this.#store.get(name) === undefined ? undefined : this.#entry(name);
  }
  override set(key: string, entry: DictEntry): this {
    if (key.startsWith("s")) this.#store.set(key.slice(1), entry.value);
    else this.#others.set(key, entry);
    return this;
  }
  override delete(key: string): boolean {
    return key.startsWith("s") ? this.#store.delete(key.slice(1)) : this.#others.delete(key);
  }
  override clear(): void {
    for (const name of [...this.#store.names()]) this.#store.delete(name);
    this.#others.clear();
  }
  override *entries(): MapIterator<[string, DictEntry]> {
    for (const name of this.#store.names()) yield [textKey(name), this.#entry(name)];
    yield* this.#others.entries();
  }
  override *keys(): MapIterator<string> {
    for (const [key] of this.entries()) yield key;
  }
  override *values(): MapIterator<DictEntry> {
    for (const [, entry] of this.entries()) yield entry;
  }
  override [Symbol.iterator](): MapIterator<[string, DictEntry]> {
    return this.entries();
  }
  override forEach(visit: (entry: DictEntry, key: string, map: Map<string, DictEntry>) => void): void {
    for (const [key, entry] of this.entries()) visit(entry, key, this);
  }
  #entry(name: string): DictEntry {
    const store = this.#store;
    return {
      key: str(name),
      get value() {
        return store.get(name) ?? str("");
      },
      set value(value) {
        store.set(name, value);
      },
    };
  }
}
