import type { Output } from "../report/formats.ts";
import type { Surroundings } from "./world.ts";

type Variables = Surroundings["env"];

/** What is reported in a pipeline, where the user does not say it. */
export interface Pipeline {
  readonly outputs: readonly Output[];
  /** What the user should know, a sentence each. */
  readonly notes: readonly string[];
}

/** A job of GitHub Actions. */
export function isGitHub(env: Variables): boolean {
  return env.GITHUB_ACTIONS === "true";
}

/** What is made of the pipeline that the command runs in; undefined where it is none that is known. */
export function pipelineOf(env: Variables): Pipeline | undefined {
  const checklist: Output = { format: "checklist", file: undefined };
  if (isGitHub(env)) return { outputs: [checklist, { format: "github", file: undefined }], notes: [] };
  if (env.GITLAB_CI === "true") return { outputs: [checklist], notes: [forGitLab] };
  return undefined;
}

const forGitLab = `to see the findings in the merge request, add --format checklist --format gitlab=gl-code-quality-report.json, and to the job:
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json`;

/** Where the files of the commit that a pipeline runs on can be looked at; "" where nobody says. */
export function browseAddress(env: Variables): string {
  const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_SHA: commit } = env;
  if (isGitHub(env) && server && repository && commit)
    return address(`${server}/${repository}/blob/${commit}/`);
  const { CI_PROJECT_URL: project, CI_COMMIT_SHA: revision } = env;
  if (env.GITLAB_CI === "true" && project && revision) return address(`${project}/-/blob/${revision}/`);
  return "";
}

/** Only what can stand in a link as it is. */
function address(text: string): string {
  return /^https?:\/\/[\w.:~/-]+\/$/.test(text) ? text : "";
}
