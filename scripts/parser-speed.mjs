/**
 * How fast our parser is: `node scripts/parser-speed.mjs FILE…`. In fresh processes: the time that the first
 * parse of the first file takes, the module being loaded. In this process, warm: megabytes per second over all.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

const files = process.argv.slice(2);
const folder = mkdtempSync(path.join(tmpdir(), "parser-speed-"));
const bundle = path.join(folder, "parse.mjs");
await build({
  entryPoints: [path.join(import.meta.dirname, "../src/python/parse.ts")],
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  minifyWhitespace: true,
  minifySyntax: true,
  outfile: bundle,
});
const cold = path.join(folder, "cold.mjs");
writeFileSync(
  cold,
  `import { readFileSync } from "node:fs";
import { parseModule } from ${JSON.stringify(pathToFileURL(bundle).href)};
const text = readFileSync(process.argv[2], "utf8");
const start = performance.now();
parseModule(text, "a.py");
console.log(performance.now() - start);`,
);
const times = Array.from({ length: 31 }, () => Number(execFileSync(process.execPath, [cold, files[0]])));
times.sort((left, right) => left - right);
console.log(
  `cold: ${times[0].toFixed(1)} ms at best, ${times[15].toFixed(1)} ms in the middle of ${times.length}`,
);

const { parseModule } = await import(pathToFileURL(bundle).href);
const texts = files.map((file) => readFileSync(file, "utf8"));
const characters = texts.reduce((sum, text) => sum + text.length, 0);
let best = Number.POSITIVE_INFINITY;
for (let round = 0; round < 20; round++) {
  const start = performance.now();
  for (const text of texts) parseModule(text, "a.py");
  best = Math.min(best, performance.now() - start);
}
console.log(`warm: ${(characters / 1000 / best).toFixed(1)} MB/s at best`);
rmSync(folder, { recursive: true });
