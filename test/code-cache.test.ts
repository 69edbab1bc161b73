import { execFileSync, spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import module from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import process from "node:process";
import { beforeAll, describe, expect, test } from "vitest";
import { bin, ensureBuilt } from "./support/built.ts";
import { onDisk } from "./support/on-disk.ts";

beforeAll(ensureBuilt, 180_000);

const run = (cache: string, env: Readonly<Record<string, string>> = {}) =>
  execFileSync(process.execPath, [bin, "--exit-zero", "--no-config", project], {
    encoding: "utf8",
    env: { PATH: process.env.PATH, XDG_CACHE_HOME: cache, ...env },
  });
const project = join(import.meta.dirname, "../fixtures/correct/render-blueprint");
const fresh = () => mkdtempSync(join(tmpdir(), "deploy-check-cache-"));
const kept = (cache: string) => {
  const folder = join(cache, "deploy-check");
  return existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : [];
};

// Newer versions of Node keep it by themselves, where they like.
describe.skipIf("enableCompileCache" in module)("what V8 made of the bundle", { timeout: 60_000 }, () => {
  test("is kept for the next run, for nobody else to write", () => {
    const cache = fresh();
    const first = run(cache);
    const [file = "", ...others] = kept(cache);
    expect(others).toEqual([]);
    const { mode, mtimeMs } = statSync(file);
    expect(mode & 0o777).toBe(0o600);
    expect(run(cache)).toBe(first);
    expect(statSync(file).mtimeMs).toBe(mtimeMs);
  });

  test("is not made by a run that has called next to nothing", () => {
    for (const argument of ["list", "--version", "--help"]) {
      const cache = fresh();
      execFileSync(process.execPath, [bin, argument], {
        env: { PATH: process.env.PATH, XDG_CACHE_HOME: cache },
      });
      expect(kept(cache)).toEqual([]);
    }
  });

  test("is made anew when it is damaged", () => {
    const cache = fresh();
    const first = run(cache);
    const [file = ""] = kept(cache);
    const { size } = statSync(file);
    for (const text of ["", "no code", "x".repeat(size)]) {
      writeFileSync(file, text);
      expect(run(cache)).toBe(first);
      expect(statSync(file).size).toBeGreaterThan(size / 2);
    }
  });

  test("can do all that the bundle can: what nests deeply goes on, on a thread", () => {
    const cache = fresh();
    const project = onDisk({
      "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
      "shop/settings.py": "def f(n):\n    return 0 if n == 0 else 1 + f(n - 1)\nDEBUG = f(900) == 900\n",
    });
    const told = () => {
      const { stdout, stderr } = spawnSync(process.execPath, [bin, "--quiet", project], {
        encoding: "utf8",
        env: { PATH: process.env.PATH, XDG_CACHE_HOME: cache },
      });
      return { stdout, stderr };
    };
    const first = told();
    expect(first.stdout).toContain("DEBUG is True");
    expect(first.stderr).toBe("");
    expect(told()).toEqual(first);
  });

  test("does not pile up", () => {
    const cache = fresh();
    mkdirSync(join(cache, "deploy-check"), { mode: 0o700 });
    for (let old = 0; old < 9; old++) {
      const path = join(cache, "deploy-check", `${old}.v8`);
      writeFileSync(path, "");
      utimesSync(path, old, old);
    }
    run(cache);
    expect(kept(cache)).toHaveLength(4);
    expect(kept(cache)).not.toContain(join(cache, "deploy-check", "0.v8"));
  });

  test("is left alone in a folder that others can write", () => {
    const cache = fresh();
    mkdirSync(join(cache, "deploy-check"));
    chmodSync(join(cache, "deploy-check"), 0o777);
    expect(run(cache)).toContain("checks: ");
    expect(kept(cache)).toEqual([]);
  });

  test.each([{ DEPLOY_CHECK_CODE_CACHE: "0" }, { NODE_DISABLE_COMPILE_CACHE: "1" }, { CI: "true" }])(
    "is not kept with %j",
    (env) => {
      const cache = fresh();
      expect(run(cache, env)).toContain("checks: ");
      expect(kept(cache)).toEqual([]);
    },
  );

  test("is done without where there is no folder for it", () => {
    const cache = join(fresh(), "file");
    writeFileSync(cache, "");
    expect(run(cache)).toContain("checks: ");
  });
});
