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

/** The workflow of GitHub's or GitLab's that deploys to a platform, by an action or an address that is its own. */
export function workflowThatUses(files: ProjectFiles, sign: RegExp): string | undefined {
  const isWorkflow = (path: string) => /^\.github\/workflows\/[^/]+\.ya?ml$|^\.gitlab-ci\.ya?ml$/.test(path);
  return files.list.find((path) => isWorkflow(path) && sign.test(code(files.text(path))));
}

/** The README of the root that has a button which deploys to a platform. */
export function readmeWithButton(files: ProjectFiles, address: RegExp): string | undefined {
  return files
    .children("")
    .find((name) => /^readme(?:\.|$)/i.test(name) && address.test(files.text(name) ?? ""));
}
