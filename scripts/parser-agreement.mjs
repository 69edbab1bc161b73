/**
 * How far our parser agrees with CPython's: `node scripts/parser-agreement.mjs [options] DIRECTORY…`
 *
 *   --python COMMAND   the reference, 3.13 or newer (default: python3)
 *   --pyodide FOLDER   the reference is the CPython in an installed npm package `pyodide`
 *   --mutants N        also judge N mutants of the files
 *   --seed S           of the mutations (default: 1)
 *   --show             print where trees differ
 *
 * Prints the share of files that both accept or both refuse, the share of accepted files with equal trees,
 * and every difference.
 */
import { readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { bundled } from "./bundled.mjs";

const { values: options, positionals: folders } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: "string", default: "python3" },
    pyodide: { type: "string" },
    mutants: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
    show: { type: "boolean", default: false },
  },
});
const tests = path.join(import.meta.dirname, "../test/python/parse");
const { parseModule } = await bundled("../src/python/parse.ts");
const { digestOf, dumpTree } = await bundled(path.join(tests, "dump-tree.ts"));
const { mutate } = await bundled(path.join(tests, "mutate.ts"));
const { commandReference, pyodideReference } = await bundled(path.join(tests, "ask-python.ts"));
const script = path.join(tests, "reference.py");
const python =
  options.pyodide === undefined
    ? await commandReference(options.python, script)
    : await pyodideReference(options.pyodide, script);
console.log(`CPython ${python.version.join(".")}`);

const files = folders.flatMap((folder) =>
  readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith(".py"))
    .map((file) => path.join(folder, file)),
);
await compare("files", files.sort(), async (file) => await readText(file));
const mutants = Array.from(
  { length: Number(options.mutants) },
  (_, index) => Number(options.seed) * 1e6 + index,
);
if (mutants.length > 0) {
  const small = [];
  for (const file of files) {
    const text = await readText(file);
    if (text !== null && text.length < 400_000) small.push(text);
  }
  await compare("mutants", mutants, async (seed) => mutate(small, seed));
}
python.end();

async function compare(what, subjects, textOf) {
  let judged = 0;
  let skipped = 0;
  let agreed = 0;
  let accepted = 0;
  let equal = 0;
  let placed = 0;
  let refused = 0;
  let worded = 0;
  let typed = 0;
  const differences = [];
  for (const subject of subjects) {
    const text = await textOf(subject);
    if (text === null) {
      skipped++;
      continue;
    }
    const theirs = await python.ask({ text });
    const ours = parseModule(text, String(subject));
    judged++;
    if (ours.kind !== theirs.state) {
      const mine =
        ours.kind === "module" ? "accepts" : `refuses: ${ours.problem.message} (${ours.problem.at.line})`;
      const said = theirs.state === "module" ? "accepts" : `refuses: ${theirs.message} (${theirs.line})`;
      differences.push(`${subject}: CPython ${said}, deploy-check ${mine}`);
      continue;
    }
    agreed++;
    if (ours.kind === "error") {
      refused++;
      if (theirs.line === ours.problem.at.line) placed++;
      if (theirs.type === (ours.problem.exception ?? "SyntaxError")) typed++;
      if (theirs.message === ours.problem.message) worded++;
      else if (options.show)
        console.log(
          `  ${subject}: ${theirs.message} (${theirs.line}) | ${ours.problem.message} (${ours.problem.at.line})`,
        );
      continue;
    }
    accepted++;
    const dump = dumpTree(ours.module);
    if (digestOf(dump) === theirs.digest) {
      equal++;
      continue;
    }
    differences.push(`${subject}: the trees differ`);
    if (options.show) {
      const full = await python.ask({ text, full: true });
      differences.push(firstDifference(full.dump, dump));
    }
  }
  console.log(`${what}: ${judged} judged, ${share(agreed, judged)} alike, ${skipped} in no known encoding`);
  console.log(`  ${accepted} accepted by both, ${share(equal, accepted)} with equal trees`);
  const same = `${share(placed, refused)} on the same line, ${share(typed, refused)} of the same type`;
  console.log(`  ${refused} refused by both, ${same}, ${share(worded, refused)} in the same words`);
  for (const difference of differences) console.log(`  ${difference}`);
}

function share(part, whole) {
  return `${part} (${whole === 0 ? "-" : ((100 * part) / whole).toFixed(2)} %)`;
}

function firstDifference(theirs, ours) {
  let index = 0;
  while (theirs[index] === ours[index]) index++;
  const around = (text) => text.slice(Math.max(0, index - 150), index + 80);
  return `    CPython:      ${around(theirs)}\n    deploy-check: ${around(ours)}`;
}

/** The text of a file by its declared encoding; null where it is in none that is known here. */
async function readText(file) {
  const bytes = await readFile(file);
  const head = bytes
    .subarray(0, 400)
    .toString("latin1")
    .split(/\r\n?|\n/, 2)
    .join("\n");
  const encoding = /^[ \t\f]*#.*?coding[:=][ \t]*([-_.a-zA-Z0-9]+)/m.exec(head)?.[1] ?? "utf-8";
  try {
    return new TextDecoder(encoding.replaceAll("_", "-"), { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
