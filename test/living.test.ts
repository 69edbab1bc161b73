import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { main } from "../src/cli.ts";
import type { ReportDocument } from "../src/report/report-document.ts";
import { git, onDisk, writeFiles } from "./support/on-disk.ts";

const manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const settings = 'DEBUG = True\nALLOWED_HOSTS = ["*"]\nROOT_URLCONF = "shop.urls"\n';
const project = { "manage.py": manage, "shop/settings.py": settings };

async function run(cwd: string, argv: readonly string[], today = "2026-11-20") {
  const text = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof text) => ({
    write: (written: string) => {
      text[name] += written;
    },
  });
  const surroundings = { env: {}, isTTY: false, columns: undefined, cwd, argv, today };
  const code = await main({ ...surroundings, stdout: stream("stdout"), stderr: stream("stderr") });
  return { ...text, code };
}

async function report(cwd: string, ...argv: readonly string[]): Promise<ReportDocument> {
  return JSON.parse((await run(cwd, ["--format", "json", ...argv])).stdout);
}

/** Findings that count, as "id file:line". */
async function counting(cwd: string, ...argv: readonly string[]): Promise<readonly string[]> {
  const { results } = await report(cwd, ...argv);
  return results.flatMap(({ id, findings }) =>
    findings.flatMap(({ at, ignored }) => (ignored ? [] : [at ? `${id} ${at.file}:${at.line}` : id])),
  );
}

const edit = (cwd: string, file: string, find: string, put: string) => {
  const path = join(cwd, file);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(find);
  writeFileSync(path, text.replace(find, put));
};
const read = (cwd: string, file: string) => readFileSync(join(cwd, file), "utf8");
const name = "deploy-check-baseline.json";

const filesBelow = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .map((path) => [path.slice(folder.length + 1), readFileSync(path, "utf8")]),
  );

