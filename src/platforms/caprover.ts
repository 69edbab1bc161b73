import type { ProjectFiles } from "../files/project-files.ts";
import type { Location } from "../location.ts";
import { imageOf, leftToTheImage, readContainer } from "./container.ts";
import type { Manifest } from "./manifest.ts";
import { type CaptainDefinition, readCaptainDefinition } from "./manifests/captain-definition.ts";
import { readDockerfile } from "./manifests/dockerfile.ts";
import { folderOf, resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform } from "./platform.ts";
import { inside, otherDeploymentFiles } from "./read-manifest.ts";
import { noHealthCheck, type PythonRules } from "./rules.ts";

/**
 * CapRover: a Docker swarm of one's own. caprover/caprover @c352c97 (2026-08-20), src/user/ImageMaker.ts and
 * dockerfiles/; caprover/caprover-website @fc63d46 (2026-08-21), content/en/docs.
 */
export const caprover: Platform = {
  id: "caprover",
  name: "CapRover",
  docs: "https://caprover.com/docs/captain-definition-file.html",
  factsAsOf: "2026-08-21, caprover/caprover-website @fc63d46",
  detect(files, folder) {
    const path = findDefinition(files, folder);
    return path === undefined ? undefined : { kind: "own", because: `${path} is there` };
  },
  read: readCapRover,
  injects: {},
  ...leftToTheImage,
  // app-configuration.md: variables reach the build only through ARG.
  buildSees: "none",
  start: {
    elsewhere: undefined,
    fix: (command) => `# Dockerfile\nCMD ${command}`,
  },
  release: undefined,
  // "Container HTTP Port" of the app, 80 unless it was changed in the dashboard.
  port: { variable: undefined, number: undefined, reachedFrom: "outside" },
  // HTTPS, and that it is enforced, are switched on for each app.
  images: { host: "own", builtFrom: "clone", tellsFirstProcess: true },
  tls: { endsAt: "own-proxy", header: undefined, redirects: "unknown" },
  hosts: { validated: false, suffix: undefined, variable: undefined },
  health: noHealthCheck,
  // The name is the user's own choice; this is the usual one.
  database: { variable: "DATABASE_URL", others: [], scheme: undefined, fix: undefined },
  // persistent-apps.md: persistent directories are made in the dashboard.
  disk: "ephemeral",
  disksElsewhere: "the persistent directories of the CapRover dashboard",
  isolated: true,
};

/** In the root, or for a monorepo under a name of its own or beside the project. */
function findDefinition(files: ProjectFiles, folder: string): string | undefined {
  const named = files.children("").filter((path) => /^captain-definition-[\w-]+$/.test(path));
  return ["captain-definition", inside(folder, "captain-definition"), ...named].find((path) =>
    files.isFile(path),
  );
}

function readCapRover(files: ProjectFiles, folder: string): DeploymentRead {
  const path = findDefinition(files, folder);
  const text = path === undefined ? undefined : files.text(path);
  // Without a definition a Dockerfile of the root is taken.
  if (path === undefined || text === undefined) {
    return fromDockerfile(files, "Dockerfile", "", []) ?? nothing(otherDeploymentFiles(files, folder));
  }
  const { source, problems } = readCaptainDefinition(path, text);
  const context = folderOf(path);
  const read =
    source?.kind === "dockerfile"
      ? fromDockerfile(files, resolvePath(context, source.path) ?? "", context, [path])
      : source?.kind === "lines"
        ? fromLines(files, path, source.lines)
        : source?.kind === "template"
          ? fromTemplate(path, source)
          : undefined;
  return { ...(read ?? nothing([path])), problems };
}

function nothing(unread: readonly string[]): DeploymentRead {
  return { manifests: [], processes: [], env: [], steps: [], unread };
}

function fromDockerfile(
  files: ProjectFiles,
  path: string,
  context: string,
  manifests: readonly string[],
): DeploymentRead | undefined {
  const container = readContainer(files, path, { context });
  return (
    container && {
      ...asRead(container),
      ...imageOf(container),
      manifests: [...manifests, container.path],
    }
  );
}

function asRead({ processes, env, steps }: Manifest): Omit<DeploymentRead, "manifests"> {
  return { processes, env, steps };
}

/** The image that the definition names brings Python. */
const pythonOfDefinition: PythonRules = {
  sources: ["manifest"],
  grammar: "mise",
  fallback: undefined,
  fallbackVersion: undefined,
  supported: [],
  misspellings: [],
  declare: (version) => `# captain-definition\n"templateId": "python-django/${version}"`,
};

/** The lines are a Dockerfile; each has its place in the definition. */
function fromLines(
  files: ProjectFiles,
  path: string,
  lines: readonly { readonly text: string; readonly at: Location }[],
): DeploymentRead {
  const text = lines.map((line) => line.text).join("\n");
  const image = readDockerfile(path, text, {
    context: folderOf(path),
    isFolder: (one) => files.isFolder(one),
  });
  const placed = <Part extends { readonly at: Location }>(part: Part): Part => ({
    ...part,
    at: lines[part.at.line - 1]?.at ?? part.at,
  });
  return {
    manifests: [path],
    processes: image.processes.map(placed),
    env: image.env.map(placed),
    steps: image.steps.map(placed),
    ...(image.image && {
      python: {
        text: image.image.name,
        version: image.image.version,
        at: placed(image.image).at,
      },
    }),
    changes: { python: pythonOfDefinition, packages: { sources: [], several: "first", none: "unknown" } },
  };
}

/**
 * dockerfiles/python-django: it installs requirements.txt of the root and starts Django's development server
 * on port 80.
 */
function fromTemplate(
  path: string,
  { id, at }: Extract<CaptainDefinition["source"], { kind: "template" }>,
): DeploymentRead {
  const [name, version] = id.split("/");
  if (name !== "python-django") return nothing([path]);
  const source = "CapRover's python-django template";
  return {
    manifests: [path],
    processes: [{ name: "web", command: "python manage.py runserver 0.0.0.0:80", at, source }],
    env: [],
    steps: [{ phase: "build", command: "pip install --no-cache-dir -r requirements.txt", at, source }],
    ...(version !== undefined && {
      python: { text: version, version: /^\d+\.\d+(?:\.\d+)?$/.exec(version)?.[0], at },
    }),
    changes: {
      python: pythonOfDefinition,
      packages: {
        sources: [{ file: "requirements.txt", install: "pip install -r requirements.txt" }],
        several: "first",
        none: "fails",
      },
      port: { variable: undefined, number: 80, reachedFrom: "outside" },
    },
  };
}
