import type {
  GivenVariable,
  Setting,
  Settings,
  SettingsModule,
  SettingsView,
} from "../facts/django/settings.ts";
import type { SystemCheckAnswers } from "../facts/django/system-checks/index.ts";
import type { Location } from "../location.ts";
import type { Plain } from "../python/plain.ts";
import { isOpaque, openIn, shownText, shownValue } from "./setting-value.ts";

/** Grows when a field is removed or changes its meaning, not when one is added (docs/settings-json.md). */
const schemaVersion = 1;

/** What `deploy-check settings` tells, secrets masked: the JSON of docs/settings-json.md. */
export interface SettingsDocument {
  readonly schemaVersion: number;
  readonly module: string;
  readonly evidence: string;
  readonly djangoVersion: string | null;
  readonly production: string;
  readonly environment: {
    readonly closed: boolean;
    readonly variables: Readonly<Record<string, VariableShown>>;
  };
  readonly import:
    | { readonly ok: true }
    | {
        readonly ok: false;
        readonly error: string | null;
        readonly message: string;
        readonly at: Place | null;
        readonly certain: boolean;
      };
  readonly settings: Readonly<Record<string, SettingShown>>;
  readonly django: {
    readonly checks: readonly string[];
    readonly unknown: readonly string[];
    readonly silenced: readonly string[];
    readonly reasons: Readonly<Record<string, string>>;
  };
}

/** What an environment variable is in the scenario that is shown. Its value is nobody's business. */
export interface VariableShown {
  /** It was given, was assumed to be this, is insisted on and taken as set to something, or is unset. */
  readonly state: "given" | "assumed" | "required" | "unset";
  readonly by: string | null;
}

export interface SettingShown {
  readonly state: "known" | "opaque";
  readonly value: Plain;
  readonly reason: string | null;
  readonly at: Place | null;
  readonly env: readonly string[];
  readonly explicit: boolean;
}

interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** What is told of. */
export interface SettingsReport {
  readonly module: SettingsModule;
  /** The settings as they are shown; undefined if the module does not import. */
  readonly view: SettingsView | undefined;
  /** The names to show. */
  readonly names: readonly string[];
  readonly closed: boolean;
  readonly answers: SystemCheckAnswers | undefined;
}

export function settingsDocument(report: SettingsReport): SettingsDocument {
  const { module, view, names, closed, answers } = report;
  const outcome = importOf(report);
  const { loaded } = module;
  return {
    schemaVersion,
    module: module.module,
    evidence: shownText(module.evidence),
    djangoVersion: module.djangoVersion ?? null,
    production: shownText(productionOf(loaded)),
    environment: { closed, variables: variablesOf(module) },
    import: outcome,
    settings:
      view && outcome.ok ? Object.fromEntries(names.map((name) => [name, settingOf(view, name)])) : {},
    django: {
      checks: answers?.checks ?? [],
      unknown: answers?.unknown ?? [],
      silenced: answers?.silenced ?? [],
      reasons: Object.fromEntries(
        [...(answers?.reasons ?? [])].map(([id, because]) => [id, shownText(because)]),
      ),
    },
  };
}

/** DEBUG is shown as the module has it, held or not. */
function productionOf(loaded: SettingsModule["loaded"]): string {
  if (loaded.kind === "failed") return loaded.production;
  return loaded.settings.debugHeld
    ? "the repository as it stands, where DEBUG is on"
    : loaded.settings.production;
}

/** Whether Django has the settings: the module imports, and Django takes what it sets. */
function importOf({ module: { loaded }, view }: SettingsReport): SettingsDocument["import"] {
  const outcome = loaded.kind === "failed" ? loaded.outcome : view?.refused;
  if (!outcome) return { ok: true };
  const at = outcome.at ? placeOf(outcome.at) : null;
  const certain = loaded.kind !== "failed" || (!loaded.uncertain && outcome.kind === "raised");
  return outcome.kind === "raised"
    ? { ok: false, error: outcome.error, message: shownText(outcome.message), at, certain }
    : {
        ok: false,
        error: null,
        message: shownText(`cannot be evaluated: it ${outcome.because}`),
        at,
        certain,
      };
}

/** What another way of a test that cannot be known would change is not known, unless its way is assumed. */
function settingOf(view: SettingsView, name: string): SettingShown {
  const { value, at, env, explicit, otherwise } = view.get(name);
  const completed = (each: Setting["value"]) => (name === "DATABASES" ? withDummy(each) : each);
  const others = otherwise
    .filter(({ assumed }) => !assumed)
    .map((other) => ({ value: completed(other.value), because: `depends on whether ${other.when}` }));
  const shown = shownValue(name, completed(value), others);
  const reason = openIn(shown);
  const elsewhere = view.variants.find((variant) => !variant.assumed && variant.names.includes(name));
  const place = explicit ? at : (elsewhere?.get(name).at ?? at);
  return {
    state: reason === undefined ? "known" : "opaque",
    value: isOpaque(shown) ? null : shown,
    reason: reason === undefined ? null : reason,
    at: place ? placeOf(place) : null,
    env: [...env],
    explicit: explicit || elsewhere !== undefined,
  };
}

/** Without any database Django puts one in that does nothing (django.db.utils.ConnectionHandler). */
function withDummy(value: Setting["value"]): Setting["value"] {
  if (value.kind !== "dict" || value.entries.size > 0 || value.open) return value;
  const { at, env } = value;
  const text = (written: string) => ({ kind: "str" as const, value: written, at, env });
  const dict = (key: string, inner: Setting["value"]) => ({
    kind: "dict" as const,
    entries: new Map([[key, { key: text(key), value: inner }]]),
    at,
    env,
  });
  return dict("default", dict("ENGINE", text("django.db.backends.dummy")));
}

function variablesOf({ loaded, reads, given }: SettingsModule): Readonly<Record<string, VariableShown>> {
  const settings = loaded.kind === "settings" ? loaded.settings : undefined;
  const names = new Set([
    ...given.keys(),
    ...(settings?.assumed.keys() ?? []),
    ...reads.map(({ name }) => name),
  ]);
  return Object.fromEntries(
    [...names].sort().map((name) => [name, variableOf(name, given.get(name), settings)]),
  );
}

function variableOf(
  name: string,
  given: GivenVariable | undefined,
  settings: Settings | undefined,
): VariableShown {
  if (name === "DJANGO_SETTINGS_MODULE" && !given) return { state: "given", by: "the start of Django" };
  if (settings?.assumed.has(name)) return { state: "assumed", by: null };
  if (given) return { state: "given", by: given.by };
  return { state: settings?.required.some((each) => each.name === name) ? "required" : "unset", by: null };
}

function placeOf({ file, line, column, endLine = line, endColumn = column }: Location): Place {
  return { file, line, column, endLine, endColumn };
}
