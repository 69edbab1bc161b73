import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse, parseAllDocuments } from "yaml";
import { version } from "../../src/version.ts";
import { ensureBuilt } from "../support/built.ts";
import { fakeNpm } from "../support/fake-npm.ts";
import { has, onDisk } from "../support/on-disk.ts";
import { hasTool, runTool } from "../support/pipeline-tools.ts";

const root = join(import.meta.dirname, "../..");
const guide = readFileSync(join(root, "docs/ci.md"), "utf8");
const template = readFileSync(join(root, "ci/gitlab.yml"), "utf8");

/** The files that the guide shows: each begins with its name. */
const shown = [...guide.matchAll(/```yaml\n# (\S+)\n([\s\S]*?)```/g)].map(([, file = "", text = ""], at) => ({
  name: `${at + 1}: ${file}`,
  file,
  text,
}));

/** Schemas that check-jsonschema carries: GitLab's own and SchemaStore's. */
const schemas: Readonly<Record<string, readonly string[]>> = {
  ".github/workflows/deploy-check.yml": ["vendor.github-workflows"],
  ".gitlab-ci.yml": ["vendor.gitlab-ci", "--data-transform", "gitlab-ci"],
  ".circleci/config.yml": ["vendor.circle-ci"],
  "bitbucket-pipelines.yml": ["vendor.bitbucket-pipelines"],
};

function validity(file: string, text: string) {
  const cwd = onDisk({ "pipeline.yml": text });
  return runTool("check-jsonschema", ["--builtin-schema", ...(schemas[file] ?? []), "pipeline.yml"], cwd);
}

