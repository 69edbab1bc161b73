import type { ProjectFiles } from "../files/project-files.ts";
import { findDockerfile, imageOf, leftToTheImage, readContainer } from "./container.ts";
import { commandOf, environmentOf, healthOf, keepsFiles } from "./kubernetes-pod.ts";
import type { ExposedPort, Process, Service, Step } from "./manifest.ts";
import {
  appContainers,
  lineOf,
  podOf,
  portNumber,
  type Resource,
  readKubernetes,
  selects,
} from "./manifests/kubernetes.ts";
import type { ManifestNode } from "./manifests/tree.ts";
import { memory } from "./memory.ts";
import { folderOf } from "./paths.ts";
import type { DeploymentRead, Platform, PlatformRules } from "./platform.ts";
import { otherDeploymentFiles } from "./read-manifest.ts";
import { noHealthCheck } from "./rules.ts";
import { serviceKind } from "./services.ts";

/** Kubernetes, by the manifests in the repository. https://kubernetes.io/docs/reference/kubernetes-api/ (1.33, 2025) */
export const kubernetes: Platform = {
  id: "kubernetes",
  name: "Kubernetes",
  docs: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/",
  factsAsOf: "2025, Kubernetes 1.33",
  detect(files, folder) {
    const web = chooseWeb(readKubernetes(files).resources);
    if (!web) return undefined;
    // Somebody else's image may be all that runs there.
    const isOwn = findImage(files, folder) !== undefined || servers.test(text(web.container));
    return isOwn ? { kind: "own", because: `${web.resource.path} is there` } : undefined;
  },
  read: readDeployment,
  // Beside these, addresses of every Service of the namespace.
  injects: { KUBERNETES_SERVICE_HOST: undefined, KUBERNETES_SERVICE_PORT: undefined, HOSTNAME: undefined },
  ...leftToTheImage,
  buildSees: "none",
  start: {
    elsewhere: undefined,
    fix: (command) =>
      `# the container of the Deployment\ncommand: ["sh", "-c", ${JSON.stringify(`exec ${command}`)}]`,
  },
  release: {
    name: "a Job",
    fix: (command) =>
      `apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: release\nspec:\n  template:\n    spec:\n      restartPolicy: Never\n      containers:\n        - name: release\n          image: shop\n          command: ["sh", "-c", ${JSON.stringify(command)}]`,
    // A pod of its own.
    keepsFiles: false,
    shell: false,
    elsewhere: "a Job of another repository",
  },
  port: { variable: undefined, number: undefined, reachedFrom: "outside" },
  images: { host: "own", builtFrom: "folder", tellsFirstProcess: true },
  tls: { endsAt: "unknown", header: undefined, redirects: "unknown" },
  hosts: { validated: false, suffix: undefined, variable: undefined },
  health: noHealthCheck,
  database: { variable: "DATABASE_URL", others: [], scheme: undefined, fix: undefined },
  disk: "ephemeral",
  isolated: true,
};

const servers = /\b(?:gunicorn|uvicorn|daphne|hypercorn|granian|waitress-serve|uwsgi|runserver)\b/;
const usualNames = /(?:^|[-_])(?:web|app|django|backend|server|api|wsgi|asgi)(?:[-_]|$)/i;

interface Workload {
  readonly resource: Resource;
  readonly pod: ManifestNode;
  readonly container: ManifestNode;
}

function text(container: ManifestNode): string {
  return [...container.get("command").items, ...container.get("args").items]
    .map(({ text: word = "" }) => word)
    .join(" ");
}

function workloads(resources: readonly Resource[]): readonly Workload[] {
  return resources.flatMap((resource) => {
    const pod = podOf(resource);
    const [container] = pod ? appContainers(pod) : [];
    return pod && container ? [{ resource, pod, container }] : [];
  });
}

/** The workload that starts a server, or that a Service sends requests to; of several the one that is named after the web. */
function chooseWeb(resources: readonly Resource[]): Workload | undefined {
  const lasting = workloads(resources).filter(({ resource }) =>
    ["Deployment", "StatefulSet", "DaemonSet"].includes(resource.kind),
  );
  const served = lasting.filter(({ pod }) => servicesOf(resources, pod).length > 0);
  return (
    lasting.find(({ container }) => servers.test(text(container))) ??
    served.find(({ resource }) => usualNames.test(resource.name)) ??
    served.find(({ container }) => container.get("ports").exists) ??
    (lasting.length === 1 ? lasting[0] : undefined)
  );
}

function servicesOf(resources: readonly Resource[], pod: ManifestNode): readonly ManifestNode[] {
  return resources
    .filter(({ kind, node }) => kind === "Service" && selects(node.get("spec").get("selector"), pod))
    .map(({ node }) => node);
}

/** The image that the project makes: the only Dockerfile there is, if not a usual one. */
function findImage(files: ProjectFiles, folder: string) {
  const usual = findDockerfile(files, folder);
  if (usual) return usual;
  const all = files.list.filter((path) => /(?:^|\/)Dockerfile$/.test(path));
  const [only] = all;
  return only !== undefined && all.length === 1 ? { path: only, context: folderOf(only) } : undefined;
}

