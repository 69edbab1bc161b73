import { readdirSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { ensureBuilt } from "./support/built.ts";

const root = join(import.meta.dirname, "..");
const projects = readdirSync(join(root, "fixtures"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== "python")
  .map(({ name }) => name);

// As a user sees them: through the built command, in a terminal of 80 columns without colour.
test.each(projects)("the report of fixtures/%s", async (name) => {
  await ensureBuilt();
  const { stdout, exitCode } = await execa("node", [join(root, "bin/deploy-check.js"), `fixtures/${name}`], {
    cwd: root,
    reject: false,
    env: { NO_COLOR: "1", COLUMNS: "80" },
  });
  await expect(`${stdout}\n\nexit ${exitCode}\n`).toMatchFileSnapshot(`../fixtures/${name}.report.txt`);
});