test("the guide shows a file for every service", () => {
  expect(new Set(shown.map(({ file }) => file))).toEqual(new Set(Object.keys(schemas)));
  expect([...guide.matchAll(/```yaml/g)]).toHaveLength(shown.length);
});

test("the guide and the template name the version that they are published with", () => {
  const named = [...guide.matchAll(/(?:deploy-check@v?|deploy-check\/v)(\d[\w.]*)/g)].map(
    ([, found]) => found,
  );
  expect(named.length).toBeGreaterThan(5);
  expect(new Set(named)).toEqual(new Set([version]));
  expect(guide).toContain(`| \`version\` | \`${version}\` |`);
  expect(template).toContain(`default: ${version}\n`);
});

test("the guide's tables of inputs are the action's and the template's", () => {
  const { inputs } = parse(readFileSync(join(root, "action.yml"), "utf8"));
  const told = [...guide.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name);
  expect(told).toEqual(Object.keys(inputs));
  const [header] = parseAllDocuments(template).map((document) => document.toJS());
  const names = Object.keys(header.spec.inputs).map((name) => `\`${name}\``);
  expect(guide.replaceAll("\n", " ")).toContain(
    `inputs are ${names.slice(0, -1).join(", ")} and ${names.at(-1)}.`,
  );
});

describe.skipIf(!hasTool("check-jsonschema"))(
  "valid by their schemas (.ci/run installs check-jsonschema)",
  () => {
    test.each(shown)("docs/ci.md, $name", ({ file, text }) => {
      const { status, said } = validity(file, text);
      expect(status, said).toBe(0);
    });

    test.each(template.split(/^---$/m).map((text, at) => [at, text] as const))(
      "ci/gitlab.yml, document %i",
      (_, text) => {
        const { status, said } = validity(".gitlab-ci.yml", text);
        expect(status, said).toBe(0);
      },
    );

    test.each(Object.keys(schemas))("what is wrong in %s is seen", (file) => {
      const { text = "" } = shown.find((one) => one.file === file && /script|run|steps/.test(one.text)) ?? {};
      const wrong = text
        .replace(/^( *)(script|steps|runs-on):[^\n]*/m, "$1$2: {wrong: [1]}")
        .replace(/^ +- .*\n/gm, "");
      expect(validity(file, wrong).status).toBe(1);
    });
  },
);

describe.skipIf(!hasTool("actionlint"))("actionlint has nothing against (.ci/run installs it)", () => {
  test.each(shown.filter(({ file }) => file.startsWith(".github/")))(
    "docs/ci.md, $name",
    ({ file, text }) => {
      const cwd = onDisk({ [file]: text, ".git/HEAD": "ref: refs/heads/main\n" });
      expect(runTool("actionlint", [], cwd)).toEqual({ status: 0, said: "" });
    },
  );
});

// The scripts, run as a service does.

const temp = mkdtempSync(join(tmpdir(), "deploy-check-pipelines-"));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let path = "";
beforeAll(async () => {
  await ensureBuilt();
  if (has("bash")) path = `${fakeNpm(temp)}:${process.env.PATH}`;
}, 240_000);

const shop = {
  "backend/manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "backend/shop/__init__.py": "",
  "backend/shop/settings.py": 'DEBUG = True\nROOT_URLCONF = "shop.urls"\n',
  ".git/HEAD": "ref: refs/heads/main\n",
};

function runScript(lines: readonly string[], env: Readonly<Record<string, string>>) {
  const cwd = onDisk(shop);
  const { status, stdout, stderr } = spawnSync("bash", ["-eo", "pipefail", "-c", lines.join("\n")], {
    cwd,
    encoding: "utf8",
    env: { PATH: path, HOME: temp, TMPDIR: temp, ...env },
  });
  return { cwd, status, stdout, stderr };
}

describe.skipIf(!has("bash"))("run by bash", { timeout: 60_000 }, () => {
  const commands = [
    ...new Set([...guide.matchAll(/npx --yes deploy-check@.*/g)].map(([command]) => command)),
  ];

  test.each(commands)("%s", (command) => {
    const { cwd, status, stdout } = runScript(["mkdir -p reports/deploy-check test-reports", command], {});
    expect(status).toBe(1);
    expect(stdout).toContain("Not ready to deploy");
    for (const [, file = ""] of command.matchAll(/=(\S+)/g))
      expect(existsSync(join(cwd, file)), file).toBe(true);
  });

  /** What GitLab makes of the template: inputs written in, then a job. */
  function gitLab(inputs: Readonly<Record<string, string>>) {
    const [header] = parseAllDocuments(template).map((document) => document.toJS());
    const fill = (text: string) =>
      text.replace(
        /\$\[\[ inputs\.([\w-]+) \]\]/g,
        (_, name) => inputs[name] ?? header.spec.inputs[name].default,
      );
    const [, job] = parseAllDocuments(template);
    const { variables, script, artifacts } = job?.toJS()["deploy-check"] ?? {};
    expect(JSON.stringify(script)).not.toContain("$[[");
    const env = Object.entries(variables).map(([name, value]) => [name, fill(String(value))]);
    return {
      ...runScript(script, { GITLAB_CI: "true", ...Object.fromEntries(env) }),
      reports: artifacts.reports,
    };
  }

  test("GitLab's template reports what its job hands on", () => {
    const { cwd, status, stdout, stderr, reports } = gitLab({
      path: "backend",
      platform: "fly",
      "fail-level": "error",
    });
    expect({ status, stderr }).toEqual({ status: 1, stderr: "" });
    expect(stdout).toContain("Fly.io");
    const found = JSON.parse(readFileSync(join(cwd, reports.codequality), "utf8"));
    expect(found).toContainEqual(
      expect.objectContaining({
        check_name: "debug-enabled",
        location: expect.objectContaining({ path: "backend/shop/settings.py" }),
      }),
    );
    expect(readFileSync(join(cwd, reports.junit), "utf8")).toContain("debug-enabled");
  });

  test.each([
    ["path", '"; touch pwned; "'],
    ["path", "$(touch pwned)"],
    ["path", "--exit-zero"],
    ["path", "list"],
    ["platform", "`touch pwned`"],
    ["version", "0.1.0; touch pwned"],
  ])("GitLab's template takes the input %s only as what it is: %j", (name, value) => {
    const { cwd, status } = gitLab({ path: "backend", [name]: value });
    expect(status).not.toBe(0);
    expect(existsSync(join(cwd, "pwned"))).toBe(false);
  });
});
