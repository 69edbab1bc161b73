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
