import type { ProjectFiles } from "../files/project-files.ts";
import { imageOf, readContainer } from "./container.ts";
import { readAppSpec } from "./manifests/app-spec.ts";
import { resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform, PlatformRules } from "./platform.ts";
import {
  buildpackCollectstatic,
  buildpackHooks,
  buildpackPackages,
  buildpackPython,
} from "./python-buildpack.ts";
import { inside, otherDeploymentFiles, readProcfileDeployment } from "./read-manifest.ts";
import { noHealthCheck, type ProcfileRules } from "./rules.ts";
import { readmeWithButton, settingsWrittenFor } from "./written-for.ts";

const specs = [".do/app.yaml", ".do/app.yml", ".do/deploy.template.yaml", ".do/deploy.template.yml"];

/** Its dialect is not documented. */
const procfile: ProcfileRules = {
  syntax: "lines",
  names: /^[A-Za-z0-9_-]+$/,
  duplicates: "unknown",
  invalidLine: "unknown",
  serves: ["web"],
  // Migrations are jobs of the app spec.
  release: undefined,
};

/**
 * DigitalOcean's App Platform. Unless said otherwise the facts are from digitalocean/godo @3fce660 (2026-07-24),
 * apps.gen.go, and https://docs.digitalocean.com/products/app-platform/reference/buildpacks/python/ (2026), which
 * names version 322 of Heroku's Python buildpack (2025-12-02).
 */
export const digitalocean: Platform = {
  id: "digitalocean",
  name: "DigitalOcean App Platform",
  docs: "https://docs.digitalocean.com/products/app-platform/reference/app-spec/",
  factsAsOf: "2026-07-24, digitalocean/godo @3fce660",
  detect(files, folder) {
    const spec = specs.find((path) => files.isFile(path));
    if (spec !== undefined) return { kind: "own", because: `${spec} is there` };
    const readme = readmeWithButton(files, /cloud\.digitalocean\.com\/apps\/new\b/);
    if (readme !== undefined) return { kind: "own", because: `${readme} has a button that deploys to it` };
    const settings = settingsWrittenFor(files, folder, /\.ondigitalocean\.app\b/);
    return settings === undefined
      ? undefined
      : { kind: "own", because: `${settings} is written for App Platform` };
  },
  read: readDigitalOcean,
  injects: { PORT: "8080" },
  python: {
    ...buildpackPython,
    fallback: "the version of the app's last build, or Python 3.13 for a new app",
    fallbackVersion: "3.13",
    // heroku-buildpack-python v322, CHANGELOG.md: 3.9 went with v327.
    supported: ["3.14", "3.13", "3.12", "3.11", "3.10", "3.9"],
  },
  // Version 322 warns of several and takes the first; it became an error with v325. setup.py was still taken.
  packages: {
    sources: [...buildpackPackages.sources, { file: "setup.py", install: "pip install --editable ." }],
    several: "first",
    none: "fails",
  },
  procfile,
  // Each variable says whether the build sees it.
  buildSees: "scoped",
  collectstatic: buildpackCollectstatic,
  start: {
    elsewhere: "the App Platform control panel",
    fix: (command) => `# .do/app.yaml, in the service\nrun_command: ${command}`,
  },
  release: {
    name: "a PRE_DEPLOY job",
    fix: (command) => `# .do/app.yaml\njobs:\n- name: release\n  kind: PRE_DEPLOY\n  run_command: ${command}`,
    keepsFiles: false,
    shell: undefined,
    elsewhere: "the App Platform's control panel",
    declaredIn: /(?:^|\/)app\.ya?ml$/,
  },
  port: { variable: "PORT", number: 8080, reachedFrom: "outside", otherPort: "elsewhere" },
  // Which headers reach the app is not documented.
  tls: { endsAt: "edge", header: undefined, redirects: "unknown" },
  hosts: { validated: false, suffix: ".ondigitalocean.app", variable: undefined },
  // Without a path it connects to the port.
  health: { ...noHealthCheck, kind: "tcp" },
  database: {
    variable: "DATABASE_URL",
    others: [],
    scheme: undefined,
    fix: "# .do/app.yaml\ndatabases:\n- name: db\n  engine: PG\nservices:\n- name: web\n  envs:\n  - key: DATABASE_URL\n    scope: RUN_TIME\n    value: ${db.DATABASE_URL}",
  },
  // A component has no volumes.
  disk: "ephemeral",
  isolated: true,
};

/** What an image brings along, the buildpack does not. */
const dockerfileRules: Partial<PlatformRules> = {
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
};

/** A Dockerfile wins over the buildpack, and a run command over Procfile and CMD. */
function readDigitalOcean(files: ProjectFiles, folder: string): DeploymentRead {
  const path = specs.find((one) => files.isFile(one));
  const text = path === undefined ? undefined : files.text(path);
  const spec = path === undefined || text === undefined ? undefined : readAppSpec(path, text, folder);
  const web = spec?.web;
  const source = web?.folder ?? (files.isFile("Dockerfile") || files.isFile("Procfile") ? "" : folder);
  const container = readContainer(files, web?.dockerfile ?? inside(source, "Dockerfile"), {
    context: source,
    commands: web?.run ? [web.run] : [],
  });
  const procfileRead = container ? undefined : readProcfileDeployment(files, source, procfile);
  const started = spec?.processes ?? [];
  const hasWeb = started.some(({ name }) => name === "web");
  const processes = container
    ? [...container.processes, ...started.filter(({ name }) => name !== "web")]
    : [...started, ...(procfileRead?.processes ?? []).filter(({ name }) => name !== "web" || !hasWeb)];
  const found = [path, container?.path, ...(hasWeb ? [] : (procfileRead?.manifests ?? []))];
  return {
    manifests: found.filter((one) => one !== undefined),
    processes,
    env: [...(container?.env ?? []), ...(spec?.env ?? [])],
    steps: [...(container?.steps ?? buildpackHooks(files, source, "App Platform")), ...(spec?.steps ?? [])],
    ...imageOf(container),
    ...(spec && { services: spec.services, problems: spec.problems }),
    ...(web && { folder: resolvePath("", web.folder) ?? "" }),
    ...(processes.length === 0 && {
      unread: otherDeploymentFiles(files, folder).filter((one) => one !== path),
    }),
    changes: {
      ...(container && dockerfileRules),
      ...(web && { health: web.health }),
      ...(web?.port && {
        injects: { PORT: String(web.port.number) },
        port: {
          ...digitalocean.port,
          number: web.port.number,
          declared: { key: "http_port", at: web.port.at },
        },
      }),
    },
  };
}
