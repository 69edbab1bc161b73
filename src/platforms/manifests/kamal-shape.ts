import { any, boolean, listOf, map, number, type Shape, scalar, text } from "./shape.ts";

const healthcheck = map({ path: text, interval: any, timeout: any });

/** lib/kamal/configuration/docs/proxy.yml */
const proxy = map({
  host: scalar,
  hosts: listOf(scalar),
  app_port: number,
  ssl: any,
  ssl_redirect: boolean,
  forward_headers: boolean,
  response_timeout: number,
  path_prefix: scalar,
  path_prefixes: listOf(scalar),
  strip_path_prefix: boolean,
  healthcheck,
  buffering: any,
  logging: any,
  run: any,
});

/**
 * The keys of config/deploy.yml: basecamp/kamal @eee0083b (2026-06-18), lib/kamal/configuration/docs, which is
 * also what the file is held against: `kamal` stops at any other key, but for `x-…`.
 */
export const kamalKeys: Readonly<Record<string, Shape>> = {
  service: scalar,
  image: scalar,
  labels: any,
  volumes: any,
  registry: any,
  servers: any,
  env: any,
  asset_path: any,
  hooks_path: any,
  hooks_output: any,
  secrets_path: any,
  error_pages_path: any,
  require_destination: any,
  primary_role: scalar,
  allow_empty_roles: any,
  retain_containers: any,
  minimum_version: any,
  readiness_delay: any,
  deploy_timeout: any,
  drain_timeout: any,
  stop_timeout: any,
  run_directory: any,
  ssh: any,
  builder: any,
  accessories: any,
  sshkit: any,
  boot: any,
  logging: any,
  output: any,
  aliases: any,
};

/** `proxy` may also be `false`. */
export const kamalProxy: Shape = proxy;

/** Keys of version 1: https://kamal-deploy.org/docs/upgrading/configuration-changes (2024-10). */
export const removedKeys: Readonly<Record<string, string>> = {
  traefik: "proxy:\n  app_port: 8000\n  host: shop.example.com",
  healthcheck: "proxy:\n  healthcheck:\n    path: /healthz",
};
