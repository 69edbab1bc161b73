import type { Service } from "../manifest.ts";

/** The variable that an add-on sets, by the first word of its plan: "heroku-postgresql:essential-0". */
export const addonVariables: Readonly<Record<string, string>> = {
  "heroku-postgresql": "DATABASE_URL",
  "heroku-redis": "REDIS_URL",
  rediscloud: "REDISCLOUD_URL",
  cloudamqp: "CLOUDAMQP_URL",
  "jawsdb-maria": "JAWSDB_MARIA_URL",
  jawsdb: "JAWSDB_URL",
  cleardb: "CLEARDB_DATABASE_URL",
};

/** Add-ons by the first word of their plan. */
const kinds: readonly (readonly [RegExp, Service["kind"]])[] = [
  [/postgres/, "postgres"],
  [/^(?:cleardb|jawsdb|stackhero-m(?:ysql|ariadb))/, "mysql"],
  [/redis|heroku-kvs/, "redis"],
  [/mongo/, "mongodb"],
];

export function addonKind(plan: string): Service["kind"] {
  const [addon = ""] = plan.split(":");
  return kinds.find(([name]) => name.test(addon))?.[1] ?? "other";
}

/**
 * What Heroku no longer offers, and since when. Stacks: heroku/heroku-buildpack-python @b4e7e721, lib/checks.sh,
 * and https://help.heroku.com/X5OE6BCA (Heroku-18). Plans: https://help.heroku.com/RSBRUH58 (free plans,
 * 2022-11-28), and the Essential tier, which replaced Mini and Basic (2024-05-22).
 */
export const retiredStacks: Readonly<Record<string, string>> = {
  cedar: "2015-11",
  "cedar-14": "2020-11",
  "heroku-16": "2021-05-01",
  "heroku-18": "2023-05-01",
  "heroku-20": "2025-05-01",
};
export const retiredPlans: Readonly<Record<string, { readonly since: string; readonly instead: string }>> = {
  "heroku-postgresql:dev": { since: "2022-11-28", instead: "heroku-postgresql:essential-0" },
  "heroku-postgresql:hobby-dev": { since: "2022-11-28", instead: "heroku-postgresql:essential-0" },
  "heroku-postgresql:hobby-basic": { since: "2022-11-28", instead: "heroku-postgresql:essential-1" },
  "heroku-postgresql:mini": { since: "2024-05-22", instead: "heroku-postgresql:essential-0" },
  "heroku-postgresql:basic": { since: "2024-05-22", instead: "heroku-postgresql:essential-1" },
  "heroku-redis:hobby-dev": { since: "2022-11-28", instead: "heroku-redis:mini" },
};
export const retiredSizes: Readonly<Record<string, { readonly since: string; readonly instead: string }>> = {
  free: { since: "2022-11-28", instead: "eco" },
};
