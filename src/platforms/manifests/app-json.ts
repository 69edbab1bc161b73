import { type Location, locator, startOf } from "../../location.ts";
import type { EnvDeclaration, Manifest, ManifestProblem, Service, Step } from "../manifest.ts";
import { addonKind, addonVariables, retiredPlans, retiredSizes, retiredStacks } from "./heroku-addons.ts";
import { any, text as anyText, departures, listOf, map, type Shape, scalar } from "./shape.ts";
import { readJson } from "./tree-json.ts";

/** Heroku's app.json: what a new app gets. https://devcenter.heroku.com/articles/app-json-schema */
export interface AppJson extends Manifest {
  /** Not one of the other tools' that use the same file name: Expo, React Native, the Cloud Run button, Dokku. */
  readonly isHeroku: boolean;
  readonly buildpacks: readonly string[];
  /** "heroku-24", or "container". */
  readonly stack: string | undefined;
  /** The add-ons that a new app gets; undefined if the file does not speak of any. */
  readonly services: readonly Service[] | undefined;
}

/** What a misspelt key costs: Heroku ignores it. https://devcenter.heroku.com/articles/app-json-schema (2024-11) */
const shape: Shape = map({
  $schema: anyText,
  name: anyText,
  description: anyText,
  keywords: listOf(anyText),
  website: anyText,
  repository: anyText,
  logo: anyText,
  success_url: anyText,
  scripts: map({}, { others: any }),
  env: map({}, { others: any }),
  formation: map({}, { others: any }),
  addons: listOf(any),
  buildpacks: listOf(any),
  environments: map({}, { others: any }),
  stack: scalar,
  image: anyText,
});

/** React Native's and Expo's, and those of the Cloud Run button. */
const foreignKeys = ["expo", "displayName", "hooks", "options", "build"];

export function readAppJson(path: string, text: string): AppJson {
  const empty = {
    path,
    processes: [],
    env: [],
    steps: [],
    isHeroku: false,
    buildpacks: [],
    stack: undefined,
    services: undefined,
  };
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return {
      ...empty,
      problems: [broken(path, "is not valid JSON")],
    };
  }
  if (!isObject(root)) {
    return {
      ...empty,
      problems: [broken(path, "holds no JSON object")],
    };
  }
  const find = keyFinder(path, text);
  const isDokku =
    (isObject(root.scripts) && Object.hasOwn(root.scripts, "dokku")) ||
    ["healthchecks", "cron"].some((key) => Object.hasOwn(root, key));
  const isHeroku = !isDokku && !foreignKeys.some((key) => Object.hasOwn(root, key));
  return {
    ...empty,
    isHeroku,
    env: [...declaredEnv(root.env, find), ...addonEnv(root.addons, find)],
    steps: scriptSteps(root.scripts, find),
    buildpacks: entriesOf(root.buildpacks).flatMap(({ url }) => (typeof url === "string" ? [url] : [])),
    stack: typeof root.stack === "string" ? root.stack : undefined,
    services: Array.isArray(root.addons) ? addonServices(root.addons, find) : undefined,
    problems: isHeroku
      ? [...departures(readJson(path, text).root, shape, "Heroku"), ...retired(root, find)]
      : [],
  };
}

/** Only review apps, pipelines and the button read the file: a push deploys without it. */
function broken(path: string, what: string): ManifestProblem {
  return { kind: "invalid", message: `${path} ${what}`, at: startOf(path), severity: "warning" };
}

type KeyFinder = (section: string, key: string) => Location;

/** A variable without a value that is not required may stay unset, so it is not declared. */
function declaredEnv(env: unknown, find: KeyFinder): EnvDeclaration[] {
  if (!isObject(env)) return [];
  return Object.entries(env).flatMap(([name, entry]) => {
    const at = find("env", name);
    if (typeof entry === "string") return [{ name, value: entry, at }];
    if (!isObject(entry)) return [];
    if (typeof entry.value === "string") return [{ name, value: entry.value, at }];
    if (entry.generator !== undefined) return [{ name, from: "generated" as const, at }];
    return entry.required === false ? [] : [{ name, at }];
  });
}

