import type { ProjectFiles } from "../files/project-files.ts";
import { parseDotenv } from "../python/models/dotenv-format.ts";
import { type Container, imageOf, readContainer } from "./container.ts";
import type { EnvDeclaration, ManifestProblem, Mount, Process, Service, Step } from "./manifest.ts";
import {
  type ComposeRead,
  type ComposeService,
  isCompose,
  isDefaultCompose,
  looksLikeProduction,
  readCompose,
} from "./manifests/compose.ts";
import { memory } from "./memory.ts";
import { folderOf, resolvePath } from "./paths.ts";
import type { DeploymentRead } from "./platform.ts";
import { readManifest } from "./read-manifest.ts";
import { noHealthCheck } from "./rules.ts";
import { serviceKind } from "./services.ts";

/** The compose file that is deployed, and what shows that it is. */
export interface DeployedCompose {
  readonly path: string;
  readonly because: string;
}

/**
 * The compose file that a script or workflow starts on a server; failing that, one that is named after
 * production. A file of another name is for development unless something deploys it.
 */
export function deployedCompose(files: ProjectFiles, folder: string): DeployedCompose | undefined {
  const candidates = [...new Set([...files.children(""), ...files.children(folder)])].filter(
    (path) => isCompose(path) && readManifest(files, path, readCompose)?.web,
  );
  const script = files.list.find((path) => startsCompose(path, files));
  const text = script === undefined ? "" : (files.text(script) ?? "");
  const given = givenFiles(text);
  const named =
    given
      .map((name) => resolvePath("", name))
      .find((path) => path !== undefined && readManifest(files, path, readCompose)?.web) ??
    candidates.findLast((path) => text.includes(path.slice(path.lastIndexOf("/") + 1)));
  const production = candidates.find(looksLikeProduction);
  const byDefault = script === undefined || given.length > 0 ? undefined : candidates.find(isDefaultCompose);
  const chosen = named ?? production ?? byDefault;
  if (chosen === undefined) return undefined;
  return {
    path: chosen,
    because:
      script !== undefined && chosen !== production ? `${script} starts ${chosen}` : `${chosen} is there`,
  };
}