describe("a baseline", () => {
  const schema = JSON.parse(readFileSync("docs/baseline.schema.json", "utf8"));
  const ajv = new Ajv2020({ strict: true, allErrors: true, formats: { date: /^\d{4}-\d\d-\d\d$/ } });
  const validate = ajv.compile(schema);

  test("makes a project green in one command, and what is new fails", async () => {
    const cwd = onDisk(project);
    expect((await run(cwd, ["--strict"])).code).toBe(1);
    const written = await run(cwd, ["baseline", "--reason", "what we began with"]);
    expect(written).toMatchObject({ code: 0, stderr: "" });
    expect(written.stdout).toMatch(/^deploy-check-baseline\.json: (\d+) findings \(\1 added\)\n$/);
    expect(validate(JSON.parse(read(cwd, name))), JSON.stringify(validate.errors)).toBe(true);

    const green = await run(cwd, ["--strict"]);
    expect(green.code, green.stdout).toBe(0);
    expect(green.stdout).toMatch(/\d+ findings are set aside: \d+ in the baseline\n/);
    expect(green.stdout).toContain("No error found, but 2 errors are in the baseline");
    expect(await counting(cwd)).toEqual([]);

    edit(cwd, "shop/settings.py", "DEBUG", "# moved\n\nDEBUG");
    expect(await counting(cwd)).toEqual([]);
    edit(cwd, "shop/settings.py", "ROOT", 'SECRET_KEY = "django-insecure-abc"\nROOT');
    expect((await run(cwd, [])).code).toBe(1);
    expect(await counting(cwd)).toContain("secret-key-literal shop/settings.py:5");
  });

  test("does so for a project with more than thirty", async () => {
    const cwd = onDisk(filesBelow("fixtures/shop"));
    const platforms = ["--platform", "heroku,render,railway"];
    const before = await counting(cwd, ...platforms);
    expect(before.length).toBeGreaterThan(30);
    const { stdout } = await run(cwd, ["baseline", ...platforms, "--reason", "the first audit"]);
    expect(stdout).toBe(`${name}: ${before.length} findings (${before.length} added)\n`);
    expect((await run(cwd, ["--strict", ...platforms])).code).toBe(0);
    edit(cwd, "Procfile", "web:", "web : ");
    const after = await counting(cwd, ...platforms);
    expect(after.length).toBeGreaterThan(0);
    expect(after.length).toBeLessThan(before.length);
    expect((await run(cwd, platforms)).code).toBe(1);
  });

  test("keeps reasons and days, tells what is gone, and is pruned", async () => {
    const cwd = onDisk(project);
    await run(cwd, ["baseline", "--reason", "old"]);
    edit(cwd, "shop/settings.py", "DEBUG = True\n", "");
    edit(cwd, "shop/settings.py", "ROOT", 'SECRET_KEY = "django-insecure-abc"\nROOT');
    const gone =
      "2 findings of deploy-check-baseline.json are gone; deploy-check baseline --prune takes them out";
    expect((await report(cwd)).ignores).toEqual([{ kind: "gone", by: "baseline", message: gone, at: null }]);

    const first = read(cwd, name);
    const second = await run(cwd, ["baseline", "--reason", "new"], "2027-01-02");
    expect(second.stderr).toBe("deploy-check: 2 findings in it are gone; --prune takes them out\n");
    const { findings } = JSON.parse(read(cwd, name)) as {
      findings: { check: string; reason: string; added: string }[];
    };
    const of = (id: string) => findings.filter(({ check }) => check === id);
    expect(of("debug-enabled")).toMatchObject([{ reason: "old", added: "2026-11-20" }]);
    expect(of("secret-key-literal")).toMatchObject([{ reason: "new", added: "2027-01-02" }]);
    for (const line of first.split("\n")) expect(read(cwd, name)).toContain(line);

    const strict = await run(cwd, ["--strict"]);
    expect(strict.code).toBe(1);
    expect(strict.stdout.replace(/\s+/g, " ")).toContain("--strict fails on 1 ignore to look at");
    expect((await run(cwd, ["baseline", "--prune"])).stdout).toMatch(/ findings \(2 taken out\)\n$/);
    expect(read(cwd, name)).not.toContain("debug-enabled");
    expect((await run(cwd, ["--strict"])).code).toBe(0);
    const pruned = read(cwd, name);
    expect((await run(cwd, ["baseline"], "2028-01-01")).stdout).toContain("nothing to change");
    expect(read(cwd, name)).toBe(pruned);
  });

  test("holds no secret", async () => {
    const secret = "sk_live_9aZ8bY7cX6dW5eV4fU3gT2hS";
    const cwd = onDisk({
      ...project,
      "shop/settings.py": `${settings}SECRET_KEY = "${secret}"\nSTRIPE = "${secret}"\n`,
    });
    await run(cwd, ["baseline"]);
    expect(read(cwd, name)).toContain("secret-key-literal");
    expect(read(cwd, name)).not.toContain(secret.slice(8));
  });

  test("is found where it is said to be, and left out when asked", async () => {
    const cwd = onDisk({ ...project, "deploy-check.yaml": "baseline: known.json\n" });
    expect((await run(cwd, [])).stderr).toBe(
      "deploy-check: the baseline known.json does not exist; deploy-check baseline writes it\n",
    );
    await run(cwd, ["baseline"]);
    expect((await run(cwd, [])).code).toBe(0);
    expect((await run(cwd, ["--no-baseline"])).code).toBe(1);
    expect((await run(cwd, ["--no-ignores"])).code).toBe(1);
    expect((await run(cwd, ["--no-config"])).code).toBe(1);
    expect((await run(cwd, ["--no-config", "--baseline", "known.json"])).code).toBe(0);
    rmSync(join(cwd, "known.json"));
    expect(await run(cwd, ["--baseline", "known.json"])).toMatchObject({
      code: 2,
      stderr:
        "deploy-check: known.json does not exist; deploy-check baseline --baseline known.json writes it\n",
    });
  });

  test("of two folders can be one file", async () => {
    const cwd = onDisk({
      "deploy-check.yaml": "baseline: known.json\n",
      "a/manage.py": manage,
      "a/shop/settings.py": settings,
      "b/manage.py": manage,
      "b/shop/settings.py": settings,
    });
    git(cwd, "init", "-q");
    await run(cwd, ["baseline", "a"]);
    expect((await run(cwd, ["a"])).code).toBe(0);
    expect((await run(cwd, ["b"])).code).toBe(1);
    await run(join(cwd, "b"), ["baseline"]);
    expect((await run(cwd, ["b"])).code).toBe(0);
    expect((await report(cwd, "a")).ignores).toEqual([]);
  });

  test.each([
    ["[", "it is not valid JSON"],
    ["[]", "it holds no object"],
    ['{"schemaVersion": 2}', "its schemaVersion is not 1, the one that this version of deploy-check reads"],
    ['{"schemaVersion": 1}', "its findings are no list"],
    [
      '{"schemaVersion": 1, "findings": [{"check": "x"}]}',
      "its finding number 1 has no fingerprint of 32 hexadecimal digits",
    ],
  ])("that says %s is none", async (text, because) => {
    const cwd = onDisk({ ...project, [name]: text });
    const wrong = { code: 2, stdout: "", stderr: `deploy-check: ${name} is no baseline: ${because}\n` };
    expect(await run(cwd, [])).toEqual(wrong);
  });

  test("may have been saved with a mark in front, and masks secrets in reasons", async () => {
    const cwd = onDisk(project);
    const secret = "sk_live_9aZ8bY7cX6dW5eV4fU3gT2hS";
    await run(cwd, ["baseline", "--reason", `the key ${secret} is old`]);
    expect(read(cwd, name)).not.toContain(secret);
    writeFileSync(join(cwd, name), `\uFEFF${read(cwd, name)}`);
    expect((await run(cwd, [])).code).toBe(0);
    expect((await run(cwd, ["ignore", "debug-enabled", "--reason", `the key ${secret} is old`])).code).toBe(
      0,
    );
    expect(read(cwd, "shop/settings.py")).not.toContain(secret);
  });

  test("is no way out of the project", async () => {
    const outside = onDisk({ rc: "mine\n" });
    const cwd = onDisk(project);
    symlinkSync(join(outside, "rc"), join(cwd, name));
    const refused = `deploy-check: ${name} cannot be used: it is no file that may be read, too large, or a link out of the project\n`;
    for (const argv of [[], ["baseline"]])
      expect(await run(cwd, argv)).toEqual({ code: 2, stdout: "", stderr: refused });
    rmSync(join(cwd, name));
    symlinkSync(join(outside, "new"), join(cwd, "deploy-check.yaml"));
    const { code } = await run(cwd, ["ignore", "errors-invisible", "--reason", "x"]);
    expect([code, existsSync(join(outside, "new")), read(outside, "rc")]).toEqual([2, false, "mine\n"]);
  });

  test("that git ignores is told", async () => {
    const cwd = onDisk({ ...project, ".gitignore": `${name}\n` });
    git(cwd, "init", "-q");
    await run(cwd, ["baseline"]);
    const { code, stderr } = await run(cwd, []);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `deploy-check: ${name} is ignored by git, so nobody but you has this baseline\n`,
    });
  });
});

