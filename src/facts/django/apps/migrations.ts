import { nameOf } from "../../../files/listing.ts";
import type { ProjectFiles } from "../../../files/project-files.ts";
import { type Location, startOf } from "../../../location.ts";
import type { ClassDef, Expression } from "../../../python/tree.ts";
import type { SourceFile } from "../../code/source-file.ts";
import type { Code } from "../../code.ts";
import { type Definitions, textIn } from "./definitions.ts";

/** Where the migrations of an app are, as Django's loader finds them. */
export type Migrations =
  | {
      readonly kind: "package";
      /** "shop.migrations" */
      readonly module: string;
      readonly folder: string;
      readonly migrations: readonly Migration[];
    }
  /** There is no such module. */
  | { readonly kind: "absent"; readonly module: string }
  /** A folder without `__init__.py`, or a plain module: Django takes the app for one without migrations. */
  | { readonly kind: "namespace" | "module"; readonly module: string; readonly path: string }
  /** `MIGRATION_MODULES = {"shop": None}` */
  | { readonly kind: "disabled" }
  /** In a module that is not the project's, or that cannot be told; says why, as a clause. */
  | { readonly kind: "unclear"; readonly because: string };

export interface Migration {
  /** "0002_order_paid" */
  readonly name: string;
  readonly at: Location;
  /** Of the app's own migrations and of others'; `__first__` and `__latest__` as they are written. */
  readonly dependencies: readonly MigrationKey[];
  readonly runBefore: readonly MigrationKey[];
  readonly replaces: readonly MigrationKey[];
  /** Why there may be more of these, as a clause: it is not written as lists of texts. */
  readonly unclear: string | undefined;
}

export interface MigrationKey {
  readonly label: string;
  readonly name: string;
  readonly at: Location;
}

// django/db/migrations/loader.py of Django 3.2 to 6.1, read on 2026-11-20.

/** @param module as MIGRATION_MODULES says, or the app's own "migrations". */
export function migrationsIn(
  module: string,
  {
    files,
    code,
    definitions,
  }: { readonly files: ProjectFiles; readonly code: Code; readonly definitions: Definitions },
): Migrations {
  const located = definitions.locate(module);
  if (!located) return { kind: "absent", module };
  const { file, folder } = located;
  if (folder === undefined) return { kind: "module", module, path: file?.path ?? "" };
  if (!files.isFile(`${folder}/__init__.py`)) return { kind: "namespace", module, path: folder };
  const migrations = files.children(folder).flatMap((path) => {
    const name = nameOf(path).replace(/\.py$/, "");
    if (!path.endsWith(".py") || !files.isFile(path) || /^[_~]|\./.test(name)) return [];
    return migrationIn(name, path, code.file(path));
  });
  return { kind: "package", module, folder, migrations };
}

function migrationIn(name: string, path: string, file: SourceFile | undefined): Migration | [] {
  const nothing = { name, at: startOf(path), dependencies: [], runBefore: [], replaces: [] };
  if (!file) return { ...nothing, unclear: `${path} cannot be parsed` };
  const found = file.module.body.findLast(
    (node): node is ClassDef => node.nodeType === "ClassDef" && node.name === "Migration",
  );
  if (!found) {
    // A module beside the migrations that holds none is one that Django stumbles over, or it hands one on.
    return file.imported.has("Migration") || file.stars.length > 0 || file.text.includes("Migration")
      ? { ...nothing, unclear: `${path} makes its Migration in a way that is not understood` }
      : [];
  }
  const parts = { dependencies: keysIn(found, "dependencies"), runBefore: keysIn(found, "run_before") };
  const replaces = keysIn(found, "replaces");
  const isKnown = found.bases.every((base) => /^django\.db\.migrations\./.test(file.qualified(base) ?? ""));
  const clear =
    isKnown && [parts.dependencies, parts.runBefore, replaces].every((keys) => keys !== undefined);
  return {
    name,
    at: file.at(found),
    dependencies: parts.dependencies ?? [],
    runBefore: parts.runBefore ?? [],
    replaces: replaces ?? [],
    unclear: clear ? undefined : `${path} makes its lists in a way that is not understood`,
  };

  /** Undefined where it is no list of texts. */
  function keysIn(node: ClassDef, attribute: string): readonly MigrationKey[] | undefined {
    const keys: MigrationKey[] = [];
    for (const statement of node.body) {
      const assigns =
        (statement.nodeType === "Assign" && statement.targets.some((each) => isNamed(each, attribute))) ||
        (statement.nodeType === "AnnAssign" && isNamed(statement.target, attribute));
      if (!assigns) {
        if (mentions(statement, attribute)) return undefined;
        continue;
      }
      const list = statement.value;
      if (list?.nodeType !== "List" && list?.nodeType !== "Tuple") return undefined;
      keys.length = 0;
      for (const item of list.elts) {
        if (isSwappable(item)) continue;
        const [label, of, ...more] = item.nodeType === "Tuple" || item.nodeType === "List" ? item.elts : [];
        const [text, target] = [textIn(label), textIn(of)];
        if (text === undefined || target === undefined || more.length > 0 || !file) return undefined;
        keys.push({ label: text, name: target, at: file.at(item) });
      }
    }
    return keys;
  }
}

/** `dependencies += …`, `dependencies.append(…)`, or an assignment under a test. */
function mentions(node: ClassDef["body"][number], attribute: string): boolean {
  if (node.nodeType === "AugAssign") return isNamed(node.target, attribute);
  if (node.nodeType === "Expr" && node.value.nodeType === "Call") {
    const { func } = node.value;
    return func.nodeType === "Attribute" && isNamed(func.value, attribute);
  }
  return node.nodeType === "If" || node.nodeType === "Try" || node.nodeType === "For";
}

function isNamed(target: Expression, name: string): boolean {
  return target.nodeType === "Name" && target.id === name;
}

/** It stands for the first migration of the app that has the model, which changes no line of its own app. */
function isSwappable(node: Expression): boolean {
  if (node.nodeType !== "Call") return false;
  const { func } = node;
  return (
    (func.nodeType === "Attribute" && func.attr === "swappable_dependency") ||
    isNamed(func, "swappable_dependency")
  );
}
