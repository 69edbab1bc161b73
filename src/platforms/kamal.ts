import type { ProjectFiles } from "../files/project-files.ts";
import { imageOf, leftToTheImage, readContainer } from "./container.ts";
import type { ManifestProblem, Process } from "./manifest.ts";
import { type KamalConfig, type KamalProxy, readKamal } from "./manifests/kamal-yml.ts";
import { resolvePath } from "./paths.ts";
import type { DeploymentRead, Platform, PlatformRules } from "./platform.ts";
import { inside, otherDeploymentFiles } from "./read-manifest.ts";
import { type HealthRules, noHealthCheck } from "./rules.ts";

/**
 * kamal-proxy @d929067 (2026-08-20), internal/server/health_check.go: it asks the container by its id, follows
 * redirects, and wants 200 to 299. A redirect to HTTPS leads to a port on which nobody listens.
 */
const health: HealthRules = {
  kind: "http",
  path: "/up",
  at: undefined,
  host: "address",
  accepts: [200, 299],
  headers: {},
};

/**
 * Kamal: containers on servers of one's own, behind kamal-proxy. The facts are from basecamp/kamal @eee0083b
 * (2026-06-18), lib/kamal/configuration, and basecamp/kamal-proxy @d929067 (2026-08-20).
 */
export const kamal: Platform = {
  id: "kamal",
  name: "Kamal",
  docs: "https://kamal-deploy.org/docs/configuration/overview/",
  factsAsOf: "2026-08-20, basecamp/kamal @eee0083b and kamal-proxy @d929067",
  detect(files, folder) {
    const [path] = configsOf(files, folder);
    return path === undefined ? undefined : { kind: "own", because: `${path} is there` };
  },
  read: readKamalDeployment,
  // lib/kamal/commands/app.rb
  injects: { KAMAL_CONTAINER_NAME: undefined, KAMAL_VERSION: undefined, KAMAL_HOST: undefined },
  ...leftToTheImage,
  // Only builder.args and builder.secrets.
  buildSees: "none",
  start: {
    elsewhere: undefined,
    fix: (command) => `# config/deploy.yml\nservers:\n  web:\n    cmd: ${command}`,
    // deploy_timeout and proxy.response_timeout.
    timeout: 30,
    requestTimeout: 30,
  },
  // A hook runs on the machine that deploys; what it does there is its own affair.
  release: undefined,
  port: { variable: undefined, number: 80, reachedFrom: "outside" },
  images: { host: "own", builtFrom: "clone", tellsFirstProcess: true },
  tls: { endsAt: "own-proxy", header: "X-Forwarded-Proto", redirects: "unknown" },
  hosts: { validated: false, suffix: undefined, variable: undefined },
  health,
  database: { variable: "DATABASE_URL", others: [], scheme: undefined, fix: undefined },
  // A deployment makes new containers.
  disk: "ephemeral",
  isolated: true,
};

/** `config/deploy.yml`, and the destination's file if one is for production. Other tools have a deploy.yml too. */
function configsOf(files: ProjectFiles, folder: string): readonly string[] {
  const base = [...new Set(["config/deploy.yml", inside(folder, "config/deploy.yml")])].find((path) => {
    const text = files.text(path) ?? "";
    return /^service:/m.test(text) && /^(?:servers|image|registry):/m.test(text);
  });
  if (base === undefined) return [];
  const destination = ["production", "prod", "live"]
    .map((name) => base.replace(/\.yml$/, `.${name}.yml`))
    .find((path) => files.isFile(path));
  return destination === undefined ? [base] : [base, destination];
}

function readKamalDeployment(files: ProjectFiles, folder: string): DeploymentRead {
  const config = readKamal(
    configsOf(files, folder).flatMap((path) => {
      const text = files.text(path);
      return text === undefined ? [] : [{ path, text }];
    }),
  );
  if (!config) {
    return { manifests: [], processes: [], env: [], steps: [], unread: otherDeploymentFiles(files, folder) };
  }
  // Without builder.context a clone of the repository is what is built.
  const root = config.paths[0]?.replace(/\/?config\/deploy\.yml$/, "") ?? "";
  const context = resolvePath(root, config.build.context) ?? "";
  const dockerfile = resolvePath(root, config.build.dockerfile) ?? "";
  const container = config.build.pack
    ? undefined
    : readContainer(files, dockerfile, {
        context,
        target: config.build.target,
        commands: config.roles.flatMap(({ name, command }) =>
          command ? [{ name, command: command.text, at: command.at, shell: false }] : [],
        ),
      });
  const instances = new Map(config.roles.map(({ name, hosts }) => [name, hosts] as const));
  const several = (process: Process): Process => {
    const hosts = instances.get(process.name) ?? 0;
    return hosts > 1 ? { ...process, instances: hosts } : process;
  };
  return {
    manifests: [...config.paths, ...(container ? [container.path] : [])],
    processes: (container?.processes ?? []).map(several),
    env: [...(container?.env ?? []), ...config.env],
    steps: container?.steps ?? [],
    services: config.services,
    ...imageOf(container),
    problems: [
      ...config.problems,
      ...(container || config.build.pack ? [] : missingDockerfile(config, dockerfile)),
    ],
    ...(!container && { unread: [config.build.pack ? "the buildpacks of builder.pack" : dockerfile] }),
    changes: changesOf(config),
  };
}

function missingDockerfile({ paths, roles }: KamalConfig, dockerfile: string): readonly ManifestProblem[] {
  const [path = ""] = paths;
  const at = roles[0]?.at ?? { file: path, line: 1, column: 1 };
  return [
    {
      kind: "invalid",
      message: `Kamal builds ${dockerfile}, which is not there`,
      at: { file: path, line: at.line, column: at.column },
      fix: "# config/deploy.yml\nbuilder:\n  dockerfile: path/to/Dockerfile",
    },
  ];
}

function changesOf({ proxy, keepsFiles }: KamalConfig): Partial<PlatformRules> {
  const disk = keepsFiles ? ({ disk: "persistent" } as const) : {};
  if (!proxy) return { ...disk, health: noHealthCheck, port: { ...kamal.port, number: undefined } };
  return {
    ...disk,
    health: { ...health, path: proxy.path, at: proxy.at },
    port: {
      ...kamal.port,
      number: proxy.port.number,
      declared: { key: "proxy.app_port", at: proxy.port.at },
    },
    tls: tlsOf(proxy),
  };
}

/** It always sets X-Forwarded-Proto; one that a proxy in front of it sent is kept where `forward_headers` says so. */
function tlsOf({ tls, redirects, forwardsHeaders }: KamalProxy): PlatformRules["tls"] {
  if (!tls)
    return { endsAt: forwardsHeaders ? "unknown" : "none", header: "X-Forwarded-Proto", redirects: "never" };
  return { endsAt: "own-proxy", header: "X-Forwarded-Proto", redirects: redirects ? "always" : "never" };
}
