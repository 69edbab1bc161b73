import { any, boolean, listOf, map, number, type Shape, scalar, text, word } from "./shape.ts";

/*
 * What a Blueprint may hold: https://render.com/docs/blueprint-spec, as render-oss/skills @3f2aa30
 * (2026-08-18) has it, render-blueprints/references/field-reference.md and common-mistakes.md.
 */

const reference = map({ name: text, type: any, property: text, envVarKey: text });

const variable: Shape = map({
  key: scalar,
  value: scalar,
  previewValue: scalar,
  generateValue: boolean,
  sync: boolean,
  fromDatabase: reference,
  fromService: reference,
  fromGroup: text,
});

const previews = map({
  generation: any,
  expireAfterDays: any,
  plan: any,
  numInstances: any,
});

const service: Shape = map(
  {
    type: {
      is: "word",
      words: ["web", "pserv", "worker", "cron", "keyvalue", "redis"],
      retired: {},
    },
    runtime: word("node", "python", "go", "ruby", "rust", "elixir", "docker", "image", "static"),
    name: scalar,
    repo: text,
    branch: scalar,
    region: word("oregon", "ohio", "virginia", "frankfurt", "singapore"),
    plan: scalar,
    previewPlan: scalar,
    rootDir: text,
    buildCommand: text,
    startCommand: text,
    preDeployCommand: text,
    initialDeployHook: text,
    healthCheckPath: text,
    domain: text,
    domains: listOf(any),
    renderSubdomainPolicy: any,
    envVars: listOf(variable),
    buildFilter: map({ paths: listOf(text), ignoredPaths: listOf(text) }),
    disk: map({ name: text, mountPath: text, sizeGB: number }),
    scaling: map({
      minInstances: number,
      maxInstances: number,
      targetCPUPercent: number,
      targetMemoryPercent: number,
    }),
    numInstances: number,
    autoDeployTrigger: word("commit", "checksPass", "off"),
    maxShutdownDelaySeconds: number,
    maintenanceMode: any,
    dockerfilePath: text,
    dockerContext: text,
    dockerCommand: text,
    registryCredential: any,
    image: any,
    schedule: text,
    staticPublishPath: text,
    headers: listOf(any),
    routes: listOf(any),
    previews,
    maxmemoryPolicy: text,
    persistenceMode: text,
    ipAllowList: listOf(any),
  },
  {
    deprecated: {
      env: "runtime",
      autoDeploy: "autoDeployTrigger",
      pullRequestPreviewsEnabled: "previews:\n  generation: automatic",
    },
  },
);

const database: Shape = map({
  name: scalar,
  plan: scalar,
  previewPlan: scalar,
  previewDiskSizeGB: number,
  postgresMajorVersion: scalar,
  databaseName: scalar,
  user: scalar,
  region: scalar,
  diskSizeGB: number,
  storageAutoscalingEnabled: boolean,
  readReplicas: any,
  readReplica: any,
  highAvailability: any,
  ipAllowList: any,
  parameterOverrides: any,
  datadogAPIKey: any,
  datadogSite: any,
});

const group: Shape = map({ name: text, envVars: listOf(variable) });

const holder = { services: listOf(service), databases: listOf(database), envVarGroups: listOf(group) };

/** The whole of a render.yaml. */
export const blueprint: Shape = map(
  {
    version: any,
    ...holder,
    previews,
    projects: listOf(
      map({
        name: text,
        environments: listOf(
          map({
            name: text,
            networking: any,
            networkIsolation: any,
            permissions: any,
            protectedStatus: any,
            ...holder,
          }),
        ),
      }),
    ),
    ungrouped: map(holder),
  },
  {
    deprecated: {
      previewsEnabled: "previews:\n  generation: automatic",
      previewsExpireAfterDays: "previews:\n  expireAfterDays: 3",
    },
  },
);
