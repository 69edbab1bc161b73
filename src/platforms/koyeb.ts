import type { ProjectFiles } from "../files/project-files.ts";
import { findDockerfile, imageOf, readContainer } from "./container.ts";
import type { DeploymentRead, Platform, PlatformRules } from "./platform.ts";
import { otherDeploymentFiles, readProcfileDeployment } from "./read-manifest.ts";
import { type ProcfileRules, unknownHealthCheck } from "./rules.ts";
import { readmeWithButton, settingsWrittenFor, workflowThatUses } from "./written-for.ts";

/** Its dialect, and whether anything runs before a new version, are not documented. */
const procfile: ProcfileRules = {
  syntax: "lines",
  names: /^[A-Za-z0-9_-]+$/,
  duplicates: "unknown",
  invalidLine: "unknown",
  serves: ["web"],
  release: undefined,
};

/**
 * Koyeb. It keeps no file in the repository: builder, commands, ports and checks are given to the control panel or
 * the CLI. https://www.koyeb.com/docs/build-and-deploy/environment-variables, https://www.koyeb.com/docs/reference/apps,
 * koyeb/koyeb-skills @9a2e267 (2026-03-10). What its buildpack does is not documented, so nothing is claimed.
 */
export const koyeb: Platform = {
  id: "koyeb",
  name: "Koyeb",
  docs: "https://www.koyeb.com/docs/deploy/django",
  factsAsOf: "2026-03-10, koyeb/koyeb-skills @9a2e267",
  detect(files, folder) {
    const readme = readmeWithButton(files, /app\.koyeb\.com\/deploy\b/);
    if (readme !== undefined) return { kind: "own", because: `${readme} has a button that deploys to Koyeb` };
    const workflow = workflowThatUses(files, /\bkoyeb\/[\w-]*deploy[\w-]*@|\bkoyeb-actions@/);
    if (workflow !== undefined) return { kind: "own", because: `${workflow} deploys to Koyeb` };
    const settings = settingsWrittenFor(files, folder, /["']KOYEB_\w+["']|\.koyeb\.app\b/);
    return settings === undefined ? undefined : { kind: "own", because: `${settings} is written for Koyeb` };
  },
  read: readKoyeb,
  // The lowest port that is exposed, 8000 unless told otherwise.
  injects: { PORT: undefined },
  python: undefined,
  packages: undefined,
  procfile,
  buildSees: "all",
  collectstatic: { runs: "unknown", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "the Koyeb control panel",
    fix: (command) => `# Procfile\nweb: ${command}`,
  },
  release: undefined,
  port: { variable: "PORT", number: undefined, reachedFrom: "outside", otherPort: "elsewhere" },
  tls: { endsAt: "edge", header: undefined, redirects: "unknown" },
  hosts: { validated: false, suffix: ".koyeb.app", variable: undefined },
  health: unknownHealthCheck,
  database: { variable: "DATABASE_URL", others: [], scheme: undefined, fix: undefined },
  disk: "unknown",
  isolated: true,
};

const nothingBuilt: Partial<PlatformRules> = {
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
};

/** The buildpack is the default builder; with a Dockerfile beside a Procfile the service's settings decide. */
function readKoyeb(files: ProjectFiles, folder: string): DeploymentRead {
  const dockerfile = findDockerfile(files, folder);
  const read = readProcfileDeployment(files, folder, procfile);
  if (read) {
    const onlyIf = dockerfile && `the service is built by buildpack, and not from ${dockerfile.path}`;
    return {
      ...read,
      processes: read.processes.map((process) => ({ ...process, ...(onlyIf !== undefined && { onlyIf }) })),
    };
  }
  const container = dockerfile && readContainer(files, dockerfile.path, { context: dockerfile.context });
  if (!container) {
    const unread = otherDeploymentFiles(files, folder);
    return { manifests: [], processes: [], env: [], steps: [], unread };
  }
  return {
    manifests: [container.path],
    processes: container.processes,
    env: container.env,
    steps: container.steps,
    ...imageOf(container),
    changes: nothingBuilt,
  };
}
