import type { ProjectFiles } from "../../files/project-files.ts";
import { type Location, locator } from "../../location.ts";
import { resolvePath } from "../paths.ts";
import type { DeclaredRuntime } from "../platform.ts";
import { readYaml } from "./tree-yaml.ts";

/** What files that set up or feed a web app of Azure's say of it. */
export interface AzureFiles {
  /** The file that shows it, and what it does. */
  readonly sign: { readonly path: string; readonly says: string } | undefined;
  readonly manifests: readonly string[];
  readonly python: DeclaredRuntime | undefined;
  /** The Startup Command, where a file sets it. */
  readonly startup: { readonly command: string; readonly at: Location } | undefined;
  /** Whether Azure builds what it is sent; undefined if no file says so. */
  readonly builds: boolean | undefined;
  /** The folder that is deployed. */
  readonly folder: string | undefined;
}

interface Line {
  readonly text: string;
  readonly at: Location;
}

/** Bicep, ARM templates and Terraform: read for single lines, which look alike in all three. */
const infrastructure =
  /(?:^|\/)[\w.-]+\.(?:bicep|tf)$|^(?:\.azure|infra|arm|deploy)\/[\w./-]+\.json$|(?:^|\/)azuredeploy\.json$/;
const ofWebApp = /Microsoft\.Web\/sites\b|azurerm_linux_web_app\b|azurerm_app_service\b|linuxFxVersion/;

const startupKey = /["']?\b(?:appCommandLine|app_command_line)\b["']?\s*[:=]\s*["']([^"'\n]+)["']/;
const versionKey =
  /["']?\blinuxFxVersion\b["']?\s*[:=]\s*["'](PYTHON\|(\d+\.\d+))["']|\bpython_version\s*=\s*"((\d+\.\d+))"/i;
const buildKey =
  /SCM_DO_BUILD_DURING_DEPLOYMENT\b["']?\s*[:=,]?\s*(?:value\s*[:=]\s*)?["']?(true|false|0|1)\b/i;

/** `.deployment`, `azure.yaml`, workflows and infrastructure as code. */
export function readAzureFiles(files: ProjectFiles): AzureFiles {
  const deployment = files.isFile(".deployment") ? ".deployment" : undefined;
  const azd = developerCli(files);
  const workflow = readWorkflows(files);
  const described = files.list.filter(
    (path) => infrastructure.test(path) && ofWebApp.test(files.text(path) ?? ""),
  );
  const find = (key: RegExp) => firstLine(files, described, key);
  const version = find(versionKey);
  const startup = find(startupKey);
  const told = [...(deployment ? [deployment] : []), ...described, ...(workflow ? [workflow.path] : [])];
  const project = /^[^\S\n]*project\s*=\s*(\S+)/m.exec(deployment ? (files.text(deployment) ?? "") : "")?.[1];
  const builds = told
    .map((path) => buildKey.exec(files.text(path) ?? "")?.[1])
    .find((one) => one !== undefined);
  const [shown] = described;
  return {
    sign:
      (deployment && { path: deployment, says: "is there" }) ??
      (azd && { path: azd.path, says: "deploys to App Service" }) ??
      (workflow && { path: workflow.path, says: "deploys to App Service" }) ??
      (shown === undefined ? undefined : { path: shown, says: "describes a web app of App Service" }),
    manifests: [...(azd ? [azd.path] : []), ...told],
    python: version && { text: version.text, version: version.text.replace(/^\D+/, ""), at: version.at },
    startup: workflow?.startup ?? (startup && { command: startup.text, at: startup.at }),
    builds: builds === undefined ? (azd ? true : undefined) : /^(?:true|1)$/i.test(builds),
    folder:
      folderNamed(files, project) ?? folderNamed(files, azd?.project) ?? folderNamed(files, workflow?.folder),
  };
}

function firstLine(files: ProjectFiles, paths: readonly string[], key: RegExp): Line | undefined {
  for (const path of paths) {
    const text = files.text(path) ?? "";
    const match = key.exec(text);
    const value = match?.[1] ?? match?.[3];
    if (!match || value === undefined) continue;
    return { text: value, at: locator(path, text)(match.index, match.index + match[0].length) };
  }
  return undefined;
}

/** azure.yaml of the Azure Developer CLI: a service whose host is App Service. */
function developerCli(files: ProjectFiles) {
  for (const path of ["azure.yaml", "azure.yml"]) {
    const text = files.text(path);
    if (text === undefined) continue;
    const services = readYaml(path, text)
      .root.get("services")
      .entries.map(([, node]) => node);
    const hosted = services.filter((node) => node.get("host").text === "appservice");
    const service = hosted.find((node) => /^py/.test(node.get("language").text ?? "")) ?? hosted[0];
    if (service) return { path, project: service.get("project").text };
  }
  return undefined;
}

/** The action azure/webapps-deploy, or the task AzureWebApp of Azure Pipelines. */
function readWorkflows(files: ProjectFiles) {
  const isWorkflow = /^\.github\/workflows\/[^/]+\.ya?ml$|^azure-pipelines[\w.-]*\.ya?ml$/;
  for (const path of files.list.filter((one) => isWorkflow.test(one))) {
    const text = files.text(path) ?? "";
    if (!/^[^#\n]*(?:azure\/webapps-deploy@|\bAzureWebApp@)/im.test(text)) continue;
    const { root } = readYaml(path, text);
    const steps = root.get("jobs").entries.flatMap(([, job]) => job.get("steps").items);
    const step = steps.find((one) => /^azure\/webapps-deploy@/i.test(one.get("uses").text ?? ""));
    const startup = step?.get("with").get("startup-command");
    const folder = step?.get("with").get("package").text;
    return {
      path,
      startup: startup?.text?.trim() ? { command: startup.text.trim(), at: startup.at } : undefined,
      folder,
    };
  }
  return undefined;
}

/** A folder of the repository; archives and what is only there while a workflow runs are none. */
function folderNamed(files: ProjectFiles, name: string | undefined): string | undefined {
  const path = name === undefined || /[${]/.test(name) ? undefined : resolvePath("", name);
  return path !== undefined && (path === "" || files.isFolder(path)) ? path : undefined;
}