describe("--changed-since", () => {
  function repository(files: Readonly<Record<string, string>> = project): string {
    const cwd = onDisk(files);
    git(cwd, "init", "-q", "-b", "main");
    git(cwd, "add", ".");
    git(cwd, "commit", "-qm", "first");
    git(cwd, "checkout", "-qb", "feature");
    return cwd;
  }

  test("leaves what a change has not touched, and did not cause", async () => {
    const cwd = repository();
    expect(await counting(cwd, "--changed-since", "main")).toEqual([]);
    expect((await run(cwd, ["--changed-since", "main"])).code).toBe(0);
    const { stdout } = await run(cwd, ["--changed-since", "main"]);
    expect(stdout).toContain("No error found, but 2 errors are ignored");
    writeFiles(cwd, { Procfile: "web: gunicorn nothing.wsgi\n" });
    const untracked = await counting(cwd, "--changed-since", "main");
    expect(untracked).toContain("start-target-missing Procfile:1");
    expect(untracked.filter((one) => one.includes("settings.py"))).toEqual([]);
    git(cwd, "add", ".");
    git(cwd, "commit", "-qm", "second");
    expect(await counting(cwd, "--changed-since", "main")).toEqual(untracked);
    expect(await counting(cwd, "--changed-since", "HEAD")).toEqual([]);
  });

  test("finds what a change causes in a file that did not change", async () => {
    const cwd = repository({
      ...project,
      "shop/settings.py":
        'from shop.flags import *\nDEBUG = FLAG\nALLOWED_HOSTS = ["shop.org"]\nROOT_URLCONF = "x"\n',
      "shop/flags.py": "FLAG = False\n",
    });
    edit(cwd, "shop/flags.py", "False", "True");
    const found = await counting(cwd, "--changed-since", "main");
    expect(found.filter((one) => one.startsWith("debug-enabled"))).toHaveLength(1);
    expect((await run(cwd, ["--changed-since", "main"])).code).toBe(1);
  });

  test("compares with where the branch began, not with what others have done since", async () => {
    const cwd = repository();
    git(cwd, "checkout", "-q", "main");
    edit(cwd, "shop/settings.py", "DEBUG = True", "DEBUG = False");
    git(cwd, "commit", "-qam", "others");
    git(cwd, "checkout", "-q", "feature");
    expect(await counting(cwd, "--changed-since", "main")).toEqual([]);
  });

  test("judges a folder of the repository", async () => {
    const cwd = repository({ "back/manage.py": manage, "back/shop/settings.py": settings });
    edit(cwd, "back/shop/settings.py", "DEBUG", "# all of a changed file counts\nDEBUG");
    expect(await counting(cwd, "back", "--changed-since", "main")).toContain(
      "debug-enabled shop/settings.py:2",
    );
  });

  test.each(["nothing-of-the-kind", "--output=x", "HEAD:shop"])("%s is no commit", async (ref) => {
    const { code, stdout, stderr } = await run(repository(), [`--changed-since=${ref}`]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(`--changed-since ${ref}: git knows no such commit here`);
  });

  test("wants a repository", async () => {
    expect((await run(onDisk(project), ["--changed-since", "main"])).stderr).toContain(
      "this is no git repository",
    );
  });
});

describe("deploy-check ignore", () => {
  test("writes a comment that counts, and Python stays Python", async () => {
    const cwd = onDisk({
      ...project,
      "shop/settings.py":
        'ROOT_URLCONF = "x"\r\nif True:\r\n    DEBUG = \\\r\n        True\r\nALLOWED_HOSTS = [\r\n    "*",\r\n]\r\n',
    });
    const debug = await run(cwd, ["ignore", "security.W018", "--reason", "a demo\n# for all"]);
    expect(debug).toEqual({
      code: 0,
      stderr: "",
      stdout: "shop/settings.py:3: # deploy-check: ignore[debug-enabled] a demo for all\n",
    });
    await run(cwd, [
      "ignore",
      "allowed-hosts-wildcard",
      "--reason",
      "behind a proxy",
      "--file",
      "shop/settings.py",
    ]);
    expect(read(cwd, "shop/settings.py")).toBe(
      'ROOT_URLCONF = "x"\r\nif True:\r\n    # deploy-check: ignore[debug-enabled] a demo for all\r\n    DEBUG = \\\r\n        True\r\nALLOWED_HOSTS = [\r\n    # deploy-check: ignore[allowed-hosts-wildcard] behind a proxy\r\n    "*",\r\n]\r\n',
    );
    const { results, ignores } = await report(cwd, "--strict");
    const status = (id: string) => results.filter((one) => one.id === id).map((one) => one.status);
    expect([status("debug-enabled"), status("allowed-hosts-wildcard"), ignores]).toEqual([
      ["ignored"],
      ["ignored"],
      [],
    ]);
  });

  test("edits deploy-check.yaml where no comment can stand, and keeps what is in it", async () => {
    const cwd = onDisk({
      ...project,
      "app.json": '{ "name": "shop", "env": { "DEBUG": { "value": "True" } }, "formation": 1 }\n',
      "deploy-check.yaml": "# ours\nstrict: false # not yet\nignore:\n  - hsts-unset # the proxy\n",
    });
    const { code, stdout } = await run(cwd, [
      "ignore",
      "errors-invisible",
      "--reason",
      "logged by the host: all",
    ]);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "deploy-check.yaml: ignore errors-invisible: logged by the host: all\n",
    });
    await run(cwd, ["ignore", "manifest-invalid", "--reason", "known"]);
    expect(read(cwd, "deploy-check.yaml")).toBe(
      '# ours\nstrict: false # not yet\nignore:\n  hsts-unset: # the proxy\n  errors-invisible: "logged by the host: all"\nper-path-ignores:\n  /app.json:\n    manifest-invalid: known\n',
    );
    const { results } = await report(cwd);
    for (const id of ["errors-invisible", "manifest-invalid"])
      expect(results.filter((one) => one.id === id && one.status === "failed")).toEqual([]);
  });

  test("says what to add where the configuration is in a file of others", async () => {
    const pyproject = '[tool.deploy-check]\nfail-level = "error"\n';
    const cwd = onDisk({ ...project, "pyproject.toml": pyproject });
    const { code, stderr } = await run(cwd, ["ignore", "errors-invisible", "--reason", 'so "it" is']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'deploy-check: pyproject.toml is left as it is; add to it\n  [tool.deploy-check.ignore]\n  errors-invisible = "so \\"it\\" is"\n',
    });
    expect(read(cwd, "pyproject.toml")).toBe(pyproject);
  });

  test.each<[string, readonly string[], string]>([
    ["a misspelt id", ["debug-enable", "--reason", "x"], "did you mean debug-enabled?"],
    ["no reason", ["debug-enabled"], "required option '--reason <why>' not specified"],
    ["an empty reason", ["debug-enabled", "--reason", " "], "--reason wants a sentence"],
    [
      "what passes",
      ["allowed-hosts-empty", "--reason", "x"],
      "there is nothing to ignore: allowed-hosts-empty is passed",
    ],
    ["another line", ["debug-enabled", "--reason", "x", "--line", "9"], "it does at\n  shop/settings.py:1\n"],
  ])("refuses %s", async (_, argv, message) => {
    const cwd = onDisk(project);
    const { code, stderr } = await run(cwd, ["ignore", ...argv]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
    expect(read(cwd, "shop/settings.py")).toBe(settings);
  });
});