function addonEnv(addons: unknown, find: KeyFinder): EnvDeclaration[] {
  if (!Array.isArray(addons)) return [];
  return addons.flatMap((addon: unknown) => {
    const plan = isObject(addon) ? addon.plan : addon;
    if (typeof plan !== "string") return [];
    const as = isObject(addon) && typeof addon.as === "string" ? `${addon.as}_URL` : undefined;
    const name = as ?? addonVariables[plan.split(":")[0] ?? ""];
    return name === undefined ? [] : [{ name, from: "service" as const, at: find("addons", plan) }];
  });
}

function addonServices(addons: unknown, find: KeyFinder): Service[] {
  return plansOf(addons).map((plan) => {
    return { kind: addonKind(plan), name: plan, at: find("addons", plan) };
  });
}

function plansOf(addons: unknown): readonly string[] {
  if (!Array.isArray(addons)) return [];
  return addons.flatMap((addon: unknown) => {
    const plan = isObject(addon) ? addon.plan : addon;
    return typeof plan === "string" ? [plan] : [];
  });
}

function* retired(root: Readonly<Record<string, unknown>>, find: KeyFinder): Generator<ManifestProblem> {
  const told = (what: string, since: string, at: Location, fix: string): ManifestProblem => ({
    kind: "retired",
    check: "platform-retired",
    message: `${what}, which Heroku has not offered since ${since}`,
    at,
    fix,
  });
  const { stack, addons, formation } = root;
  const since = typeof stack === "string" ? own(retiredStacks, stack) : undefined;
  if (since !== undefined) {
    yield told(
      `app.json asks for the stack ${String(stack)}`,
      since,
      find("stack", String(stack)),
      '"stack": "heroku-24"',
    );
  }
  for (const plan of plansOf(addons)) {
    const gone = own(retiredPlans, plan);
    if (gone)
      yield told(`app.json asks for the plan ${plan}`, gone.since, find("addons", plan), `"${gone.instead}"`);
  }
  for (const [process, { size }] of objectsIn(formation)) {
    const gone = typeof size === "string" ? own(retiredSizes, size.toLowerCase()) : undefined;
    if (!gone) continue;
    const at = find("formation", process);
    yield told(
      `app.json runs ${process} on a dyno of size "${String(size)}"`,
      gone.since,
      at,
      `"size": "${gone.instead}"`,
    );
  }
}

function own<Value>(table: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

function objectsIn(value: unknown): readonly (readonly [string, Readonly<Record<string, unknown>>])[] {
  return isObject(value)
    ? Object.entries(value).flatMap(([key, inner]) => (isObject(inner) ? [[key, inner] as const] : []))
    : [];
}

/** `postdeploy` runs once, when the app was created. */
function scriptSteps(scripts: unknown, find: KeyFinder): Step[] {
  if (!isObject(scripts)) return [];
  const postdeploy = isObject(scripts.postdeploy) ? scripts.postdeploy.command : scripts.postdeploy;
  if (typeof postdeploy !== "string") return [];
  // https://devcenter.heroku.com/articles/app-json-schema (2024-11): for a review app or a button's, once.
  return [{ phase: "release", command: postdeploy, at: find("scripts", "postdeploy"), onlyOnce: true }];
}

/** Where `"key"` stands behind `"section"`; JSON.parse gives no places. */
function keyFinder(path: string, text: string): KeyFinder {
  const locate = locator(path, text);
  return (section, key) => {
    const from = text.indexOf(`"${section}"`);
    const start = from < 0 ? -1 : text.indexOf(JSON.stringify(key), from + section.length + 2);
    return start < 0 ? startOf(path) : locate(start, start + JSON.stringify(key).length);
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function entriesOf(value: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
