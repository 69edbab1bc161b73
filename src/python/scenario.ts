import type { Location } from "../location.ts";
import type { Binding, EnvNames, Opaque, Value } from "./value.ts";

/** What an environment variable holds in a scenario; a variable that is not mentioned is unset. */
export type EnvValue =
  | {
      readonly kind: "text";
      readonly text: string /** Where it was declared. */;
      readonly at?: Location | undefined;
    }
  /** Set, to something we do not see: the operator's decision. */
  | { readonly kind: "something" };

/**
 * One way the world can be while a module runs. Evaluation is a pure function of the project's files
 * and a scenario.
 */
export interface Scenario {
  readonly env: ReadonlyMap<string, EnvValue>;
  /** Module-level names that keep this value whatever is assigned to them, by name: `DEBUG` held at False. */
  readonly held: ReadonlyMap<string, boolean>;
  /** Which way a branch on an opaque value goes, by its `Branch.key`; those not mentioned go as `Branch.taken` says. */
  readonly branches: ReadonlyMap<string, boolean>;
}

/** What the interpreter is told about the world around the project. */
export interface World {
  /** Folders of the project that are on `sys.path`, relative to its root, in order. */
  readonly path: readonly string[];
  /** Whether production installs a package with this top-level module; undefined if that is not known. */
  installed(module: string): boolean | undefined;
  /** Django's version, like "5.2.17", if the requirements tell. */
  readonly djangoVersion: string | undefined;
  /** The version that the requirements tell, where that is not `djangoVersion` because the user named another. */
  readonly requiredDjango?: string | undefined;
  /** `major.minor` of the Python that will run, if known. */
  readonly pythonVersion: string | undefined;
}

/** What happened when a module was imported in a scenario. */
export interface Run {
  readonly module: string;
  /** Where the module is, relative to the root. */
  readonly file: string;
  readonly outcome: Outcome;
  /** The module's names after it ran, or when it stopped. */
  readonly names: ReadonlyMap<string, Binding>;
  /** Set when the module may have names that are not in `names`, because of a star import from a library without a model; says why. */
  readonly open: Opaque | undefined;
  /** Variables that the code itself set (`os.environ.setdefault`), with what they hold in the end. */
  readonly environ: ReadonlyMap<string, Value>;
  /** Environment variables that were asked for, in order. */
  readonly reads: readonly EnvRead[];
  /** Texts that a variable's value was compared with, or cast to: what is worth trying for it. */
  readonly candidates: ReadonlyMap<string, ReadonlySet<string>>;
  /** Branches on opaque values, in order. */
  readonly branches: readonly Branch[];
  /** Project files that were executed, in order of import. */
  readonly files: readonly string[];
  /** Modules outside the project that were imported, in order. */
  readonly imports: readonly ExternalImport[];
  /** The folders of the project on `sys.path` in the end, in order. */
  readonly path: readonly string[];
}

export type Outcome =
  | { readonly kind: "completed" }
  /** An exception reached the top, as Django's traceback would end. */
  | {
      readonly kind: "raised";
      /** The exception's class: "KeyError". */
      readonly error: string;
      /** `str(exception)`. */
      readonly message: string;
      readonly at: Location | undefined;
      /** The variables that the failure depends on, also through branches. */
      readonly env: EnvNames;
    }
  /** The module could not be read or took too long. `because` finishes "cannot be evaluated: it …". */
  | { readonly kind: "stopped"; readonly because: string; readonly at: Location | undefined };

export interface EnvRead {
  readonly name: string;
  readonly at: Location | undefined;
  /** What the code gives for the case that it is unset; undefined if it insists on the variable. */
  readonly fallback: Value | undefined;
}

/** A test of an opaque value: it can go either way, and the scenario says which. */
export interface Branch {
  /** Stable within one project: the place of the test, and how often it was reached before. */
  readonly key: string;
  readonly taken: boolean;
  readonly at: Location | undefined;
  /** The opaque value's reason. */
  readonly because: string;
  readonly env: EnvNames;
  /** The test as it stands in the file, on one line: `os.path.exists("/run/secrets")`. */
  readonly text: string;
}

export interface ExternalImport {
  /** As written: "sentry_sdk.integrations.django". */
  readonly module: string;
  readonly at: Location | undefined;
  /** Inside a `try` that catches ImportError. */
  readonly guarded: boolean;
}

/** The interpreter's front door. Parsed modules are kept from run to run. */
export interface Interpreter {
  /**
   * Imports a module as `import module` would, in a fresh interpreter. Never throws, always ends.
   * `module` is dotted; if no file of the project is that module, the outcome is ModuleNotFoundError.
   */
  run(module: string, scenario: Scenario): Run;
  /** Runs a file of the project that need not be importable (`wsgi.py` in an odd place, `gunicorn.conf.py`). `name` is its `__name__`: "__main__" for a script. */
  runFile(file: string, scenario: Scenario, name?: string): Run;
  /** The file of the project that a dotted module is, if any: `shop.settings` → `shop/settings/__init__.py`. */
  locate(module: string): string | undefined;
}
