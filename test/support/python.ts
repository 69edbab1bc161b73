import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import process from "node:process";

/** `.ci/run` sets it: there, tests that need Python must not be skipped. */
const required = process.env.DEPLOY_CHECK_REQUIRE_PYTHON === "1";

const own = join(
  import.meta.dirname,
  "../../.cache/venv",
  process.platform === "win32" ? "Scripts" : "bin",
  "python",
);

/** The Python to compare with: the one test/requirements.txt is installed for, else the system's. */
export const python = existsSync(own) ? own : "python3";

/**
 * Whether Python is here and can import these modules. If not, a test that needs them is skipped, unless
 * Python is required: then this throws.
 *
 *     test.skipIf(!hasPython("django"))("… (needs Python with Django)", …)
 */
export function hasPython(...modules: readonly string[]): boolean {
  const known = answers.get(modules.join());
  if (known !== undefined) return known;
  const answer = canImport(modules);
  if (!answer && required) {
    throw new Error(
      `DEPLOY_CHECK_REQUIRE_PYTHON=1, but ${python} cannot import ${modules.join(", ") || "anything"}`,
    );
  }
  answers.set(modules.join(), answer);
  return answer;
}

const answers = new Map<string, boolean>();

function canImport(modules: readonly string[]): boolean {
  try {
    execFileSync(python, ["-c", modules.map((name) => `import ${name}`).join("\n")], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
