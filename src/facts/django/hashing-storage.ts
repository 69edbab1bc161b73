import type { Location } from "../../location.ts";
import type { ClassDef, Statement } from "../../python/tree.ts";
import type { SourceFile } from "../code/source-file.ts";
import type { Code } from "../code.ts";
import { storageInUse } from "./manifest-storage.ts";
import type { SettingsView } from "./settings.ts";

/** Whether collectstatic rewrites what files refer to, and stops at what it does not find. */
export type HashingStorage =
  | {
      readonly kind: "hashing";
      /** Where it keeps the files: a remote one may have others from before. */
      readonly keeps: "local" | "remote";
      /** `support_js_module_import_aggregation` */
      readonly modules: boolean;
      readonly at: Location | undefined;
    }
  | { readonly kind: "other"; readonly because: string };

/** WHITENOISE_MANIFEST_STRICT and `manifest_strict` are for the names in templates; collectstatic does not ask for them. */
const local = [
  "django.contrib.staticfiles.storage.ManifestStaticFilesStorage",
  "whitenoise.storage.CompressedManifestStaticFilesStorage",
  "servestatic.storage.CompressedManifestStaticFilesStorage",
];
const remote = [
  "storages.backends.s3.S3ManifestStaticStorage",
  "storages.backends.s3boto3.S3ManifestStaticStorage",
];

/** What a storage of the project's own may set without anything changing for what collectstatic looks up. */
const harmless = new Set([
  "base_url",
  "default_template",
  "keep_intermediate_files",
  "location",
  "manifest_name",
  "manifest_strict",
  "manifest_version",
]);
const modulesSwitch = "support_js_module_import_aggregation";
/** A class of a class of a class. */
const deepest = 4;

export function hashingStorage(
  view: SettingsView,
  djangoVersion: string | undefined,
  code: Code | undefined,
): HashingStorage {
  const backend = storageInUse(view, djangoVersion);
  if (typeof backend !== "string") return { kind: "other", because: backend.because };
  const setting = view.get("STORAGES");
  const { at } = setting.explicit ? setting : view.get("STATICFILES_STORAGE");
  if (local.includes(backend)) return { kind: "hashing", keeps: "local", modules: false, at };
  if (remote.includes(backend)) return { kind: "hashing", keeps: "remote", modules: false, at };
  const own = code && ownStorage(backend, code, deepest);
  if (own) return { kind: "hashing", ...own, at };
  return backend === "" || /^(?:django|whitenoise|servestatic)\./.test(backend)
    ? { kind: "other", because: "the storage of static files rewrites none" }
    : { kind: "other", because: `what ${backend} does with references is not known` };
}

type Own = Pick<Extract<HashingStorage, { readonly kind: "hashing" }>, "keeps" | "modules">;

/** A class of the project's own that changes nothing of consequence about one that is known. */
function ownStorage(dotted: string, code: Code, depth: number): Own | undefined {
  if (local.includes(dotted)) return { keeps: "local", modules: false };
  if (remote.includes(dotted)) return { keeps: "remote", modules: false };
  const dot = dotted.lastIndexOf(".");
  const name = dotted.slice(dot + 1);
  if (dot < 0 || depth === 0 || !/^\w+$/.test(name)) return undefined;
  const file = code
    .mentioning(new RegExp(`class\\s+${name}\\b`))
    .find((one) => one.dotted === dotted.slice(0, dot));
  const [definition, ...others] = file?.classes.filter((one) => one.name === name) ?? [];
  if (!file || !definition || others.length > 0) return undefined;
  return ofClass(definition, file, code, depth);
}

function ofClass(definition: ClassDef, file: SourceFile, code: Code, depth: number): Own | undefined {
  const [base, ...mixins] = definition.bases;
  if (!base || mixins.length > 0 || definition.keywords.length > 0 || definition.decorator_list.length > 0)
    return undefined;
  const named = file.qualified(base);
  if (named === undefined) return undefined;
  const inherited = ownStorage(named.includes(".") ? named : `${file.dotted}.${named}`, code, depth - 1);
  if (!inherited) return undefined;
  let { modules } = inherited;
  for (const statement of definition.body) {
    if (isIdle(statement)) continue;
    const set = assigned(statement);
    if (set?.name === modulesSwitch && typeof set.value === "boolean") modules = set.value;
    else if (set === undefined || !harmless.has(set.name)) return undefined;
  }
  return { ...inherited, modules };
}

/** `pass`, and texts that document. */
function isIdle(statement: Statement): boolean {
  return (
    statement.nodeType === "Pass" ||
    (statement.nodeType === "Expr" && statement.value.nodeType === "Constant")
  );
}

/** `name = value`; the value where it is written out. */
function assigned(statement: Statement): { readonly name: string; readonly value: unknown } | undefined {
  const target =
    statement.nodeType === "Assign" && statement.targets.length === 1
      ? statement.targets[0]
      : statement.nodeType === "AnnAssign"
        ? statement.target
        : undefined;
  if (target?.nodeType !== "Name" || (statement.nodeType !== "Assign" && statement.nodeType !== "AnnAssign"))
    return undefined;
  return {
    name: target.id,
    value: statement.value?.nodeType === "Constant" ? statement.value.value : undefined,
  };
}
