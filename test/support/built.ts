import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");

/** The command as it is published. */
export const bin = join(root, "bin/deploy-check.js");

/** Keeps tests of what was built from passing or failing for what was built yesterday. `npm test` builds first. */
export function requireFreshBuild(): void {
  const built = statSync(join(root, "dist/deploy-check.cjs"), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const newer = sources.find((path) => statSync(path).mtimeMs > built);
  if (newer) throw new Error(`dist is older than ${newer}: npm run build`);
}