describe("what is ignored is shown", () => {
  const files = {
    ...project,
    "shop/settings.py": `SILENCED_SYSTEM_CHECKS = ["security.W020"]\n${settings.replace("\n", "  # deploy-check: ignore[debug-enabled] a demo\n")}`,
    "deploy-check.yaml": "ignore: { errors-invisible: The host logs, hsts-unset: , fine: }\n".replace(
      ", fine:",
      "",
    ),
  };

  test("with who says so, why and where", async () => {
    const { stdout } = await run(onDisk(files), ["--verbose"]);
    const flat = stdout.replace(/\s+/g, " ");
    expect(flat).toContain(
      "DEBUG is True, shop/settings.py:2; a comment ignores it: a demo (shop/settings.py:2:)".replace(
        ":)",
        ")",
      ),
    );
    expect(flat).toContain("deploy-check.yaml ignores it: The host logs (deploy-check.yaml:1)");
  });

  test("and counts with --no-ignores, whoever says so", async () => {
    const cwd = onDisk(files);
    const all = await report(cwd, "--no-ignores", "--ignore", "hosts");
    expect(all.results.flatMap(({ findings }) => findings).filter(({ ignored }) => ignored)).toEqual([]);
    expect(all.ignores).toEqual([]);
  });

  test("under --strict the configuration wants a reason too", async () => {
    const cwd = onDisk({ ...project, "deploy-check.yaml": "ignore: [errors-invisible]\n" });
    expect((await report(cwd)).ignores).toEqual([]);
    expect((await report(cwd, "--strict")).ignores).toMatchObject([
      { kind: "without-reason", by: "configuration", at: { file: "deploy-check.yaml", line: 1 } },
    ]);
    expect(await counting(cwd, "--strict")).toContain("errors-invisible");
  });

  test("hostile comments stay text in every format", async () => {
    const evil = "\u001b[31m::error::x%0A]]><script>`|\u202e";
    const cwd = onDisk({
      ...project,
      "shop/settings.py": `${settings}# deploy-check: ignore[${evil.replace("]]", "")}] x\nX = 1  # deploy-check: ignore[${"a".repeat(5000)}]\n`,
    });
    const { stdout } = await run(cwd, []);
    expect(stdout).toContain("there is no check \\x1b[31m::error::x%0A");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
    expect(stdout).not.toMatch(/^::/m);
  });
});

test("a comment that was written is one for Python too", async () => {
  const python = process.env.PYTHON ?? "python3";
  const cwd = onDisk({
    ...project,
    "shop/settings.py": 'X = """\n"""\nDEBUG = (\n    True\n)\nROOT_URLCONF = "x"\n',
  });
  await run(cwd, ["ignore", "debug-enabled", "--reason", "a demo"]);
  const out = execFileSync(
    python,
    ["-c", "import runpy; print(runpy.run_path('shop/settings.py')['DEBUG'])"],
    { cwd, encoding: "utf8" },
  );
  expect(out).toBe("True\n");
});
