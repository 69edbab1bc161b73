import type { Machine, Model } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, creator, define, exceptionClass, method, model, nativeClass } from "./define.ts";
import { inertClass, inertClasses, notModelled } from "./inert.ts";
import { textOf } from "./make.ts";
import { outside } from "./network.ts";
import { fernetKey } from "./random.ts";

/** Clients of services and their keys: made, never used. */

const redisErrors = {
  RedisError: "Exception", ConnectionError: "RedisError", TimeoutError: "RedisError", BusyLoadingError: "ConnectionError",
  AuthenticationError: "ConnectionError", ResponseError: "RedisError", DataError: "RedisError", ReadOnlyError: "ResponseError",
}; // biome-ignore format: a table
const backoffs = [
  "ConstantBackoff", "DecorrelatedJitterBackoff", "EqualJitterBackoff", "ExponentialBackoff", "FullJitterBackoff", "NoBackoff",
]; // biome-ignore format: a list of names
const redisClients = [
  "Redis",
  "StrictRedis",
  "RedisCluster",
  "Sentinel",
  "ConnectionPool",
  "BlockingConnectionPool",
  "Connection",
  "SSLConnection",
];

/** Each after the class that it derives from. */
function redisExceptions(machine: Machine): (readonly [string, Value])[] {
  const made = new Map<string, Class>();
  for (const [name, base] of Object.entries(redisErrors)) {
    const above = made.get(base) ?? machine.classNamed(base);
    made.set(name, nativeClass(machine, `redis.exceptions.${name}`, [], [above]));
  }
  return [...made];
}

const badKey = "Fernet key must be 32 url-safe base64-encoded bytes.";

/** `Fernet(key)`: refuses what is no key. What it encrypts differs from time to time. */
function fernet(machine: Machine): Value {
  const create = creator({ required: ["key"], optional: ["backend"] }, ({ machine: m, at, given }) => {
    const text = given.key.kind === "bytes" ? new TextDecoder().decode(given.key.value) : textOf(given.key);
    if (text !== undefined && !/^[\w-]{43}=$/.test(text))
      return m.raise("ValueError", badKey, at, given.key.env);
    return { env: given.key.env };
  });
  return nativeClass(machine, "cryptography.fernet.Fernet", [
    create,
    ["generate_key", fernetKey],
    ...byName(
      method("encrypt", { required: ["data"] }, (self, { machine: m, at, given }) =>
        m.opaque("is encrypted anew at every start", at, [self, given.data], {
          type: "bytes",
          cause: "unmodelled",
        }),
      ),
      method("decrypt", { required: ["token"], optional: ["ttl"] }, (self, { machine: m, at, given }) =>
        m.opaque("is decrypted, which is not modelled", at, [self, given.token], {
          type: "bytes",
          cause: "unmodelled",
        }),
      ),
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) =>
        notModelled(m, self, textOf(given.name) ?? "", at),
      ),
    ),
  ]);
}

/** `Credentials` of a service account: the file has to be there. */
function serviceAccount(machine: Machine): Value {
  const of = inertClass(machine, "google.oauth2.service_account.Credentials");
  const fromFile = define(
    "from_service_account_file",
    { required: ["filename"], others: true },
    ({ machine: m, at, given }) => {
      m.call(m.attribute(m.import("builtins"), "open"), [given.filename], undefined, at);
      return m.opaque("holds the credentials of a service account", at, [given.filename], {
        type: "Credentials",
        truth: true,
        cause: "unmodelled",
      });
    },
    { takesOpaque: true },
  );
  of.attributes.set("from_service_account_file", fromFile);
  of.attributes.set(...outside("from_service_account_info", "holds the credentials of a service account"));
  return of;
}

export const securedServiceModels: readonly Model[] = [
  model("redis", (machine) => [
    ...redisClients.map((name) => [name, inertClass(machine, `redis.client.${name}`)] as const),
    outside("from_url", "is a connection to a server"),
    ["exceptions", machine.import("redis.exceptions")],
    ...Object.keys(redisErrors).map(
      (name) => [name, machine.classNamed(`redis.exceptions.${name}`)] as const,
    ),
  ]),
  model("redis.exceptions", redisExceptions),
  model("redis.connection", (machine) => inertClasses(machine, "redis.connection", ...redisClients.slice(4))),
  model("redis.backoff", (machine) => inertClasses(machine, "redis.backoff", ...backoffs)),
  model("redis.retry", (machine) => inertClasses(machine, "redis.retry", "Retry")),
  model("redis.asyncio.retry", (machine) => inertClasses(machine, "redis.asyncio.retry", "Retry")),
  model("cryptography.fernet", (machine) => [
    ["Fernet", fernet(machine)],
    ["MultiFernet", inertClass(machine, "cryptography.fernet.MultiFernet")],
    ["InvalidToken", exceptionClass(machine, "cryptography.fernet.InvalidToken")],
  ]),
  model("google.oauth2.service_account", (machine) => [["Credentials", serviceAccount(machine)]]),
  model("google.oauth2", (machine) => [["service_account", machine.import("google.oauth2.service_account")]]),
];
