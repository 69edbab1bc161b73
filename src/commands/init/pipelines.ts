/** A file that `deploy-check init` writes, by its path from the top of the repository. */
export interface InitFile {
  readonly path: string;
  readonly text: string;
}

interface PipelineRequest {
  /** The folder of the project, from the top of the repository; "" is the top. */
  readonly folder: string;
  readonly version: string;
}

/** The pipelines that there is a file for. */
export const pipelines = {
  github: (request: PipelineRequest): InitFile => ({
    path: ".github/workflows/deploy-check.yml",
    text: `# Whether what is pushed will deploy. Written by deploy-check init.
name: deploy-check

on:
  push:
    branches: [main, master]
  pull_request:

permissions:
  contents: read

jobs:
  deploy-check:
    runs-on: ubuntu-latest
    timeout-minutes: 10
    steps:
      - uses: actions/checkout@v6
        with:
          persist-credentials: false
      - uses: actions/setup-node@v6
        with:
          node-version: 22
      - run: ${command(request)}
`,
  }),
  gitlab: (request: PipelineRequest): InitFile => ({
    path: ".gitlab/deploy-check.gitlab-ci.yml",
    text: `# Whether what is pushed will deploy. Written by deploy-check init.
deploy-check:
  stage: test
  # Not the slim image: deploy-check asks git which files are tracked.
  image: node:22
  needs: []
  script:
    - ${command(request)} --format checklist --format gitlab=gl-code-quality-report.json
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`,
  }),
} as const;

export type PipelineName = keyof typeof pipelines;

export const pipelineNames = Object.keys(pipelines);

function command({ folder, version }: PipelineRequest): string {
  return `npx --yes deploy-check@${version}${folder === "" ? "" : ` ./${folder}`}`;
}

/** What takes GitLab's job into the pipeline. */
export const gitlabInclude: InitFile = {
  path: ".gitlab-ci.yml",
  text: "include:\n  - local: .gitlab/deploy-check.gitlab-ci.yml\n",
};

/** Whether a folder can be written into a pipeline's command as it is. */
export function isPlainFolder(folder: string): boolean {
  return /^[\w./@+-]*$/.test(folder) && !/(^|\/)\.\.(\/|$)/.test(folder);
}
