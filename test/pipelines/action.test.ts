import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { version } from "../../src/version.ts";
import { ensureBuilt } from "../support/built.ts";
import { fakeNpm } from "../support/fake-npm.ts";
import { has, onDisk } from "../support/on-disk.ts";
import { hasTool, runTool } from "../support/pipeline-tools.ts";
import { commandsIn } from "../support/runner.ts";

const root = join(import.meta.dirname, "../..");
const text = readFileSync(join(root, "action.yml"), "utf8");

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}
const action: {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
} = parse(text);

describe("action.yml", () => {
  test("takes the version that it is published with", () => {
    expect(action.inputs.version?.default).toBe(version);
  });

  test("writes nothing from outside into a script, and pins what it uses by commit", () => {
    const { steps } = action.runs;
    expect(steps.filter(({ run }) => run?.includes("${{"))).toEqual([]);
    for (const { uses } of steps) if (uses) expect(uses).toMatch(/^[\w-]+\/[\w/-]+@[\da-f]{40}$/);
  });

  const workflow = {
    ".github/workflows/use.yml": `name: use
on: push
permissions:
  contents: read
jobs:
  use:
    runs-on: ubuntu-latest
    steps:
      - id: used
        uses: ./
        with:
          ${Object.keys(action.inputs)
            .map((name) => `${name}: x`)
            .join("\n          ")}
      - run: echo "$ALL"
        env:
          ALL: ${Object.keys(action.outputs)
            .map((name) => `\${{ steps.used.outputs.${name} }}`)
            .join(" ")}
`,
  };

  test.skipIf(!hasTool("actionlint"))(
    "is one that actionlint has nothing against (.ci/run installs it)",
    () => {
      const cwd = onDisk({ ...workflow, "action.yml": text, ".git/HEAD": "ref: refs/heads/main\n" });
      expect(runTool("actionlint", [], cwd)).toEqual({ status: 0, said: "" });
      // That it reads the action, and not only who uses it.
      writeFileSync(
        join(cwd, "action.yml"),
        text.replace("  sarif:\n    description: A file", "  sorif:\n    description: A file"),
      );
      expect(runTool("actionlint", [], cwd).said).toContain('"sarif" is not defined in action');
    },
  );

  // The steps are no workflow's, which is where actionlint reads expressions and scripts.
  test.skipIf(!hasTool("actionlint"))(
    "has steps that actionlint has nothing against (.ci/run installs it)",
    () => {
      const steps = text.slice(text.indexOf("  steps:")).replace(/^/gm, "  ");
      const inputs = Object.keys(action.inputs).map((name) => `      ${name}:\n        type: string\n`);
      const cwd = onDisk({
        ".github/workflows/steps.yml": `on:\n  workflow_call:\n    inputs:\n${inputs.join("")}jobs:\n  a:\n    runs-on: ubuntu-latest\n${steps}`,
        ".git/HEAD": "ref: refs/heads/main\n",
      });
      expect(runTool("actionlint", [], cwd)).toEqual({ status: 0, said: "" });
    },
  );

  test.skipIf(!hasTool("zizmor"))("is one in which zizmor finds nothing (.ci/run installs it)", () => {
    const cwd = onDisk({ "action.yml": text });
    const { status, said } = runTool("zizmor", ["--offline", "--no-progress", "action.yml"], cwd);
    expect({ status, said }).toMatchObject({ status: 0, said: expect.stringContaining("No findings") });
    writeFileSync(
      join(cwd, "action.yml"),
      text.replace('exit "$EXIT_CODE"', 'echo "$' + '{{ inputs.path }}"'),
    );
    expect(runTool("zizmor", ["--offline", "action.yml"], cwd).said).toContain("template-injection");
  });

  test.skipIf(!hasTool("check-jsonschema"))(
    "is valid by SchemaStore's schema (.ci/run installs check-jsonschema)",
    () => {
      const { status, said } = runTool(
        "check-jsonschema",
        ["--builtin-schema", "vendor.github-actions", "action.yml"],
        root,
      );
      expect(status, said).toBe(0);
    },
  );
});