function readDeployment(files: ProjectFiles, folder: string): DeploymentRead {
  const { resources, problems, templates } = readKubernetes(files);
  const web = chooseWeb(resources);
  if (!web) {
    const unread = [...new Set([...templates, ...otherDeploymentFiles(files, folder)])];
    return { manifests: [], processes: [], env: [], steps: [], problems, unread };
  }
  const found = findImage(files, folder);
  const container = found && readContainer(files, found.path, { context: found.context });
  const image = container?.image;
  // The same image, or none that is known: another program of somebody else's is not followed.
  const isOwn = (one: ManifestNode) => one.get("image").text === web.container.get("image").text;
  const others = workloads(resources).filter(
    ({ resource, container: own }) => resource !== web.resource && isOwn(own),
  );
  const { env, elsewhere } = environmentOf(web.container, resources);
  const processes = [
    processOf(web, "web"),
    ...others
      .filter(({ resource }) => resource.kind !== "Job")
      .map((one) => processOf(one, one.resource.name)),
  ];
  const before = appContainers(web.pod, "initContainers")
    .filter(isOwn)
    .flatMap((one): Step[] => stepOf(one, "start"));
  const jobs = others
    .filter(({ resource }) => resource.kind === "Job")
    .flatMap((one): Step[] => stepOf(one.container, "release"));
  const paths = [...new Set([web.resource.path, ...others.map(({ resource }) => resource.path)])];
  return {
    manifests: [...paths, ...(container ? [container.path] : [])],
    processes: processes.filter((process) => process !== undefined),
    env: [...(container?.env ?? []), ...env],
    steps: [...(container?.steps ?? []), ...jobs, ...before],
    services: resources.flatMap(databasesIn),
    ...imageOf(container, userOf(web)),
    memory: memory(web.container.get("resources").get("limits").get("memory")),
    exposes: [...(container?.image.exposes ?? []), ...portsOf(web.container)],
    ...(elsewhere !== undefined && { envElsewhere: elsewhere }),
    problems,
    ...(templates.length > 0 && { unread: templates }),
    changes: changesOf(web, resources),
  };

  function processOf({ container: own, resource }: Workload, name: string): Process | undefined {
    const process = commandOf(own, name, image);
    const replicas = Number(resource.node.get("spec").get("replicas").text);
    return process && (replicas > 1 ? { ...process, instances: replicas } : process);
  }

  function stepOf(own: ManifestNode, phase: "start" | "release"): Step[] {
    const process = commandOf(own, "", image);
    if (!process) return [];
    const { name: _, instances: __, ...command } = process;
    return [{ ...command, phase }];
  }
}

/** `securityContext` of the container, or of the pod. */
function userOf({ container, pod }: Workload): string | undefined {
  const contexts = [container, pod.get("spec")].map((node) => node.get("securityContext"));
  const user = contexts.map((node) => node.get("runAsUser").text).find((text) => text !== undefined);
  // Kubernetes starts nothing as root then, whatever the image says.
  const isRefused = contexts.some((node) => node.get("runAsNonRoot").text === "true");
  return user ?? (isRefused ? "a user that is not root" : undefined);
}

function databasesIn(resource: Resource): readonly Service[] {
  const containers = podOf(resource)?.get("spec").get("containers").items ?? [];
  return containers.flatMap((container): Service[] => {
    const image = container.get("image");
    const kind = image.text === undefined ? undefined : serviceKind(image.text);
    return image.text === undefined || kind === undefined ? [] : [{ kind, name: image.text, at: image.at }];
  });
}

function portsOf(container: ManifestNode): readonly ExposedPort[] {
  return container.get("ports").items.flatMap((item) => {
    const port = item.get("containerPort");
    return port.text !== undefined && /^\d+$/.test(port.text)
      ? [{ key: "containerPort", port: Number(port.text), at: port.at }]
      : [];
  });
}

function changesOf(
  { resource, pod, container }: Workload,
  resources: readonly Resource[],
): Partial<PlatformRules> {
  const ingress = resources.find(({ kind }) => kind === "Ingress")?.node;
  return {
    health: healthOf(container),
    ...(keepsFiles(container, pod, resource) && { disk: "persistent" as const }),
    isolated: isAlone(pod.get("spec")),
    ...targetOf(servicesOf(resources, pod), container),
    ...(ingress && { tls: tlsOf(ingress) }),
  };
}

/** The containers of a pod share their network, and those that start first may stay. */
function isAlone(spec: ManifestNode): boolean {
  const stays = (one: ManifestNode) => one.get("restartPolicy").text === "Always";
  return (
    spec.get("containers").items.length === 1 &&
    !spec.get("initContainers").items.some(stays) &&
    spec.get("hostNetwork").text !== "true"
  );
}

/** The port of the pod that a Service sends requests to; `port` where there is no `targetPort`. */
function targetOf(services: readonly ManifestNode[], container: ManifestNode): Partial<PlatformRules> {
  const ports = services.flatMap((service) => service.get("spec").get("ports").items);
  const [only] = ports;
  if (!only || ports.length > 1) return {};
  const target = only.get("targetPort");
  const declared = target.exists ? target : only.get("port");
  const number = portNumber(declared, container);
  if (number === undefined) return {};
  const key = target.exists ? "targetPort" : "port";
  return { port: { ...kubernetes.port, number, declared: { key, at: lineOf(declared.at) } } };
}

/** ingress-nginx and Traefik set the header; others are not known well enough. */
function tlsOf(ingress: ManifestNode): PlatformRules["tls"] {
  const metadata = ingress.get("metadata").get("annotations");
  const name = `${ingress.get("spec").get("ingressClassName").text ?? ""} ${metadata.get("kubernetes.io/ingress.class").text ?? ""}`;
  const header = /nginx|traefik/.test(name) ? "X-Forwarded-Proto" : undefined;
  return {
    endsAt: ingress.get("spec").get("tls").exists ? "own-proxy" : "unknown",
    header,
    redirects: "unknown",
  };
}
