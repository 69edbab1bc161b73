import type { ComposeService } from "../../platforms/manifests/compose.ts";
import { holds } from "../dotenv/secrecy.ts";

/** A program that keeps data, by the port that it listens on. */
export interface DataService {
  readonly name: string;
  /** What guards it, as far as its part of the compose file tells. */
  guard(service: ComposeService): Guard;
}

/** `unknown`: a variable or a file holds it. */
export type Guard = "none" | "weak" | "written" | "unknown";

/** What the official images do with their variables: https://hub.docker.com/_/postgres, …/_/redis and so on (2026). */
export const dataServices: ReadonlyMap<number, DataService> = new Map<number, DataService>([
  [
    5432,
    { name: "PostgreSQL", guard: byVariables(["POSTGRES_PASSWORD", "POSTGRESQL_PASSWORD"], isTrusting) },
  ],
  [
    3306,
    {
      name: "MySQL",
      guard: byVariables(
        ["MYSQL_ROOT_PASSWORD", "MYSQL_PASSWORD", "MARIADB_ROOT_PASSWORD", "MARIADB_PASSWORD"],
        isEmptyAllowed,
      ),
    },
  ],
  [6379, { name: "Redis", guard: ofRedis }],
  [27017, { name: "MongoDB", guard: ofMongo }],
  [11211, { name: "memcached", guard: () => "none" }],
  [9200, { name: "Elasticsearch", guard: ofElasticsearch }],
  [5672, { name: "RabbitMQ", guard: byVariables(["RABBITMQ_DEFAULT_PASS"], () => false) }],
]);

function byVariables(
  names: readonly string[],
  isOpen: (service: ComposeService) => boolean,
): DataService["guard"] {
  return (service) => {
    if (isOpen(service)) return "none";
    const values = names.flatMap((name) => {
      const declared = service.env.findLast((one) => one.name === name);
      return declared?.value === undefined ? [] : [holds(name, declared.value)];
    });
    if (values.length === 0) return "unknown";
    return values.every((value) => value === "secret") ? "written" : "weak";
  };
}

function value({ env }: ComposeService, name: string): string | undefined {
  return env.findLast((one) => one.name === name)?.value;
}

function isTrusting(service: ComposeService): boolean {
  return value(service, "POSTGRES_HOST_AUTH_METHOD") === "trust";
}

function isEmptyAllowed({ env }: ComposeService): boolean {
  return env.some(
    ({ name, value: text }) =>
      /ALLOW_EMPTY_(?:ROOT_)?PASSWORD$/.test(name) && text !== undefined && /^(?:1|yes|true)$/i.test(text),
  );
}

/** The image listens to everybody without asking, unless it is told a password. */
function ofRedis(service: ComposeService): Guard {
  const text = `${service.entrypoint?.text ?? ""} ${service.command?.text ?? ""}`;
  const isOfficial = /(?:^|\/)(?:redis|valkey)(?::|$)/.test(service.image ?? "");
  if (/\.conf\b|\.sh\b|\$/.test(text) || !isOfficial || (service.envFiles.length > 0 && /\$/.test(text)))
    return "unknown";
  const password = /--requirepass[= ]+["']?([^\s"']+)/.exec(text)?.[1];
  if (password === undefined) return "none";
  return holds("REDIS_PASSWORD", password) === "secret" ? "written" : "weak";
}

function ofMongo(service: ComposeService): Guard {
  const isOfficial = /(?:^|\/)mongo(?::|$)/.test(service.image ?? "");
  const text = service.command?.text ?? "";
  if (!isOfficial || service.envFiles.length > 0 || /--auth|--config|-f\b|\.sh\b/.test(text))
    return "unknown";
  const declared = service.env.findLast(({ name }) => name === "MONGO_INITDB_ROOT_PASSWORD");
  if (!declared) return "none";
  if (declared.value === undefined) return "unknown";
  return holds(declared.name, declared.value) === "secret" ? "written" : "weak";
}

/** On by itself since 8. */
function ofElasticsearch(service: ComposeService): Guard {
  if (value(service, "xpack.security.enabled") === "false") return "none";
  const major = /elasticsearch:(\d+)/.exec(service.image ?? "")?.[1];
  return major !== undefined && Number(major) < 8 && value(service, "xpack.security.enabled") === undefined
    ? "none"
    : "unknown";
}
