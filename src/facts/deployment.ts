import { defineFact } from "./define.ts";
import { suggestStart } from "./servers/suggested-start.ts";

/** What runs on the platform that is judged. It is never missing: a project without manifests has no processes. */
export const deployment = defineFact<"deployment", "project">({
  wants: ["project"],
  read({ files, platform }, { project }) {
    const { changes, ...read } = platform.read(files, project?.folder ?? "");
    return {
      platform: { ...platform, ...changes },
      ...read,
      suggestedStart: suggestStart(files, project?.folder ?? ""),
    };
  },
});
