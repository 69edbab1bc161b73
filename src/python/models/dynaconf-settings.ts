import type { Location } from "../../location.ts";
import type { Machine } from "../machine.ts";
import type { EnvNames, Opaque, Value } from "../value.ts";
import { mergeEnv, noEnv } from "../value.ts";
import { acted, localMerge, merged } from "./dynaconf-merge.ts";
import {
  actionOf,
  copied,
  dictIn,
  entryIn,
  hasText,
  holdsLazy,
  takenFrom,
  upperfy,
} from "./dynaconf-nodes.ts";
import { isOwnName, optionDefaults, optionKey } from "./dynaconf-options.ts";
import { filledIn, type Parsing, parsed } from "./dynaconf-parse.ts";
import { none, str, textOf } from "./make.ts";

/** How a value is set. */
export interface Setting {
  /** Texts are TOML where they can be. */
  readonly toml?: boolean;
  /** `dynaconf_merge` of the file or the table. */
  readonly merge?: boolean | undefined;
  /** Whether dots and `__` lead into dicts. */
  readonly dotted?: boolean;
}

/** dynaconf's `Settings`: what was set so far, by upper-case name (https://www.dynaconf.com/). */
export class Store {
  readonly machine: Machine;
  readonly at: Location | undefined;
  readonly values = new Map<string, Value>();
  /** What every value depends on: which tables of the files count. */
  shared: EnvNames = noEnv;
  /** The settings as an object of Python's. */
  settings: Value = none();
  /** The folder of the first file that was read, which stands for the root path where none was said. */
  firstFolder: string | undefined;
  /** Why any setting may be another: what sets them is not known. */
  hidden: Opaque | undefined;
  /** A value as the settings give it away: dicts whose keys are attributes, too. */
  wrapped: (value: Value) => Value = (value) => value;

  constructor(machine: Machine, at: Location | undefined) {
    this.machine = machine;
    this.at = at;
  }

  get parsing(): Parsing {
    return { machine: this.machine, at: this.at, settings: this.settings };
  }

  option(name: string): Value {
    const key = optionKey(name);
    return this.values.get(key) ?? optionDefaults.get(key)?.() ?? none();
  }
  isOn(name: string): boolean {
    return this.machine.truth(this.option(name)) === true;
  }
  /** The text of an option; undefined if it is none. */
  text(name: string): string | undefined {
    return textOf(this.option(name));
  }

  /** The prefixes of variables that are settings, the strongest last. */
  get prefixes(): readonly string[] {
    const prefix = this.option("ENVVAR_PREFIX");
    if (prefix.kind === "none") return [];
    const names = (textOf(prefix) ?? "").split(",").map((one) => `${one.toUpperCase()}_`);
    const own = prefix.kind === "bool" ? [""] : names;
    return own.includes("DYNACONF_") && own.length === 1 ? own : ["DYNACONF_", ...own];
  }

  /** The variable that decides a setting after everything else. */
  variableOf(key: string): string | undefined {
    const prefix = this.prefixes.at(-1);
    return prefix === undefined ? undefined : `${prefix}${key}`;
  }

  /** What is stored under a name in any case, as it is. */
  raw(key: string): Value | undefined {
    const exact = this.values.get(key);
    if (exact) return exact;
    const lower = key.toLowerCase();
    for (const [name, value] of this.values) if (name.toLowerCase() === lower) return value;
    return undefined;
  }

  /** `settings.get(key)`, which follows dots; undefined if there is none. */
  get(key: string): Value | undefined {
    const separator = this.text("NESTED_SEPARATOR");
    const dotted = separator ? key.replaceAll(separator, ".") : key;
    const [first = "", ...path] = dotted.split(".");
    if (path.length === 0 || !this.isOn("DOTTED_LOOKUP"))
      return this.read(this.raw(upperfy(key)), upperfy(key));
    let value = this.read(this.raw(upperfy(first)), upperfy(first));
    let name = first;
    for (const part of path) {
      if (value === undefined || value.kind === "opaque") return value;
      const dict = dictIn(value);
      if (dict) value = entryIn(dict, part) ?? dict.open;
      else if (value.kind === "list" && /^\d+$/.test(part)) value = value.items[Number(part)] ?? value.open;
      else
        this.machine.raise(
          "AttributeError",
          `Invalid dotted lookup in ${dotted}. ${name} is a ${this.machine.classOf(value).name}`,
          this.at,
          value.env,
        );
      name = part;
    }
    return value;
  }

  /** A stored value with its texts filled in, and with what it depends on. */
  read(value: Value | undefined, key: string): Value | undefined {
    if (this.hidden && !isOwnName(key)) return this.hidden;
    if (value === undefined) return undefined;
    const whole = holdsLazy(value) ? filledIn(this.parsing, value) : value;
    if (isOwnName(key)) return whole;
    const variable = this.variableOf(key);
    const env = mergeEnv(this.shared, variable === undefined ? noEnv : [variable]);
    return copied(this.machine, whole, env);
  }