// The runner's part: expressions, the environment, bash, the file of outputs.

const temp = mkdtempSync(join(tmpdir(), "deploy-check-runner-"));
afterAll(() => rmSync(temp, { recursive: true, force: true }));

let path = "";
let installed = false;
beforeAll(async () => {
  await ensureBuilt();
  if (!has("bash")) return;
  path = `${fakeNpm(temp)}:${process.env.PATH}`;
}, 240_000);

interface Run {
  readonly log: string;
  readonly failed: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  /** The steps of others that were reached, with what they were given. */
  readonly used: readonly string[];
}

/** Runs the action's steps in a checkout, as GitHub's runner does. */
function use(checkout: string, inputs: Readonly<Record<string, string>>): Run {
  const given = new Map(
    Object.entries(action.inputs).map(([name, { default: value }]) => [name, inputs[name] ?? value]),
  );
  const stepOutputs = new Map<string, string>();
  const meant = (name: string) => {
    if (name === "runner.temp") return temp;
    const input = /^inputs\.([\w-]+)$/.exec(name)?.[1];
    if (input !== undefined) return given.get(input) ?? "";
    expect(name).toMatch(/^steps\.check\.outputs\.[\w-]+$/);
    return stepOutputs.get(name) ?? "";
  };
  const filled = (template: string) => template.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name) => meant(name));
  const holds = (condition: string) =>
    condition.split(" && ").every((part) => {
      const [, name = "", operator, value] = /^([\w.-]+) (==|!=) '(.*)'$/.exec(part) ?? [];
      return part === "always()" || (meant(name) === value) === (operator === "==");
    });
  const log: string[] = [];
  const failed: string[] = [];
  const used: string[] = [];
  for (const step of action.runs.steps) {
    // Once is enough, where nothing else is asked for.
    if (step.id === "install" && installed && inputs.version === undefined) continue;
    const condition = /^\$\{\{ (.*) \}\}$/.exec(step.if ?? "")?.[1] ?? "";
    if (failed.length > 0 && !condition.includes("always()")) continue;
    if (condition !== "" && !holds(condition)) continue;
    if (step.uses) used.push(`${step.uses.split("@")[0]} ${stepOutputs.get("steps.check.outputs.sarif")}`);
    if (step.run === undefined) continue;
    const outputFile = join(temp, "output");
    writeFileSync(outputFile, "");
    writeFileSync(join(temp, "step.sh"), step.run);
    const { status, stdout, stderr } = spawnSync(
      "bash",
      ["--noprofile", "--norc", "-eo", "pipefail", join(temp, "step.sh")],
      {
        cwd: step.id === "install" ? temp : checkout,
        encoding: "utf8",
        env: {
          PATH: path,
          HOME: temp,
          GITHUB_ACTIONS: "true",
          RUNNER_TEMP: temp,
          GITHUB_OUTPUT: outputFile,
          GITHUB_STEP_SUMMARY: join(temp, "summary.md"),
          ...Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, filled(value)])),
        },
      },
    );
    log.push(stdout, stderr);
    if (status === 0 && step.id === "install") installed = true;
    if (status !== 0) failed.push(`${step.id ?? "answer"} ${status}`);
    for (const line of readFileSync(outputFile, "utf8").split("\n").filter(Boolean)) {
      const at = line.indexOf("=");
      stepOutputs.set(`steps.${step.id}.outputs.${line.slice(0, at)}`, line.slice(at + 1));
    }
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, filled(value)]);
  return { log: log.join(""), failed, outputs: Object.fromEntries(outputs), used };
}

const shop = {
  "backend/manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "backend/shop/__init__.py": "",
  "backend/shop/settings.py": 'DEBUG = True\nROOT_URLCONF = "shop.urls"\n',
  ".git/HEAD": "ref: refs/heads/main\n",
  ".npmrc": "registry=https://evil.example/\n",
};

