import { any, boolean, listOf, map, oneOrSeveral, type Shape, scalar, text } from "./shape.ts";

/**
 * The keys of fly.toml: superfly/flyctl @ad0172f (2026-08-21), internal/appconfig/{config,service}.go. Tables
 * of lists may be written as one table, and values with another type are converted (patches.go), so only names
 * and the types of what is not converted are looked at. Keys of the first Fly are passed over without a word.
 */
const check = map({
  interval: any,
  timeout: any,
  grace_period: any,
  method: text,
  path: text,
  protocol: text,
  tls_skip_verify: boolean,
  tls_server_name: text,
  headers: any,
  restart_limit: any,
});

const machineCheck = map({ command: any, image: text, entrypoint: any, kill_signal: any, kill_timeout: any });

const common = {
  internal_port: any,
  auto_stop_machines: any,
  auto_start_machines: any,
  min_machines_running: any,
  processes: listOf(text),
  concurrency: any,
  machine_checks: oneOrSeveral(machineCheck),
};

export const flyShape: Shape = map({
  app: text,
  primary_region: text,
  kill_signal: text,
  kill_timeout: any,
  swap_size_mb: any,
  console_command: text,
  host_dedication_id: text,
  machine_config: any,
  container: text,
  experimental: any,
  build: map({
    builder: text,
    args: any,
    buildpacks: listOf(text),
    image: text,
    settings: any,
    builtin: text,
    dockerfile: text,
    ignorefile: text,
    "build-target": text,
    build_target: text,
    compose: any,
    compression: any,
    compression_level: any,
  }),
  deploy: map({
    strategy: text,
    max_unavailable: any,
    wait_timeout: any,
    release_command: text,
    release_command_timeout: any,
    release_command_vm: any,
    seed_command: text,
  }),
  env: any,
  processes: any,
  http_service: map({
    ...common,
    force_https: boolean,
    tls_options: any,
    http_options: any,
    checks: oneOrSeveral(check),
  }),
  services: oneOrSeveral(
    map({
      ...common,
      protocol: text,
      ports: any,
      tcp_checks: any,
      http_checks: oneOrSeveral(check),
      script_checks: any,
    }),
  ),
  checks: any,
  machine_checks: any,
  files: any,
  mounts: any,
  mount: any,
  restart: any,
  vm: any,
  compute: any,
  computes: any,
  statics: oneOrSeveral(
    map({ guest_path: text, url_prefix: text, tigris_bucket: any, index_document: scalar }),
  ),
  metrics: any,
});
