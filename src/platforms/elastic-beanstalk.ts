import type { ProjectFiles } from "../files/project-files.ts";
import { startOf } from "../location.ts";
import { beanstalkMistakes, isImported, isWsgiPath } from "./beanstalk-mistakes.ts";
import { imageOf, readContainer } from "./container.ts";
import type { EnvDeclaration, Process, Step } from "./manifest.ts";
import { readEbConfig } from "./manifests/eb-config.ts";
import { type EbExtension, type EbOption, readEbExtension } from "./manifests/ebextensions.ts";
import { baseName } from "./paths.ts";
import type { DeploymentRead, Platform, PlatformRules, Sign } from "./platform.ts";
import { inside, otherDeploymentFiles, readManifest, readProcfileDeployment } from "./read-manifest.ts";
import { type ProcfileRules, type StaticMapping, unknownHealthCheck } from "./rules.ts";
import { settingsWrittenFor } from "./written-for.ts";

/** doc_source/platforms-linux-extend.md: the form of a line; the first process gets the requests. */
const procfile: ProcfileRules = {
  syntax: "lines",
  names: /^[A-Za-z0-9_-]+$/,
  duplicates: "unknown",
  invalidLine: "unknown",
  serves: ["web", "*"],
  release: undefined,
};

/** doc_source/create-deploy-python-container.md: nginx serves this folder without being told. */
const usualStatics: StaticMapping = { url: "/static", folder: "static", at: undefined };

/**
 * AWS Elastic Beanstalk with its Python platform on Amazon Linux 2 and 2023. Unless said otherwise the facts are from
 * awsdocs/aws-elastic-beanstalk-developer-guide @5d7c96f (2023-06-15) and
 * https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/python-configuration-procfile.html (2026).
 */
