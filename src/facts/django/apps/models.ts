import type { Location } from "../../../location.ts";
import type { Call, ClassDef, Expression } from "../../../python/tree.ts";
import { assigned, type Definitions, type Named, type OwnClass, textIn } from "./definitions.ts";
import { isFileField, isModelBase } from "./libraries.ts";

/** A model of one of the project's own apps. */
export interface Model {
  readonly name: string;
  readonly at: Location;
  /**
   * `concrete`: it surely has a table that migrations make; `likely`: it has one if a class of a library that it is
   * made from is a model, or if a test goes so; the others have none of their own.
   */
  readonly kind: "concrete" | "likely" | "abstract" | "proxy" | "unmanaged";
  /** Its fields for files, those of its abstract bases with them. */
  readonly fileFields: readonly FileField[];
}

export interface FileField {
  readonly name: string;
  readonly at: Location;
  /** `default`: the storage that the settings name; `own`: the field is given one. */
  readonly storage: "default" | "own";
}

/** A model, and the app that its Meta puts it into; undefined for the one that it stands in. */
export interface FoundModel extends Model {
  readonly appLabel: string | undefined;
}

/** Nobody makes classes from classes as often. */
const deepest = 12;

/** The model that a class is; undefined for a class that is none. */
export function modelOf(own: OwnClass, definitions: Definitions): FoundModel | undefined {
  const { file, node } = own;
  const is = isModel(own, definitions, 0);
  if (is === false) return undefined;
  const meta = metaOf(own, definitions, 0);
  const hasFields = node.body.some(
    (each) => each.nodeType === "Assign" && isField(own, each.value, definitions),
  );
  if (is === undefined && !hasFields) return undefined;
  return {
    name: node.name,
    at: file.at(node),
    kind: kindOf(meta, is === true && !own.guarded),
    fileFields: fieldsOf(own, definitions, 0),
    appLabel: meta.appLabel,
  };
}

function kindOf(meta: Meta, certain: boolean): Model["kind"] {
  if (meta.abstract) return "abstract";
  if (meta.proxy) return "proxy";
  if (meta.managed === false) return "unmanaged";
  return certain && !meta.unclear && !meta.swappable ? "concrete" : "likely";
}

function isModel(own: OwnClass, definitions: Definitions, depth: number): boolean | undefined {
  if (depth > deepest) return undefined;
  const bases = own.node.bases.map((base): boolean | undefined => {
    const named = baseOf(own, base, definitions);
    if (named === "nothing") return false;
    if (!named) return undefined;
    return named.kind === "own" ? isModel(named, definitions, depth + 1) : isModelBase(named.name);
  });
  return bases.includes(true) ? true : bases.includes(undefined) ? undefined : false;
}

/** `Generic[T]` counts for what stands before the bracket, and says nothing; a class that a call makes is not known. */
function baseOf(
  { file }: OwnClass,
  base: Expression,
  definitions: Definitions,
): Named | "nothing" | undefined {
  if (base.nodeType === "Subscript") return definitions.named(file, base.value) ?? "nothing";
  return definitions.named(file, base);
}

interface Meta {
  readonly abstract: boolean;
  readonly proxy: boolean;
  readonly managed: boolean | undefined;
  readonly appLabel: string | undefined;
  readonly swappable: boolean;
  /** An option is no constant. */
  readonly unclear: boolean;
}

const noMeta: Meta = {
  abstract: false,
  proxy: false,
  managed: undefined,
  appLabel: undefined,
  swappable: false,
  unclear: false,
};

/** The options of a model: its own, or those of an abstract model that it is made from, which is then no longer abstract. */
function metaOf(own: OwnClass, definitions: Definitions, depth: number): Meta {
  if (depth > deepest) return noMeta;
  const written = own.node.body.find(
    (node): node is ClassDef => node.nodeType === "ClassDef" && node.name === "Meta",
  );
  const inherited = () => {
    for (const base of own.node.bases) {
      const named = baseOf(own, base, definitions);
      if (named === "nothing" || named?.kind !== "own") continue;
      const meta = metaOf(named, definitions, depth + 1);
      if (meta.abstract) return { ...meta, abstract: false };
    }
    return undefined;
  };
  if (!written) return inherited() ?? noMeta;
  const above = written.bases.length > 0 ? (inherited() ?? noMeta) : noMeta;
  const option = (name: string, otherwise: boolean | undefined) => {
    const value = assigned(written.body, name);
    if (!value) return { is: otherwise, unclear: false };
    const known = value.nodeType === "Constant" && typeof value.value === "boolean";
    return { is: known ? value.value === true : otherwise, unclear: !known };
  };
  const [abstract, proxy, managed] = [
    option("abstract", false),
    option("proxy", above.proxy),
    option("managed", above.managed),
  ];
  const label = assigned(written.body, "app_label");
  return {
    abstract: abstract.is === true,
    proxy: proxy.is === true,
    managed: managed.is,
    appLabel: label ? textIn(label) : above.appLabel,
    swappable: above.swappable || assigned(written.body, "swappable") !== undefined,
    unclear:
      abstract.unclear ||
      proxy.unclear ||
      managed.unclear ||
      (label !== undefined && textIn(label) === undefined),
  };
}

/** `models.CharField(…)` */
function isField({ file }: OwnClass, value: Expression, definitions: Definitions): boolean {
  const named = value.nodeType === "Call" ? definitions.named(file, value.func) : undefined;
  return (
    named?.kind === "library" &&
    /^django\.(?:db|contrib\.gis\.db)\.models\.\w*(?:Field|ForeignKey)$/.test(named.name)
  );
}

function fieldsOf(own: OwnClass, definitions: Definitions, depth: number): readonly FileField[] {
  if (depth > deepest) return [];
  const fields = own.node.body.flatMap((node) => {
    const target = node.nodeType === "Assign" ? node.targets[0] : undefined;
    if (node.nodeType !== "Assign" || target?.nodeType !== "Name" || node.value.nodeType !== "Call")
      return [];
    const call = node.value;
    if (!takesFiles(definitions.named(own.file, call.func), definitions, 0)) return [];
    return { name: target.id, at: own.file.at(node), storage: storageOf(call) };
  });
  const inherited = own.node.bases.flatMap((base) => {
    const named = baseOf(own, base, definitions);
    if (named === "nothing" || named?.kind !== "own") return [];
    // The table of a model that is not abstract has the field, and that model is listed itself.
    const hands = metaOf(named, definitions, 0).abstract || isModel(named, definitions, 0) === false;
    return hands ? fieldsOf(named, definitions, depth + 1) : [];
  });
  return [...fields, ...inherited.filter(({ name }) => !fields.some((each) => each.name === name))];
}

function takesFiles(named: Named | undefined, definitions: Definitions, depth: number): boolean {
  if (!named || depth > deepest) return false;
  if (named.kind === "library") return isFileField(named.name);
  // One that is made from it with a storage of its own looks just the same, so a method of its own counts as that.
  const plain = named.node.body.every((node) => node.nodeType !== "FunctionDef" || node.name !== "__init__");
  return (
    plain &&
    named.node.bases.some((base) => takesFiles(definitions.named(named.file, base), definitions, depth + 1))
  );
}

/** `FileField(verbose_name, name, upload_to, storage)` */
function storageOf({ args, keywords }: Call): FileField["storage"] {
  const given = keywords.some(({ arg }) => arg === "storage" || arg === null);
  return given || args.length > 3 || args.some(({ nodeType }) => nodeType === "Starred") ? "own" : "default";
}
