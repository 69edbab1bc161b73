import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { main, type World } from "../src/cli.ts";
import { version } from "../src/version.ts";
import { git, onDisk } from "./support/on-disk.ts";

const manage = 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n';
const unsafe = {
  "manage.py": manage,
  "shop/settings.py": 'DEBUG = True\nROOT_URLCONF = "shop.urls"\n',
};
const two = {
  "backend/manage.py": manage,
  "backend/shop/settings.py": 'ROOT_URLCONF = "shop.urls"\n',
  "other side/manage.py": manage,
  "other side/shop/settings.py": 'ROOT_URLCONF = "shop.urls"\n',
};

/** Runs the command in a world of our own. */
async function deployCheck(argv: readonly string[], world: Partial<World> = {}) {
  const text = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof text) => ({
    write: (written: string) => {
      text[name] += written;
    },
  });
  const code = await main({
    argv,
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    env: {},
    cwd: "/",
    isTTY: false,
    columns: undefined,
    ...world,
  });
  return { ...text, code };
}

describe("exit codes", () => {
  test("1 when something fails at or above the level", async () => {
    const { code, stdout, stderr } = await deployCheck([], { cwd: onDisk(unsafe) });
    expect(stdout).toContain("DEBUG is True");
    expect(stdout).toContain("shop/settings.py:1:9");
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  });

  test("0 when nothing does", async () => {
    const cwd = onDisk(unsafe);
    const { code } = await deployCheck(
      ["--select", "debug-enabled", "--env", "X=1", "--ignore", "security.W018"],
      { cwd },
    );
    expect(code).toBe(0);
  });

  test("4 when nothing is recognised, with what was looked for", async () => {
    const { code, stdout, stderr } = await deployCheck(["."], { cwd: onDisk({ "index.html": "" }) });
    expect({ code, stdout }).toEqual({ code: 4, stdout: "" });
    expect(stderr).toMatch(/recognised in \.; it looked for\n {2}- manage\.py\n/);
  });

  test("2 when there are several projects, with the commands that choose one", async () => {
    const { code, stdout, stderr } = await deployCheck(["--format", "json"], { cwd: onDisk(two) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("\n  deploy-check backend   # backend/manage.py\n");
    expect(stderr).toContain("\n  deploy-check './other side'   # other side/manage.py\n");
  });
});

describe("wrong usage exits with 2, a sentence on stderr and nothing on stdout", () => {
  test.each([
    ["an unknown option", ["--formt", "json"], "unknown option '--formt'\n(Did you mean --format?)"],
    ["an unknown format", ["--format", "xml"], "Allowed choices are checklist, json"],
    ["a format without a file", ["--format", "json="], "json= lacks the name of a file"],
    [
      "two formats in one place",
      ["--format", "checklist", "--format", "json"],
      "Standard output has checklist already; name a file: json=report",
    ],
    [
      "two formats in one file",
      ["--format", "checklist=a", "--format", "json=a"],
      "a is written as checklist already",
    ],
    ["an unknown level", ["--fail-level", "fatal"], "Allowed choices are error, warning, info"],
    [
      "an unknown platform",
      ["--platform", "herokku"],
      'there is no platform herokku; these are known, and "all" and "auto":\n  heroku',
    ],
    [
      "an unknown check",
      ["--select", "debug-enable"],
      "there is no check debug-enable; did you mean debug-enabled?",
    ],
    [
      "an unknown check to ignore",
      ["--ignore", "nope-nope-nope"],
      "there is no check nope-nope-nope; deploy-check list",
    ],
    ["a path that is not there", ["nowhere"], "nowhere does not exist"],
    ["a path that is a file", ["manage.py"], "manage.py is not a folder"],
    ["too many paths", [".", "."], "too many arguments"],
    [
      "settings that are not there",
      ["--settings", "shop.setings"],
      "--settings, or the configuration, names shop.setings, but the project has no shop/setings.py",
    ],
    ["a variable without a value", ["--env", "hunter2"], "--env wants NAME=value"],
    ["a variable without a name", ["--env", "=hunter2"], "--env wants NAME=value"],
    [
      "a missing environment file",
      ["--env-file", "none.env"],
      "the environment file none.env cannot be read: it does not exist",
    ],
    [
      "a folder as environment file",
      ["--env-file", "shop"],
      "the environment file shop cannot be read: it is a folder",
    ],
    ["both quiet and verbose", ["--quiet", "--verbose"], "cannot be used with"],
    ["explaining what is not there", ["explain", "debug-enable"], "did you mean debug-enabled?"],
    ["explaining nothing", ["explain"], "missing required argument 'check'"],
    ["an option of another command", ["list", "--format", "json"], "unknown option '--format'"],
  ])("%s", async (_, argv, message) => {
    const { code, stdout, stderr } = await deployCheck(argv, { cwd: onDisk(unsafe) });
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^deploy-check: /);
    expect(stderr, "no stack trace, and no value that may be a secret").not.toMatch(/^ +at |hunter2/m);
  });
});

describe("--format", () => {
  test("writes to a file, beside what is printed, and takes nothing from the exit code", async () => {
    const cwd = onDisk(unsafe);
    const both = ["--format", "checklist", "--format", "json=report.json", "--format", "checklist=list.txt"];
    const { code, stdout, stderr } = await deployCheck(both, { cwd });
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(readFileSync(join(cwd, "list.txt"), "utf8")).toBe(stdout);
    expect(JSON.parse(readFileSync(join(cwd, "report.json"), "utf8"))).toMatchObject({ schemaVersion: 1 });
  });

  test("says which file cannot be written, and why", async () => {
    const { code, stderr } = await deployCheck(["--format", "json=none/report.json"], {
      cwd: onDisk(unsafe),
    });
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: "deploy-check: none/report.json cannot be written: it does not exist, or its folder does not\n",
    });
  });
});

