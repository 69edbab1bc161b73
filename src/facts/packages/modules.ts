import data from "./import-to-dist.json" with { type: "json" };
import { normalName } from "./names.ts";

/**
 * Which distributions provide a module: `import-to-dist.json`, and what it leaves out. Any one of them
 * provides it; the first is the one to advise. As of 2026-11-20.
 */
const additions: Readonly<Record<string, readonly string[]>> = {
  anyio: ["anyio"],
  cloudinary_storage: ["django-cloudinary-storage", "dj3-cloudinary-storage"],
  cryptography: ["cryptography"],
  django: ["django"],
  dotenv: ["python-dotenv", "django-dotenv"],
  fastapi: ["fastapi"],
  flask: ["flask"],
  httpx: ["httpx"],
  js_asset: ["django-js-asset"],
  lxml: ["lxml"],
  MySQLdb: ["mysqlclient", "pymysql", "mysql-python"],
  numpy: ["numpy"],
  pandas: ["pandas"],
  PIL: ["pillow", "pillow-simd"],
  psycopg2: ["psycopg2-binary", "psycopg2", "psycopg2cffi"],
  requests: ["requests"],
  rest_framework: ["djangorestframework", "django-rest-framework"],
  rq: ["rq"],
  six: ["six"],
  sqlalchemy: ["sqlalchemy"],
  tinymce: ["django-tinymce", "django-tinymce4-lite"],
  werkzeug: ["werkzeug"],
};

const modules: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({ ...data.modules, ...additions }),
);

/** The distributions that provide a module, by the longest part of its dotted name that is known; none if it is not known. */
export function distributionsOf(module: string): readonly string[] {
  const parts = module.split(".");
  for (let length = parts.length; length > 0; length -= 1) {
    const found = modules.get(parts.slice(0, length).join("."));
    if (found) return found;
  }
  return [];
}

const providedBy: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(data.providedBy));

/** Distributions (with an extra, perhaps: "celery[redis]") that bring the module of another along. */
export function bringersOf(module: string): readonly string[] {
  return providedBy.get(topLevel(module)) ?? [];
}

/** Names that look local but, imported and not in the repository, are the well-known library. */
const distinctive = new Set([
  "axes",
  "compressor",
  "constance",
  "crum",
  "environ",
  "hijack",
  "markdown",
  "redis",
  "reversion",
  "rollbar",
  "stripe",
  "waffle",
  "yaml",
]);
const ambiguous: ReadonlySet<string> = new Set(data.ambiguous.filter((name) => !distinctive.has(name)));

/** Whether the name is as usual for an app that a company shares as for the distribution we know. */
export function isAmbiguous(module: string): boolean {
  return ambiguous.has(topLevel(module));
}

/**
 * Whether one of these distributions is called after the module, so that it provides it or needs it: a
 * fork (dj3-cloudinary-storage for cloudinary_storage), an app that no table knows, an extension.
 */
export function isLikelyAmong(module: string, distributions: ReadonlySet<string>): boolean {
  const top = normalName(topLevel(module));
  if (top === "django") return false;
  const bare = top.replace(/^(?:django|rest-framework|drf|wagtail|py)-/, "");
  const squashed = top.replaceAll("-", "");
  const prefixed = [top, bare].flatMap((name) => [`py${name}`, `python${name}`]);
  return [...distributions].some((name) => {
    if (name.replaceAll("-", "") === squashed || prefixed.includes(name)) return true;
    // Short names turn up in others by chance, unless they are all of it.
    return [top, bare].some((part) =>
      part.length > 3 ? `-${name}-`.includes(`-${part}-`) : name === part || name === `django-${part}`,
    );
  });
}

const mapped: ReadonlySet<string> = new Set([...modules.values()].flat());
const suites =
  /^(?:aldryn|coderedcms|djangocms|mezzanine|puput|wagtail|django-fluent)|^(?:django-(?:blog-zinnia|comments-xtd|elasticsearch-dsl-drf|huey-monitor|ninja-extra|ninja-jwt|otp-yubikey|photologue|precise-bbcode|shop)|djangosaml2|drf-chunked-upload)$/;

/** An app for Django that is known to be just that app, and no bundle of several. */
export function isSingleApp(distribution: string): boolean {
  return mapped.has(distribution) && !suites.test(distribution);
}

/** Distributions whose names say that they are made for Django. */
export function isForDjango(distribution: string): boolean {
  return /(?:^|-)(?:django|drf|wagtail|dj|oscar|pinax)|djangocms|^mezzanine/.test(distribution);
}

/**
 * Distributions that are asked for by name and hardly ever come with another one: Django apps, servers,
 * database drivers, settings readers. The rest (requests, Pillow, PyYAML) comes along with many.
 */
export function comesAlone(distribution: string): boolean {
  return asked.has(distribution) || (isForDjango(distribution) && !oftenBrought.has(distribution));
}

const asked = new Set([
  "cx-oracle",
  "daphne",
  "gevent",
  "granian",
  "gunicorn",
  "hypercorn",
  "mysql-connector-python",
  "mysqlclient",
  "oracledb",
  "psycopg",
  "psycopg2",
  "psycopg2-binary",
  "psycopg2cffi",
  "pymysql",
  "python-decouple",
  "sentry-sdk",
  "servestatic",
  "uvicorn-worker",
  "uwsgi",
  "whitenoise",
]);
const oftenBrought = new Set([
  "django",
  "django-appconf",
  "django-js-asset",
  "django-picklefield",
  "djangorestframework",
]);

export function topLevel(module: string): string {
  return module.split(".")[0] ?? module;
}
