import type { Location } from "../location.ts";
import type { EnvDeclaration, Process } from "./manifest.ts";
import { type DockerfileRead, inContainer } from "./manifests/dockerfile.ts";
import { healthOfCommand } from "./manifests/health-command.ts";
import { lineOf, portNumber, type Resource } from "./manifests/kubernetes.ts";
import type { ManifestNode } from "./manifests/tree.ts";
import { type HealthRules, noHealthCheck } from "./rules.ts";
import { quote } from "./shell/expand.ts";

/**
 * What a container runs: `command` stands for the image's ENTRYPOINT, and without `args` drops its CMD; `args`
 * stands for CMD. https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
 */
export function commandOf(
  container: ManifestNode,
  name: string,
  image: DockerfileRead | undefined,
): Process | undefined {
  const [command, args] = [container.get("command"), container.get("args")];
  if (!command.exists && !args.exists) {
    const [own] = image?.processes ?? [];
    return own && { ...own, name };
  }
  const entrypoint = image?.entrypoint?.form === "exec" ? image.entrypoint.command : "";
  const text = [command.exists ? words(command) : entrypoint, words(args)].filter(Boolean).join(" ");
  const at = (command.exists ? command : args).at;
  if (image) return inContainer({ name, command: text, at }, image);
  return { name, command: text, at, folderUnclear: "its image is not built from this repository" };
}

/** No shell reads them; `$(NAME)` is filled in from the container's variables. */
function words(node: ManifestNode): string {
  return node.items
    .map(({ text = "" }) => {
      if (!/\$\(\w+\)/.test(text)) return quote(text);
      const parts = text.split(/(\$\(\w+\))/).map((part) => {
        const [, name] = /^\$\((\w+)\)$/.exec(part) ?? [];
        return name === undefined ? part.replace(/[\\"$`]/g, "\\$&") : `\${${name}}`;
      });
      return `"${parts.join("")}"`;
    })
    .join(" ");
}

export interface PodEnvironment {
  readonly env: readonly EnvDeclaration[];
  /** What holds more variables, and is not in the repository: "the Secret shop". */
  readonly elsewhere: string | undefined;
}

/** `envFrom`, and over it `env`. */
export function environmentOf(container: ManifestNode, resources: readonly Resource[]): PodEnvironment {
  let elsewhere: string | undefined;
  const find = (kind: string, name: string | undefined) =>
    resources.find((one) => one.kind === kind && one.name === name)?.node;
  const whole = container.get("envFrom").items.flatMap((item): readonly EnvDeclaration[] => {
    const [map, secret] = [item.get("configMapRef").get("name").text, item.get("secretRef").get("name").text];
    const [kind, name] = map === undefined ? ["Secret", secret] : ["ConfigMap", map];
    const found = find(kind, name);
    if (!found) {
      if (name !== undefined) elsewhere ??= `the ${kind} ${name}`;
      return [];
    }
    return map === undefined ? secretsOf(found) : valuesOf(found);
  });
  const single = container.get("env").items.flatMap((item): readonly EnvDeclaration[] => {
    const name = item.get("name").text;
    if (name === undefined) return [];
    const from = item.get("valueFrom");
    const at = item.get("name").at;
    if (!from.exists) {
      const { text } = item.get("value");
      return [{ name, value: text?.includes("$(") ? undefined : text, at }];
    }
    const key = from.get("configMapKeyRef");
    if (key.exists) {
      const value = find("ConfigMap", key.get("name").text)
        ?.get("data")
        .get(key.get("key").text ?? "").text;
      return [{ name, value, at }];
    }
    return [{ name, from: from.get("secretKeyRef").exists ? "secret" : "generated", at }];
  });
  return { env: [...whole, ...single], elsewhere };
}

function valuesOf(map: ManifestNode): readonly EnvDeclaration[] {
  return map.get("data").entries.map(([name, { text, at }]) => ({ name, value: text, at }));
}

function secretsOf(secret: ManifestNode): readonly EnvDeclaration[] {
  return [...secret.get("data").entries, ...secret.get("stringData").entries].map(([name, { at }]) => ({
    name,
    from: "secret",
    at,
  }));
}

/**
 * The probe that decides whether a pod gets requests, or lives. It is sent to the pod's own address, which is
 * the Host unless `httpHeaders` has one; 200 to 399 is well.
 * https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/ (2025)
 */
export function healthOf(container: ManifestNode): HealthRules {
  const probes = ["readinessProbe", "livenessProbe", "startupProbe"]
    .map((name) => container.get(name))
    .filter(({ exists }) => exists);
  const asking = probes.find((probe) => probe.get("httpGet").exists) ?? probes[0];
  if (!asking) return noHealthCheck;
  const get = asking.get("httpGet");
  if (get.exists) {
    const path = get.get("path");
    const port = portNumber(get.get("port"), container);
    const headers = get
      .get("httpHeaders")
      .items.map((one) => [one.get("name").text ?? "", one.get("value").text ?? ""] as const);
    return {
      kind: "http",
      path: path.text ?? "/",
      at: path.exists ? path.at : lineOf(get.at),
      host: get.get("host").text ?? "address",
      accepts: [200, 399],
      headers: Object.fromEntries(headers),
      ...(port !== undefined && { port }),
    };
  }
  const command = asking.get("exec").get("command");
  const at: Location = lineOf(asking.at);
  if (command.exists) return healthOfCommand({ command: words(command), form: "exec" }, at);
  const port = portNumber(asking.get("tcpSocket").get("port"), container);
  return { ...noHealthCheck, kind: "tcp", at, ...(port !== undefined && { port }) };
}

/** Volumes that outlive the pod. */
export function keepsFiles(container: ManifestNode, pod: ManifestNode, { node }: Resource): boolean {
  const lasting = new Set(
    [
      ...node
        .get("spec")
        .get("volumeClaimTemplates")
        .items.map((claim) => claim.get("metadata").get("name")),
      ...pod
        .get("spec")
        .get("volumes")
        .items.filter((volume) =>
          ["persistentVolumeClaim", "hostPath", "nfs", "csi"].some((kind) => volume.get(kind).exists),
        )
        .map((volume) => volume.get("name")),
    ].map(({ text }) => text),
  );
  return container.get("volumeMounts").items.some((mount) => lasting.has(mount.get("name").text));
}
