import type { Location } from "../../location.ts";
import { entryOf, itemsOf } from "../../python/inspect.ts";
import { unwrap } from "../../python/internal.ts";
import type { Instance, Value } from "../../python/value.ts";
import type { Kept } from "./stubs.ts";

/** An object of Flask's, with its configuration as the modules leave it. */
export interface FlaskApp {
  readonly object: Value;
  /** Where it is made. */
  readonly at: Location | undefined;
  /** All of it, as a dict. */
  readonly configuration: Value;
  /** A value of its configuration; undefined where nothing sets it. */
  config(name: string): Value | undefined;
  /** It also takes a configuration that cannot be seen: `from_pyfile`, `from_envvar`. */
  readonly unseen: boolean;
  /** What its `wsgi_app` is wrapped into, as far as it is known; undefined for nothing. */
  readonly wrapped: "proxy-fix" | "something" | undefined;
}

/** An object of FastAPI's or Starlette's. */
export interface AsgiApp {
  readonly object: Value;
  readonly kind: "FastAPI" | "Starlette";
  readonly at: Location | undefined;
  /** What it is made with, by name. */
  option(name: string): Value | undefined;
  /** The options of each CORSMiddleware around it. */
  readonly cors: readonly ((name: string) => Value | undefined)[];
}

const dictOf = (value: Value | undefined): Value | undefined => (value ? unwrap(value) : undefined);

export function flaskApps(kept: readonly Kept[]): readonly FlaskApp[] {
  const unseen = kept.filter(({ kind }) => kind === "unseen").map(({ values: [config] }) => config);
  return instances(kept, ["flask"]).map(({ object }) => {
    const config = object.attributes.get("config");
    const entries = dictOf(config);
    return {
      object,
      at: object.at,
      configuration: entries ?? object,
      config: (name) => entryOf(entries, name),
      unseen:
        (config !== undefined && unseen.includes(config)) ||
        entries?.kind !== "dict" ||
        entries.open !== undefined,
      wrapped: wrapping(object.attributes.get("wsgi_app")),
    };
  });
}

function wrapping(value: Value | undefined): FlaskApp["wrapped"] {
  if (value === undefined || value.kind === "none") return undefined;
  return value.kind === "instance" && value.class.name === "ProxyFix" ? "proxy-fix" : "something";
}

export function asgiApps(kept: readonly Kept[]): readonly AsgiApp[] {
  // `CORSMiddleware(app, …)` around the application, and what `add_middleware` was told.
  const around = instances(kept, ["wrapped"]).map(({ object }) => object);
  return instances(kept, ["FastAPI", "Starlette"]).map(({ object, kind }) => {
    const options = object.attributes.get("options");
    const added = (itemsOf(object.attributes.get("added")) ?? []).flatMap((item) => {
      const [of, given] = itemsOf(item) ?? [];
      return of?.kind === "class" && of.name === "CORSMiddleware" ? [given] : [];
    });
    const wrappers = around
      .filter(({ attributes }) => attributes.get("app") === object)
      .map(({ attributes }) => attributes.get("options"));
    return {
      object,
      kind: kind === "FastAPI" ? "FastAPI" : "Starlette",
      at: object.at,
      option: (name) => entryOf(options, name),
      cors: [...added, ...wrappers].map((given) => (name: string) => entryOf(given, name)),
    };
  });
}

function instances(
  kept: readonly Kept[],
  kinds: readonly string[],
): readonly { readonly kind: string; readonly object: Instance }[] {
  return kept.flatMap(({ kind, values: [object] }) =>
    kinds.includes(kind) && object?.kind === "instance" ? [{ kind, object }] : [],
  );
}
