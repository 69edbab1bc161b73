import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmdirSync, statSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { setTimeout } from "node:timers/promises";

/** The command as it is published. */
export const bin = join(import.meta.dirname, "../../bin/deploy-check.js");

const root = join(import.meta.dirname, "../..");
const lock = join(root, "node_modules/.deploy-check-build");

/** Builds what is published, unless it is newer than its sources. Test files run side by side, so one does it. */
export async function ensureBuilt(): Promise<void> {
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      const since = statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > 120_000) rmdirSync(lock);
      await setTimeout(100);
    }
  }
  try {
    if (isStale()) execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "pipe" });
  } finally {
    rmdirSync(lock);
  }
}

function isStale(): boolean {
  const built = ["dist/deploy-check.cjs", "dist/index.js"].map(
    (path) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs ?? 0,
  );
  const sources = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return Math.max(...sources) > Math.min(...built);
}
