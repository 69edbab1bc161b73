import { any, boolean, listOf, map, number, type Shape, scalar, text, word } from "./shape.ts";

/**
 * The keys of an app spec that people write for a web application: digitalocean/godo @3fce660 (2026-07-24),
 * apps.gen.go. What is below the others is not looked at.
 */
const envs = listOf(
  map({
    key: text,
    value: scalar,
    scope: word("UNSET", "RUN_TIME", "BUILD_TIME", "RUN_AND_BUILD_TIME"),
    type: word("GENERAL", "SECRET"),
  }),
);

const source: Readonly<Record<string, Shape>> = {
  name: scalar,
  git: any,
  github: any,
  gitlab: any,
  bitbucket: any,
  dockerfile_path: text,
  build_command: text,
  source_dir: text,
  environment_slug: text,
  envs,
};

const running: Readonly<Record<string, Shape>> = {
  ...source,
  image: any,
  run_command: text,
  instance_size_slug: text,
  instance_count: number,
  autoscaling: any,
  alerts: any,
  log_destinations: any,
  termination: any,
  liveness_health_check: any,
};

const healthCheck = map(
  {
    initial_delay_seconds: number,
    period_seconds: number,
    timeout_seconds: number,
    success_threshold: number,
    failure_threshold: number,
    http_path: text,
    port: number,
  },
  { deprecated: { path: "http_path" } },
);

export const appSpecShape: Shape = map({
  name: scalar,
  region: text,
  services: listOf(
    map({
      ...running,
      http_port: number,
      protocol: text,
      // Superseded by `ingress`, and still taken.
      routes: any,
      health_check: healthCheck,
      cors: any,
      internal_ports: listOf(number),
      inactivity_sleep: any,
    }),
  ),
  static_sites: any,
  workers: listOf(map(running)),
  jobs: listOf(
    map({
      ...running,
      kind: word("UNSPECIFIED", "PRE_DEPLOY", "POST_DEPLOY", "FAILED_DEPLOY", "SCHEDULED"),
      schedule: any,
      timeout: scalar,
    }),
  ),
  functions: any,
  databases: listOf(
    map({
      name: text,
      engine: word("UNSET", "MYSQL", "PG", "REDIS", "MONGODB", "KAFKA", "OPENSEARCH", "VALKEY"),
      version: scalar,
      size: text,
      num_nodes: number,
      production: boolean,
      cluster_name: text,
      db_name: text,
      db_user: text,
    }),
  ),
  domains: any,
  envs,
  alerts: any,
  ingress: any,
  egress: any,
  features: any,
  maintenance: any,
  vpc: any,
  disable_edge_cache: boolean,
  disable_email_obfuscation: boolean,
  enhanced_threat_control_enabled: boolean,
});
