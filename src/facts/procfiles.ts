import type { Encoding, ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import type { Process } from "../platforms/manifest.ts";
import { type ProcfileRead, readProcfile } from "../platforms/manifests/procfile.ts";
import { inside } from "../platforms/read-manifest.ts";
import type { ProcfileRules } from "../platforms/rules.ts";
import { defineFact } from "./define.ts";

export interface Procfiles {
  /** The file named exactly `Procfile` in the repository root. */
  readonly procfile: Procfile | undefined;
  /** Files that were probably meant to be it: `procfile`, `Procfile.txt`, `backend/Procfile`. */
  readonly lookalikes: readonly string[];
}

export interface Procfile {
  readonly path: string;
  readonly encoding: Encoding;
  /** In the order of the file, duplicates included. */
  readonly processes: readonly Process[];
  /** Lines that are neither blank, a comment nor `type: command`, by the platform's grammar. */
  readonly malformed: readonly { readonly text: string; readonly at: Location }[];
  /** Entries that the platform runs under another name. */
  readonly corrected: ProcfileRead["corrected"];
  /** Entries of a line without a colon, where the platform can do without. */
  readonly uncoloned: ProcfileRead["uncoloned"];
  /** Entries with a name that the platform does not allow. */
  readonly misnamed: ProcfileRead["misnamed"];
}

export const procfiles = defineFact<"procfiles", "project" | "deployment">({
  wants: ["project", "deployment"],
  read: ({ files }, { project, deployment }) => ({
    procfile: openProcfile(files, deployment?.platform.procfile),
    lookalikes: [
      ...files.children("").filter((name) => isLookalike(files, name)),
      ...subfolders(files, project?.folder ?? "")
        .map((folder) => inside(folder, "Procfile"))
        .filter((path) => files.isFile(path)),
    ],
  }),
});

function openProcfile(files: ProjectFiles, rules: ProcfileRules | undefined): Procfile | undefined {
  const path = "Procfile";
  const file = files.read(path);
  if (file.kind !== "text") return undefined;
  const { processes, problems, corrected, uncoloned, misnamed } = readProcfile(path, file.text, rules);
  const lines = file.text.split(/\r\n|\r|\n/);
  return {
    path,
    encoding: file.encoding,
    processes,
    malformed: problems.map(({ at }) => ({ text: (lines[at.line - 1] ?? "").trim(), at })),
    corrected,
    uncoloned,
    misnamed,
  };
}

/** Another case, or an extension that editors add. Another spelling counts only for a file that reads like a Procfile. */
function isLookalike(files: ProjectFiles, name: string): boolean {
  if (!files.isFile(name)) return name === "Procfile";
  if (name === "Procfile") return false;
  if (/^procfile(?:\.(?:txt|text|md|rtf|py|ya?ml))?$/i.test(name)) return true;
  const misspelt =
    /^\.?(?:proc[ _-]?files?|profile|porcfile|procflie|prockfile|procfle|profcile)(?:\.txt)?$/i;
  return misspelt.test(name) && /^[^\S\n]*web\s*:\s*\S/m.test(files.text(name) ?? "");
}

/** The folders directly below the root, and the project's own. */
function subfolders(files: ProjectFiles, project: string): readonly string[] {
  const direct = files.children("").filter((name) => files.isFolder(name));
  return project === "" || direct.includes(project) ? direct : [...direct, project];
}
