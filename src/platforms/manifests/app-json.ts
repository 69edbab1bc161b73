import { type Location, locator, startOf } from "../../location.ts";
import type { EnvDeclaration, Manifest, Step } from "../manifest.ts";

/** Heroku's app.json: what a new app gets. https://devcenter.heroku.com/articles/app-json-schema */
export interface AppJson extends Manifest {
  /** Not one of the other tools' that use the same file name: Expo, React Native, the Cloud Run button, Dokku. */
  readonly isHeroku: boolean;
  readonly buildpacks: readonly string[];
  /** "heroku-24", or "container". */
  readonly stack: string | undefined;
}

/** React Native's and Expo's, and those of the Cloud Run button. */
const foreignKeys = ["expo", "displayName", "hooks", "options", "build"];

/** The variable that an add-on sets, by the first word of its plan: "heroku-postgresql:essential-0". */
const addonVariables: Readonly<Record<string, string>> = {
  "heroku-postgresql": "DATABASE_URL",
  "heroku-redis": "REDIS_URL",
  rediscloud: "REDISCLOUD_URL",
  cloudamqp: "CLOUDAMQP_URL",
  "jawsdb-maria": "JAWSDB_MARIA_URL",
  jawsdb: "JAWSDB_URL",
  cleardb: "CLEARDB_DATABASE_URL",
};

export function readAppJson(path: string, text: string): AppJson {
  const empty = {
    path,
    processes: [],
    env: [],
    steps: [],
    isHeroku: false,
    buildpacks: [],
    stack: undefined,
  };
  let root: unknown;
  try {
    root = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch {
    return {
      ...empty,
      problems: [{ kind: "invalid", message: `${path} is not valid JSON`, at: startOf(path) }],
    };
  }
  if (!isObject(root)) {
    return {
      ...empty,
      problems: [{ kind: "invalid", message: `${path} holds no JSON object`, at: startOf(path) }],
    };
  }
  const find = keyFinder(path, text);
  const isDokku = isObject(root.scripts) && Object.hasOwn(root.scripts, "dokku");
  const isHeroku = !isDokku && !foreignKeys.some((key) => Object.hasOwn(root, key));
  return {
    ...empty,
    isHeroku,
    env: [...declaredEnv(root.env, find), ...addonEnv(root.addons, find)],
    steps: scriptSteps(root.scripts, find),
    buildpacks: entriesOf(root.buildpacks).flatMap(({ url }) => (typeof url === "string" ? [url] : [])),
    stack: typeof root.stack === "string" ? root.stack : undefined,
    problems: [],
  };
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
    return entry.required === false && entry.generator === undefined ? [] : [{ name, at }];
  });
}

function addonEnv(addons: unknown, find: KeyFinder): EnvDeclaration[] {
  if (!Array.isArray(addons)) return [];
  return addons.flatMap((addon: unknown) => {
    const plan = isObject(addon) ? addon.plan : addon;
    if (typeof plan !== "string") return [];
    const as = isObject(addon) && typeof addon.as === "string" ? `${addon.as}_URL` : undefined;
    const name = as ?? addonVariables[plan.split(":")[0] ?? ""];
    return name === undefined ? [] : [{ name, at: find("addons", plan) }];
  });
}

/** `postdeploy` runs once, when the app was created. */
function scriptSteps(scripts: unknown, find: KeyFinder): Step[] {
  if (!isObject(scripts)) return [];
  const postdeploy = isObject(scripts.postdeploy) ? scripts.postdeploy.command : scripts.postdeploy;
  if (typeof postdeploy !== "string") return [];
  return [{ phase: "release", command: postdeploy, at: find("scripts", "postdeploy") }];
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
