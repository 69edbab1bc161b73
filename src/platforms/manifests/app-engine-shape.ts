import { any, boolean, map, type Shape, scalar, text } from "./shape.ts";

/** Keys of the Python 2 runtime, which are told of by themselves. */
export const pythonTwoKeys: readonly string[] = [
  "api_version",
  "application",
  "builtins",
  "libraries",
  "threadsafe",
];

/**
 * What app.yaml may hold: https://docs.cloud.google.com/appengine/docs/standard/reference/app-yaml and
 * https://docs.cloud.google.com/appengine/docs/flexible/reference/app-yaml (2026). What is below is not looked at,
 * but for what a deployment from the repository depends on.
 */
export const appEngineShape: Shape = map(
  {
    ...Object.fromEntries(pythonTwoKeys.map((key) => [key, any])),
    app_engine_apis: boolean,
    app_engine_bundled_services: any,
    automatic_scaling: any,
    basic_scaling: any,
    beta_settings: any,
    build_env_variables: any,
    default_expiration: scalar,
    endpoints_api_service: any,
    entrypoint: text,
    env: text,
    env_variables: any,
    error_handlers: any,
    handlers: any,
    health_check: any,
    inbound_services: any,
    includes: any,
    instance_class: text,
    liveness_check: any,
    main: any,
    manual_scaling: any,
    network: any,
    nobuild_files: any,
    readiness_check: any,
    resources: any,
    runtime: scalar,
    runtime_channel: any,
    runtime_config: any,
    service: scalar,
    service_account: any,
    skip_files: any,
    ssd: any,
    version: any,
    vm: any,
    vm_settings: any,
    vpc_access: any,
    vpc_access_connector: any,
  },
  { deprecated: { module: "service" } },
);
