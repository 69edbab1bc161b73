import type { Location } from "../../location.ts";
import { entryOf } from "../../python/inspect.ts";
import type { Value } from "../../python/value.ts";
import type { Settings, SettingsView } from "./settings.ts";

/** A setting that is a number or a list and depends on a variable. */
export interface Typed {
  readonly name: string;
  readonly type: "number" | "list";
  readonly variable: string;
  /** The variable's text is what the setting holds. */
  readonly isText: boolean;
  /** The code insists on the variable, or something in the repository sets it. */
  readonly insists: boolean;
  /** What Django does with text there, as a clause. */
  readonly ends: string;
  readonly at: Location | undefined;
}

const typeError = (when: string) => `${when} ends in TypeError`;

/** Settings that Django reckons with, or goes through, read in the source of 3.2 to 6.1 on 2026-11-20. */
const typed: readonly (Pick<Typed, "name" | "type" | "ends"> & {
  read?(view: SettingsView): Value | undefined;
})[] = [
  {
    name: "CONN_MAX_AGE in DATABASES",
    type: "number",
    ends: typeError("the first connection to the database"),
    read: (view) => entryOf(entryOf(view.get("DATABASES").value, "default"), "CONN_MAX_AGE"),
  },
  { name: "SESSION_COOKIE_AGE", type: "number", ends: typeError("every login") },
  { name: "CSRF_COOKIE_AGE", type: "number", ends: typeError("every page with a form") },
  { name: "EMAIL_TIMEOUT", type: "number", ends: typeError("every mail") },
  { name: "DATA_UPLOAD_MAX_MEMORY_SIZE", type: "number", ends: typeError("every form that is sent") },
  { name: "DATA_UPLOAD_MAX_NUMBER_FIELDS", type: "number", ends: typeError("every form that is sent") },
  { name: "FILE_UPLOAD_MAX_MEMORY_SIZE", type: "number", ends: typeError("every upload") },
  { name: "PASSWORD_RESET_TIMEOUT", type: "number", ends: typeError("every link to reset a password") },
  {
    name: "CSRF_TRUSTED_ORIGINS",
    type: "list",
    ends: "manage.py stops with 4_0.E001 for each of its letters",
  },
  { name: "CORS_ALLOWED_ORIGINS", type: "list", ends: "manage.py stops with corsheaders.E006" },
];

/** A text that is a number as well as an item of a list. */
const sample = "60";

/** The settings among those that read a variable. */
export function typedSettings(settings: Settings): readonly Typed[] {
  return typed.flatMap(({ name, type, ends, read }) => {
    const key = name.split(" in ").at(-1) ?? name;
    const valueIn = (view: SettingsView) => (read ? read(view) : view.get(name).value);
    const setting = settings.get(key);
    const own = valueIn(settings);
    if (!setting.explicit || !own) return [];
    // DATABASES may depend on many variables, of which CONN_MAX_AGE has its own.
    const variables = read ? own.env : setting.env;
    return variables.map((variable): Typed => {
      const view = settings.under({ [variable]: sample });
      const value = view.outcome.kind === "completed" ? valueIn(view) : undefined;
      const required = settings.required.some((one) => one.name === variable);
      return {
        name,
        type,
        variable,
        isText: value?.kind === "str" && value.value === sample,
        insists: required || settings.given.has(variable),
        ends,
        at: own.at ?? setting.at,
      };
    });
  });
}
