import { Unreadable } from "../files/project-files.ts";
import { defineFact, missing } from "./define.ts";
import { recognise } from "./recognise.ts";

/** Where the project is, and what kind it is. */
export interface Project {
  readonly framework: "django" | "python";
  /** The folder that holds the project, relative to the repository root; "" for the root itself. */
  readonly folder: string;
  /** What it was recognised by, in words: "manage.py", "Django in requirements.txt". */
  readonly recognisedBy: string;
  /** `manage.py` of the project, if there is one. */
  readonly managePy: string | undefined;
  /** Folders on `sys.path` when the project runs, most important first: the project's, then the root. */
  readonly path: readonly string[];
}

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
