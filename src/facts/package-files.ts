/** The package managers we know, by the file that makes a platform choose them. */
export type PackageManager = "pip" | "pipenv" | "poetry" | "uv" | "pdm";

export interface PackageFiles {
  /** Files in the folder that the platform builds, by name: requirements.txt, Pipfile, Pipfile.lock, pyproject.toml, … */
  readonly inRoot: readonly string[];
  /** Names that look like a misspelt `requirements.txt`, in the root. */
  readonly misspelt: readonly string[];
  /** Dependency files elsewhere: `requirements/production.txt`, `backend/requirements.txt`. */
  readonly elsewhere: readonly string[];
  /** The Dockerfile that builds the deployment instead, if that is what is deployed. */
  readonly dockerfile: string | undefined;
}
