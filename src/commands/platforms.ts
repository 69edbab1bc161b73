import { platformById, platforms } from "../platforms/index.ts";
import type { Platform } from "../platforms/platform.ts";
import { procfileHost } from "../platforms/procfile-host.ts";
import { WrongUsage } from "./outcome.ts";

/**
 * The platforms that `--platform` names; undefined for those that the project's files show, which is what
 * no name, or `auto`, asks for. `all` is every platform that has a name.
 */
export function namedPlatforms(names: readonly string[]): readonly Platform[] | undefined {
  const wanted = [...new Set(names)];
  if (wanted.length === 0 || (wanted.length === 1 && wanted[0] === "auto")) return undefined;
  if (wanted.includes("auto"))
    throw new WrongUsage("--platform auto stands alone: it is what the project's files show");
  if (wanted.includes("all")) return platforms.filter((platform) => platform !== procfileHost);
  return wanted.map((id) => {
    const platform = platformById(id);
    if (platform) return platform;
    const known = platforms.map((each) => `  ${each.id.padEnd(16)}${each.name}`).join("\n");
    throw new WrongUsage(`there is no platform ${id}; these are known, and "all" and "auto":\n${known}`);
  });
}
