import type { Location } from "../../location.ts";
import type { Expression } from "../../python/tree.ts";
import { nodesIn, type SourceFile } from "../code/source-file.ts";
import type { Code } from "../code.ts";
import type { Setting, SettingsView } from "../django/settings.ts";

/** A Celery application that the project's code makes. */
export interface CeleryApp {
  readonly file: SourceFile;
  readonly at: Location;
  /** What it is assigned to: "app". */
  readonly variable: string | undefined;
  /**
   * Where its configuration comes from: Django's settings, with the prefix that they have there; `code` alone;
   * or another module, which is not read.
   */
  readonly configuration: CelerySource;
  /** What the code itself gives it, by Celery's own name: "broker_url". It stands over the settings. */
  readonly given: ReadonlyMap<string, Expression>;
  /** The settings module that its file names, and whether whatever the environment says. */
  readonly settings:
    | { readonly module: string; readonly insists: boolean; readonly at: Location }
    | undefined;
}

export type CelerySource =
  | { readonly kind: "settings"; readonly namespace: string | undefined; readonly at: Location }
  | { readonly kind: "code" }
  | { readonly kind: "other" };

/** The keywords of `Celery(…)` that are configuration. celery 5.7 app/base.py. */
const keywords: Readonly<Record<string, string>> = {
  broker: "broker_url",
  backend: "result_backend",
  accept_content: "accept_content",
};

/** Old names, which Celery takes with a namespace as well as without (tried with 5.7). */
const oldNames: Readonly<Record<string, string>> = {
  accept_content: "CELERY_ACCEPT_CONTENT",
  beat_schedule: "CELERYBEAT_SCHEDULE",
  beat_scheduler: "CELERYBEAT_SCHEDULER",
  broker_url: "BROKER_URL",
  broker_use_ssl: "BROKER_USE_SSL",
  redis_backend_use_ssl: "CELERY_REDIS_BACKEND_USE_SSL",
  result_backend: "CELERY_RESULT_BACKEND",
  result_serializer: "CELERY_RESULT_SERIALIZER",
  task_always_eager: "CELERY_ALWAYS_EAGER",
  task_serializer: "CELERY_TASK_SERIALIZER",
};

/** Every application in the code, in the order of the files. */
export function celeryApps(code: Code): readonly CeleryApp[] {
  return code.mentioning(/\bCelery\s*\(/).flatMap((file) => {
    const made = file.calls.find(
      ({ name }) => name !== undefined && /^celery(?:\.app(?:\.base)?)?\.Celery$/.test(name),
    );
    if (!made) return [];
    const given = new Map<string, Expression>();
    for (const { arg, value } of made.node.keywords)
      if (arg !== null && !isNone(value)) given.set(keywords[arg] ?? arg, value);
    let variable: string | undefined;
    let settings: CeleryApp["settings"];
    for (const node of nodesIn(file.module.body)) {
      if (node.nodeType !== "Assign") continue;
      const [target] = node.targets;
      if (node.value === made.node && target?.nodeType === "Name") variable = target.id;
      if (
        target?.nodeType === "Attribute" &&
        target.value.nodeType === "Attribute" &&
        target.value.attr === "conf"
      )
        given.set(target.attr.toLowerCase(), node.value);
      if (target?.nodeType === "Subscript" && file.qualified(target.value) === "os.environ") {
        const module = textIn(node.value);
        if (textIn(target.slice) === settingsVariable && module !== undefined)
          settings = { module, insists: true, at: file.at(node) };
      }
    }
    for (const { name, node } of file.calls) {
      if (name?.endsWith(".conf.update"))
        for (const { arg, value } of node.keywords) if (arg !== null) given.set(arg.toLowerCase(), value);
      if (name !== "os.environ.setdefault") continue;
      const [variableName, module] = node.args.map(textIn);
      if (variableName === settingsVariable && module !== undefined && !settings)
        settings = { module, insists: false, at: file.at(node) };
    }
    return [{ file, at: file.at(made.node), variable, configuration: sourceOf(file), given, settings }];
  });
}

const settingsVariable = "DJANGO_SETTINGS_MODULE";

function sourceOf(file: SourceFile): CelerySource {
  const configured = file.calls.find(({ name }) => name?.endsWith(".config_from_object"));
  const updated = file.calls.some(
    ({ name, node }) =>
      name?.endsWith(".conf.update") &&
      (node.args.length > 0 || node.keywords.some(({ arg }) => arg === null)),
  );
  if (updated) return { kind: "other" };
  if (!configured)
    return file.calls.some(({ name }) => /\.config_from_(?:envvar|cmdline)$/.test(name ?? ""))
      ? { kind: "other" }
      : { kind: "code" };
  const [object] = configured.node.args;
  const from = object && (textIn(object) ?? file.qualified(object));
  if (from === undefined || !/^django\.conf[:.]settings$/.test(from)) return { kind: "other" };
  const given =
    configured.node.keywords.find(({ arg }) => arg === "namespace")?.value ?? configured.node.args[2];
  if (given === undefined || isNone(given))
    return { kind: "settings", namespace: undefined, at: file.at(configured.node) };
  const namespace = textIn(given);
  return namespace === undefined
    ? { kind: "other" }
    : { kind: "settings", namespace, at: file.at(configured.node) };
}

/** A value of Celery's configuration: code of the application's own file, or a setting of Django's. */
export type CeleryValue =
  | { readonly kind: "code"; readonly expression: Expression; readonly at: Location }
  | { readonly kind: "setting"; readonly setting: Setting }
  /** Nothing sets it, so Celery's default holds. `names`: the settings that would. */
  | { readonly kind: "default"; readonly names: readonly string[] }
  /** It is configured where we do not read. */
  | { readonly kind: "elsewhere" };

/** What sets a value of an application's configuration, by Celery's own name for it: "broker_url". */
export function celeryValue(app: CeleryApp, settings: SettingsView, key: string): CeleryValue {
  const expression = app.given.get(key);
  if (expression) return { kind: "code", expression, at: app.file.at(expression) };
  if (app.configuration.kind === "other") return { kind: "elsewhere" };
  if (app.configuration.kind === "code") return { kind: "default", names: [] };
  const names = settingNames(app.configuration.namespace, key);
  const set = names.map((name) => settings.get(name)).find(({ explicit }) => explicit);
  return set ? { kind: "setting", setting: set } : { kind: "default", names };
}

/** The settings that Celery takes a value from. Without a namespace it knows the old names only. */
function settingNames(namespace: string | undefined, key: string): readonly string[] {
  const old = Object.hasOwn(oldNames, key) ? oldNames[key] : undefined;
  const plain = old === undefined ? [] : [old];
  return namespace === undefined ? plain : [...new Set([`${namespace}_${key}`.toUpperCase(), ...plain])];
}

function isNone(expression: Expression): boolean {
  return expression.nodeType === "Constant" && expression.value === null;
}

/** The text of a literal; undefined for everything else. */
export function textIn(expression: Expression | undefined): string | undefined {
  return expression?.nodeType === "Constant" && typeof expression.value === "string"
    ? expression.value
    : undefined;
}
