import type { ProjectFiles } from "../../../files/project-files.ts";
import { moduleFinder } from "../../../python/locate.ts";
import type { ClassDef, Expression, Statement } from "../../../python/tree.ts";
import type { SourceFile } from "../../code/source-file.ts";
import type { Code } from "../../code.ts";

/** A class of the project's own, and the file that it stands in. */
export interface OwnClass {
  readonly file: SourceFile;
  readonly node: ClassDef;
  /** It stands under a test, so that it may not be there. */
  readonly guarded: boolean;
}

/** What a name stands for: a class of the project's, or something of a library by its dotted name. */
export type Named =
  | ({ readonly kind: "own" } & OwnClass)
  | { readonly kind: "library"; readonly name: string };

/** Finds modules and classes of the project by what Python would call them. */
export interface Definitions {
  /** The file of a module, and the folder of a package; undefined for a module that is not the project's. */
  locate(
    module: string,
  ): { readonly file: SourceFile | undefined; readonly folder: string | undefined } | undefined;
  /** What an expression of a file names; undefined for what cannot be told. */
  named(file: SourceFile, expression: Expression): Named | undefined;
  /** What "shop.models.Order" stands for. */
  resolve(dotted: string): Named | undefined;
  /** The classes at the top of a module, also under tests, in order. */
  classesOf(file: SourceFile): readonly OwnClass[];
  /** The files of the project that a module imports, of those that `wanted` says yes to. */
  importsOf(file: SourceFile, wanted: (path: string) => boolean): readonly SourceFile[];
}

/** @param path folders of the project on `sys.path`. */
export function definitionsIn(files: ProjectFiles, code: Code, path: readonly string[]): Definitions {
  const find = moduleFinder(files, path);
  const classes = new Map<string, readonly OwnClass[]>();
  const resolved = new Map<string, Named | undefined>();
  const definitions: Definitions = {
    locate(module) {
      const located = find(module);
      if (!located) return undefined;
      return {
        file: located.file === undefined ? undefined : code.file(located.file),
        folder: located.folders[0],
      };
    },
    named(file, expression) {
      const dotted = file.qualified(expression);
      return dotted === undefined ? undefined : inFile(file, dotted);
    },
    resolve,
    classesOf(file) {
      const known = classes.get(file.path) ?? [...topClasses(file, file.module.body, false)];
      classes.set(file.path, known);
      return known;
    },
    importsOf: (file, wanted) => {
      const modules = [
        ...file.stars,
        ...[...file.imported.values()].flatMap((name) => [name, parentOf(name)]),
      ];
      const found = modules.flatMap((module) => {
        const at = module === "" ? undefined : find(module)?.file;
        return (at !== undefined && at !== file.path && wanted(at) && code.file(at)) || [];
      });
      return [...new Set(found)];
    },
  };
  return definitions;

  function inFile(file: SourceFile, dotted: string): Named | undefined {
    const own = dotted.includes(".") ? undefined : classIn(file, dotted);
    if (own) return { kind: "own", ...own };
    if (dotted.includes(".")) return resolve(dotted);
    return fromStars(file, dotted);
  }

  /** Modules hand names on to each other, in circles too: then none of them has it. */
  function resolve(dotted: string): Named | undefined {
    if (!resolved.has(dotted)) {
      resolved.set(dotted, undefined);
      resolved.set(dotted, lookUp(dotted));
    }
    return resolved.get(dotted);
  }

  function lookUp(dotted: string): Named | undefined {
    const parts = dotted.split(".");
    for (let length = parts.length - 1; length > 0; length -= 1) {
      const located = find(parts.slice(0, length).join("."));
      if (!located) continue;
      const file = located.file === undefined ? undefined : code.file(located.file);
      const [first = "", ...rest] = parts.slice(length);
      if (!file) return undefined;
      const own = rest.length === 0 ? classIn(file, first) : undefined;
      if (own) return { kind: "own", ...own };
      const handedOn = file.imported.get(first);
      // A module that imports its own submodule names itself.
      if (handedOn !== undefined && handedOn !== parts.slice(0, length + 1).join("."))
        return resolve([handedOn, ...rest].join("."));
      return fromStars(file, [first, ...rest].join("."));
    }
    return { kind: "library", name: dotted };
  }

  function fromStars(file: SourceFile, name: string): Named | undefined {
    const found = file.stars.map((module) => resolve(`${module}.${name}`));
    const own = found.find((each) => each?.kind === "own");
    // A library's own name may come from any of them, so it is told only where there is one.
    return own ?? (found.length === 1 ? found[0] : undefined);
  }

  function classIn(file: SourceFile, name: string): OwnClass | undefined {
    return definitions.classesOf(file).findLast(({ node }) => node.name === name);
  }
}

function* topClasses(file: SourceFile, body: readonly Statement[], guarded: boolean): Generator<OwnClass> {
  for (const node of body) {
    if (node.nodeType === "ClassDef") yield { file, node, guarded };
    else if (node.nodeType === "If") yield* topClasses(file, [...node.body, ...node.orelse], true);
    else if (node.nodeType === "Try")
      yield* topClasses(
        file,
        [...node.body, ...node.handlers.flatMap((handler) => handler.body), ...node.orelse],
        true,
      );
    else if (node.nodeType === "With") yield* topClasses(file, node.body, guarded);
  }
}

function parentOf(dotted: string): string {
  return dotted.slice(0, Math.max(0, dotted.lastIndexOf(".")));
}

/** What a class or a module assigns to a name at its top, the last time; undefined if it does not. */
export function assigned(body: readonly Statement[], name: string): Expression | undefined {
  let found: Expression | undefined;
  for (const node of body) {
    if (node.nodeType === "Assign" && node.targets.some((each) => isNamed(each, name))) found = node.value;
    else if (node.nodeType === "AnnAssign" && isNamed(node.target, name) && node.value) found = node.value;
  }
  return found;
}

function isNamed(target: Expression, name: string): boolean {
  return target.nodeType === "Name" && target.id === name;
}

/** The text of a constant; undefined for everything else. */
export function textIn(node: Expression | undefined): string | undefined {
  return node?.nodeType === "Constant" && typeof node.value === "string" ? node.value : undefined;
}
