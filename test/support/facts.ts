import type { FactOptions } from "../../src/facts/define.ts";
import type { FactName, ProjectFacts } from "../../src/facts/facts.ts";
import { gather } from "../../src/facts/gather.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { choosePlatforms } from "../../src/platforms/index.ts";

const open: FactOptions = { settings: undefined, env: new Map(), closed: false, platformNamed: false };

/** One fact of a project in memory, read as a run reads it; throws where it is missing or unreadable. */
export async function factOf<Name extends FactName>(
  name: Name,
  files: Readonly<Record<string, string>>,
  options: Partial<FactOptions> = {},
): Promise<ProjectFacts[Name]> {
  const project = memoryFiles(files);
  const [target] = choosePlatforms(project, "");
  if (!target) throw new Error("no platform was chosen");
  const result = await gather({
    files: project,
    options: { ...open, ...options },
    platform: target.platform,
  }).get(name);
  if (result.kind === "present") return result.value;
  throw new Error(
    result.kind === "missing" ? `missing: ${result.reason}` : `unreadable: ${result.error.message}`,
  );
}
