import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { bin, ensureBuilt } from "../support/built.ts";
import { onDisk, writeFiles } from "../support/on-disk.ts";
import { commandsIn } from "../support/runner.ts";

beforeAll(ensureBuilt, 180_000);

const manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';

/** A repository whose text tries to be commands, in a folder that does so too. */
const hostile = {
  ".git/HEAD": "ref: refs/heads/main\n",
  "back::end/manage.py": manage,
  "back::end/shop/__init__.py": "",
  "back::end/shop/settings.py": `DEBUG = True
ALLOWED_HOSTS = ["*", "a\\n::error file=x::pwned", "b ::add-mask::c ##[error]d", "\\x1b[31m%0A::warning::e"]
ROOT_URLCONF = "shop.urls"
SECRET_KEY = "::set-output name=key::value ##[set-env name=x]y"
CSRF_TRUSTED_ORIGINS = ["shop.example ::stop-commands::token ::token::", "\\r::error::f"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "/tmp/\\n::error::g"}}
`,
  "back::end/Procfile":
    'web: gunicorn "::error::h ##[error]i ::warning file=a,line=1::j" ::error::k %0A::error::l\n::notice::m: x\n',
  "back::end/requirements.txt": "gunicorn\n::error::n ; ##[debug]o\n##vso[task.logissue]p\n",
  "back::end/runtime.txt": "::error::q\n",
};

function run(cwd: string, argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { stdout, stderr, status } = spawnSync(process.execPath, [bin, ...argv], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env.PATH ?? "", COLUMNS: "40", ...env },
  });
  return { stdout, stderr, status };
}

const others = [
  ["--format", "checklist"],
  ["--format", "checklist", "--verbose"],
  ["--format", "checklist", "--quiet"],
  ["--format", "json"],
  ["--format", "sarif"],
  ["--format", "gitlab"],
  ["--format", "junit"],
  ["--format", "markdown"],
  ["settings"],
  ["settings", "--format", "json"],
  ["plan"],
  ["--select", "::error::x"],
  ["--settings", "a\n::error::x"],
  ["--config", "##[error]x"],
  ["##[error]nowhere"],
];

describe("nothing that is printed can pass for a command of GitHub's", { timeout: 60_000 }, () => {
  test.each(others.map((argv) => [argv.join(" "), argv] as const))("%j", (_, argv) => {
    const root = onDisk(hostile);
    const { stdout, stderr } = run(join(root, "back::end"), argv, { GITHUB_ACTIONS: "true" });
    expect(stdout + stderr).not.toBe("");
    expect(commandsIn(stdout)).toEqual([]);
    expect(commandsIn(stderr)).toEqual([]);
  });

  test("and the project was read", () => {
    const { stdout } = run(join(onDisk(hostile), "back::end"), ["--format", "json"]);
    expect(stdout).toContain("::add-mask::c");
    expect(stdout).toContain("\\u0023#[error]d");
    expect(JSON.stringify(JSON.parse(stdout))).toContain("##[error]d");
  });
});

