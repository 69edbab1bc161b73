import type { Service } from "./manifest.ts";

const kinds: readonly (readonly [RegExp, Service["kind"]])[] = [
  [/(?:^|\/)(?:postgres|postgis|postgresql|timescaledb|pgvector)(?:[:@-]|$)/, "postgres"],
  [/(?:^|\/)(?:mysql|mariadb|percona)(?:[:@-]|$)/, "mysql"],
  [/(?:^|\/)(?:redis|valkey|dragonfly|keydb)(?:[:@-]|$)/, "redis"],
  [/(?:^|\/)mongo(?:[:@-]|$)/, "mongodb"],
  [/(?:^|\/)(?:rabbitmq|memcached|elasticsearch|opensearch|minio|meilisearch)(?:[:@-]|$)/, "other"],
];

/** The service that a container image is, by its name: "postgres:17". */
export function serviceKind(image: string): Service["kind"] | undefined {
  return kinds.find(([pattern]) => pattern.test(image))?.[1];
}
