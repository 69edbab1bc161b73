import { any, map, type Shape, scalar, text, word } from "./shape.ts";

/**
 * Keys of an application of Upsun's and Platform.sh's: platformsh/platformsh-docs @856c486 (2026-08-17),
 * sites/{upsun,platform}/src/create-apps/app-reference and image-properties/web.md.
 */
export const upsunApplication: Shape = map({
  access: any,
  additional_hosts: any,
  build: any,
  container_profile: any,
  crons: any,
  dependencies: any,
  disk: any,
  firewall: any,
  hooks: map({ build: text, deploy: text, post_deploy: text }),
  mounts: any,
  name: scalar,
  operations: any,
  relationships: any,
  resources: any,
  runtime: any,
  size: any,
  source: any,
  stack: any,
  timezone: any,
  type: text,
  variables: any,
  web: map({
    commands: map({ pre_start: text, start: text, post_start: text }),
    upstream: map({
      socket_family: word("tcp", "unix"),
      protocol: word("http", "fastcgi", "https", "https-verify"),
    }),
    locations: any,
    document_root: any,
    expires: any,
    index_files: any,
    move_to_root: any,
    passthru: any,
    blacklist: any,
    whitelist: any,
  }),
  workers: any,
});
