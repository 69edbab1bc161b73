import { folderOf, nameOf } from "../../files/listing.ts";
import type { ProjectFiles } from "../../files/project-files.ts";
import { locator } from "../../location.ts";
import type { DevelopmentImport } from "./settings.ts";
import { isForDevelopment } from "./settings-names.ts";

/**
 * The modules for development among those that ran beside the settings, with the first statement that imports
 * each. What the settings module itself is called is another question.
 */
export function developmentImports(
  files: ProjectFiles,
  settings: string,
  ran: readonly string[],
): readonly DevelopmentImport[] {
  const folder = folderOf(settings);
  const modules = ran.filter(
    (file) => file !== settings && folderOf(file) === folder && isForDevelopment(moduleOf(file)),
  );
  return modules.flatMap((file) => {
    const name = moduleOf(file);
    const statement = new RegExp(
      `^[ \\t]*(?:from[ \\t]+[\\w.]*\\b${name}[ \\t]+import\\b|import[ \\t]+[\\w.]*\\.${name}\\b)`,
      "m",
    );
    for (const importer of ran) {
      const text = importer === file ? undefined : files.text(importer);
      const found = text === undefined ? null : statement.exec(text);
      if (text !== undefined && found) {
        const indent = found[0].length - found[0].trimStart().length;
        return [{ file, at: locator(importer, text)(found.index + indent, found.index + found[0].length) }];
      }
    }
    return [];
  });
}

function moduleOf(file: string): string {
  return nameOf(file).replace(/\.py$/, "");
}
