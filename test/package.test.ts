import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { build } from "esbuild";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, test } from "vitest";
import { ensureBuilt } from "./support/built.ts";

const root = join(import.meta.dirname, "..");
const read = (path: string): string => readFileSync(join(root, path), "utf8");
const manifest = JSON.parse(read("package.json"));

beforeAll(ensureBuilt, 180_000);

describe("the package", { timeout: 60_000 }, () => {
  test("holds what is needed to run and to read, and nothing else", () => {
    // npm is a script on Windows, which only a shell can start.
    const out = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      shell: process.platform === "win32",
    });
    const paths: string[] = JSON.parse(out)[0].files.map((file: { path: string }) => file.path);
    const expected =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|bin\/(deploy-check|deeper|code-cache)\.js|schema\.json|dist\/(deploy-check\.cjs|build-id|index\.js|THIRD-PARTY-LICENSES\.txt)|dist\/types\/.+\.d\.ts|docs\/[\w.-]+\.json)$/;
    expect(paths.filter((path) => !expected.test(path))).toEqual([]);
    expect(paths).toEqual(
      expect.arrayContaining([
        "LICENSE",
        "bin/deploy-check.js",
        "dist/deploy-check.cjs",
        "dist/index.js",
        "dist/types/index.d.ts",
      ]),
    );
  });

  test("installs nothing else: its libraries are in the bundle, and so are their licences", () => {
    for (const field of ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"]) {
      expect(manifest[field]).toBeUndefined();
    }
    const licences = read("dist/THIRD-PARTY-LICENSES.txt");
    for (const name of ["chalk", "commander", "dotenv", "smol-toml", "yaml"]) {
      expect(licences).toMatch(new RegExp(`^${name} \\d+\\.`, "m"));
    }
  });

  test("passes publint", async () => {
    const { messages } = await publint({ pkgDir: root, strict: true, pack: false });
    expect(messages.map((message) => formatMessage(message, manifest))).toEqual([]);
  });

  test("is ASCII, as the code cache reads it", () => {
    expect(/[^\0-\x7f]/.test(read("dist/deploy-check.cjs"))).toBe(false);
  });

  test("takes less than 4 MB when it is installed", () => {
    const out = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
      cwd: root,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      shell: process.platform === "win32",
    });
    expect(JSON.parse(out)[0].unpackedSize).toBeLessThan(4_000_000);
  });

  test.each(["dist/deploy-check.cjs", "dist/index.js"])(
    "%s holds all it needs, and no test code",
    async (path) => {
      // Bundled once more, it would take in whatever library it still asks for.
      const { metafile } = await build({
        entryPoints: [join(root, path)],
        absWorkingDir: root,
        bundle: true,
        platform: "node",
        format: path.endsWith(".cjs") ? "cjs" : "esm",
        metafile: true,
        write: false,
        logLevel: "error",
      });
      expect(Object.keys(metafile.inputs).filter((input) => !input.startsWith("dist/"))).toEqual([]);
      expect(read(path)).not.toMatch(/vitest|fast-check/);
    },
  );

  test("starts through three lines", () => {
    const lines = read("bin/deploy-check.js")
      .split("\n")
      .filter((line) => line !== "");
    expect([lines.length, lines[0]]).toEqual([3, "#!/usr/bin/env node"]);
    expect(statSync(join(root, "bin/deploy-check.js")).mode & 0o111).toBe(
      process.platform === "win32" ? 0 : 0o111,
    );
    const out = execFileSync(process.execPath, [join(root, "bin/deploy-check.js"), "--version"], {
      encoding: "utf8",
    });
    expect(out).toBe(`${manifest.version}\n`);
  });
});
