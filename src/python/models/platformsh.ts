import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Value } from "../value.ts";
import { method, model, nativeClass } from "./define.ts";
import { notModelled } from "./inert.ts";
import { bool, textOf } from "./make.ts";

/** platformshconfig 2.4.0, config.py: properties, and the variables that hold them behind the prefix. */
const properties: Readonly<Record<string, string>> = {
  project: "PLATFORM_PROJECT",
  appDir: "PLATFORM_APP_DIR",
  applicationName: "PLATFORM_APPLICATION_NAME",
  treeID: "PLATFORM_TREE_ID",
  projectEntropy: "PLATFORM_PROJECT_ENTROPY",
  branch: "PLATFORM_BRANCH",
  environment: "PLATFORM_ENVIRONMENT",
  documentRoot: "PLATFORM_DOCUMENT_ROOT",
  smtpHost: "PLATFORM_SMTP_HOST",
  port: "PORT",
  socket: "SOCKET",
};

const application = "PLATFORM_APPLICATION_NAME";
const environment = "PLATFORM_ENVIRONMENT";

function isSet(machine: Machine, name: string, at: Location | undefined): boolean {
  const value = machine.environment.get(name, at);
  return value !== undefined && textOf(value) !== "";
}

/** The environment that Platform.sh and Upsun set up, as the library reads it. What is encoded in it stays unknown. */
function config(machine: Machine): Value {
  const isThere = (m: Machine, at: Location | undefined) => m.environment.get(application, at) !== undefined;
  const encoded = (name: string, variable: string) =>
    method(
      name,
      { rest: true, others: true },
      (_, { machine: m, at }) => {
        const value = m.environment.get(variable, at);
        return m.opaque(`is what $${variable} holds`, at, value ? [value] : []);
      },
      { takesOpaque: true },
    );
  const phase = (name: string, runs: boolean) =>
    method(name, {}, (_, { machine: m, at }) =>
      bool(isThere(m, at) && isSet(m, environment, at) === runs, at, [application, environment]),
    );
  return nativeClass(machine, "platformshconfig.Config", [
    [
      "is_valid_platform",
      method("is_valid_platform", {}, (_, { machine: m, at }) => bool(isThere(m, at), at, [application])),
    ],
    ["in_build", phase("in_build", false)],
    ["in_runtime", phase("in_runtime", true)],
    ["credentials", encoded("credentials", "PLATFORM_RELATIONSHIPS")],
    ["formatted_credentials", encoded("formatted_credentials", "PLATFORM_RELATIONSHIPS")],
    ["has_relationship", encoded("has_relationship", "PLATFORM_RELATIONSHIPS")],
    ["routes", encoded("routes", "PLATFORM_ROUTES")],
    ["get_route", encoded("get_route", "PLATFORM_ROUTES")],
    ["get_primary_route", encoded("get_primary_route", "PLATFORM_ROUTES")],
    ["get_upstream_routes", encoded("get_upstream_routes", "PLATFORM_ROUTES")],
    ["variable", encoded("variable", "PLATFORM_VARIABLES")],
    ["variables", encoded("variables", "PLATFORM_VARIABLES")],
    ["application", encoded("application", "PLATFORM_APPLICATION")],
    [
      "__getattr__",
      method("__getattr__", { required: ["name"] }, (self, { machine: m, at, given }) => {
        const name = textOf(given.name) ?? "";
        const variable = Object.hasOwn(properties, name) ? properties[name] : undefined;
        const value = variable === undefined ? undefined : m.environment.get(variable, at);
        return value ?? notModelled(m, self, name, at);
      }),
    ],
  ]);
}

export const platformshModels: readonly Model[] = [
  model("platformshconfig", (machine) => [["Config", config(machine)]]),
  model("platformshconfig.config", (machine) => [["Config", config(machine)]]),
];