export const elasticBeanstalk: Platform = {
  id: "elastic-beanstalk",
  name: "Elastic Beanstalk",
  docs: "https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/create-deploy-python-django.html",
  factsAsOf: "2023-06-15, aws-elastic-beanstalk-developer-guide @5d7c96f",
  detect,
  read: readBeanstalk,
  ownChecks: ["beanstalk-config"],
  // PORT is there where it is an environment property, and RDS_* where a database belongs to the environment.
  injects: {},
  python: {
    // The platform branch of the environment decides, and no file of the source does.
    sources: ["manifest"],
    grammar: "heroku",
    fallback: "the version of the environment's platform branch",
    fallbackVersion: undefined,
    supported: [],
    misspellings: [],
    chosenIn: "the platform branch of the environment",
    declare: (version) =>
      `# .elasticbeanstalk/config.yml\nglobal:\n  default_platform: Python ${version} running on 64bit Amazon Linux 2023`,
  },
  // doc_source/python-configuration-requirements.md
  packages: {
    sources: [
      { file: "requirements.txt", install: "pip install -r requirements.txt" },
      { file: "Pipfile.lock", install: "pipenv install --deploy --system" },
      { file: "Pipfile", install: "pipenv install --system" },
    ],
    several: "first",
    none: "installs-nothing",
  },
  procfile,
  // Environment properties are there for hooks and commands.
  buildSees: "all",
  collectstatic: { runs: "never", failure: "unknown", managePyDepth: 0, disabledBy: undefined },
  start: {
    elsewhere: "the Elastic Beanstalk console",
    fix: (command) => `# Procfile\nweb: ${command} --bind 127.0.0.1:8000`,
    provides: ["gunicorn"],
  },
  release: {
    name: "container_commands",
    fix: (command) =>
      `# .ebextensions/django.config\ncontainer_commands:\n  01_release:\n    command: ${JSON.stringify(`source /var/app/venv/*/bin/activate && ${command}`)}\n    leader_only: true`,
    // Commands run in the staging folder, which becomes the app's.
    keepsFiles: true,
    shell: true,
  },
  // nginx on the same machine; PORT moves it.
  port: { variable: undefined, number: 8000, reachedFrom: "same-machine" },
  // Where a load balancer ends HTTPS it is set up for the environment.
  tls: { endsAt: "unknown", header: undefined, redirects: "unknown" },
  hosts: { validated: false, suffix: ".elasticbeanstalk.com", variable: undefined },
  health: unknownHealthCheck,
  // doc_source/create-deploy-python-rds.md
  database: {
    variable: undefined,
    others: ["RDS_HOSTNAME", "RDS_PORT", "RDS_DB_NAME", "RDS_USERNAME", "RDS_PASSWORD"],
    scheme: undefined,
    fix: undefined,
  },
  // Instances come and go with scaling and updates.
  disk: "ephemeral",
  statics: { mapped: [usualStatics], elsewhere: undefined },
};

/** Folders of the source bundle that nobody else has; `.platform` is Platform.sh's as well. */
const own = [
  ".ebextensions",
  ".elasticbeanstalk",
  ".platform/hooks",
  ".platform/confighooks",
  ".platform/nginx",
];

function bundleOf(
  files: ProjectFiles,
  folder: string,
): { readonly base: string; readonly sign: string } | undefined {
  for (const base of [...new Set(["", folder])]) {
    const found = own.find((name) => files.isFolder(inside(base, name)));
    if (found !== undefined) return { base, sign: inside(base, found) };
    const dockerrun = inside(base, "Dockerrun.aws.json");
    if (files.isFile(dockerrun)) return { base, sign: dockerrun };
  }
  return undefined;
}

function detect(files: ProjectFiles, folder: string): Sign | undefined {
  const bundle = bundleOf(files, folder);
  if (bundle) return { kind: "own", because: `${bundle.sign} is there` };
  const settings = settingsWrittenFor(
    files,
    folder,
    /["']RDS_(?:HOSTNAME|DB_NAME)["']|\.elasticbeanstalk\.com\b/,
  );
  return settings === undefined
    ? undefined
    : { kind: "own", because: `${settings} is written for Elastic Beanstalk` };
}

/** The Procfile counts, then WSGIPath, then `application.py`. */
function readBeanstalk(files: ProjectFiles, folder: string): DeploymentRead {
  const base = bundleOf(files, folder)?.base ?? "";
  const extensions = files
    .children(inside(base, ".ebextensions"))
    .filter((path) => path.endsWith(".config"))
    .flatMap((path) => readManifest(files, path, readEbExtension) ?? []);
  const config = readManifest(files, inside(base, ".elasticbeanstalk/config.yml"), readEbConfig);
  const options = extensions.flatMap((extension) => extension.options);
  const declared = [...extensions.map(({ path }) => path), ...(config ? [config.path] : [])];
  const common = {
    env: environment(options),
    envElsewhere: "the environment's properties",
    python: config?.python,
    ...(base !== "" && { folder: base }),
  };
  const problems = [...extensions.flatMap((extension) => extension.problems), ...(config?.problems ?? [])];

  const container = isDocker(files, base, config?.isDocker, options)
    ? readContainer(files, inside(base, "Dockerfile"), { context: base })
    : undefined;
  if (container) {
    return {
      ...common,
      manifests: [...declared, container.path],
      processes: container.processes,
      env: [...container.env, ...common.env],
      steps: [...container.steps, ...commandSteps(extensions, base)],
      problems,
      python: undefined,
      ...imageOf(container),
      changes: inContainer,
    };
  }
  const read = readProcfileDeployment(files, base, procfile);
  const application = applicationOf(files, base);
  const mounts = [{ from: base, to: "/var/app/current" }];
  return {
    ...common,
    manifests: [...declared, ...(read?.manifests ?? [])],
    processes: read?.processes.map((one) => ({ ...one, mounts })) ?? started(files, base, options),
    steps: [...commandSteps(extensions, base), ...hooks(files, base)],
    problems: [...problems, ...beanstalkMistakes({ extensions, procfile: read?.processes, application })],
    unread: otherDeploymentFiles(files, folder).filter(
      (path) => !/(?:^|\/)\.(?:ebextensions|platform)\//.test(path),
    ),
    changes: {
      ...staticChange(options),
      ...portChange(options),
    },
  };
}

/** A Dockerfile is built where the environment's platform is Docker, which its own files show. */
function isDocker(
  files: ProjectFiles,
  base: string,
  told: boolean | undefined,
  options: readonly EbOption[],
): boolean {
  if (!files.isFile(inside(base, "Dockerfile"))) return false;
  if (told !== undefined) return told;
  const forPython = options.some(({ namespace }) =>
    namespace.startsWith("aws:elasticbeanstalk:container:python"),
  );
  return (
    files.isFile(inside(base, "Dockerrun.aws.json")) ||
    (!forPython && !files.isFile(inside(base, "Procfile")))
  );
}

/** In front of a container nginx is outside of it, and serves no files of its own. */
const inContainer: Partial<PlatformRules> = {
  injects: {},
  port: { variable: undefined, number: undefined, reachedFrom: "outside" },
  procfile: undefined,
  statics: { mapped: [], elsewhere: undefined },
};

/** doc_source/create-deploy-python-container.md: `WSGIPath`, "application" without one. */
function started(files: ProjectFiles, base: string, options: readonly EbOption[]): readonly Process[] {
  const option = options.findLast(isWsgiPath);
  const common = { name: "web", folder: base, mounts: [{ from: base, to: "/var/app/current" }] };
  if (option?.value !== undefined) {
    const command = `gunicorn --bind 127.0.0.1:8000 --workers=1 --threads=15 ${option.value}`;
    return isImported(option.value) ? [{ ...common, command, at: option.at, source: "WSGIPath" }] : [];
  }
  const path = inside(base, "application.py");
  return files.isFile(path)
    ? [
        {
          ...common,
          command: "gunicorn --bind 127.0.0.1:8000 --workers=1 --threads=15 application",
          at: startOf(path),
          source: "Elastic Beanstalk's default",
        },
      ]
    : [];
}

function applicationOf(files: ProjectFiles, base: string): string {
  const found = files
    .children(base)
    .map((path) => `${path}/wsgi.py`)
    .find((path) => files.isFile(path));
  const folder = found?.split("/").at(-2) ?? "mysite";
  return `${folder}.wsgi:application`;
}

const environmentNamespace = "aws:elasticbeanstalk:application:environment";

function environment(options: readonly EbOption[]): readonly EnvDeclaration[] {
  return options.flatMap(({ namespace, name, value, at }): readonly EnvDeclaration[] => {
    // Values of these are the names of secrets in AWS's stores.
    if (namespace === `${environmentNamespace}secrets`) return [{ name, from: "secret", at }];
    if (namespace !== environmentNamespace) return [];
    return [{ name, ...(value !== undefined && { value }), at }];
  });
}

function staticChange(options: readonly EbOption[]): Partial<PlatformRules> {
  const mapped = options
    .filter(({ namespace }) => namespace === "aws:elasticbeanstalk:environment:proxy:staticfiles")
    .map(({ name, value = "", at }): StaticMapping => ({ url: name, folder: value, at }));
  return mapped.length === 0 ? {} : { statics: { mapped: [...mapped, usualStatics], elsewhere: undefined } };
}

function portChange(options: readonly EbOption[]): Partial<PlatformRules> {
  const port = options.findLast(
    ({ namespace, name }) => namespace === environmentNamespace && name === "PORT",
  );
  const number = Number(port?.value);
  if (!port || !Number.isInteger(number) || number <= 0) return {};
  return { port: { ...elasticBeanstalk.port, number, declared: { key: "PORT", at: port.at } } };
}

/** They see the database, and run before the version is deployed. */
function commandSteps(extensions: readonly EbExtension[], base: string): readonly Step[] {
  const mounts = [{ from: base, to: "/var/app/staging" }];
  return extensions.flatMap(({ commands }) =>
    commands.map(({ command, at }) => ({ phase: "release", command, at, folder: base, mounts })),
  );
}

/** doc_source/platforms-linux-extend.md: programs in these folders, in the order of their names. */
function hooks(files: ProjectFiles, base: string): readonly Step[] {
  return (["prebuild", "predeploy", "postdeploy"] as const).flatMap((when) =>
    files
      .children(inside(base, `.platform/hooks/${when}`))
      .filter((path) => files.isFile(path))
      .map(
        (path): Step => ({
          phase: when === "prebuild" ? "build" : "release",
          command: `.platform/hooks/${when}/${baseName(path)}`,
          at: startOf(path),
          source: `a ${when} hook`,
          folder: base,
        }),
      ),
  );
}
