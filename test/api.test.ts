import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { transformSync } from "esbuild";
import { beforeAll, describe, expect, test } from "vitest";
import {
  check,
  evaluateSettings,
  memoryFiles,
  NothingRecognised,
  plan,
  Unreadable,
  WrongUsage,
} from "../src/index.ts";
import { bin, ensureBuilt } from "./support/built.ts";
import { onDisk, writeFiles } from "./support/on-disk.ts";

const root = join(import.meta.dirname, "..");
const shop = join(root, "fixtures/shop");

const unsafe = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "shop/settings.py": 'DEBUG = True\nSECRET_KEY = "hunter2-hunter2"\nROOT_URLCONF = "shop.urls"\n',
};

describe("the published package", { timeout: 120_000 }, () => {
  beforeAll(ensureBuilt, 180_000);

  test("does what docs/api.md shows, and its types agree", () => {
    const page = readFileSync(join(root, "docs/api.md"), "utf8");
    const examples = [...page.matchAll(/^```ts\n([\s\S]*?)^```$/gm)].map(([, code = ""]) => code);
    expect(examples).toHaveLength(4);
    const user = onDisk({
      "package.json": '{ "type": "module" }',
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          target: "es2023",
          // `console`, and nothing of Node's own types, which whoever uses these may not have.
          lib: ["es2023", "dom"],
          types: [],
          module: "nodenext",
          strict: true,
          exactOptionalPropertyTypes: true,
          noUncheckedIndexedAccess: true,
          noEmit: true,
          skipLibCheck: false,
        },
        include: ["*.ts"],
      }),
    });
    cpSync(shop, join(user, "shop"), { recursive: true });
    mkdirSync(join(user, "node_modules"));
    symlinkSync(root, join(user, "node_modules", "deploy-check"), "junction");
    for (const [at, code] of examples.entries()) {
      writeFiles(user, {
        [`example${at}.ts`]: code,
        [`example${at}.js`]: transformSync(code, { loader: "ts", format: "esm" }).code,
      });
    }
    const run = (...args: string[]) => execFileSync(process.execPath, args, { cwd: user, encoding: "utf8" });
    expect(run(join(root, "node_modules/typescript/bin/tsc"), "-p", ".")).toBe("");
    const [checked = "", evaluated = "", planned = "", nothing = ""] = examples.map((_, at) =>
      run(`example${at}.js`),
    );
    expect(checked).toMatch(/^debug-enabled: DEBUG is True \(shop\/settings\.py:9\)$/m);
    expect(checked).toMatch(/^would not pass \{/m);
    expect(evaluated).toMatch(/^true 9\ntrue\n$/);
    expect(planned).toMatch(/^fly .*\n?.*\nheroku /s);
    expect(nothing).toBe("no project\n");
  });

  test("gives what the command prints", async () => {
    const printed = (...argv: string[]) => {
      try {
        return JSON.parse(
          execFileSync(process.execPath, [bin, ...argv, "--format", "json"], { encoding: "utf8" }),
        );
      } catch (error) {
        return JSON.parse(error instanceof Error && "stdout" in error ? String(error.stdout) : "");
      }
    };
    expect((await check(shop)).report).toEqual(printed(shop));
    expect(await evaluateSettings(shop, { all: true })).toEqual(printed("settings", shop, "--all"));
    expect(await plan(shop, { platforms: ["all"] })).toEqual(printed("plan", shop, "--platform", "all"));
  });
});

describe("check", () => {
  test("says what fails, and no secret's value", async () => {
    const checked = await check(onDisk(unsafe));
    expect(checked).toMatchObject({ fails: true, notes: [] });
    const debug = checked.report.results.find(({ id }) => id === "debug-enabled");
    expect(debug).toMatchObject({
      status: "failed",
      findings: [{ message: "DEBUG is True", at: { line: 1 } }],
    });
    expect(JSON.stringify(checked)).not.toContain("hunter2");
  });

  test("takes files from anywhere, and an environment", async () => {
    const files = memoryFiles({
      ...unsafe,
      "shop/settings.py": 'import os\nDEBUG = os.environ.get("ON") == "1"\n',
    });
    const select = ["debug-enabled", "debug-fail-open"];
    expect(await check(files, { select, env: {} })).toMatchObject({ fails: false });
    expect(await check(files, { select, env: { ON: "1" } })).toMatchObject({ fails: true });
  });

  test("honours the configuration, unless an option says otherwise, or not at all", async () => {
    const folder = onDisk({
      ...unsafe,
      "deploy-check.yaml": "select: debug-enabled\nignore:\n  debug-enabled: known\n",
      "package.json": '{"deploy-check": {"strict": true}}',
    });
    const { report, fails, notes } = await check(folder);
    expect(report.results).toMatchObject([{ id: "debug-enabled", status: "ignored" }]);
    expect({ fails, notes }).toEqual({
      fails: false,
      notes: [
        'deploy-check: "deploy-check" in package.json is passed over, because deploy-check.yaml is there',
      ],
    });
    expect((await check(folder, { config: false })).report.results.length).toBeGreaterThan(50);
    const other = await check(folder, { select: ["secret-key-literal"] });
    expect(other.report.results.map(({ id }) => id)).toEqual(["secret-key-literal"]);
  });

  test("has variables of the process mean nothing", async () => {
    process.env.DEPLOY_CHECK_SELECT = "hsts-unset";
    try {
      expect((await check(onDisk(unsafe))).report.results.length).toBeGreaterThan(50);
    } finally {
      delete process.env.DEPLOY_CHECK_SELECT;
    }
  });

  test("rejects with what is the matter", async () => {
    await expect(check(onDisk({ "index.html": "" }))).rejects.toThrow(NothingRecognised);
    await expect(check("/nowhere/at/all")).rejects.toThrow(Unreadable);
    await expect(check(onDisk(unsafe), { select: ["nope"] })).rejects.toThrow(WrongUsage);
    await expect(check(onDisk({ ...unsafe, "deploy-check.yaml": "x: y\n" }))).rejects.toThrow(WrongUsage);
    await expect(plan(onDisk({ "index.html": "" }))).rejects.toThrow(NothingRecognised);
    await expect(evaluateSettings(onDisk({ "index.html": "" }))).rejects.toThrow(NothingRecognised);
  });
});
