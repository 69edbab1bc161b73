import { describe, expect, test } from "vitest";
import { browseAddress, pipelineOf } from "../../src/cli/pipelines.ts";
import { main } from "../../src/cli.ts";
import { onDisk } from "../support/on-disk.ts";

describe("where the files of a commit can be looked at", () => {
  const github = {
    GITHUB_ACTIONS: "true",
    GITHUB_SERVER_URL: "https://github.example:8443",
    GITHUB_REPOSITORY: "o/r.x",
    GITHUB_SHA: "abc",
  };
  const gitlab = { GITLAB_CI: "true", CI_PROJECT_URL: "https://gitlab.example/a/b", CI_COMMIT_SHA: "abc" };

  test.each([
    ["GitHub", github, "https://github.example:8443/o/r.x/blob/abc/"],
    ["GitLab", gitlab, "https://gitlab.example/a/b/-/blob/abc/"],
    ["nowhere", {}, ""],
    ["another service", { ...github, GITHUB_ACTIONS: undefined }, ""],
    ["without a commit", { ...github, GITHUB_SHA: "" }, ""],
    ["what is no address", { ...gitlab, CI_PROJECT_URL: "javascript:alert(1)" }, ""],
    ["what would end a link", { ...github, GITHUB_REPOSITORY: "o/r) [x](y" }, ""],
  ])("%s", (_, env, address) => {
    expect(browseAddress(env)).toBe(address);
  });
});

test("only the services that are known change what is reported", () => {
  expect(pipelineOf({ CI: "true", CIRCLECI: "true" })).toBeUndefined();
  expect(pipelineOf({ GITHUB_ACTIONS: "true" })?.outputs.map(({ format }) => format)).toEqual([
    "checklist",
    "github",
  ]);
  expect(pipelineOf({ GITLAB_CI: "true" })?.outputs.map(({ format }) => format)).toEqual(["checklist"]);
});

describe("annotations on standard output", () => {
  const files = {
    "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "a")\n',
    "a.py": "DEBUG = True\n",
  };
  const formatted = async (...formats: readonly string[]) => {
    const written = { stdout: "", stderr: "" };
    const stream = (name: keyof typeof written) => ({
      write: (text: string) => {
        written[name] += text;
      },
    });
    const argv = formats.flatMap((format) => ["--format", format]);
    const world = { argv, env: {}, cwd: onDisk(files), isTTY: false, columns: undefined };
    const code = await main({ ...world, stdout: stream("stdout"), stderr: stream("stderr") });
    return { ...written, code };
  };

  test.each([
    ["checklist", "github"],
    ["github", "checklist"],
  ])("come first, beside another format: %s, %s", async (...formats) => {
    const { stdout, code } = await formatted(...formats);
    expect(stdout).toMatch(/^(?:::(?:error|warning|notice) .*\n)+deploy-check \d/);
    expect(stdout).toMatch(/\nNot ready to deploy: \d+ errors?\n$/);
    expect(code).toBe(1);
  });

  test.each([
    [["github", "github"], "Standard output has github already"],
    [["github", "json", "checklist"], "Standard output has json already"],
    [["github=a", "json=a"], "a is written as github already"],
  ])("and are no third: %j", async (formats, message) => {
    const { stderr, code } = await formatted(...formats);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
