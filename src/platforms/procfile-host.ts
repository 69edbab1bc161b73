import type { ProjectFiles } from "../files/project-files.ts";
import { readProcfile } from "./manifests/procfile.ts";
import type { DeploymentRead, Platform } from "./platform.ts";
import { findProcfile, readManifest } from "./read-manifest.ts";

/**
 * Some host that starts what a manifest says: what is assumed when nothing tells the platform. Only what
 * all such hosts have in common is claimed; the rest is unknown.
 */
export const procfileHost: Platform = {
  id: "procfile-host",
  name: "a Procfile host",
  docs: "https://devcenter.heroku.com/articles/procfile",
  factsAsOf: "2026-11-20",
  detect: () => undefined,
  read: readAnyManifest,
  injects: { PORT: undefined },
  databaseVariable: "DATABASE_URL",
  python: undefined,
  exactlyOneOf: undefined,
  disk: "unknown",
  collectstatic: "unknown",
  routerValidatesHost: false,
  routesFromOutside: true,
  startCommandElsewhere: "the platform's dashboard",
  startCommandFix: (command) => `# Procfile\nweb: ${command}`,
};

function readAnyManifest(files: ProjectFiles, folder: string): DeploymentRead {
  const path = findProcfile(files, folder);
  const procfile = path === undefined ? undefined : readManifest(files, path, readProcfile);
  const start = path === undefined ? "" : path.slice(0, -"/Procfile".length);
  return {
    manifests: procfile ? [procfile.path] : [],
    processes: (procfile?.processes ?? []).map((process) => ({ ...process, folder: start })),
    env: [],
    steps: procfile?.steps ?? [],
  };
}
