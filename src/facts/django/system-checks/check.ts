import type { Value } from "../../../python/value.ts";
import type { Answer } from "./answer.ts";
import type { Call, Reach } from "./surroundings.ts";

/** What the conditions of the system checks are about: the settings as `django.conf.settings` has them. */
export interface Given {
  /** The value, Django's default included. */
  get(name: string): Value;
  /** `settings.is_overridden(name)` */
  explicit(name: string): boolean;
  /** `os.environ.get(name)` after the settings were imported. */
  variable(name: string): Value | undefined;
  /** `os.path.isdir(path)` where production runs, as far as the repository shows. */
  isFolder(path: string): boolean;
  /** Whether a function of the project's is there and can be called so: as in `Surroundings`. */
  reach(path: string, call: Call): Reach;
  /** A path as `os.path.abspath` has it, relative ones in the folder that the process works in. */
  absolute(path: string): string;
  /** Django's version as one number: 502. */
  readonly version: number;
}

/** One of Django's own system checks, as far as it depends on settings. */
export interface SystemCheck {
  readonly id: string;
  /** The first version that has it; undefined: every supported one. */
  readonly since?: string;
  /** The first version that has it no more. */
  readonly until?: string;
  /** Whether `manage.py check --deploy` reports it. */
  readonly fires: (settings: Given) => Answer;
}
