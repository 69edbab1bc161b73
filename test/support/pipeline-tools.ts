import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../.cache/pipelines/bin");

/** Real readers of pipeline files, which `.ci/run` installs. */
export type PipelineTool = "actionlint" | "zizmor" | "check-jsonschema";

/** Whether a tool is there; a test that needs it is skipped without it, and its name says so. */
export function hasTool(tool: PipelineTool): boolean {
  return existsSync(join(folder, tool));
}

/** What a tool has to say of files in a folder, and its exit code. */
export function runTool(tool: PipelineTool, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(join(folder, tool), args, { cwd, encoding: "utf8" });
  return { status, said: stdout + stderr };
}