describe.skipIf(!has("bash"))("its steps (with bash)", { timeout: 120_000 }, () => {
  test("install the version, check, count, and fail as the command does", () => {
    rmSync(join(temp, "summary.md"), { force: true });
    const { log, failed, outputs, used } = use(onDisk(shop), { path: "backend" });
    expect(log).toContain("Not ready to deploy");
    expect(failed).toEqual(["answer 1"]);
    expect(outputs).toEqual({
      "exit-code": "1",
      errors: expect.stringMatching(/^[1-9]\d*$/),
      warnings: expect.stringMatching(/^\d+$/),
      sarif: "",
    });
    expect(used).toEqual([]);
    expect(commandsIn(log)).toContainEqual(
      expect.objectContaining({
        name: "error",
        properties: expect.objectContaining({ file: "backend/shop/settings.py", title: "debug-enabled" }),
      }),
    );
    expect(readFileSync(join(temp, "summary.md"), "utf8")).toContain("debug-enabled");
    const [cwd, ...asked] = readFileSync(join(temp, "npm-was-asked"), "utf8").trim().split("\n");
    expect(cwd).toBe(temp);
    expect(asked.at(0)).toBe("install");
    expect(asked.at(-1)).toBe(`deploy-check@${version}`);
  });

  test("hand the inputs on, and the SARIF report to code scanning before they fail", () => {
    const checkout = onDisk(shop);
    const { outputs, used, failed, log } = use(checkout, {
      path: "backend",
      platform: "fly,render",
      "fail-level": "warning",
      format: "json=one.json\n\njunit=two.xml\n",
      sarif: "out.sarif",
      "upload-sarif": "true",
    });
    expect(failed).toEqual(["answer 1"]);
    expect(outputs.sarif).toBe("out.sarif");
    expect(used).toEqual(["github/codeql-action/upload-sarif out.sarif"]);
    expect(log).toContain("Fly.io");
    expect(existsSync(join(checkout, "two.xml"))).toBe(true);
    expect(JSON.parse(readFileSync(join(checkout, "one.json"), "utf8")).platforms).toHaveLength(2);
    expect(JSON.parse(readFileSync(join(checkout, "out.sarif"), "utf8")).version).toBe("2.1.0");
  });

  test("name the file of the report themselves, where it is only to be uploaded", () => {
    const { outputs, used } = use(onDisk(shop), { path: "backend", "upload-sarif": "true" });
    expect(outputs.sarif).toBe(join(temp, "deploy-check.sarif"));
    expect(used).toEqual([`github/codeql-action/upload-sarif ${outputs.sarif}`]);
  });

  test("upload nothing and count nothing where nothing was checked", () => {
    const { outputs, used, failed } = use(onDisk({ "a.txt": "" }), { "upload-sarif": "true" });
    expect({ outputs, used, failed }).toEqual({
      outputs: { "exit-code": "4", errors: "", warnings: "", sarif: "" },
      used: [],
      failed: ["answer 4"],
    });
  });

  test.each([
    ["path", '"; touch pwned; "', 2],
    ["path", "$(touch pwned)", 2],
    ["path", "--exit-zero", 2],
    ["path", "list", 2],
    ["platform", "`touch pwned`", 2],
    ["fail-level", "error --exit-zero", 2],
    ["format", "xml=$(touch pwned)", 2],
    ["sarif", "a\nexit-code=0\nerrors=0", 2],
    ["version", "0.1.0 evil", 2],
    ["version", "0.1.0; touch pwned", 2],
    ["version", "npm:evil@1", 2],
    ["version", "https://evil.example/x.tgz", 2],
    ["version", "--registry=x", 2],
    ["version", "9.9.9", 1],
  ])("take the input %s only as what it is: %j", (name, value, code) => {
    const checkout = onDisk(shop);
    const { failed, outputs } = use(checkout, { path: "backend", [name]: value });
    expect(failed).toHaveLength(1);
    expect(failed[0]).toMatch(new RegExp(` ${code}$`));
    expect(outputs.errors).toBe("");
    expect([checkout, temp].map((folder) => existsSync(join(folder, "pwned")))).toEqual([false, false]);
  });
});
