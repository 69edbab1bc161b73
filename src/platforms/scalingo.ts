import type { ProjectFiles } from "../files/project-files.ts";
import { readScalingoJson } from "./manifests/scalingo-json.ts";
import type { DeploymentRead, Platform } from "./platform.ts";
import {
  buildpackCollectstatic,
  buildpackHooks,
  buildpackInjects,
  buildpackPackages,
  buildpackPython,
} from "./python-buildpack.ts";
import { otherDeploymentFiles, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import { noHealthCheck, type ProcfileRules } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/**
 * platform/app/procfile: names are alphanumeric, of 24 characters at most; two of one name are "undefined
 * behavior". `release` is a name like any other, so nothing starts it.
 */
const procfile: ProcfileRules = {
  syntax: "lines",
  names: /^[A-Za-z0-9]{1,24}$/,
  namesInWords: "24 letters and digits at most",
  otherNames: "unknown",
  duplicates: "unknown",
  invalidLine: "unknown",
  serves: ["web"],
  release: { name: "postdeploy", phase: "release" },
};

/**
 * Scalingo. Unless said otherwise the facts are from Scalingo/documentation @19c4243 (2026-08-21) and
 * Scalingo/python-buildpack @66b788a (v347, 2026-07-13), which is Heroku's with other defaults.
 */
export const scalingo: Platform = {
  id: "scalingo",
  name: "Scalingo",
  docs: "https://doc.scalingo.com/languages/python/django/start",
  factsAsOf: "2026-08-21, Scalingo/documentation @19c4243",
  detect(files, folder) {
    const own = ["scalingo.json", ".scalingo"].find((path) => files.isFile(path) || files.isFolder(path));
    if (own !== undefined) return { kind: "own", because: `${own} is there` };
    // No other platform gives a process that name.
    if (/^postdeploy:/m.test(files.text("Procfile") ?? ""))
      return { kind: "own", because: "Procfile has a postdeploy step" };
    const settings = settingsWrittenFor(files, folder, /SCALINGO_\w+|\.scalingo\.io\b/);
    return settings === undefined
      ? undefined
      : { kind: "own", because: `${settings} is written for Scalingo` };
  },
  read: readScalingo,
  // platform/app/environment.
  injects: {
    PORT: undefined,
    APP: undefined,
    CONTAINER: undefined,
    CONTAINER_VERSION: undefined,
    CONTAINER_SIZE: undefined,
    CONTAINER_MEMORY: undefined,
    SCALINGO_APPLICATION_ID: undefined,
    HOSTNAME: undefined,
    STACK: undefined,
    REGION_NAME: undefined,
    ...buildpackInjects,
  },
  python: {
    ...buildpackPython,
    fallback: "the version of the app's last build, or Python 3.13 for a new app",
    fallbackVersion: "3.13",
  },
  packages: buildpackPackages,
  procfile,
  // bin/steps/collectstatic loads the app's variables before it runs.
  buildSees: "all",
  collectstatic: buildpackCollectstatic,
  start: {
    elsewhere: undefined,
    fix: (command) => `# Procfile\nweb: ${command}`,
    timeout: 60,
    // platform/networking/public/routing: 30 seconds until the first byte.
    requestTimeout: 30,
  },
  // platform/app/postdeploy-hook: once the new containers have started, before they get requests.
  release: {
    name: "the postdeploy hook",
    fix: (command) => `# Procfile\npostdeploy: ${command}`,
    keepsFiles: false,
    shell: true,
  },
  port: { variable: "PORT", number: undefined, reachedFrom: "outside" },
  // platform/networking/public/routing: headers. HTTPS is forced by a setting of the app.
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "unknown" },
  // The same page: the router finds the app by the Host header.
  hosts: { validated: true, suffix: ".scalingo.io", variable: undefined },
  health: noHealthCheck,
  database: {
    variable: "DATABASE_URL",
    others: ["SCALINGO_POSTGRESQL_URL"],
    scheme: "postgres",
    fix: "scalingo addons-add postgresql postgresql-starter-512",
    // bin/release, as on Heroku.
    automaticWith: ["psycopg2", "psycopg2-binary"],
  },
  // platform/app/filesystem (2023-07-27).
  disk: "ephemeral",
  isolated: true,
};

function readScalingo(files: ProjectFiles, folder: string): DeploymentRead {
  const manifest = readManifest(files, "scalingo.json", readScalingoJson);
  const read = readProcfileDeployment(files, folder, procfile) ?? {
    manifests: [],
    processes: [],
    env: [],
    steps: [],
    unread: otherDeploymentFiles(files, folder).filter((path) => path !== "scalingo.json"),
  };
  return {
    ...read,
    manifests: [...read.manifests, ...(manifest ? [manifest.path] : [])],
    env: [...read.env, ...(manifest?.env ?? [])],
    steps: [...buildpackHooks(files, "", "Scalingo"), ...read.steps, ...(manifest?.steps ?? [])],
    ...(manifest && { services: manifest.services }),
    problems: manifest?.problems ?? [],
  };
}
