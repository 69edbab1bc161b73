import type { ProjectFiles } from "../../files/project-files.ts";
import type { Location } from "../../location.ts";
import type { ManifestProblem } from "../manifest.ts";
import { serviceKind } from "../services.ts";
import type { ManifestNode } from "./tree.ts";
import { readYamlDocuments } from "./tree-yaml.ts";

/** A document of a manifest of Kubernetes. */
export interface Resource {
  readonly kind: string;
  readonly name: string;
  readonly path: string;
  readonly node: ManifestNode;
}

export interface KubernetesFiles {
  readonly resources: readonly Resource[];
  readonly problems: readonly ManifestProblem[];
  /** Templates that have to be filled in before they are read. */
  readonly templates: readonly string[];
}

/** Folders that manifests are kept in. */
const folders =
  /(?:^|\/)(?:\.?k8s|kube|kubernetes|deploy|deployments?|manifests?|helm|charts?|infra(?:structure)?|ops|kustomize)\//i;
const notDeployed =
  /(?:^|\/)(?:node_modules|tests?|docs?|examples?|samples?|\.github|\.devcontainer|dev|local|minikube|staging)\//i;

/** Every manifest of Kubernetes that is not for development, by its content. */
export function readKubernetes(files: ProjectFiles): KubernetesFiles {
  const paths = files.list.filter(
    (path) => /\.ya?ml$/.test(path) && (folders.test(path) || !path.includes("/")) && !notDeployed.test(path),
  );
  const resources: Resource[] = [];
  const problems: ManifestProblem[] = [];
  const templates: string[] = [];
  for (const path of paths) {
    const text = files.text(path) ?? "";
    if (!/^apiVersion:/m.test(text) || !/^kind:/m.test(text)) continue;
    if (/\{\{|\{%/.test(text)) {
      templates.push(path);
      continue;
    }
    for (const { root, problems: found } of readYamlDocuments(path, text)) {
      problems.push(...found);
      const kind = root.get("kind").text;
      if (kind === undefined) continue;
      // `kind: List` holds others.
      for (const node of kind === "List" ? root.get("items").items : [root]) {
        const name = node.get("metadata").get("name").text ?? "";
        resources.push({ kind: node.get("kind").text ?? kind, name, path, node });
      }
    }
  }
  return { resources, problems: [...problems, ...resources.flatMap(removedVersion)], templates };
}

/** https://kubernetes.io/docs/reference/using-api/deprecation-guide/ (2025): no release that is supported has them. */
const removedVersions: Readonly<
  Record<string, readonly [versions: readonly string[], instead: string, since: string]>
> = {
  Deployment: [["extensions/v1beta1", "apps/v1beta1", "apps/v1beta2"], "apps/v1", "1.16"],
  StatefulSet: [["apps/v1beta1", "apps/v1beta2"], "apps/v1", "1.16"],
  Ingress: [["extensions/v1beta1", "networking.k8s.io/v1beta1"], "networking.k8s.io/v1", "1.22"],
  CronJob: [["batch/v1beta1", "batch/v2alpha1"], "batch/v1", "1.25"],
};

function removedVersion({ kind, node, path }: Resource): readonly ManifestProblem[] {
  const version = node.get("apiVersion");
  const removed = Object.hasOwn(removedVersions, kind) ? removedVersions[kind] : undefined;
  if (!removed || version.text === undefined || !removed[0].includes(version.text)) return [];
  return [
    {
      kind: "retired",
      message: `${path} declares a ${kind} of ${version.text}, which Kubernetes removed in ${removed[2]}`,
      at: version.at,
      fix: `apiVersion: ${removed[1]}`,
      severity: "error",
    },
  ];
}

/** What runs pods: their template, however deep it is kept. */
export function podOf({ kind, node }: Resource): ManifestNode | undefined {
  const spec = node.get("spec");
  switch (kind) {
    case "Deployment":
    case "StatefulSet":
    case "DaemonSet":
    case "Job":
      return spec.get("template");
    case "CronJob":
      return spec.get("jobTemplate").get("spec").get("template");
    case "Pod":
      return node;
    default:
      return undefined;
  }
}

/** The containers of a pod that run neither a database nor a proxy. */
export function appContainers(pod: ManifestNode, list = "containers"): readonly ManifestNode[] {
  return pod
    .get("spec")
    .get(list)
    .items.filter((container) => {
      const image = container.get("image").text ?? "";
      return (
        serviceKind(image) === undefined &&
        !/(?:^|[/-])(?:nginx|envoy|caddy|traefik|haproxy|busybox|cloud-?sql-proxy|oauth2-proxy|fluent-?bit|pgbouncer)\b/.test(
          image,
        )
      );
    });
}

/** The manifest's labels all have to be on the pod. */
export function selects(selector: ManifestNode, pod: ManifestNode): boolean {
  const labels = pod.get("metadata").get("labels");
  const wanted = selector.entries;
  return wanted.length > 0 && wanted.every(([name, { text }]) => labels.get(name).text === text);
}

/** The number of a port that is given as one, or by the name that the container gives it. */
export function portNumber(node: ManifestNode, container: ManifestNode): number | undefined {
  if (node.text === undefined) return undefined;
  if (/^\d+$/.test(node.text)) return Number(node.text);
  const named = container.get("ports").items.find((port) => port.get("name").text === node.text);
  const number = named?.get("containerPort").text;
  return number === undefined ? undefined : Number(number);
}

/** A mapping reaches over many lines; its first is enough to point at. */
export function lineOf({ file, line, column }: Location): Location {
  return { file, line, column };
}
