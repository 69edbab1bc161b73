import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checks } from "../../src/checks/index.ts";
import { outcomeOf } from "../../src/cli.ts";
import { uncommented } from "../../src/commands/init/configuration.ts";
import { fileSchema, keys } from "../../src/config/keys.ts";
import { loadConfig } from "../../src/config/load.ts";
import { git, onDisk } from "../support/on-disk.ts";

const shop = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py": 'ROOT_URLCONF = "shop.urls"\n',
  Procfile: "web: gunicorn shop.wsgi\n",
  "app.json": "{}\n",
};
const actionlint = join(import.meta.dirname, "../../.cache/pipelines/bin/actionlint");

const init = (cwd: string, ...argv: readonly string[]) =>
  outcomeOf({ argv: ["init", ...argv], env: {}, cwd, isTTY: false, columns: undefined });

const read = (folder: string, path: string) => readFileSync(join(folder, path), "utf8");

/** A project in a repository of its own. */
function repository(files: Readonly<Record<string, string>> = shop): string {
  const root = onDisk(files);
  git(root, "init", "-q");
  return root;
}

describe("deploy-check.yaml", () => {
  test("has what the files tell, and each other key with its sentence, to be uncommented", async () => {
    const cwd = repository();
    expect(await init(cwd)).toEqual({ stdout: "wrote deploy-check.yaml\n", stderr: "", code: 0 });
    const text = read(cwd, "deploy-check.yaml");
    expect(text).toMatch(/^# yaml-language-server: \$schema=https:\/\/\S+\/schema\.json\n/);
    expect(parse(text)).toEqual({ settings: "shop.settings", platforms: ["heroku"] });
    for (const [name, { says }] of Object.entries(keys)) {
      if (name === "$schema") continue;
      expect(text.replaceAll("\n# ", " ")).toContain(says);
      expect(Object.keys(parse(uncommented(text)))).toContain(name);
    }
  });

  test("is taken by the command and by its schema, as it is and with every key in force", async () => {
    const cwd = repository();
    await init(cwd);
    const validate = new Ajv({ strict: true, allowUnionTypes: true }).compile(fileSchema(checks));
    const text = read(cwd, "deploy-check.yaml");
    for (const each of [text, uncommented(text)]) {
      expect(validate(parse(each)), JSON.stringify(validate.errors)).toBe(true);
      const base = "base/deploy-check.yaml";
      await loadConfig({
        read: (path) => (path === "deploy-check.yaml" ? each : path === base ? "strict: true\n" : undefined),
        folder: "",
        checks,
      });
    }
    const judged = await outcomeOf({ argv: [], env: {}, cwd, isTTY: false, columns: undefined });
    expect(judged.stderr).toBe("");
  });

  test("says nothing that the files do not tell", async () => {
    const cwd = repository({
      "app.py": "from flask import Flask\napp = Flask(__name__)\n",
      "requirements.txt": "flask\n",
    });
    await init(cwd);
    expect(parse(read(cwd, "deploy-check.yaml"))).toBe(null);
  });

  test("stays what it is, unless --force is given", async () => {
    const cwd = repository({ ...shop, "deploy-check.yaml": "strict: true\n" });
    const { code, stderr } = await init(cwd);
    expect(stderr).toBe("deploy-check: deploy-check.yaml is there already; --force writes it anew\n");
    expect(code).toBe(2);
    expect(read(cwd, "deploy-check.yaml")).toBe("strict: true\n");
    expect((await init(cwd, "--force")).stdout).toBe("wrote deploy-check.yaml\n");
    expect((await init(cwd)).stdout).toBe("deploy-check.yaml is up to date\n");
  });

  test("is not written beside another configuration, which it would outweigh", async () => {
    const cwd = repository({ ...shop, "pyproject.toml": "[tool.deploy-check]\nstrict = true\n" });
    const { code, stderr } = await init(cwd);
    expect(stderr).toContain("[tool.deploy-check] in pyproject.toml is a configuration already");
    expect({ code, written: existsSync(join(cwd, "deploy-check.yaml")) }).toEqual({
      code: 2,
      written: false,
    });
    // What else is asked for is written all the same.
    const { stdout } = await init(cwd, "--ci", "github");
    expect(stdout).toBe(
      "wrote .github/workflows/deploy-check.yml\n[tool.deploy-check] in pyproject.toml stays as it is\n",
    );
  });

  test("is not written where there is no project, or several", async () => {
    expect(await init(repository({ "index.html": "" }))).toMatchObject({ stdout: "", code: 4 });
    const two = { "a/manage.py": shop["manage.py"], "b/manage.py": shop["manage.py"] };
    expect(await init(repository(two))).toMatchObject({ stdout: "", code: 2 });
  });

  test("does not replace a folder", async () => {
    const cwd = repository();
    mkdirSync(join(cwd, "deploy-check.yaml"));
    expect((await init(cwd, "--force")).stderr).toBe("deploy-check: deploy-check.yaml is no file\n");
  });
});

test("--dry-run shows it all and writes nothing", async () => {
  const cwd = repository();
  const { stdout, code } = await init(cwd, "--dry-run", "--hook", "--ci", "gitlab");
  expect(code).toBe(0);
  expect(stdout).toContain("would write deploy-check.yaml:\n  # yaml-language-server");
  expect(stdout).toContain("\n  settings: shop.settings\n");
  expect(stdout).toContain("would write .gitlab-ci.yml:\n  include:\n");
  expect(stdout).toContain("would install the hook");
  expect(git(cwd, "status", "--porcelain", "--untracked-files=all", ".git*", "deploy-check.yaml")).toBe("");
  expect(existsSync(join(cwd, ".git/hooks/pre-push"))).toBe(false);
});

test("--hook installs the hook as `hook install` does", async () => {
  const cwd = repository();
  const { stdout, code } = await init(cwd, "--hook");
  expect({ stdout, code }).toEqual({
    stdout: "wrote deploy-check.yaml\npre-push: wrote .git/hooks/pre-push\n",
    code: 0,
  });
  expect(read(cwd, ".git/hooks/pre-push")).toContain("deploy-check");
});

describe("--ci github", () => {
  const workflow = ".github/workflows/deploy-check.yml";

  test("writes a workflow at the top of the repository, for the folder that is meant", async () => {
    const files = Object.fromEntries(Object.entries(shop).map(([path, text]) => [`backend/${path}`, text]));
    const cwd = repository(files);
    const { stdout } = await init(join(cwd, "backend"), "--ci", "github");
    expect(stdout).toBe(`wrote deploy-check.yaml\nwrote ../${workflow}\n`);
    const { jobs, permissions } = parse(read(cwd, workflow));
    expect(jobs["deploy-check"].steps.at(-1).run).toMatch(/^npx --yes deploy-check@\S+ \.\/backend$/);
    expect(permissions).toEqual({ contents: "read" });
  });

  test("names no folder that a shell would read otherwise", async () => {
    const cwd = repository({ "a $(b)/manage.py": shop["manage.py"], "a $(b)/shop/settings.py": "" });
    expect(await init(join(cwd, "a $(b)"), "--ci", "github")).toMatchObject({ stdout: "", code: 2 });
    expect(existsSync(join(cwd, workflow))).toBe(false);
  });

  test.skipIf(!existsSync(actionlint))(
    "is a workflow that actionlint has nothing against (.ci/run installs it)",
    async () => {
      const cwd = repository();
      await init(cwd, "--ci", "github");
      execFileSync(actionlint, [], { cwd, encoding: "utf8" });
      // And it would, if there were anything.
      writeFileSync(join(cwd, workflow), read(cwd, workflow).replace("runs-on", "run-on"));
      expect(() => execFileSync(actionlint, [], { cwd, stdio: "pipe" })).toThrow();
    },
  );
});

describe("--ci gitlab", () => {
  test("writes a job, and the pipeline that includes it", async () => {
    const cwd = repository();
    const { stdout } = await init(cwd, "--ci", "gitlab");
    expect(stdout).toBe(
      "wrote deploy-check.yaml\nwrote .gitlab/deploy-check.gitlab-ci.yml\nwrote .gitlab-ci.yml\n",
    );
    const { include } = parse(read(cwd, ".gitlab-ci.yml"));
    const job = parse(read(cwd, include[0].local))["deploy-check"];
    const [, report] = /gitlab=(\S+)/.exec(job.script[0]) ?? [];
    expect(job.artifacts.reports.codequality).toBe(report);
    // The command of the job is one that deploy-check takes.
    const argv = job.script[0].split(" ").slice(3);
    const outcome = await outcomeOf({ argv, env: {}, cwd, isTTY: false, columns: undefined });
    expect(outcome.files).toMatchObject([{ path: report }]);
  });

  test("leaves a pipeline that is there alone, and says what to add, once", async () => {
    const own = "test:\n  script: make test\n";
    const cwd = repository({ ...shop, ".gitlab-ci.yml": own });
    const { stdout } = await init(cwd, "--ci", "gitlab", "--force");
    expect(stdout).toContain(
      ".gitlab-ci.yml is there; add to it\n  include:\n    - local: .gitlab/deploy-check.gitlab-ci.yml\n",
    );
    expect(read(cwd, ".gitlab-ci.yml")).toBe(own);
    writeFileSync(join(cwd, ".gitlab-ci.yml"), `include: .gitlab/deploy-check.gitlab-ci.yml\n${own}`);
    expect((await init(cwd, "--ci", "gitlab")).stdout).toBe(
      "deploy-check.yaml is up to date\n.gitlab/deploy-check.gitlab-ci.yml is up to date\n",
    );
  });
});
