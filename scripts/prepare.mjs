/**
 * What npm runs after `npm ci`, and in a clone when somebody installs from git: the build.
 *
 * With `npm install --global git+…`, which is what the framework pre-commit does, npm passes "global" on to the
 * installation inside of the clone, so that nothing the build needs is there. Then it is fetched here.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

const root = join(import.meta.dirname, "..");
const npm = process.env.npm_execpath;

if (!existsSync(join(root, "node_modules/esbuild")) && npm !== undefined) {
  const words = ["ci", "--no-global", "--include=dev", "--ignore-scripts", "--no-audit", "--no-fund"];
  // Without what the npm around this one was told.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^npm_config_(?:global|location|prefix|local_prefix)$/i.test(name),
    ),
  );
  execFileSync(process.execPath, [npm, ...words], { cwd: root, env, stdio: "inherit" });
}
execFileSync(process.execPath, [join(root, "scripts/build.mjs")], { cwd: root, stdio: "inherit" });
