import { posix } from "node:path";
import { folderOf } from "../files/listing.ts";
import type { ProjectFiles } from "../files/project-files.ts";
import { type Location, locator } from "../location.ts";
import { textOf, textsIn } from "../python/inspect.ts";
import { nodesIn } from "./code/source-file.ts";
import type { Code } from "./code.ts";
import { defineFact } from "./define.ts";
import { caseMatch } from "./django/finders.ts";
import type { Settings } from "./django/settings.ts";
import type { StaticReferences } from "./static-references.ts";

/** A name that is written in another case than the file has, which only some file systems take for the same. */
export interface OtherCase {
  readonly kind: "module" | "template" | "static";
  /** As written: "shop.Models". */
  readonly written: string;
  /** The file or folder that is meant: "shop/models.py". */
  readonly path: string;
  readonly at: Location | undefined;
}

export const otherCase = defineFact<"otherCase", "project" | "code" | "settings" | "staticReferences">({
  wants: ["project", "code", "settings", "staticReferences"],
  read({ files }, { project, code, settings, staticReferences }) {
    const path = project?.path ?? [""];
    return [
      ...(settings ? inSettings(settings, files, path) : []),
      ...(code ? inImports(code, files, path) : []),
      ...(staticReferences ? inTemplates(staticReferences) : []),
      ...(staticReferences && code ? templatesInCode(staticReferences, code, files) : []),
    ];
  },
});

/** Modules that settings name. */
function inSettings(settings: Settings, files: ProjectFiles, path: readonly string[]): readonly OtherCase[] {
  const named = ["ROOT_URLCONF", "WSGI_APPLICATION", "ASGI_APPLICATION"].flatMap((name) => {
    const { value, at } = settings.get(name);
    const text = textOf(value);
    return text === undefined ? [] : [{ text, at }];
  });
  const lists = ["INSTALLED_APPS", "MIDDLEWARE"].flatMap((name) => {
    const { value, at } = settings.get(name);
    return textsIn(value).map((text) => ({ text, at }));
  });
  return [...named, ...lists].flatMap(({ text, at }): readonly OtherCase[] => {
    const found = importInOtherCase(files, "", 0, text, path);
    return found === undefined ? [] : [{ kind: "module", written: text, path: found, at }];
  });
}

/** `from shop.Models import x` and `from .Models import x`, of modules that lie in a folder of the project's own. */
function inImports(code: Code, files: ProjectFiles, path: readonly string[]): readonly OtherCase[] {
  return code.paths.flatMap((file) => {
    const text = files.text(file);
    if (text === undefined || !maybeImports(text, file, files, path)) return [];
    const source = code.file(file);
    if (!source) return [];
    const found: OtherCase[] = [];
    const guarded = new Set<unknown>();
    for (const node of nodesIn(source.module.body)) {
      if (node.nodeType === "Try") for (const one of node.body) guarded.add(one);
      if (guarded.has(node)) continue;
      const modules =
        node.nodeType === "ImportFrom"
          ? [{ level: node.level, name: node.module ?? "" }]
          : node.nodeType === "Import"
            ? node.names.map(({ name }) => ({ level: 0, name }))
            : [];
      for (const { level, name } of modules) {
        const actual = importInOtherCase(files, file, level, name, path);
        if (actual === undefined) continue;
        found.push({ kind: "module", written: ".".repeat(level) + name, path: actual, at: source.at(node) });
      }
    }
    return found;
  });
}

const importing = /^[ \t]*(?:from[ \t]+(\.*)([\w.]*)[ \t]+import|import[ \t]+([\w.]+))/gm;

/** Whether it is worth parsing: a line that looks like an import of something in another case. */
function maybeImports(text: string, file: string, files: ProjectFiles, path: readonly string[]): boolean {
  for (const [, dots = "", from, whole] of text.matchAll(importing))
    if (importInOtherCase(files, file, dots.length, from ?? whole ?? "", path) !== undefined) return true;
  return false;
}

function importInOtherCase(
  files: ProjectFiles,
  file: string,
  level: number,
  name: string,
  path: readonly string[],
): string | undefined {
  const parts = name.split(".").filter((part) => part !== "");
  if (parts.length === 0) return undefined;
  if (level > 0) {
    let folder = folderOf(file);
    for (let up = 1; up < level; up++) folder = folderOf(folder);
    return stepInOtherCase(files, folder, parts);
  }
  const [top = ""] = parts;
  // The first part is a package's as likely as the project's, unless the project has it exactly so.
  const start = path.find((each) => files.isFolder(posix.join(each, top)));
  return start === undefined ? undefined : stepInOtherCase(files, posix.join(start, top), parts.slice(1));
}

/** The first step that is there in another case only. What a module holds is no file. */
function stepInOtherCase(files: ProjectFiles, from: string, parts: readonly string[]): string | undefined {
  let folder = from;
  for (const part of parts) {
    if (files.isFile(posix.join(folder, `${part}.py`))) return undefined;
    const inner = posix.join(folder, part);
    if (files.isFolder(inner)) {
      folder = inner;
      continue;
    }
    const file = caseMatch(files, [folder], `${part}.py`);
    if (file !== undefined) return file;
    return files
      .children(folder)
      .find(
        (child) =>
          files.isFolder(child) &&
          posix.basename(child).toLowerCase() === part.toLowerCase() &&
          child !== inner,
      );
  }
  return undefined;
}

function inTemplates({ statics, templates, find, template }: StaticReferences): readonly OtherCase[] {
  const asked = [
    ...statics.map((one) => ({ ...one, kind: "static" as const, found: find(one.name) })),
    ...templates.map((one) => ({ ...one, kind: "template" as const, found: template(one.name) })),
  ];
  return asked.flatMap(({ kind, name, at, found }) =>
    found.kind === "other-case" ? [{ kind, written: name, path: found.path, at }] : [],
  );
}

/** Names of templates in Python, such as the argument of `render`. */
function templatesInCode(
  { template }: StaticReferences,
  { paths }: Code,
  files: ProjectFiles,
): readonly OtherCase[] {
  return paths.flatMap((path) => {
    const text = files.text(path);
    if (text === undefined || !/\.html["']/.test(text)) return [];
    const place = locator(path, text);
    return [...text.matchAll(/["']([\w./-]+\.html)["']/g)].flatMap((match): readonly OtherCase[] => {
      const [whole, name = ""] = match;
      const line = text.slice(text.lastIndexOf("\n", match.index) + 1, match.index);
      const found = line.includes("#") ? undefined : template(name);
      return found?.kind === "other-case"
        ? [
            {
              kind: "template",
              written: name,
              path: found.path,
              at: place(match.index, match.index + whole.length),
            },
          ]
        : [];
    });
  });
}
