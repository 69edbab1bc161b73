/**
 * Records what CPython 3.14 says of the samples in test/python/parse/samples.txt, and of mutants of them:
 * `node scripts/record-parser-samples.mjs FOLDER`, the folder of an installed npm package `pyodide` 314.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { bundled } from "./bundled.mjs";

const mutantCount = 2000;
const folder = path.join(import.meta.dirname, "../test/python/parse");
const { mutate } = await bundled(path.join(folder, "mutate.ts"));
const { readSamples } = await bundled(path.join(folder, "read-samples.ts"));
const { pyodideReference } = await bundled(path.join(folder, "ask-python.ts"));
const python = await pyodideReference(
  process.argv[2] ?? "node_modules/pyodide",
  path.join(folder, "reference.py"),
);

const samples = [];
for (const { title, text } of readSamples(await readFile(path.join(folder, "samples.txt"), "utf8"))) {
  const { state, dump, hasTemplates, ...problem } = await python.ask({ text, full: true });
  if ((state === "module") !== title.startsWith("accepted")) console.log(`${title}: ${state}: ${text}`);
  samples.push(state === "module" ? { title, text, tree: dump } : { title, text, problem });
}
const texts = samples.map(({ text }) => text);
const mutants = [];
for (let seed = 1; seed <= mutantCount; seed++) {
  const { state, digest } = await python.ask({ text: mutate(texts, seed) });
  mutants.push(state === "module" ? digest.slice(0, 12) : null);
}
await writeFile(path.join(folder, "samples.json"), `${JSON.stringify(samples, null, 1)}\n`);
await writeFile(path.join(folder, "mutants.json"), `${JSON.stringify(mutants)}\n`);
const valid = mutants.filter((mutant) => mutant !== null).length;
console.log(
  `CPython ${python.version.join(".")}: ${samples.length} samples, ${mutants.length} mutants, ${valid} valid`,
);
