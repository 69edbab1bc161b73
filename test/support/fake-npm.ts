import { execFileSync } from "node:child_process";
import { chmodSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";
import { version } from "../../src/version.ts";
import { bin } from "./built.ts";
import { writeFiles } from "./on-disk.ts";

/**
 * An `npm` and an `npx` that know one package, ours as it would be published, in a folder for the PATH. npm
 * installs it as npm does, and writes down what it was asked for: its folder and its arguments, one in a line.
 *
 * @param temp a folder that stays for as long as they are used.
 */
export function fakeNpm(temp: string): string {
  const root = join(import.meta.dirname, "../..");
  const packed = execFileSync("npm", ["pack", root, "--ignore-scripts", "--silent"], {
    cwd: temp,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  })
    .trim()
    .split("\n")
    .slice(-1)
    .join("");
  const real = execFileSync("bash", ["-c", "type -P npm"], { encoding: "utf8" }).trim();
  const wanted = `deploy-check@${version}`;
  writeFiles(temp, {
    "bin/npm": `#!/usr/bin/env bash
printf '%s\\n' "$PWD" "$@" > "${temp}/npm-was-asked"
[[ \${*: -1} == ${wanted} ]] || { echo "no such package: \${*: -1}" >&2; exit 1; }
exec "${real}" "\${@:1:$#-1}" --offline "${join(temp, packed)}"
`,
    "bin/npx": `#!/usr/bin/env bash
[[ $1 == --yes && $2 == ${wanted} ]] || { echo "no such package: $*" >&2; exit 1; }
exec "${process.execPath}" "${bin}" "\${@:3}"
`,
  });
  for (const name of ["npm", "npx"]) chmodSync(join(temp, "bin", name), 0o755);
  return join(temp, "bin");
}
