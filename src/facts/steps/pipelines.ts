import type { ProjectFiles } from "../../files/project-files.ts";
import { type Launch, launchesOf } from "../../platforms/commands/follow.ts";
import type { Command } from "../../platforms/manifest.ts";
import type { ManifestNode } from "../../platforms/manifests/tree.ts";
import { readYaml } from "../../platforms/manifests/tree-yaml.ts";
import { resolvePath } from "../../platforms/paths.ts";
import { remoteCommand } from "./remote-commands.ts";

/** A program that a pipeline starts, on its own machine or on the platform. */
export interface PipelineLaunch {
  readonly launch: Launch;
  /** The command in the pipeline's file. */
  readonly declaredBy: Command;
  /** How it gets onto the platform: "heroku run", "ssh"; undefined for what runs on the pipeline's machine. */
  readonly through: string | undefined;
}

interface Written extends Command {
  readonly through?: string;
}

/** Pipelines nest commands in commands no deeper: `ssh` to a machine, and there into a container. */
const deepest = 3;

/** The files of pipelines, and the commands in each. */
const dialects: readonly (readonly [path: RegExp, read: (root: ManifestNode) => readonly Written[]])[] = [
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, github],
  [/^\.gitlab-ci\.ya?ml$/, (root) => root.entries.flatMap(([, job]) => scripts(job))],
  [/^\.circleci\/config\.ya?ml$/, circle],
  [/^bitbucket-pipelines\.ya?ml$/, (root) => bitbucket(root.get("pipelines"), 0)],
];

/** What the project's pipelines run, in the order of the files. A file that cannot be read has none. */
export function pipelineLaunches(files: ProjectFiles): readonly PipelineLaunch[] {
  return files.list.flatMap((path) => {
    const read = dialects.find(([form]) => form.test(path))?.[1];
    const text = read ? files.text(path) : undefined;
    if (!read || text === undefined) return [];
    return read(readYaml(path, text).root).flatMap((command) =>
      follow(command, command, command.through, files, 0),
    );
  });
}

function follow(
  command: Command,
  declaredBy: Command,
  through: string | undefined,
  files: ProjectFiles,
  depth: number,
): readonly PipelineLaunch[] {
  return launchesOf(command, files, new Map()).launches.flatMap((launch): readonly PipelineLaunch[] => {
    const remote = depth < deepest ? remoteCommand(launch) : undefined;
    if (!remote) return [{ launch, declaredBy, through }];
    const inner = { command: remote.command, at: launch.at };
    return follow(inner, declaredBy, through ?? remote.through, files, depth + 1);
  });
}

function written(node: ManifestNode, folder?: string): readonly Written[] {
  return node.text === undefined ? [] : [{ command: node.text, at: node.at, ...(folder && { folder }) }];
}

/** https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax (2026-11) */
function github(root: ManifestNode): readonly Written[] {
  return root.get("jobs").entries.flatMap(([, job]) =>
    job.get("steps").items.flatMap((step): readonly Written[] => {
      const folder = resolvePath("", step.get("working-directory").text ?? "");
      const uses = step.get("uses").text ?? "";
      const given = step.get("with");
      // https://github.com/appleboy/ssh-action, https://github.com/superfly/flyctl-actions
      if (uses.startsWith("appleboy/ssh-action")) {
        return written(given.get("script")).map((one) => ({ ...one, through: "ssh" }));
      }
      if (uses.startsWith("superfly/flyctl-actions@")) {
        return written(given.get("args")).map((one) => ({ ...one, command: `flyctl ${one.command}` }));
      }
      return written(step.get("run"), folder);
    }),
  );
}

/** `script: [a, b]` or `script: a`, and what runs before and after. https://docs.gitlab.com/ci/yaml/ */
function scripts(job: ManifestNode): readonly Written[] {
  return ["before_script", "script", "after_script"].flatMap((key) => {
    const script = job.get(key);
    return script.text === undefined ? script.items.flatMap((line) => written(line)) : written(script);
  });
}

/** https://circleci.com/docs/reference/configuration-reference/ */
function circle(root: ManifestNode): readonly Written[] {
  return root.get("jobs").entries.flatMap(([, job]) =>
    job.get("steps").items.flatMap((step) => {
      const run = step.get("run");
      const folder = resolvePath("", run.get("working_directory").text ?? "");
      return run.text === undefined ? written(run.get("command"), folder) : written(run);
    }),
  );
}

/** Steps lie in lists, below branches, in `parallel` and `stage`. https://support.atlassian.com/bitbucket-cloud/docs/step-options/ */
function bitbucket(node: ManifestNode, depth: number): readonly Written[] {
  if (depth > 8) return [];
  const step = node.get("step");
  const own = step.exists ? scripts(step) : [];
  const inner = [...node.entries.filter(([key]) => key !== "step").map(([, value]) => value), ...node.items];
  return [...own, ...inner.flatMap((one) => bitbucket(one, depth + 1))];
}