  /** `settings.set(key, value)`. */
  set(key: string, value: Value, how: Setting = {}): void {
    const separator = this.text("NESTED_SEPARATOR");
    const dotted =
      separator && this.values.has(optionKey("NESTED_SEPARATOR")) ? key.replaceAll(separator, ".") : key;
    if (dotted.includes(".") && (how.dotted ?? this.isOn("DOTTED_LOOKUP"))) {
      this.setInside(dotted.split("."), value, how);
      return;
    }
    this.put(upperfy(dotted.trim()), value, how);
  }

  private put(key: string, value: Value, { toml = false, merge }: Setting): void {
    let fresh = parsed(this.parsing, value, toml);
    const before = this.raw(key);
    if (actionOf(fresh)?.dynaconf === "del") {
      this.values.delete(key);
      return;
    }
    // Merging changes what is new, and takes from what is old.
    fresh = acted(this.machine, before && copied(this.machine, before), fresh);
    if (before && before.kind !== "none" && this.machine.equal(before, fresh) !== true)
      fresh = merge
        ? merged(this.machine, copied(this.machine, before), fresh)
        : this.mergedBySelf(copied(this.machine, before), fresh, merge ?? this.isOn("MERGE_ENABLED"));
    this.values.set(key, fresh);
  }

  /** `_merge_before_set`: the value itself says whether it is to be merged, or else the options do. */
  private mergedBySelf(before: Value, fresh: Value, otherwise: boolean): Value {
    if (fresh.kind === "dict") {
      const { wanted, rest } = localMerge(this.machine, fresh);
      return wanted || (otherwise && wanted !== false) ? merged(this.machine, before, rest) : rest;
    }
    if (fresh.kind !== "list") return fresh;
    const plain = takenFrom(fresh, "dynaconf_merge");
    const unique = !plain && takenFrom(fresh, "dynaconf_merge_unique");
    return plain || unique || otherwise ? merged(this.machine, before, fresh, { unique }) : fresh;
  }

  /** `_dotted_set`: one value inside dicts; what stands beside it stays. */
  private setInside(path: readonly string[], value: Value, how: Setting): void {
    const { machine } = this;
    const [first = "", ...keys] = path;
    const leaf = parsed(this.parsing, value, how.toml);
    let tree: Value = leaf;
    for (const key of [...keys].reverse())
      tree = machine.dict([[str(key, leaf.at, leaf.env), tree]], leaf.at, leaf.env);
    const existing = this.raw(upperfy(first));
    const isThere = existing !== undefined && machine.truth(existing) !== false;
    if (isThere) {
      const old = machine.dict([[str(first), copied(machine, existing)]], this.at);
      const fresh = machine.dict([[str(first), tree]], this.at);
      const whole = merged(machine, old, fresh, { path, lists: "shallow" });
      tree = (whole.kind === "dict" ? entryIn(whole, first) : whole) ?? tree;
    }
    this.put(upperfy(first.trim()), tree, { ...how, toml: false });
  }

  /** `populate_obj`: every setting of the project, merged with what the object has where that was asked for. */
  populate(
    existing: (name: string) => Value | undefined,
    assign: (name: string, value: Value) => void,
  ): void {
    let merge = this.isOn("MERGE_ENABLED");
    let unique = false;
    for (const stored of [...this.values.keys()]) {
      const key = upperfy(stored);
      if (isOwnName(key)) continue;
      let value = this.get(key);
      if (value === undefined) continue;
      if (value.kind === "dict" && entryIn(value, "dynaconf_merge")) merge = true;
      if (value.kind === "list" && takenFrom(value, "dynaconf_merge")) merge = true;
      if (value.kind === "list" && hasText(value, "dynaconf_merge_unique")) {
        merge = true;
        unique = true;
      }
      const before = existing(key);
      if (
        merge &&
        before &&
        this.machine.truth(before) !== false &&
        (value.kind === "dict" || value.kind === "list")
      )
        value = merged(this.machine, before, value, { unique });
      assign(key, value);
    }
  }

  /** Several texts: a list, or one text with commas or semicolons (`ensure_a_list`). */
  texts(value: Value | undefined): readonly string[] {
    if (value === undefined || this.machine.truth(value) === false) return [];
    const items = value.kind === "list" || value.kind === "tuple" ? value.items : undefined;
    const [text, ...others] = (items ?? [value]).flatMap((item) => {
      const one = this.machine.str(item);
      return typeof one === "string" ? one : [];
    });
    if (text === undefined || items) return text === undefined ? [] : [text, ...others];
    const separator = [";", ","].find((one) => text.includes(one));
    return separator && value.kind === "str" ? text.split(separator).map((part) => part.trim()) : [text];
  }
}
