import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { expect, test } from "vitest";
import { checks } from "../../src/checks/index.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { judge } from "../../src/judge.ts";
import { mutate } from "../python/parse/mutate.ts";

// Damaged settings: no crash, no hang, whatever is in them. DEPLOY_CHECK_FUZZ=10000 for the long run, and
// DEPLOY_CHECK_SEED to see one case again.
const runs = Number(process.env.DEPLOY_CHECK_FUZZ ?? 400);
const first = Number(process.env.DEPLOY_CHECK_SEED ?? Math.floor(Math.random() * 1e9));
const slowest = 2000;

const fixtures = join(import.meta.dirname, "../../fixtures");
const texts = readdirSync(fixtures, { recursive: true, encoding: "utf8" })
  .filter((file) => /settings.*\.py$/.test(file))
  .map((file) => readFileSync(join(fixtures, file), "utf8"))
  .filter((text) => text !== "");

const project = {
  "manage.py": 'import os\nos.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings")\n',
  "requirements.txt": "Django==5.2.8\ngunicorn\n",
  Procfile: "web: gunicorn shop.wsgi\n",
  "shop/base.py": texts.find((text) => text.includes("MIDDLEWARE")) ?? "",
};

/** Half of the cases are damaged as text, half as bytes. */
function damaged(seed: number): string | Uint8Array {
  const text = mutate(texts, seed);
  if (seed % 2 === 0) return text;
  const bytes = new TextEncoder().encode(text);
  for (let at = seed % 97; at < bytes.length; at += 193) bytes[at] = (bytes[at] ?? 0) ^ (1 + (seed % 255));
  return bytes;
}

test(`${runs} damaged settings files from seed ${first}`, { timeout: 600_000 }, async () => {
  for (let seed = first; seed < first + runs; seed++) {
    const files = memoryFiles({ ...project, "shop/settings.py": damaged(seed) });
    const started = performance.now();
    const judgement = await judge({
      files,
      checks,
      options: { settings: undefined, env: new Map(), closed: false, platformNamed: false },
    });
    const took = performance.now() - started;
    const faults = judgement.kind === "judged" ? judgement.result.results.filter(({ fault }) => fault) : [];
    expect(faults, `seed ${seed} crashed: ${faults[0]?.fault}`).toEqual([]);
    expect(took, `seed ${seed} took ${Math.round(took)} ms`).toBeLessThan(slowest);
  }
});