describe("commands", () => {
  test("--help shows options, commands and examples", async () => {
    const { code, stdout } = await deployCheck(["--help"]);
    expect(code).toBe(0);
    for (const word of [
      "--settings",
      "--env ",
      "--env-file",
      "--platform",
      "--format",
      "--fail-level",
      "--select",
      "--ignore",
      "--verbose",
      "--quiet",
      "--color",
      "--no-color",
      "--version",
      "list",
      "explain",
      "Examples:",
      "Exit codes:",
    ])
      expect(stdout).toContain(word);
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  test("--version", async () => {
    expect(await deployCheck(["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
  });

  test("list", async () => {
    const { code, stdout } = await deployCheck(["list"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Settings \(settings\)\n[\s\S]*^ {2}debug-enabled +error +DEBUG is off in production \(security\.W018\)$/m,
    );
  });

  test("explain, by id and by Django's id", async () => {
    const { stdout } = await deployCheck(["explain", "debug-enabled"]);
    expect(stdout).toMatch(/^# debug-enabled\n\n\*\*DEBUG is off in production\*\*\n/);
    expect((await deployCheck(["explain", "security.W018"])).stdout).toContain(stdout);
  });
});

describe("options", () => {
  const text = 'import os\nDEBUG = os.environ["MODE"] == "debug"\nROOT_URLCONF = "shop.urls"\n';
  const byMode = {
    "manage.py": manage,
    "shop/settings.py": text,
    "on.env": "MODE=debug\n",
    "off.env": "MODE='off'\n",
  };

  test.each([
    [["--env", "MODE=debug"], 1],
    [["--env", "MODE=off"], 0],
    [["--env-file", "on.env"], 1],
    [["--env-file", "off.env"], 0],
    [["--env-file", "on.env", "--env", "MODE=off"], 0],
    [["--env", "MODE=off", "--env-file", "on.env"], 1],
    [["--env", "MODE=a=b", "--env", "MODE=debug"], 1],
  ])("%j: the last word about a variable counts", async (argv, code) => {
    const outcome = await deployCheck(["--select", "debug-enabled", ...argv], { cwd: onDisk(byMode) });
    expect(outcome.code, outcome.stdout + outcome.stderr).toBe(code);
  });

  test("--fail-level decides about the exit code, --quiet shows what decided", async () => {
    const cwd = onDisk(unsafe);
    const { stdout } = await deployCheck(["--select", "settings", "--quiet"], { cwd });
    expect(stdout).toContain("✗ error");
    expect(stdout).not.toContain("Production");
  });

  test("--select and --ignore take ids, Django ids and areas, with commas or again", async () => {
    const cwd = onDisk(unsafe);
    const results = async (...argv: readonly string[]) => {
      const { stdout } = await deployCheck(["--format", "json", ...argv], { cwd });
      const document: { results: { id: string; area: string; status: string; reason: string | null }[] } =
        JSON.parse(stdout);
      return document.results;
    };
    expect((await results("--select", "secrets")).every(({ area }) => area === "secrets")).toBe(true);
    const chosen = await results(
      "--select",
      "debug-enabled,allowed-hosts-empty",
      "--select",
      "secret-key-literal",
    );
    expect(chosen.map(({ id }) => id).sort()).toEqual([
      "allowed-hosts-empty",
      "debug-enabled",
      "secret-key-literal",
    ]);
    const [debug] = await results("--select", "debug-enabled", "--ignore", "security.W018");
    expect(debug).toMatchObject({ status: "ignored", reason: "--ignore names it" });
  });

  test("a subfolder can be judged by its path, from anywhere", async () => {
    const root = onDisk(two);
    const { stdout } = await deployCheck(["--format", "json", join(root, "backend")]);
    expect(JSON.parse(stdout).project).toMatchObject({
      root: "backend",
      folder: "",
      settings: { module: "shop.settings" },
    });
    expect(stdout).not.toContain(root);
  });
});

describe("colour and width", () => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters
  const coloured = /\x1b\[/;
  test.each([
    ["a pipe", {}, [], false],
    ["a terminal", { isTTY: true }, [], true],
    ["a dumb terminal", { isTTY: true, env: { TERM: "dumb" } }, [], false],
    ["NO_COLOR on a terminal", { isTTY: true, env: { NO_COLOR: "1" } }, [], false],
    ["an empty NO_COLOR on a terminal", { isTTY: true, env: { NO_COLOR: "" } }, [], true],
    ["NO_COLOR against --color", { env: { NO_COLOR: "1", FORCE_COLOR: "1" } }, ["--color"], false],
    ["--no-color against FORCE_COLOR", { isTTY: true, env: { FORCE_COLOR: "1" } }, ["--no-color"], false],
    ["--color in a pipe", { env: { FORCE_COLOR: "0" } }, ["--color"], true],
    ["FORCE_COLOR in a pipe", { env: { FORCE_COLOR: "1" } }, [], true],
    ["FORCE_COLOR=0 on a terminal", { isTTY: true, env: { FORCE_COLOR: "0" } }, [], false],
  ])("%s", async (_, world, argv, colours) => {
    const { stdout } = await deployCheck(["--select", "debug-enabled", ...argv], {
      cwd: onDisk(unsafe),
      ...world,
    });
    expect(coloured.test(stdout)).toBe(colours);
  });

  test.each([
    ["a pipe has 80 columns", { columns: 200 }, 80],
    ["a terminal its own", { isTTY: true, columns: 60, env: { TERM: "dumb" } }, 60],
    ["unless COLUMNS says otherwise", { isTTY: true, columns: 60, env: { TERM: "dumb", COLUMNS: "50" } }, 50],
    ["which must be a number", { env: { COLUMNS: "wide" } }, 80],
    ["prose is never wider than 100", { env: { COLUMNS: "300" } }, 100],
    ["nor narrower than 40", { env: { COLUMNS: "3" } }, 40],
  ])("%s", async (_, world, width) => {
    const name = "a folder with a long name ".repeat(6).trim();
    const root = onDisk(
      Object.fromEntries(Object.entries(unsafe).map(([path, text]) => [`${name}/${path}`, text])),
    );
    const { stdout } = await deployCheck([name, "--select", "debug-enabled"], { cwd: root, ...world });
    const [head = ""] = stdout.split("\n\n");
    const widest = Math.max(...head.split("\n").map((line) => line.length));
    expect(widest).toBeLessThanOrEqual(width);
    expect(widest).toBeGreaterThan(width - 30);
  });
});

describe("deploy-check settings", () => {
  test("has options of its own, and a closed environment", async () => {
    const cwd = onDisk({ ...unsafe, "prod.env": "A=1\n" });
    const argv = ["settings", ".", "--env-file", "prod.env", "--only", "DEBUG,USE_TZ", "--django", "4.2"];
    const { code, stdout, stderr } = await deployCheck([...argv, "--format", "json"], { cwd });
    const { environment, settings, djangoVersion } = JSON.parse(stdout);
    expect({ code, stderr, djangoVersion }).toEqual({ code: 0, stderr: "", djangoVersion: "4.2" });
    expect(environment.closed).toBe(true);
    expect([settings.DEBUG.value, settings.USE_TZ.value]).toEqual([true, false]);
    const table = await deployCheck(argv, { cwd });
    expect(table.stdout).toContain("DEBUG = True  # shop/settings.py:1");
  });

  test("wants a format that it has", async () => {
    const { code, stderr } = await deployCheck(["settings", "--format", "checklist"], {
      cwd: onDisk(unsafe),
    });
    expect(code).toBe(2);
    expect(stderr).toContain("Allowed choices are table, json");
  });
});

describe("a configuration", () => {
  const project = {
    ...unsafe,
    "deploy-check.yaml":
      "severity: { debug-enabled: warning }\nignore: { allowed-hosts-empty: The proxy knows them }\n",
  };
  const ids = async (argv: readonly string[], files: Readonly<Record<string, string>>) => {
    const { stdout } = await deployCheck(["--format", "json", ...argv], { cwd: onDisk(files) });
    const { results } = JSON.parse(stdout) as {
      results: { id: string; status: string; severity: string; reason: string | null }[];
    };
    return (id: string) =>
      results
        .filter((result) => result.id === id)
        .map(({ status, severity, reason }) => ({ status, severity, reason }));
  };

  test("says how bad a check is, and what is set aside", async () => {
    const of = await ids([], project);
    expect(of("debug-enabled")).toMatchObject([{ status: "failed", severity: "warning" }]);
    expect(of("allowed-hosts-empty")).toMatchObject([
      { status: "ignored", reason: "deploy-check.yaml ignores it" },
    ]);
  });

  test("sets findings aside by path, from its own folder", async () => {
    const files = Object.fromEntries(Object.entries(unsafe).map(([path, text]) => [`backend/${path}`, text]));
    const config = "root: backend\nper-path-ignores: { 'backend/shop/*.py': [debug-enabled] }\n";
    const of = await ids([], { ...files, "deploy-check.yaml": config });
    expect(of("debug-enabled")).toMatchObject([
      { status: "ignored", reason: "deploy-check.yaml ignores it in backend/shop/*.py" },
    ]);
  });

  test.each([
    ["", "backend"],
    ["backend/shop", "backend"],
    ["other", "other"],
  ])(
    "names the folder that is judged, but not to who stands in another project: %j",
    async (folder, root) => {
      const top = onDisk({
        ...Object.fromEntries(
          ["backend", "other"].flatMap((name) =>
            Object.entries(unsafe).map(([path, text]) => [`${name}/${path}`, text]),
          ),
        ),
        "deploy-check.yaml": "root: backend\n",
      });
      git(top, "init", "-q");
      const { stdout } = await deployCheck(["--format", "json"], { cwd: join(top, folder) });
      expect(JSON.parse(stdout)).toMatchObject({ project: { root } });
    },
  );

  test("is outweighed by options, and left out with --no-config", async () => {
    const { code } = await deployCheck(["--fail-level", "error"], {
      cwd: onDisk({ ...project, "deploy-check.yaml": "fail-level: info\nselect: [hsts-unset]\n" }),
    });
    expect(code).toBe(0);
    const of = await ids(["--no-config"], project);
    expect(of("debug-enabled")).toMatchObject([{ status: "failed", severity: "error" }]);
  });

  test("is checked before anything else", async () => {
    const { code, stdout, stderr } = await deployCheck([], {
      cwd: onDisk({ ...unsafe, ".deploy-check.yaml": "fail-levl: error\n" }),
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toBe(
      "deploy-check: .deploy-check.yaml:1:12 fail-levl is no key that deploy-check knows; fail-level is one\n",
    );
  });

  test("that counts for nothing is named", async () => {
    const { stderr } = await deployCheck([], {
      cwd: onDisk({ ...project, "package.json": '{"deploy-check": {"strict": true}}' }),
    });
    expect(stderr).toBe(
      'deploy-check: "deploy-check" in package.json is passed over, because deploy-check.yaml is there\n',
    );
  });
});

describe("options from variables", () => {
  test("a switch is on or off, and nothing else", async () => {
    const cwd = onDisk(unsafe);
    for (const [value, code] of [
      ["1", 0],
      ["off", 1],
    ] as const)
      expect((await deployCheck([], { cwd, env: { DEPLOY_CHECK_EXIT_ZERO: value } })).code).toBe(code);
    expect(await deployCheck([], { cwd, env: { DEPLOY_CHECK_EXIT_ZERO: "flase" } })).toMatchObject({
      stdout: "",
      stderr: "deploy-check: $DEPLOY_CHECK_EXIT_ZERO is a switch: 1 or true, 0 or false\n",
      code: 2,
    });
  });

  test("are taken where the option is not given", async () => {
    const cwd = onDisk(unsafe);
    const env = {
      DEPLOY_CHECK_FORMAT: "json,checklist=list.txt",
      DEPLOY_CHECK_SELECT: "debug-enabled,hosts",
    };
    const { stdout } = await deployCheck([], { cwd, env });
    const { results } = JSON.parse(stdout) as { results: { id: string; area: string }[] };
    expect(results.every(({ id, area }) => id === "debug-enabled" || area === "hosts")).toBe(true);
    expect(readFileSync(join(cwd, "list.txt"), "utf8")).toContain("DEBUG is True");
    const given = await deployCheck(["--select", "debug-enabled", "--format=json"], { cwd, env });
    expect(JSON.parse(given.stdout)).toMatchObject({ results: [{ id: "debug-enabled" }] });
  });

  test("a switch is off for what means off", async () => {
    const cwd = onDisk(unsafe);
    const plain = await deployCheck([], { cwd });
    for (const off of ["", "0", "false"])
      expect((await deployCheck([], { cwd, env: { DEPLOY_CHECK_QUIET: off } })).stdout).toBe(plain.stdout);
    const quiet = await deployCheck([], { cwd, env: { DEPLOY_CHECK_QUIET: "true" } });
    expect(quiet.stdout).toBe((await deployCheck(["--quiet"], { cwd })).stdout);
    const verbose = await deployCheck(["--verbose"], { cwd, env: { DEPLOY_CHECK_QUIET: "true" } });
    expect(verbose.stdout).toBe((await deployCheck(["--verbose"], { cwd })).stdout);
  });

  test("belong to the command that has the option", async () => {
    const env = { DEPLOY_CHECK_FORMAT: "json", DEPLOY_CHECK_VERBOSE: "1" };
    const { code, stdout } = await deployCheck(["settings"], { cwd: onDisk(unsafe), env });
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^shop\.settings|^Settings|DEBUG/),
    });
    const only = { DEPLOY_CHECK_ONLY: "DEBUG" };
    const { stdout: debug } = await deployCheck(["settings", "--format", "json"], {
      cwd: onDisk(unsafe),
      env: only,
    });
    expect(Object.keys(JSON.parse(debug).settings)).toEqual(["DEBUG"]);
  });

  test("are named when they are wrong", async () => {
    const { code, stderr } = await deployCheck([], {
      cwd: onDisk(unsafe),
      env: { DEPLOY_CHECK_FAIL_LEVEL: "fatal" },
    });
    expect(code).toBe(2);
    expect(stderr).toContain("--fail-level is taken from $DEPLOY_CHECK_FAIL_LEVEL");
  });
});

describe("what makes the command fail", () => {
  const codeOf = async (...argv: readonly string[]) =>
    (await deployCheck(["--select", "xframe-middleware-missing", ...argv], { cwd: onDisk(unsafe) })).code;

  test.each([
    [[], 0],
    [["--strict"], 1],
    [["--max-warnings", "0"], 1],
    [["--max-warnings", "1"], 0],
    [["--fail-level", "warning"], 1],
    [["--strict", "--exit-zero"], 0],
    [["--max-warnings", "few"], 2],
    [["--exit-zero", "--format", "xml"], 2],
  ])("%j", async (argv, code) => {
    expect(await codeOf(...argv)).toBe(code);
  });
});
