import type { ProjectFiles } from "../files/project-files.ts";
import { imageOf, readContainer } from "./container.ts";
import { readAppJson } from "./manifests/app-json.ts";
import { readHerokuYml } from "./manifests/heroku-yml.ts";
import { usualProcfile } from "./manifests/procfile.ts";
import { folderOf, resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform, Sign } from "./platform.ts";
import {
  buildpackCollectstatic,
  buildpackHooks,
  buildpackInjects,
  buildpackPackages,
  buildpackPython,
  buildpackRefusals,
} from "./python-buildpack.ts";
import { inside, otherDeploymentFiles, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import { noHealthCheck, type ProcfileRules } from "./rules.ts";
import { readmeWithButton, settingsWrittenFor } from "./written-for.ts";

/**
 * https://devcenter.heroku.com/articles/procfile (2023-04-04). The parser is not published; tools that speak of
 * it say that lines it does not know are skipped, and that the last of two entries counts. The expression is
 * what heroku/buildpacks-procfile @bb54a14 (2026-08-03), SPEC.md, says that it is: the colon may be left out,
 * and the blank behind it may not.
 */
export const herokuProcfile: ProcfileRules = {
  ...usualProcfile,
  line: /^\s*(?<name>[\w-]+):?\s+(?<command>\S.*)$/,
  duplicates: "last",
  invalidLine: "ignored",
};

/**
 * Heroku's classic (Cedar) platform with the Python buildpack.
 *
 * Unless said otherwise the facts are from heroku/heroku-buildpack-python @b4e7e721 (v351, 2026-08-18):
 * `lib/python_version.sh`, `lib/package_manager.sh`, `bin/steps/collectstatic`, `bin/release`, `vendor/*.sh`.
 */
export const heroku: Platform = {
  id: "heroku",
  name: "Heroku",
  docs: "https://devcenter.heroku.com/articles/getting-started-with-python",
  factsAsOf: "2026-08-18, heroku-buildpack-python v351",
  detect(files, folder) {
    const own = ownSign(files, folder);
    return own === undefined ? sharedSign(files) : { kind: "own", because: own };
  },
  read: readHeroku,
  injects: {
    DYNO: undefined,
    PORT: undefined,
    ...buildpackInjects,
    WEB_CONCURRENCY_SET_BY: "heroku/python",
  },
  python: buildpackPython,
  packages: buildpackPackages,
  procfile: herokuProcfile,
  // bin/steps/collectstatic: config vars are loaded before it runs.
  buildSees: "all",
  collectstatic: buildpackCollectstatic,
  start: {
    // bin/release declares no web process, so without one in a Procfile nothing runs (H14).
    elsewhere: undefined,
    fix: (command) => `# Procfile\nweb: ${command}`,
    // https://devcenter.heroku.com/articles/error-codes (2024-05-07): R10, H12.
    timeout: 60,
    requestTimeout: 30,
    // https://devcenter.heroku.com/articles/http-routing#keepalives: Router 2.0.
    keepsIdle: 90,
    // heroku/heroku-buildpack-nodejs @4f394e95 (2026-08-20): bin/release, lib/package_manager.sh, and
    // https://devcenter.heroku.com/articles/nodejs-support#skip-pruning
    node: { command: "npm start", prunes: true, severalLocks: "fails" },
  },
  release: {
    name: "the release phase",
    fix: (command) => `# Procfile\nrelease: ${command}`,
    // It runs on a dyno of its own, whose disk is thrown away.
    keepsFiles: false,
    shell: true,
  },
  port: { variable: "PORT", number: undefined, reachedFrom: "outside" },
  tls: { endsAt: "edge", header: "X-Forwarded-Proto", redirects: "never" },
  // heroku/python-getting-started @f7c8d99 (2026-07-14), settings.py: the router forwards only configured hosts.
  hosts: { validated: true, suffix: ".herokuapp.com", variable: undefined },
  health: noHealthCheck,
  database: {
    variable: "DATABASE_URL",
    others: [],
    scheme: "postgres",
    fix: "heroku addons:create heroku-postgresql:essential-0",
    // bin/release: for a manage.py in the root, and psycopg2 only, so psycopg 3 gets none.
    automaticWith: ["psycopg2", "psycopg2-binary"],
  },
  // https://devcenter.heroku.com/articles/connecting-heroku-redis, and its changelog of 2024-10-14 (TLS for all plans).
  redis: { variable: "REDIS_URL", service: "heroku-redis", certificate: "self-signed" },
  // https://devcenter.heroku.com/articles/dynos#ephemeral-filesystem
  disk: "ephemeral",
  isolated: true,
};

/** Files and lines that are there for Heroku alone. */
function ownSign(files: ProjectFiles, folder: string): string | undefined {
  const file = ["heroku.yml", ".heroku", "bin/post_compile", "bin/pre_compile"].find(
    (path) => files.isFile(path) || files.isFolder(path),
  );
  if (file !== undefined) return `${file} is there`;
  const appJson = readManifest(files, "app.json", readAppJson);
  if (appJson?.isHeroku) return "app.json is there";

  const named = ["requirements.txt", "Pipfile", "pyproject.toml"]
    .flatMap((name) => [...new Set([name, inside(folder, name)])])
    .find((path) => /^[ \t"']*django-(?:on-)?heroku\b/im.test(files.text(path) ?? ""));
  if (named !== undefined) return `${named} names a helper for Heroku`;

  const settings = settingsWrittenFor(files, folder, /["']DYNO["']|\.herokuapp\.com/);
  if (settings !== undefined) return `${settings} is written for Heroku`;

  const readme = readmeWithButton(files, /heroku\.com\/deploy\b/);
  return readme === undefined ? undefined : `${readme} has a button that deploys to Heroku`;
}

/**
 * Cloud Foundry's Python buildpack reads a Procfile and a runtime.txt too, and so do images that are made of
 * buildpacks on AWS (`.copilot`).
 * https://docs.cloudfoundry.org/devguide/deploy-apps/manifest.html
 */
function isForCloudFoundry(files: ProjectFiles): boolean {
  return (
    files.isFile(".cfignore") ||
    files.isFolder(".copilot") ||
    files
      .children("")
      .some((path) => /^manifest[\w.-]*\.ya?ml$/.test(path) && /^applications:/m.test(files.text(path) ?? ""))
  );
}

/** What Heroku shares with the platforms that took its conventions over. */
function sharedSign(files: ProjectFiles): Sign | undefined {
  const there = files.isFile(".slugignore")
    ? ".slugignore is there"
    : files.isFile("Procfile") && files.isFile("runtime.txt") && !isForCloudFoundry(files)
      ? "Procfile and runtime.txt are there"
      : undefined;
  return there === undefined ? undefined : { kind: "shared", because: there };
}

function readHeroku(files: ProjectFiles, folder: string): DeploymentRead {
  const appJson = readManifest(files, "app.json", readAppJson);
  const procfile = readProcfileDeployment(files, folder, herokuProcfile);
  // heroku.yml counts on the container stack only, which is set for the app, not by the file. A Procfile
  // beside it is what every other stack reads.
  const isContainer = appJson?.stack === "container" || procfile === undefined;
  const containers = isContainer ? readContainers(files) : undefined;
  const read = containers ?? procfile ?? nothingToStart(files, folder);
  const declared = appJson?.isHeroku ? appJson : undefined;
  const hooks = containers ? [] : buildpackHooks(files, "", "Heroku");
  const refusals = containers ? [] : buildpackRefusals(files, "Heroku");
  return {
    ...read,
    manifests: [...read.manifests, ...(declared ? [declared.path] : [])],
    env: [...read.env, ...(declared?.env ?? [])],
    steps: [...hooks, ...read.steps, ...(declared?.steps ?? [])],
    services: together(read.services, declared?.services),
    problems: [...refusals, ...(read.problems ?? []), ...(appJson?.problems ?? [])],
  };
}

function together<Item>(one: readonly Item[] | undefined, other: readonly Item[] | undefined) {
  return one || other ? [...(one ?? []), ...(other ?? [])] : undefined;
}

/** Signs of Heroku may be left from earlier days, so other ways to deploy are named. */
function nothingToStart(files: ProjectFiles, folder: string): DeploymentRead {
  return { manifests: [], processes: [], env: [], steps: [], unread: otherDeploymentFiles(files, folder) };
}

/** The container stack: what heroku.yml builds and runs. The Python buildpack has no part in it. */
function readContainers(files: ProjectFiles): DeploymentRead | undefined {
  const manifest = readManifest(files, "heroku.yml", readHerokuYml);
  if (!manifest) return undefined;
  const dockerfile = manifest.images.get("web") ?? [...manifest.images.values()][0];
  const path = dockerfile === undefined ? undefined : resolvePath("", dockerfile);
  const commands = manifest.processes;
  // No buildpack, so nothing asks for a database by itself.
  const { automaticWith: _, ...database } = heroku.database;
  const container =
    path === undefined ? undefined : readContainer(files, path, { context: folderOf(path), commands });
  return {
    manifests: [manifest.path, ...(container ? [container.path] : [])],
    processes: container?.processes ?? commands,
    env: [...manifest.env, ...(container?.env ?? [])],
    steps: [...(container?.steps ?? []), ...manifest.steps],
    ...imageOf(container),
    services: manifest.services,
    problems: manifest.problems,
    changes: {
      injects: { DYNO: undefined, PORT: undefined },
      database,
      collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
    },
  };
}
