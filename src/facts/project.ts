import { Unreadable } from "../files/project-files.ts";
import { defineFact, missing } from "./define.ts";
import type { AppFramework } from "./frameworks/find-apps.ts";
import { recognise } from "./recognise.ts";

/** "python": a project of Python's without a framework that is known. */
export type Framework = "django" | AppFramework | "python" | "node";

/** Where the project is, and what kind it is. */
export interface Project {
  readonly framework: Framework;
  /** The folder that holds the project, relative to the repository root; "" for the root itself. */
  readonly folder: string;
  /** What it was recognised by, in words: "manage.py", "Django in requirements.txt". */
  readonly recognisedBy: string;
  /** `manage.py` of the project, if there is one. */
  readonly managePy: string | undefined;
  /** Folders on `sys.path` when the project runs, most important first: the project's, then the root. */
  readonly path: readonly string[];
}

/** Why a project of Node's has none of Python's facts. */
export const noPython = "this is a project of Node's, not of Python's";

export const project = defineFact<"project">({
  read({ files, options }) {
    const recognition = recognise(files, options);
    switch (recognition.kind) {
      case "found":
        return recognition.project;
      case "ambiguous":
        throw new Unreadable(
          `there are several projects: ${recognition.candidates.map(({ folder }) => folder).join(", ")}`,
        );
      case "nothing":
        return missing("no project was recognised");
    }
  },
});
