/**
 * Builds what is published: `npm run build`.
 *
 *   dist/deploy-check.cjs          everything in one file, so that it starts quickly
 *   dist/build-id                  what tells this build's code cache from others (bin/code-cache.js)
 *   dist/index.js                  the public API, as an ES module over that file
 *   dist/types/                    its types
 *   dist/THIRD-PARTY-LICENSES.txt  of the libraries that are in the bundles
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import process from "node:process";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
process.chdir(root);
rmSync("dist", { recursive: true, force: true });

const bundle = await build({
  stdin: {
    // One file holds both: two would hold nearly everything twice.
    contents: 'export { outcomeOf, start } from "./cli.ts"; export * from "./index.ts";',
    resolveDir: "src",
    sourcefile: "bundle.ts",
  },
  bundle: true,
  platform: "node",
  target: "node20.19",
  format: "cjs",
  outfile: "dist/deploy-check.cjs",
  // Code that comes out of V8's cache (bin/code-cache.js) cannot import, only require.
  supported: { "dynamic-import": false },
  metafile: true,
  // Nothing but ASCII: decoding UTF-8 costs more than reading the file (bin/code-cache.js).
  charset: "ascii",
  // Names stay, so that a stack trace in a report can be read.
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: "none",
  logLevel: "warning",
});

const command = new Set(["outcomeOf", "start"]);
const exported = Object.keys(createRequire(import.meta.url)(join(root, "dist/deploy-check.cjs")))
  .filter((name) => !command.has(name))
  .sort();
writeFileSync(
  "dist/index.js",
  `import bundle from "./deploy-check.cjs";\nexport const { ${exported.join(", ")} } = bundle;\n`,
);
writeFileSync(
  "dist/build-id",
  createHash("sha256").update(readFileSync("dist/deploy-check.cjs")).digest("hex").slice(0, 16),
);
writeFileSync("dist/THIRD-PARTY-LICENSES.txt", licences([bundle]));

const compiler = join("node_modules", "typescript", "bin", "tsc");
execFileSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], { stdio: "inherit" });
const declared = new Set();
declare("dist/types/index.d.ts");
for (const file of readdirSync("dist/types", { recursive: true, encoding: "utf8" })) {
  const path = join("dist/types", file);
  if (file.endsWith(".d.ts") && !declared.has(path)) rmSync(path);
}
// What declares nothing that anybody can ask for is of no use: folders that are empty now.
for (const folder of readdirSync("dist/types", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .reverse())
  if (readdirSync(folder).length === 0) rmdirSync(folder);

/** Makes a declaration file fit to be published, and all that it imports. */
function declare(path) {
  if (declared.has(path)) return;
  declared.add(path);
  // The compiler renames imports in code, not in declarations.
  const text = readFileSync(path, "utf8").replace(/(["'])(\.{1,2}\/[^"']+)\.ts\1/g, "$1$2.js$1");
  writeFileSync(path, text);
  for (const [, target] of text.matchAll(/["'](\.{1,2}\/[^"']+)\.js["']/g))
    declare(join(dirname(path), `${target}.d.ts`));
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
