import type { ClassDef } from "../../../python/tree.ts";
import { assigned, type Definitions, type Named, type OwnClass, textIn } from "./definitions.ts";

/** The app that an entry of INSTALLED_APPS stands for, as `AppConfig.create` finds it. */
export interface AppName {
  /** The package: "shop.orders". */
  readonly name: string;
  /** "orders"; undefined where its AppConfig does not say so in plain text. */
  readonly label: string | undefined;
}

// django/apps/config.py of Django 3.2 to 6.1, read on 2026-11-20.

/** Undefined for an entry that is no app of the project's, or of which this cannot be told. */
export function appNamed(entry: string, definitions: Definitions): AppName | undefined {
  const package_ = definitions.locate(entry);
  if (!package_) {
    const named = definitions.resolve(entry);
    return named?.kind === "own" ? fromConfig(named, definitions) : undefined;
  }
  const file = definitions.locate(`${entry}.apps`)?.file;
  const configs = file ? definitions.classesOf(file).filter((one) => isConfig(one, definitions, 0)) : [];
  const candidates = configs.filter(({ node }) => flag(node, "default") !== false);
  const chosen =
    candidates.length === 1 ? candidates : candidates.filter(({ node }) => flag(node, "default"));
  const [config, ...more] = chosen;
  if (config && more.length === 0)
    return fromConfig(config, definitions) ?? { name: entry, label: undefined };
  return { name: entry, label: more.length > 0 ? undefined : lastOf(entry) };
}

function fromConfig(config: OwnClass, definitions: Definitions): AppName | undefined {
  const name = attribute(config, "name", definitions, 0);
  const text = name.text ?? (name.written ? undefined : "");
  if (text === "") return undefined;
  // `name = __name__.rpartition(".")[0]`, or something like it: the package that the class stands in.
  const package_ = text ?? config.file.dotted.replace(/\.apps$/, "");
  const label = attribute(config, "label", definitions, 0);
  return { name: package_, label: label.written ? label.text : lastOf(package_) };
}

interface Attribute {
  readonly written: boolean;
  readonly text: string | undefined;
}

/** An attribute of a class, or of one that it is made from. */
function attribute(
  { file, node }: OwnClass,
  name: string,
  definitions: Definitions,
  depth: number,
): Attribute {
  const value = assigned(node.body, name);
  if (value) return { written: true, text: textIn(value) };
  if (depth > 8) return { written: false, text: undefined };
  for (const base of node.bases) {
    const named = definitions.named(file, base);
    if (named?.kind !== "own") continue;
    const inherited = attribute(named, name, definitions, depth + 1);
    if (inherited.written) return inherited;
  }
  return { written: false, text: undefined };
}

function isConfig({ file, node }: OwnClass, definitions: Definitions, depth: number): boolean {
  return node.bases.some((base) => isConfigBase(definitions.named(file, base), definitions, depth));
}

function isConfigBase(named: Named | undefined, definitions: Definitions, depth: number): boolean {
  if (!named || depth > 8) return false;
  if (named.kind === "own") return isConfig(named, definitions, depth + 1);
  return (
    /^django\.apps\.(?:config\.)?AppConfig$/.test(named.name) || /\w(?:Config|AppConfig)$/.test(named.name)
  );
}

/** A constant of a class: True or False; undefined for what is not there or no constant. */
export function flag(node: ClassDef, name: string): boolean | undefined {
  const value = assigned(node.body, name);
  return value?.nodeType === "Constant" && typeof value.value === "boolean" ? value.value : undefined;
}

function lastOf(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}