/** A workflow that goes to a server, or a script that is called after deploying. Tests start compose files too. */
function startsCompose(path: string, files: ProjectFiles): boolean {
  const isWorkflow = /^\.github\/workflows\/[^/]+\.ya?ml$|^\.gitlab-ci\.yml$/.test(path);
  if (!isWorkflow && !/(?:^|\/)deploy[\w.-]*\.sh$/.test(path)) return false;
  const text = files.text(path) ?? "";
  return (
    /^[^#\n]*\bdocker[ -]compose\b[^\n]*\bup\b/m.test(text) &&
    (!isWorkflow || /\bssh\b|ssh-action|DOCKER_HOST|docker context/.test(text))
  );
}

/** `docker compose -f prod.yml up`: the files that it is told to take, whatever they are called. */
function givenFiles(text: string): readonly string[] {
  const [command] = /^[^#\n]*\bdocker[ -]compose\b[^\n]*\bup\b/m.exec(text) ?? [""];
  return [...command.matchAll(/\s(?:-f|--file)[\s=]+["']?([\w./-]+\.ya?ml)\b/g)].flatMap(
    ([, name]) => name ?? [],
  );
}

/** What a compose file starts: its web service, and the others that are made from the same image. */
export function readComposeDeployment(
  files: ProjectFiles,
  { path }: Pick<DeployedCompose, "path">,
): DeploymentRead | undefined {
  const compose = readManifest(files, path, readCompose);
  const declared = compose?.web;
  if (!compose || !declared) return undefined;
  const { web, folder } = completed(files, path, declared);
  const started = (service: ComposeService) => startOf(files, service, { path, folder });
  const main = started(web);
  const siblings = compose.services
    .filter((one) => one !== declared && one.profiles.length === 0 && isSibling(one, web))
    .map((one) => ({ one, ...started({ ...one, build: one.build ?? web.build }) }));
  const before = (name: string) => web.after.includes(name);
  const { env, missing } = environmentOf(files, web, path);
  return {
    manifests: [path, ...(main.container ? [main.container.path] : [])],
    processes: [
      ...main.processes,
      ...siblings
        .filter(({ one }) => !before(one.name))
        .flatMap(({ one, processes }) => processes.map((process) => ({ ...process, name: one.name }))),
    ],
    env: [...(main.container?.env ?? []), ...env],
    steps: [
      ...(main.container?.steps ?? []),
      ...siblings
        .filter(({ one }) => before(one.name))
        .flatMap(({ processes }) =>
          processes.map(({ name: _, ...step }): Step => ({ ...step, phase: "release" })),
        ),
    ],
    services: servicesOf(compose),
    ...imageOf(main.container, web.user),
    memory: memory(web.memory),
    // What is published counts, and not what the image says of itself.
    ...(web.ports.length > 0 && { exposes: web.ports }),
    ...(missing !== undefined && { envElsewhere: missing }),
    problems: [...compose.problems, ...sourceMounted(web, path, main.container)],
    changes: {
      health: web.health ?? main.container?.image.health ?? noHealthCheck,
      disk: web.volumes.length > 0 ? "persistent" : "ephemeral",
      isolated: !web.hostNetwork,
      ...(web.init && { images: { host: "own" as const, builtFrom: "folder" as const } }),
      ...(web.hostNetwork && {
        port: { variable: undefined, number: undefined, reachedFrom: "unknown" as const },
      }),
    },
  };
}

/** A file that only adds to the default one (`-f docker-compose.yml -f docker-compose.prod.yml`) leaves things out. */
function completed(
  files: ProjectFiles,
  path: string,
  web: ComposeService,
): { readonly web: ComposeService; readonly folder: string } {
  const folder = folderOf(path);
  if (web.build || web.image !== undefined) return { web, folder };
  const base = files
    .children(folder)
    .filter((one) => one !== path && isDefaultCompose(one))
    .flatMap((one) => readManifest(files, one, readCompose)?.services ?? [])
    .find(({ name }) => name === web.name);
  if (!base) return { web, folder };
  return {
    folder,
    web: {
      ...base,
      ...web,
      build: base.build,
      image: base.image,
      command: web.command ?? base.command,
      entrypoint: web.entrypoint ?? base.entrypoint,
      env: [...base.env, ...web.env],
      envFiles: web.envFiles.length > 0 ? web.envFiles : base.envFiles,
      ports: [...base.ports, ...web.ports],
      volumes: [...base.volumes, ...web.volumes],
      health: web.health ?? base.health,
      after: [...base.after, ...web.after],
    },
  };
}

function isSibling(one: ComposeService, web: ComposeService): boolean {
  if (one.build && web.build)
    return one.build.context === web.build.context && one.build.dockerfile === web.build.dockerfile;
  return one.image !== undefined && one.image === web.image;
}

function startOf(
  files: ProjectFiles,
  service: ComposeService,
  { path, folder }: { readonly path: string; readonly folder: string },
): { readonly container: Container | undefined; readonly processes: readonly Process[] } {
  const { build, command, entrypoint, instances } = service;
  const context = resolvePath(folder, build?.context ?? "") ?? "";
  const several = instances === undefined ? {} : { instances };
  // An entry point that is given here drops the command of the image.
  const override = command ?? (entrypoint && { text: "", at: entrypoint.at });
  const container =
    build &&
    readContainer(files, resolvePath(context, build.dockerfile) ?? "", {
      context,
      target: build.target,
      commands: override
        ? [{ command: override.text, at: override.at, ...(entrypoint && { entrypoint: entrypoint.text }) }]
        : [],
    });
  const mounted = service.volumes.flatMap(({ folder: from, target }): Mount[] => {
    const own = from === undefined || /^[/~$]/.test(from) ? undefined : resolvePath(folder, from);
    return own === undefined || !files.isFolder(own) ? [] : [{ from: own, to: target }];
  });
  if (container) {
    const processes = container.processes.map((process) => ({
      ...process,
      ...several,
      mounts: [...(process.mounts ?? []), ...mounted],
    }));
    return { container, processes };
  }
  if (!command) return { container: undefined, processes: [] };
  const folderUnclear = `the image of ${path} is not built from this repository`;
  const text = entrypoint ? `${entrypoint.text} ${command.text}` : command.text;
  return {
    container: undefined,
    processes: [{ name: "web", command: text, at: command.at, ...several, mounts: mounted, folderUnclear }],
  };
}

/** `environment` wins over `env_file`. A file that is not in the repository holds what nobody here knows. */
function environmentOf(
  files: ProjectFiles,
  web: ComposeService,
  path: string,
): { readonly env: readonly EnvDeclaration[]; readonly missing: string | undefined } {
  let missing: string | undefined;
  const fromFiles = web.envFiles.flatMap(({ path: written, at }) => {
    const file = resolvePath(folderOf(path), written);
    const text = file === undefined ? undefined : files.text(file);
    if (text === undefined) {
      missing ??= written;
      return [];
    }
    return parseDotenv(text).map(({ key, value }) => ({ name: key, value, at, keptIn: file }));
  });
  return { env: [...fromFiles, ...web.env], missing };
}

function servicesOf({ services }: ComposeRead): readonly Service[] {
  return services.flatMap(({ image, at }) => {
    const kind = image === undefined ? undefined : serviceKind(image);
    return image === undefined || kind === undefined ? [] : [{ kind, name: image, at }];
  });
}

/** The project's folder over the one that the image was made with: what was built into it is hidden. */
function sourceMounted(
  { volumes, build }: ComposeService,
  path: string,
  container: Container | undefined,
): readonly ManifestProblem[] {
  if (!build || !container) return [];
  const { workdir } = container.image;
  const source = volumes.find(
    ({ folder, target }) =>
      folder !== undefined &&
      target === workdir &&
      target !== "/" &&
      resolvePath(folderOf(path), folder) === resolvePath(folderOf(path), build.context),
  );
  return source
    ? [
        {
          kind: "wrong-type",
          check: "dev-compose-in-production",
          message: `${path} mounts the source over ${workdir}, so what ${container.path} puts there while the image is built is not there`,
          at: source.at,
        },
      ]
    : [];
}
