import type { ProjectFiles } from "../files/project-files.ts";
import type { DeploymentRead, Platform } from "./platform.ts";
import { otherDeploymentFiles } from "./read-manifest.ts";
import { unknownHealthCheck } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/**
 * Clever Cloud. What is built and started is told by variables of the app, which are not in the repository, so most
 * is not known from its files. CleverCloud/documentation @1957d9f (2026-07-01): content/doc/applications/python,
 * content/doc/reference/reference-environment-variables.md.
 */
export const cleverCloud: Platform = {
  id: "clever-cloud",
  name: "Clever Cloud",
  docs: "https://www.clever-cloud.com/developers/guides/python-django-sample/",
  factsAsOf: "2026-07-01, CleverCloud/documentation @1957d9f",
  detect(files, folder) {
    const own = ["clevercloud", ".clever.json"].find((path) => files.isFile(path) || files.isFolder(path));
    if (own !== undefined) return { kind: "own", because: `${own} is there` };
    const settings = settingsWrittenFor(
      files,
      folder,
      /["'](?:POSTGRESQL|MYSQL)_ADDON_\w+["']|\.cleverapps\.io\b/,
    );
    return settings === undefined
      ? undefined
      : { kind: "own", because: `${settings} is written for Clever Cloud` };
  },
  read: readCleverCloud,
  injects: {
    PORT: "8080",
    APP_ID: undefined,
    INSTANCE_ID: undefined,
    INSTANCE_TYPE: undefined,
    CC_REVERSE_PROXY_IPS: undefined,
  },
  python: {
    // Files that name a version are not read.
    sources: ["$CC_PYTHON_VERSION"],
    grammar: "heroku",
    fallback: "the newest version of Python 3 that Clever Cloud has",
    fallbackVersion: undefined,
    supported: ["3.14", "3.13", "3.12", "3.11", "3.10"],
    misspellings: [],
    declare: (version) => `clever env set CC_PYTHON_VERSION ${version}`,
  },
  packages: {
    // uv.lock counts together with CC_PYTHON_UV_RUN_COMMAND; CC_PIP_REQUIREMENTS_FILE names another file.
    sources: [
      { file: "uv.lock", install: "uv sync --locked --no-progress --no-dev" },
      { file: "requirements.txt", install: "pip install -r requirements.txt" },
    ],
    several: "first",
    none: "unknown",
  },
  procfile: undefined,
  buildSees: "all",
  // CC_PYTHON_MANAGE_TASKS lists the commands of manage.py that run before the start.
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "CC_PYTHON_MODULE, a variable of the app,",
    fix: (command) =>
      `clever env set CC_PYTHON_MODULE "${/[\w.]{1,200}\.[aw]sgi\b/.exec(command)?.[0] ?? "<module>"}:application"`,
  },
  release: {
    name: "CC_PYTHON_MANAGE_TASKS",
    fix: (command) =>
      /manage\.py (\S+)/.test(command)
        ? `clever env set CC_PYTHON_MANAGE_TASKS "${/manage\.py (\S+)/.exec(command)?.[1]}"`
        : `clever env set CC_PRE_RUN_HOOK "${command}"`,
    // It runs on the instance that starts.
    keepsFiles: true,
    shell: undefined,
    elsewhere: "the app's variables on Clever Cloud",
  },
  port: { variable: "PORT", number: undefined, reachedFrom: "outside" },
  // content/doc/find-help/faq.md: load balancers end HTTPS and set the header to `http` or `https`.
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "unknown" },
  hosts: { validated: false, suffix: ".cleverapps.io", variable: undefined },
  // CC_HEALTH_CHECK_PATH names the path.
  health: unknownHealthCheck,
  database: {
    variable: "POSTGRESQL_ADDON_URI",
    others: [
      "POSTGRESQL_ADDON_HOST",
      "POSTGRESQL_ADDON_PORT",
      "POSTGRESQL_ADDON_DB",
      "POSTGRESQL_ADDON_USER",
      "POSTGRESQL_ADDON_PASSWORD",
    ],
    scheme: undefined,
    fix: "clever addon create postgresql-addon db --link <app>",
  },
  // content/doc/quickstart.md: instances are immutable; content/doc/addons/fs-bucket.md.
  disk: "ephemeral",
  disksElsewhere: "$CC_FS_BUCKET",
};

function readCleverCloud(files: ProjectFiles, folder: string): DeploymentRead {
  const buckets = "clevercloud/buckets.json";
  const isMounted = files.isFile(buckets);
  return {
    manifests: isMounted ? [buckets] : [],
    processes: [],
    env: [],
    steps: [],
    // An app of another kind is built from the Dockerfile; which kind it is the files do not say.
    unread: otherDeploymentFiles(files, folder).filter((path) =>
      /(?:^|\/)[\w.-]*Dockerfile[\w.-]*$/i.test(path),
    ),
    ...(isMounted && { changes: { disk: "unknown" } }),
  };
}
