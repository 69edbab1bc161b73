/**
 * Builds what is published: `npm run build`.
 *
 *   dist/deploy-check.cjs          the command, everything in one file, so that it starts quickly
 *   dist/build-id                  what tells this build's code cache from others (bin/code-cache.js)
 *   dist/index.js                  the public API
 *   dist/types/                    its types
 *   dist/THIRD-PARTY-LICENSES.txt  of the libraries that are in the bundles
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
process.chdir(root);
rmSync("dist", { recursive: true, force: true });

/** @type {import("esbuild").BuildOptions} */
const shared = {
  bundle: true,
  platform: "node",
  target: "node20.19",
  metafile: true,
  charset: "utf8",
  // Names stay, so that a stack trace in a report can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  logLevel: "warning",
};

const [command, api] = await Promise.all([
  build({
    ...shared,
    entryPoints: ["src/cli.ts"],
    format: "cjs",
    outfile: "dist/deploy-check.cjs",
    // Code that comes out of V8's cache (bin/code-cache.js) cannot import, only require.
    supported: { "dynamic-import": false },
  }),
  build({
    ...shared,
    entryPoints: ["src/index.ts"],
    format: "esm",
    outfile: "dist/index.js",
    // Libraries in CommonJS ask for Node's modules with `require`, which an ES module does not have.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
  }),
]);

writeFileSync(
  "dist/build-id",
  createHash("sha256").update(readFileSync("dist/deploy-check.cjs")).digest("hex").slice(0, 16),
);
writeFileSync("dist/THIRD-PARTY-LICENSES.txt", licences([command, api]));

const compiler = join("node_modules", "typescript", "bin", "tsc");
execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { stdio: "inherit" });
for (const file of readdirSync("dist/types", { recursive: true, encoding: "utf8" })) {
  if (!file.endsWith(".d.ts")) continue;
  const path = join("dist/types", file);
  // The compiler renames imports in code, not in declarations.
  const text = readFileSync(path, "utf8").replace(/(["'])(\.{1,2}\/[^"']+)\.ts\1/g, "$1$2.js$1");
  writeFileSync(path, text);
}

/** The licences of every package of which a part is in one of the bundles. */
function licences(results) {
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const packages = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(packages)]
    .sort()
    .map(licence)
    .join(`\n${"-".repeat(80)}\n\n`);
}

function licence(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (file === undefined && license === undefined) throw new Error(`${name} has no licence`);
  const text = file === undefined ? "" : readFileSync(join(folder, file), "utf8");
  return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}
