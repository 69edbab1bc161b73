import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { DictEntry, Instance, Opaque, Value } from "../value.ts";
import { creator, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { inertClass, inertClasses, noEffect, notModelled } from "./inert.ts";
import { list, none, str, textOf, tuple } from "./make.ts";

/** Libraries that settings configure, and that do nothing to the settings themselves. */

const sentryIntegrations = {
  django: "DjangoIntegration", celery: "CeleryIntegration", redis: "RedisIntegration", logging: "LoggingIntegration", httpx: "HttpxIntegration", rq: "RqIntegration",
  asyncio: "AsyncioIntegration", aiohttp: "AioHttpIntegration", strawberry: "StrawberryIntegration", openai: "OpenAIIntegration", stdlib: "StdlibIntegration",
}; // biome-ignore format: a table

function sentry(): readonly Model[] {
  return [
    model("sentry_sdk", () =>
      [
        "init",
        "set_tag",
        "set_user",
        "set_context",
        "set_extra",
        "capture_exception",
        "capture_message",
        "add_breadcrumb",
        "configure_scope",
        "push_scope",
      ].map(noEffect),
    ),
    ...Object.entries(sentryIntegrations).map(([name, type]) => {
      const module = `sentry_sdk.integrations.${name}`;
      return model(module, (machine) => [...inertClasses(machine, module, type), noEffect("ignore_logger")]);
    }),
  ];
}

const corsHeaders = [
  "accept",
  "accept-encoding",
  "authorization",
  "content-type",
  "dnt",
  "origin",
  "user-agent",
  "x-csrftoken",
  "x-requested-with",
];
/** django-cors-headers 4, which dropped three. */
const newCorsHeaders = corsHeaders.filter((name) => !["accept-encoding", "dnt", "origin"].includes(name));
const corsMethods = ["DELETE", "GET", "OPTIONS", "PATCH", "POST", "PUT"];
const words = (texts: readonly string[]): Value => tuple(texts.map((text) => str(text)));

const policyWords = {
  NONE: "'none'",
  SELF: "'self'",
  UNSAFE_INLINE: "'unsafe-inline'",
  UNSAFE_EVAL: "'unsafe-eval'",
  STRICT_DYNAMIC: "'strict-dynamic'",
  UNSAFE_HASHES: "'unsafe-hashes'",
  REPORT_SAMPLE: "'report-sample'",
};

/** What stands for the nonce of a request: it is only ever shown. */
function nonce(machine: Machine): Value {
  const of = inertClass(machine, "csp.constants.Nonce");
  of.attributes.set(
    "__repr__",
    method("__repr__", {}, (_, { at }) => str("csp.constants.NONCE", at)),
  );
  return instance(of, undefined);
}

/** cfenv: the services that Cloud Foundry describes in $VCAP_SERVICES. Without that, there are none. */
function cloudFoundry(machine: Machine): Value {
  const service = inertClass(machine, "cfenv.Service");
  const read = (m: Machine, variable: string, at: Location | undefined): Value => {
    const text = m.environment.get(variable, at, none(at)) ?? str("{}", at, [variable]);
    return m.call(m.attribute(m.import("json"), "loads"), [text], undefined, at);
  };
  const entriesOf = (value: Value | undefined): readonly DictEntry[] =>
    value?.kind === "dict" ? [...value.entries.values()] : [];
  const field = (value: Value, name: string): Value | undefined =>
    entriesOf(value).find(({ key }) => textOf(key) === name)?.value;
  /** Every service as an object, or an opaque value. */
  const services = (m: Machine, at: Location | undefined): readonly Instance[] | Opaque => {
    const all = read(m, "VCAP_SERVICES", at);
    if (all.kind === "opaque") return all;
    return entriesOf(all)
      .flatMap(({ value }) => (value.kind === "list" ? value.items : []))
      .map((one) =>
        instance(service, at, {
          env: all.env,
          attributes: [
            ["env", one],
            ...entriesOf(one).map(({ key, value }) => [textOf(key) ?? "", value] as const),
            ["credentials", field(one, "credentials") ?? m.dict([], at)],
          ],
        }),
      );
  };
  return nativeClass(machine, "cfenv.AppEnv", [
    [
      "get_service",
      method("get_service", { others: true }, (_, { machine: m, at, others }) => {
        const all = services(m, at);
        if ("kind" in all) return all;
        const fits = (one: Instance): boolean =>
          [...others].every(([name, wanted]) => m.equal(one.attributes.get(name) ?? none(), wanted) === true);
        return all.find(fits) ?? none(at, ["VCAP_SERVICES"]);
      }),
    ],
    [
      "get_credential",
      method(
        "get_credential",
        { required: ["key"], optional: ["default"] },
        (_, { machine: m, at, given }) => {
          const all = services(m, at);
          if ("kind" in all) return all;
          if (given.key.kind === "opaque") return given.key;
          const found = all
            .map((one) => field(one.attributes.get("credentials") ?? none(), textOf(given.key) ?? ""))
            .find((value) => value !== undefined);
          // What no service holds is looked for in the environment.
          const name = textOf(given.key) ?? "";
          const fallback = given.default ?? none(at, ["VCAP_SERVICES"]);
          return found ?? m.environment.get(name, at, fallback) ?? fallback;
        },
        { takesOpaque: true },
      ),
    ],
    [
      "__getattr__",
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) => {
        const name = textOf(given.name) ?? "";
        if (name === "services") {
          const all = services(m, at);
          return "kind" in all ? all : list([...all], at, ["VCAP_SERVICES"]);
        }
        if (name !== "name" && name !== "space" && name !== "port") return notModelled(m, self, name, at);
        const app = read(m, "VCAP_APPLICATION", at);
        return app.kind === "opaque"
          ? app
          : (field(app, name === "space" ? "space_name" : name) ?? none(at, app.env));
      }),
    ],
  ]);
}

