import type { ProjectFiles } from "../files/project-files.ts";
import { startOf } from "../location.ts";
import { imageOf, readContainer } from "./container.ts";
import type { ManifestProblem } from "./manifest.ts";
import { readDokkuAppJson } from "./manifests/dokku-app-json.ts";
import type { DeploymentRead, Platform, PlatformRules } from "./platform.ts";
import {
  buildpackCollectstatic,
  buildpackHooks,
  buildpackInjects,
  buildpackPackages,
  buildpackPython,
} from "./python-buildpack.ts";
import { otherDeploymentFiles, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import { noHealthCheck, type ProcfileRules } from "./rules.ts";
import { settingsWrittenFor, workflowThatUses } from "./written-for.ts";

/**
 * docs/processes/process-management.md, and dokku/procfile-util @0af8938 (2026-07-17), procfile/parse.go: a
 * line that is no entry, or a name twice, makes the whole file invalid. Names are documented as DNS labels,
 * but the deploy checks the file without `--strict` (plugins/ps/triggers.go), so others still pass.
 */
const procfile: ProcfileRules = {
  syntax: "lines",
  names: /^(?=.{1,63}$)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
  namesInWords: "lower-case letters, digits and -",
  otherNames: "unknown",
  comments: { marks: ["#", "//"], behindCommands: true },
  duplicates: "fails",
  invalidLine: "fails",
  serves: ["web"],
  release: { name: "release", phase: "release" },
};

/**
 * Dokku. Unless said otherwise the facts are from dokku/dokku @33896f5 (2026-08-21), docs/, and its default
 * builder gliderlabs/herokuish @fbc485e (0.11.14, 2026-08-05), which has Heroku's Python buildpack v349.
 */
export const dokku: Platform = {
  id: "dokku",
  name: "Dokku",
  docs: "https://dokku.com/docs/deployment/application-deployment/",
  factsAsOf: "2026-08-21, dokku/dokku @33896f5",
  detect(files, folder) {
    const because = ownSign(files, folder);
    return because === undefined ? undefined : { kind: "own", because };
  },
  read: readDokku,
  // docs/networking/port-management.md: the proxy asks for port 5000 where no Dockerfile exposes another.
  injects: { PORT: "5000", DOKKU_APP_TYPE: undefined, GIT_REV: undefined, ...buildpackInjects },
  python: {
    ...buildpackPython,
    fallback:
      "the version of the app's last build, or that of the buildpack (Python 3.14 in herokuish 0.11.14)",
  },
  packages: buildpackPackages,
  procfile,
  // docs/configuration/environment-variables.md.
  buildSees: "all",
  collectstatic: buildpackCollectstatic,
  start: {
    // `dokku ps:set <app> start-cmd`
    elsewhere: "the start-cmd property of the app",
    fix: (command) => `# Procfile\nweb: ${command}`,
  },
  // docs/advanced-usage/deployment-tasks.md: in the built image, and not committed to it.
  release: {
    name: "the release process",
    fix: (command) => `# Procfile\nrelease: ${command}`,
    keepsFiles: false,
    shell: true,
  },
  port: { variable: "PORT", number: 5000, reachedFrom: "outside" },
  // docs/networking/proxies/nginx.md: nginx on the server, with a certificate if one was asked for.
  images: { host: "own", builtFrom: "clone", tellsFirstProcess: true },
  tls: { endsAt: "own-proxy", header: "X-Forwarded-Proto", redirects: "unknown" },
  // The catch-all that rejects other hosts is there on fresh installations only.
  hosts: { validated: false, suffix: undefined, variable: undefined },
  health: noHealthCheck,
  // docs/deployment/application-deployment.md: linking a service sets it.
  database: {
    variable: "DATABASE_URL",
    others: [],
    scheme: "postgres",
    fix: "dokku postgres:create db && dokku postgres:link db <app>",
  },
  // docs/advanced-usage/persistent-storage.md: what is not mounted is lost; mounts are made by command.
  disk: "ephemeral",
  disksElsewhere: "`dokku storage:mount`",
  isolated: true,
};

function ownSign(files: ProjectFiles, folder: string): string | undefined {
  const file = ["DOKKU_SCALE", "CHECKS", ".dokku"].find((path) => files.isFile(path) || files.isFolder(path));
  if (file !== undefined) return `${file} is there`;
  const appJson = readManifest(files, "app.json", readDokkuAppJson);
  if (appJson?.isDokkus) return "app.json has what only Dokku reads";
  const workflow = workflowThatUses(files, /\bdokku\/github-action@|\bdokku@[\w.$-]/);
  if (workflow !== undefined) return `${workflow} deploys to Dokku`;
  const settings = settingsWrittenFor(files, folder, /["']DOKKU_\w+["']/);
  return settings === undefined ? undefined : `${settings} is written for Dokku`;
}

/** docs/deployment/builders: what makes Dokku build in another way than with buildpacks or a Dockerfile. */
const otherBuilders = ["project.toml", "nixpacks.toml", "railpack.json"];

/** What an image brings along, the buildpack does not. */
const dockerfileRules: Partial<PlatformRules> = {
  injects: { PORT: "5000", DOKKU_APP_TYPE: undefined, GIT_REV: undefined },
  port: { variable: "PORT", number: undefined, reachedFrom: "outside" },
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  buildSees: "none",
};

function readDokku(files: ProjectFiles, folder: string): DeploymentRead {
  const procfileRead = readProcfileDeployment(files, folder, procfile);
  const appJson = readManifest(files, "app.json", readDokkuAppJson);
  const byBuildpack = files.isFile(".buildpacks") || !files.isFile("Dockerfile");
  // The Procfile takes precedence over the image's CMD, and is an argument of its ENTRYPOINT.
  const container = byBuildpack
    ? undefined
    : readContainer(files, "Dockerfile", { commands: procfileRead?.processes ?? [] });
  const builder = otherBuilders.find((path) => files.isFile(path));
  const read = container
    ? {
        manifests: [...(procfileRead?.manifests ?? []), container.path],
        processes: container.processes,
        env: container.env,
        steps: [...container.steps, ...(procfileRead?.steps ?? [])],
        ...imageOf(container),
      }
    : (procfileRead ?? { manifests: [], processes: [], env: [], steps: [] });
  return {
    ...read,
    manifests: [...read.manifests, ...(appJson ? [appJson.path] : [])],
    env: [...read.env, ...(appJson?.env ?? [])],
    steps: [
      ...(container ? [] : buildpackHooks(files, "", "Dokku")),
      ...read.steps,
      ...(appJson?.steps ?? []),
    ],
    problems: [...(appJson?.problems ?? []), ...retired(files)],
    ...(read.processes.length === 0 && { unread: unread(files, folder, builder) }),
    changes: { ...(container && dockerfileRules), ...(appJson && { health: appJson.health }) },
  };
}

function unread(files: ProjectFiles, folder: string, builder: string | undefined): readonly string[] {
  return builder === undefined ? otherDeploymentFiles(files, folder) : [builder];
}

/** Files of old versions: docs/appendices, the migration guides of 0.30.0, 0.31.0 and 0.32.0. */
const oldFiles: readonly (readonly [file: string, message: string, fix: string])[] = [
  [
    "DOKKU_SCALE",
    "DOKKU_SCALE is there, which Dokku has not read since 0.30.0",
    '# app.json\n"formation": { "web": { "quantity": 1 } }',
  ],
  [
    "CHECKS",
    "CHECKS is there, which Dokku gave up after 0.32.0",
    '# app.json\n"healthchecks": { "web": [{ "type": "startup", "path": "/" }] }',
  ],
];

function retired(files: ProjectFiles): readonly ManifestProblem[] {
  return oldFiles
    .filter(([file]) => files.isFile(file))
    .map(([file, message, fix]) => ({
      kind: "retired",
      check: "platform-retired",
      message,
      at: startOf(file),
      fix,
    }));
}
