import type { ProjectFiles } from "../files/project-files.ts";
import { readUpsun } from "./manifests/upsun-config.ts";
import type { DeploymentRead, Platform, Sign } from "./platform.ts";
import { noHealthCheck } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

const environment = {
  PLATFORM_APPLICATION: undefined,
  PLATFORM_APPLICATION_NAME: undefined,
  // "/app" on all images.
  PLATFORM_APP_DIR: "/app",
  PLATFORM_BRANCH: undefined,
  PLATFORM_DIR: undefined,
  PLATFORM_ENVIRONMENT: undefined,
  PLATFORM_ENVIRONMENT_TYPE: undefined,
  PLATFORM_PROJECT: undefined,
  PLATFORM_PROJECT_ENTROPY: undefined,
  PLATFORM_RELATIONSHIPS: undefined,
  PLATFORM_ROUTES: undefined,
  PLATFORM_SMTP_HOST: undefined,
  PLATFORM_TREE_ID: undefined,
  PLATFORM_VARIABLES: undefined,
  PORT: undefined,
};

/**
 * Upsun, and Platform.sh, which it was and whose files differ in their names. Unless said otherwise the facts are from
 * platformsh/platformsh-docs @856c486 (2026-08-17).
 */
export const upsun: Platform = {
  id: "upsun",
  name: "Upsun",
  docs: "https://docs.upsun.com/get-started/stacks/django.html",
  factsAsOf: "2026-08-17, platformsh/platformsh-docs @856c486",
  detect,
  read: readConfig,
  // development/variables/use-variables.md
  injects: environment,
  python: {
    sources: ["manifest"],
    grammar: "heroku",
    fallback: "none: the application has to name its type",
    fallbackVersion: undefined,
    // shared/data/registry.json: 3.13 and 3.14 are supported, 3.10 to 3.12 deprecated. Nothing says that older ones
    // are refused.
    supported: [],
    misspellings: [],
    declare: (version) => `# .upsun/config.yaml, in the application\ntype: "python:${version}"`,
  },
  // The build hook says what is installed.
  packages: { sources: [], several: "first", none: "unknown" },
  procfile: undefined,
  // Variables of the application's own file are there in the build, those of the console where they say so.
  buildSees: "scoped",
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: undefined,
    fix: (command) =>
      `# .upsun/config.yaml, in the application\nweb:\n  commands:\n    start: "${command} --bind localhost:$PORT"`,
  },
  release: {
    name: "the deploy hook",
    fix: (command) =>
      `# .upsun/config.yaml, in the application\nhooks:\n  deploy: |\n    set -e\n    ${command}`,
    // It writes to the mounts, which are all that can be written to.
    keepsFiles: true,
    shell: true,
  },
  // web.md: "the web server running in front of your app", in the same container.
  port: { variable: "PORT", number: undefined, reachedFrom: "same-machine" },
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "unknown" },
  hosts: { validated: false, suffix: undefined, variable: undefined },
  health: noHealthCheck,
  database: {
    variable: undefined,
    others: ["PLATFORM_RELATIONSHIPS", "DATABASE_HOST", "DATABASE_URL"],
    scheme: undefined,
    fix: "# .upsun/config.yaml\nservices:\n  db:\n    type: postgresql:17\n\n# in the application\nrelationships:\n  database: db:postgresql",
  },
  // image-properties/mounts.md
  disk: "read-only",
  isolated: true,
};

function detect(files: ProjectFiles, folder: string): Sign | undefined {
  const found = files.list.find((path) =>
    /^\.upsun\/[^/]+\.ya?ml$|^\.platform\/(?:applications|routes|services)\.ya?ml$|(?:^|\/)\.platform\.app\.ya?ml$/.test(
      path,
    ),
  );
  if (found !== undefined) return { kind: "own", because: `${found} is there` };
  const settings = settingsWrittenFor(
    files,
    folder,
    /["']PLATFORM_(?:APPLICATION_NAME|APP_DIR|PROJECT_ENTROPY|RELATIONSHIPS|ROUTES|TREE_ID)["']|\bplatformshconfig\b/,
  );
  return settings === undefined ? undefined : { kind: "own", because: `${settings} is written for Upsun` };
}

function readConfig(files: ProjectFiles, folder: string): DeploymentRead {
  const { manifests, app, services, problems } = readUpsun(files, folder);
  if (!app) return { manifests, processes: [], env: [], steps: [], services, problems };
  return {
    manifests,
    processes: app.processes,
    env: app.env,
    envElsewhere: "the Upsun console",
    steps: app.steps,
    // What is there is told of, what is not may be a service of another project.
    services: services.length > 0 ? services : undefined,
    problems: [...problems, ...app.problems],
    folder: app.folder,
    python: app.python,
    changes: {
      injects: { ...environment, ...relationshipVariables(app.relationships) },
      // Whether what is written goes to a mount depends on where the settings put it.
      ...(app.keeps.length > 0 && { disk: "unknown" }),
      ...(app.statics.length > 0 && { statics: { mapped: app.statics, elsewhere: undefined } }),
    },
  };
}

/** development/variables/_index.md, "Service environment variables": `DATABASE_HOST` for the relationship `database`. */
function relationshipVariables(names: readonly string[]): Readonly<Record<string, undefined>> {
  const parts = ["HOST", "PORT", "PATH", "USERNAME", "PASSWORD", "SCHEME"];
  return Object.fromEntries(
    names.flatMap((name) =>
      parts.map((part) => [`${name.toUpperCase().replace(/\W/g, "_")}_${part}`, undefined]),
    ),
  );
}
