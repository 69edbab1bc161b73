import type { Location } from "../../location.ts";
import type { EnvRead, ExternalImport, Outcome } from "../../python/scenario.ts";
import type { EnvNames, Value } from "../../python/value.ts";

/** The settings in one scenario. Names that the project does not set have Django's default. */
export interface SettingsView {
  /** Whether the module imports. After a failure every setting is opaque, with the failure as its reason. */
  readonly outcome: Outcome;
  /** Why Django does not start with settings that import: what its `Settings.__init__` raises, if anything. */
  readonly refused: Extract<Outcome, { readonly kind: "raised" }> | undefined;
  /** Every setting that the module sets, sorted. */
  readonly names: readonly string[];
  /** What it is where tests that cannot be known go another way, as far as we tried. */
  readonly variants: readonly Variant[];
  get(name: string): Setting;
  /** `os.environ.get(name)` once the module is imported; undefined for a variable that is unset. */
  variable(name: string): Value | undefined;
}

/** The module that production loads its settings from. */
export interface SettingsModule {
  /** "shop.settings.production" */
  readonly module: string;
  /** Why this module, in words: "render.yaml sets DJANGO_SETTINGS_MODULE". */
  readonly evidence: string;
  /** Django's version if `--django` or the requirements tell, like "5.2.17" or "5.2". */
  readonly djangoVersion: string | undefined;
  /** The modules that the entry point of the server and manage.py load where no variable names one. */
  readonly defaults: { readonly entry: string | undefined; readonly manage: string | undefined };
  /** Every variable that was asked for until the import ended. */
  readonly reads: readonly EnvRead[];
  /** Variables whose value is declared or injected, and by whom: "Heroku", "render.yaml". */
  readonly given: ReadonlyMap<string, GivenVariable>;
  /** What importing it leads to, or why it cannot be. */
  readonly loaded:
    | { readonly kind: "settings"; readonly settings: Settings }
    | {
        readonly kind: "failed";
        readonly outcome: Exclude<Outcome, { readonly kind: "completed" }>;
        /** A test that cannot be known stood on the way, so it may go otherwise. */
        readonly uncertain: boolean;
        readonly production: string;
      };
}

/** A module for development that other settings import. */
export interface DevelopmentImport {
  /** "shop/settings/dev.py" */
  readonly file: string;
  /** The statement that imports it. */
  readonly at: Location;
}

/** Where the value of an environment variable comes from. */
export interface GivenVariable {
  readonly by: string;
  readonly at: Location | undefined;
}

/** The Django settings of a deployment: the production scenario, and its neighbours (design.md §3). */
export interface Settings extends SettingsView {
  /** "shop.settings.production" */
  readonly module: string;
  readonly file: string;
  /** Why this module, in words: "render.yaml sets DJANGO_SETTINGS_MODULE". */
  readonly evidence: string;
  /** What "production" means here, in words, for the head of the report. */
  readonly production: string;
  /** As in `SettingsModule`. */
  readonly djangoVersion: string | undefined;
  /** The scenario as the repository declares it, before anything was changed to turn DEBUG off. */
  readonly declared: SettingsView;
  /** The variables that the scenario differs in from `declared`, with the value assumed: DJANGO_ENV → "production". */
  readonly assumed: ReadonlyMap<string, string>;
  /** DEBUG is on in every scenario we could find, so it was held at False to judge the rest. */
  readonly debugHeld: boolean;
  /** Variables that the code insists on and nothing declares: they are assumed to be set to something. */
  readonly required: readonly EnvRead[];
  /** Every variable that was asked for. */
  readonly reads: readonly EnvRead[];
  /** Modules outside the project that the settings import. */
  readonly imports: readonly ExternalImport[];
  /** The folders of the project on `sys.path` once they are imported, in order. */
  readonly path: readonly string[];
  /** Modules for development, by their names, that the production settings import, and where. */
  readonly developmentImports: readonly DevelopmentImport[];
  /** Variables whose value is declared or injected, and by whom: "Heroku", "render.yaml". */
  readonly given: ReadonlyMap<string, GivenVariable>;
  /** The production scenario with these changes; undefined unsets a variable. Pure and memoised. */
  under(change: Readonly<Record<string, string | undefined>>): SettingsView;
  /** The scenario as declared with these changes, so with nothing assumed and nothing held. */
  declaredUnder(change: Readonly<Record<string, string | undefined>>): SettingsView;
}

export interface Setting {
  readonly name: string;
  /** The project sets it; otherwise the value is Django's default. */
  readonly explicit: boolean;
  readonly value: Value;
  /** Where the value was made, or failing that, where it was assigned. */
  readonly at: Location | undefined;
  /** The assignment. */
  readonly assignedAt: Location | undefined;
  /** Variables it depends on, also through branches. */
  readonly env: EnvNames;
  /** Other values it has when a test that cannot be known goes the other way. */
  readonly otherwise: readonly Alternative[];
}

/** The settings where a test that cannot be known goes the other way, and the module still imports. */
export interface Variant extends Conditions {
  /** Every setting that the module then sets. */
  readonly names: readonly string[];
  get(name: string): Pick<Setting, "value" | "at" | "explicit">;
}

export interface Alternative extends Conditions, Pick<Setting, "value" | "at"> {}

interface Conditions {
  /** The test as it has to go for this value, in words: "`os.path.exists("/run/secrets")` is true". */
  readonly when: string;
  /** The test as it goes in the scenario. */
  readonly whenNot: string;
  /** The test goes as it does in the scenario because that was assumed: DEBUG is off then. */
  readonly assumed: boolean;
}
