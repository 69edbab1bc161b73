import type { ProjectFiles } from "../files/project-files.ts";
import { inside } from "./read-manifest.ts";

/** The settings file whose code, without its comments, has something that is there for one platform alone. */
export function settingsWrittenFor(files: ProjectFiles, folder: string, sign: RegExp): string | undefined {
  return files.list.find((path) => isSettings(path, folder) && sign.test(code(files.text(path))));
}

function isSettings(path: string, folder: string): boolean {
  return path.startsWith(inside(folder, "")) && /settings/i.test(path) && path.endsWith(".py");
}

/** Roughly: enough to tell code from a remark. */
function code(text: string | undefined): string {
  return (text ?? "").replace(/^[ \t]*#.*$/gm, "");
}