describe("in a job of GitHub's", { timeout: 60_000 }, () => {
  test("the checklist comes with annotations, in colour, and the page of the run has the whole", () => {
    const root = onDisk({ ...hostile, "summary.md": "what was there\n" });
    const job = {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: join(root, "summary.md"),
      GITHUB_SERVER_URL: "https://github.com",
      GITHUB_REPOSITORY: "o/r",
      GITHUB_SHA: "abc",
    };
    const { stdout, stderr, status } = run(root, ["back::end"], job);
    expect({ stderr, status }).toEqual({ stderr: "", status: 1 });
    expect(stdout).toContain("\x1b[31mNot ready to deploy");
    const found = commandsIn(stdout);
    expect(found.length).toBeGreaterThan(4);
    for (const { name, properties } of found) {
      expect(["error", "warning", "notice"]).toContain(name);
      expect(properties.title).toMatch(/^[a-z][a-z-]+( on .*)?$/);
      if (properties.file !== undefined)
        expect(existsSync(join(root, properties.file)), properties.file).toBe(true);
    }
    expect(found).toContainEqual({
      name: "error",
      properties: { file: "back::end/shop/settings.py", line: "1", col: "9", title: "debug-enabled" },
      data: expect.stringMatching(/^DEBUG is True\n\nFix:\nimport os\n/),
    });
    const summary = readFileSync(join(root, "summary.md"), "utf8");
    expect(summary).toMatch(/^what was there\n## ✗ Not ready to deploy/);
    expect(summary).toContain("](https://github.com/o/r/blob/abc/back%3A%3Aend/shop/settings.py#L1)");
  });

  test.each([
    ["--format", { DEPLOY_CHECK_FORMAT: "json" }],
    ["another value", { GITHUB_ACTIONS: "false" }],
  ])("%s keeps it as it was asked for", (_, env) => {
    const root = onDisk(hostile);
    const summary = join(root, "summary.md");
    const { stdout } = run(root, ["back::end"], {
      GITHUB_ACTIONS: "true",
      GITHUB_STEP_SUMMARY: summary,
      ...env,
    });
    expect(commandsIn(stdout)).toEqual([]);
    expect(existsSync(summary)).toBe(false);
  });

  test.each([
    [["--no-color"], {}],
    [[], { NO_COLOR: "1" }],
    [[], { FORCE_COLOR: "0" }],
  ])("without colours, where they are not wanted: %j %j", (argv, env) => {
    const { stdout } = run(onDisk(hostile), ["back::end", ...argv], { GITHUB_ACTIONS: "true", ...env });
    expect(stdout).toContain("Not ready to deploy");
    expect(stdout).not.toContain("\x1b");
  });

  test("files are without colours, whatever the log has", () => {
    const root = onDisk(hostile);
    const both = ["back::end", "--format", "github", "--format", "checklist=list.txt"];
    const { stdout } = run(root, both, { GITHUB_ACTIONS: "true" });
    expect(stdout).toMatch(/^(::(error|warning|notice) .*\n)+$/);
    expect(readFileSync(join(root, "list.txt"), "utf8")).not.toContain("\x1b");
  });

  test("a value that the user gives is in no text, however that is escaped", () => {
    const root = onDisk(hostile);
    const secret = "s|e%c:r<e>t1(2)_3";
    writeFiles(root, {
      "back::end/shop/settings.py":
        'import os\nCSRF_TRUSTED_ORIGINS = [os.environ["API_TOKEN"]]\nROOT_URLCONF = "shop.urls"\n',
      "prod.env": `API_TOKEN='${secret}'\n`,
    });
    const summary = join(root, "summary.md");
    const { stdout } = run(
      root,
      ["back::end", "--env-file", "prod.env", "--format", "github", "--format", "markdown=report.md"],
      { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: summary },
    );
    expect(stdout).toContain("******");
    const texts = [stdout, readFileSync(summary, "utf8"), readFileSync(join(root, "report.md"), "utf8")];
    for (const text of texts)
      expect(text).not.toMatch(/s(?:\||&#124;)e|e%(?:25)?c|c(?::|%3A)r|r(?:<|&lt;)e|t1\(2/);
  });

  test("a summary that cannot be written is said, and the report is there", () => {
    const root = onDisk(hostile);
    const env = { GITHUB_ACTIONS: "true", GITHUB_STEP_SUMMARY: join(root, "none/summary.md") };
    const { stdout, stderr, status } = run(root, ["back::end"], env);
    expect(stdout).toContain("Not ready to deploy");
    expect(stderr).toContain("summary.md cannot be written");
    expect(status).toBe(2);
  });
});

describe("in a job of GitLab's", { timeout: 60_000 }, () => {
  test("stderr says how to have the findings in the merge request", () => {
    const { stdout, stderr } = run(onDisk(hostile), ["back::end"], { GITLAB_CI: "true" });
    expect(stdout).toContain("Not ready to deploy");
    expect(
      stderr,
    ).toBe(`deploy-check: to see the findings in the merge request, add --format checklist --format gitlab=gl-code-quality-report.json, and to the job:
  artifacts:
    when: always
    reports:
      codequality: gl-code-quality-report.json
`);
  });

  test("and does not, where formats are asked for", () => {
    const root = onDisk(hostile);
    const argv = ["back::end", "--format", "checklist", "--format", "gitlab=gl-code-quality-report.json"];
    const { stderr } = run(root, argv, { GITLAB_CI: "true" });
    expect(stderr).toBe("");
    const found = JSON.parse(readFileSync(join(root, "gl-code-quality-report.json"), "utf8"));
    expect(found[0].location.path).toMatch(/^back::end\//);
  });
});
