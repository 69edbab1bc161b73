import { readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { progressLine, wantsProgress } from "../../src/cli/progress.ts";
import { main } from "../../src/cli.ts";
import { bin, ensureBuilt } from "../support/built.ts";
import { has, onDisk } from "../support/on-disk.ts";
import { onTerminal } from "../support/terminal.ts";

const unsafe = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py": 'DEBUG = True\nROOT_URLCONF = "shop.urls"\n',
};
/** Settings that take a while: the interpreter's budget is used up. */
const slow = {
  ...unsafe,
  "shop/settings.py": 'DEBUG = True\nn = 0\nwhile True:\n    n += 1\nROOT_URLCONF = "shop.urls"\n',
};

/** A line at times of our own choosing. */
function lineAt(...times: readonly number[]) {
  const left = [0, ...times];
  const written: string[] = [];
  const write = (text: string) => written.push(text);
  return { written, line: progressLine({ now: () => left.shift() ?? 0, write, columns: 80 }) };
}

describe("the line", () => {
  test("is not there before half a second, changes at times, and goes away", () => {
    const { line, written } = lineAt(499, 500, 550, 600);
    for (const what of ["a", "b", "c", "d"]) line.told(what);
    line.end();
    expect(written).toEqual(["\rdeploy-check: b …\x1b[K", "\rdeploy-check: d …\x1b[K", "\r\x1b[K"]);
  });

  test("leaves nothing where it never was", () => {
    const { line, written } = lineAt(10);
    line.told("a");
    line.end();
    expect(written).toEqual([]);
  });

  test("sends nothing of a name to the terminal but what can be seen, in one line", () => {
    const { line, written } = lineAt(600);
    line.told(`reading \x1b]0;x\x07\n\u202e${"日".repeat(100)}`);
    expect(written[0]?.startsWith("\rdeploy-check: reading \\x1b]0;x\\x07\\x0a")).toBe(true);
    expect([...(written[0] ?? "")].length).toBeLessThan(50);
  });

  test.each([
    [{}, true],
    [{ CI: "true" }, false],
    [{ CI: "false" }, true],
    [{ CI: "" }, true],
    [{ TERM: "dumb" }, false],
  ])("%j: %s", (env, wanted) => expect(wantsProgress(env)).toBe(wanted));
});

describe("a run", () => {
  const stream = { write: () => true };
  const world = { stdout: stream, isTTY: true, columns: 80, env: {} };

  test("tells of what it does, unless it is to be quiet", async () => {
    const cwd = onDisk(unsafe);
    let time = 0;
    const run = async (...argv: readonly string[]) => {
      let stderr = "";
      const write = (text: string) => {
        stderr += text;
      };
      await main({ ...world, argv, cwd, stderr: { write }, clock: () => (time += 1000), watched: true });
      return stderr;
    };
    const loud = await run();
    expect(loud).toContain("\rdeploy-check: reading shop/settings.py …\x1b[K");
    expect(loud).toContain("\rdeploy-check: asking debug-enabled …\x1b[K");
    expect(loud.endsWith("\r\x1b[K")).toBe(true);
    expect(await run("--quiet")).toBe("");
  });

  test("comes to the same, watched or not", async () => {
    const cwd = onDisk(unsafe);
    const run = async (clock: (() => number) | undefined) => {
      let stdout = "";
      const write = (text: string) => {
        stdout += text;
      };
      await main({
        ...world,
        argv: ["--verbose"],
        cwd,
        stdout: { write },
        stderr: stream,
        ...(clock && { clock, watched: true }),
      });
      return stdout;
    };
    let time = 0;
    expect(await run(() => (time += 1000))).toBe(await run(undefined));
  });
});

describe.skipIf(!has("python3") || process.platform === "win32")(
  "on a real terminal (skipped without Python, which opens one)",
  { timeout: 120_000 },
  () => {
    beforeAll(ensureBuilt, 180_000);
    const taken = "\r\x1b[K";

    test("a long run shows it and takes it away; the report in a file has nothing of it", () => {
      const cwd = onDisk(slow);
      const stdout = join(cwd, "report.txt");
      const { shown } = onTerminal({ argv: [process.execPath, bin], cwd, stdout });
      expect(shown).toContain("\rdeploy-check: ");
      expect(shown.endsWith(taken)).toBe(true);
      const report = readFileSync(stdout, "utf8");
      expect(report).toContain("deploy-check");
      expect(["\x1b", "\r"].filter((control) => report.includes(control))).toEqual([]);
    });

    test.each([
      ["--quiet", ["--quiet"], {}],
      ["a pipeline", [], { CI: "true" }],
    ])("not with %s", (_, argv, env) => {
      const cwd = onDisk(slow);
      const { shown } = onTerminal({
        argv: [process.execPath, bin, ...argv],
        cwd,
        env,
        stdout: join(cwd, "out"),
      });
      expect(shown).toBe("");
    });
  },
);