/** prometheus_client: a collector for several processes insists on a folder that a variable names. */
const multiProcessCollector = (machine: Machine) =>
  nativeClass(machine, "prometheus_client.multiprocess.MultiProcessCollector", [
    creator({ required: ["registry"], optional: ["path"] }, ({ machine: m, at, given }) => {
      const name = "PROMETHEUS_MULTIPROC_DIR";
      const old = "prometheus_multiproc_dir";
      const isSet =
        m.environment.has(old) || m.truth(m.environment.get(name, at, none(at)) ?? none()) !== false;
      if ((!given.path || given.path.kind === "none") && !isSet)
        m.raise("ValueError", `env ${name} is not set or not a directory`, at, [name]);
      return {};
    }),
  ]);

export const otherModels: readonly Model[] = [
  ...sentry(),
  model("prometheus_client.multiprocess", (machine) => [
    ["MultiProcessCollector", multiProcessCollector(machine)],
  ]),
  model("cfenv", (machine) => [["AppEnv", cloudFoundry(machine)]]),
  model("corsheaders.defaults", () => [
    ["default_headers", words(newCorsHeaders)],
    ["default_methods", words(corsMethods)],
  ]),
  { ...model("oscar.defaults", () => []), prefix: "OSCAR_" },
  model("csp.constants", (machine) => [
    ...Object.entries(policyWords).map(([name, text]) => [name, str(text)] as const),
    ["NONCE", nonce(machine)],
  ]),
  model("newrelic.agent", () => ["initialize", "register_application"].map(noEffect)),
  model("ddtrace", () => [...["patch_all", "patch"].map(noEffect)]),
  model("botocore.config", (machine) => inertClasses(machine, "botocore.config", "Config")),
  model("botocore.exceptions", (machine) =>
    ["ClientError", "NoCredentialsError", "BotoCoreError"].map(
      (name) => [name, exceptionClass(machine, `botocore.exceptions.${name}`)] as const,
    ),
  ),
  model("google.auth.exceptions", (machine) =>
    ["DefaultCredentialsError", "GoogleAuthError"].map(
      (name) => [name, exceptionClass(machine, `google.auth.exceptions.${name}`)] as const,
    ),
  ),
  model("pillow_heif", () => [noEffect("register_heif_opener")]),
  model("pghistory", (machine) =>
    inertClasses(
      machine,
      "pghistory",
      ...["Config", "InsertEvent", "UpdateEvent", "DeleteEvent", "Field", "ForeignKey", "RelatedField"],
      ...["ObjForeignKey", "ContextForeignKey", "ContextJSONField", "ContextUUIDField"],
    ),
  ),
  model("whitenoise", () => []),
  model("storages", () => []),
  model("import_export.formats.base_formats", (machine) =>
    inertClasses(machine, "import_export.formats.base_formats", "CSV", "XLSX", "JSON", "XLS"),
  ),
];
