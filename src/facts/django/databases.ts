import type { Location } from "../../location.ts";
import { entryOf, textOf } from "../../python/inspect.ts";
import { projectRoot } from "../../python/machine.ts";
import { pathOf } from "../../python/models/pathlib.ts";
import type { Opaque } from "../../python/value.ts";
import type { Settings, SettingsView } from "./settings.ts";

/** The engine of `DATABASES["default"]` in one scenario. */
export type Engine =
  | {
      readonly kind: "named";
      readonly name: string;
      readonly sqlite: boolean;
      /** The SQLite file has an absolute path that is not below the project. */
      readonly outsideProject: boolean;
      readonly at: Location | undefined;
    }
  /** There is no default database, or it names no engine. */
  | { readonly kind: "none" }
  | { readonly kind: "opaque"; readonly value: Opaque };

export function defaultEngine(view: SettingsView): Engine {
  const databases = view.get("DATABASES");
  if (databases.value.kind === "opaque") return { kind: "opaque", value: databases.value };
  const fallback = entryOf(databases.value, "default");
  if (fallback?.kind === "opaque") return { kind: "opaque", value: fallback };
  if (fallback === undefined && databases.value.kind === "dict" && databases.value.open) {
    return { kind: "opaque", value: databases.value.open };
  }
  const engine = entryOf(fallback, "ENGINE");
  if (engine?.kind === "opaque") return { kind: "opaque", value: engine };
  const name = textOf(engine);
  if (name === undefined || name === "") return { kind: "none" };
  const file = entryOf(fallback, "NAME");
  const path = file && (pathOf(file) ?? textOf(file));
  return {
    kind: "named",
    name,
    sqlite: /sqlite|spatialite/.test(name),
    outsideProject: path?.startsWith("/") === true && !path.startsWith(`${projectRoot}/`),
    at: engine?.at ?? fallback?.at ?? databases.at,
  };
}

/** What to try for a variable, so that code that asks for a database server gets one. */
const plausible = [
  "postgres://user:password@db.example.com:5432/app",
  "postgresql",
  "postgres",
  "django.db.backends.postgresql",
  "mysql",
  "True",
  "1",
  "production",
];

/**
 * The variables of which setting any one (or, as a last resort, all together) makes the default
 * database something else than SQLite; empty when it is SQLite whatever the environment says.
 */
export function serverVariables(settings: Settings, convention: string | undefined): readonly string[] {
  const read = new Set(settings.reads.map(({ name }) => name));
  const env = settings.get("DATABASES").env.filter((name) => !settings.given.has(name));
  const candidates = [...new Set([...(convention && read.has(convention) ? [convention] : []), ...env])];
  const single = candidates.filter((name) => plausible.some((text) => servesBy(settings, { [name]: text })));
  if (single.length > 0) return single;
  const together = plausible.some((text) =>
    servesBy(settings, Object.fromEntries(candidates.map((name) => [name, text]))),
  );
  return together ? candidates : [];
}

function servesBy(settings: Settings, change: Readonly<Record<string, string>>): boolean {
  const engine = defaultEngine(settings.under(change));
  return engine.kind === "named" && !engine.sqlite;
}
