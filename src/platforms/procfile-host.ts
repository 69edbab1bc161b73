import type { ProjectFiles } from "../files/project-files.ts";
import { isCompose, readCompose } from "./manifests/compose.ts";
import { usualProcfile } from "./manifests/procfile.ts";
import type { Platform } from "./platform.ts";
import { otherDeploymentFiles, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import { unknownHealthCheck } from "./rules.ts";

/**
 * Some host that starts what a Procfile says: what is assumed when nothing tells the platform. Only what
 * all such hosts have in common is claimed; the rest is unknown.
 */
export const procfileHost: Platform = {
  id: "procfile-host",
  name: "a Procfile host",
  docs: "https://devcenter.heroku.com/articles/procfile",
  factsAsOf: "2026-11-20",
  detect: () => undefined,
  read(files, folder) {
    const read = readProcfileDeployment(files, folder);
    const unread = unreadFiles(files, folder);
    if (!read) return { manifests: [], processes: [], env: [], steps: [], unread };
    return read.processes.length > 0 ? read : { ...read, unread };
  },
  injects: { PORT: undefined },
  python: undefined,
  packages: undefined,
  procfile: usualProcfile,
  buildSees: "unknown",
  collectstatic: { runs: "unknown", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "the platform's dashboard or a server's own configuration",
    fix: (command) => `# Procfile\nweb: ${command}`,
  },
  release: {
    name: "a release step",
    fix: (command) => `# Procfile\nrelease: ${command}`,
    keepsFiles: false,
    shell: undefined,
    elsewhere: "the host's own configuration",
  },
  port: { variable: "PORT", number: undefined, reachedFrom: "outside", otherPort: "elsewhere" },
  tls: { endsAt: "unknown", header: undefined, redirects: "unknown" },
  hosts: { validated: false, suffix: undefined, variable: undefined },
  health: unknownHealthCheck,
  database: { variable: "DATABASE_URL", others: [], scheme: undefined, fix: undefined },
  disk: "unknown",
};

function unreadFiles(files: ProjectFiles, folder: string): readonly string[] {
  const compose = files
    .children("")
    .filter((path) => isCompose(path) && readManifest(files, path, readCompose)?.web);
  return [...compose, ...otherDeploymentFiles(files, folder)];
}
