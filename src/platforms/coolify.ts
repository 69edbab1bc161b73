import type { ProjectFiles } from "../files/project-files.ts";
import {
  nixpacksPackages,
  nixpacksPackagesWith,
  nixpacksProcfile,
  nixpacksProvider,
  nixpacksPython,
  nixpacksPythonWith,
  nixpacksVariables,
} from "./builders/nixpacks.ts";
import {
  railpackPackages,
  railpackProcfile,
  railpackPython,
  railpackVariables,
  withoutPython,
} from "./builders/railpack.ts";
import { readNixpacks } from "./builders/read-nixpacks.ts";
import { readRailpack } from "./builders/read-railpack.ts";
import { imageOf, readContainer } from "./container.ts";
import { isCompose } from "./manifests/compose.ts";
import { resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform, Sign } from "./platform.ts";
import { inside } from "./read-manifest.ts";
import { settingsWrittenFor } from "./written-for.ts";

/** generate_coolify_env_variables; PORT is the first of "Ports Exposes" unless the app sets it. */
const ownVariables: Readonly<Record<string, string | undefined>> = {
  PORT: undefined,
  HOST: "0.0.0.0",
  COOLIFY_FQDN: undefined,
  COOLIFY_URL: undefined,
  COOLIFY_BRANCH: undefined,
  COOLIFY_RESOURCE_UUID: undefined,
  COOLIFY_CONTAINER_NAME: undefined,
  SOURCE_COMMIT: undefined,
};

/**
 * Coolify, on a server of one's own. The facts are from coollabsio/coolify @379abb2 (2026-08-22),
 * app/Jobs/ApplicationDeploymentJob.php. Which of its build packs is used is a setting of the application;
 * Nixpacks is what a new one has, unless the files speak for another.
 */
export const coolify: Platform = {
  id: "coolify",
  name: "Coolify",
  docs: "https://coolify.io/docs/applications/",
  factsAsOf: "2026-08-22, coollabsio/coolify @379abb2 and nixpacks @f51d7fd",
  detect,
  read: readCoolify,
  injects: { ...ownVariables, ...nixpacksVariables },
  python: nixpacksPython,
  packages: nixpacksPackages,
  procfile: nixpacksProcfile,
  // Each variable says for itself whether the build sees it.
  buildSees: "scoped",
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "Coolify's own configuration",
    fix: (command) => `# nixpacks.toml\n[start]\ncmd = ${JSON.stringify(command)}`,
  },
  // `docker exec` into the new container (run_post_deployment_command).
  release: {
    name: "the post-deployment command",
    fix: (command) => `# in Coolify: Configuration > General > Post-deployment\n${command}`,
    keepsFiles: true,
    shell: true,
    after: true,
    elsewhere: "Coolify",
  },
  port: { variable: "PORT", number: undefined, reachedFrom: "outside", otherPort: "elsewhere" },
  // Traefik or Caddy in front of the containers; HTTPS where the domain was entered with https://.
  images: { host: "own", builtFrom: "clone", tellsFirstProcess: true },
  tls: { endsAt: "own-proxy", header: "X-Forwarded-Proto", redirects: "unknown" },
  hosts: { validated: false, suffix: undefined, variable: "COOLIFY_FQDN" },
  // generate_healthcheck_commands: `curl -f http://localhost:<port>/` inside the container, where it is turned on.
  health: {
    kind: "unknown",
    path: undefined,
    at: undefined,
    host: "localhost",
    accepts: [200, 399],
    headers: {},
  },
  // The URL of a database is copied into a variable by hand; this is what people call it.
  database: { variable: "DATABASE_URL", others: [], scheme: "postgres", schemeDoubted: true, fix: undefined },
  // Persistent storage is set up outside the repository.
  disk: "unknown",
  isolated: true,
};

/** Variables and keys by which a compose file speaks to Coolify alone. */
const magic = /\bSERVICE_(?:FQDN|URL|PASSWORD|USER|BASE64)_\w+|^[^\S\n]*exclude_from_hc\s*:/m;

function detect(files: ProjectFiles, folder: string): Sign | undefined {
  const compose = composeFor(files);
  if (compose !== undefined) return { kind: "own", because: `${compose} has variables of Coolify` };
  const settings = settingsWrittenFor(files, folder, /["']COOLIFY_\w+["']/);
  if (settings !== undefined) return { kind: "own", because: `${settings} is written for Coolify` };
  const shared = ["nixpacks.toml", "nixpacks.json"].find((path) => files.isFile(path));
  return shared === undefined ? undefined : { kind: "shared", because: `${shared} is there` };
}

function composeFor(files: ProjectFiles): string | undefined {
  return files.children("").find((path) => isCompose(path) && magic.test(files.text(path) ?? ""));
}

/** None of the builders has a part in it: a compose file, or a Dockerfile, is built as it stands. */
const withoutBuilder = { injects: ownVariables, python: undefined, packages: undefined, procfile: undefined };

function readCoolify(
  files: ProjectFiles,
  project: string,
  given?: ReadonlyMap<string, string>,
): DeploymentRead {
  const compose = composeFor(files);
  if (compose !== undefined) {
    const nothing = { manifests: [], processes: [], env: [], steps: [] };
    return { ...nothing, unread: [compose], changes: withoutBuilder };
  }
  const folder = project !== "" && !builds(files, "") && builds(files, project) ? project : "";
  const base = folder === "" ? undefined : `${folder} is the base directory of the application`;
  const has = (name: string) => files.isFile(inside(folder, name));
  const saysNixpacks = has("nixpacks.toml") || has("nixpacks.json");
  if (!saysNixpacks && has("Dockerfile")) {
    const onlyIf = [base, "the build pack of the application is Dockerfile"].filter(Boolean).join(" and ");
    const image = readContainer(files, resolvePath(folder, "Dockerfile") ?? "", { context: folder });
    return {
      manifests: image ? [image.path] : [],
      processes: (image?.processes ?? []).map((process) => ({ ...process, onlyIf })),
      env: image?.env ?? [],
      steps: image?.steps ?? [],
      ...imageOf(image),
      folder,
      changes: withoutBuilder,
    };
  }
  if (!saysNixpacks && has("railpack.json")) {
    const { procfile, absent, ...read } = readRailpack(files, folder, { onlyIf: base, given });
    return {
      ...read,
      folder,
      changes: {
        injects: { ...ownVariables, ...railpackVariables },
        python: railpackPython,
        packages: railpackPackages,
        procfile: railpackProcfile,
        ...withoutPython(railpackPython, absent),
      },
    };
  }
  const { procfile, absent, ...read } = readNixpacks(files, folder, { onlyIf: base, given });
  const python = nixpacksPythonWith(read.env, given);
  const packages = nixpacksPackagesWith(given);
  return { ...read, folder, changes: { python, packages, ...withoutPython(python, absent) } };
}

function builds(files: ProjectFiles, folder: string): boolean {
  return files.isFile(inside(folder, "Dockerfile")) || nixpacksProvider(files, folder)?.name === "Python";
}
