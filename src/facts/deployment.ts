import type { ProjectFiles } from "../files/project-files.ts";
import type { CollectstaticRules } from "../platforms/rules.ts";
import { defineFact } from "./define.ts";
import { buildFolder } from "./package-files.ts";
import { suggestStart } from "./servers/suggested-start.ts";

/** What runs on the platform that is judged. It is never missing: a project without manifests has no processes. */
export const deployment = defineFact<"deployment", "project">({
  wants: ["project"],
  read({ files, platform, options }, { project }) {
    const { changes, ...read } = platform.read(files, project?.folder ?? "", options.env);
    const changed = { ...platform, ...changes };
    return {
      platform: changed,
      managePy: collectingManagePy(files, buildFolder(read, project), changed.collectstatic),
      ...read,
      suggestedStart: suggestStart({
        files,
        folder: project?.folder ?? "",
        framework: project?.framework,
        port: changed.port,
      }),
    };
  },
});

/**
 * The least deep manage.py, and of those the first by name: `find . -maxdepth 3 -name manage.py | sort`
 * (heroku/heroku-buildpack-python @b4e7e721, bin/steps/collectstatic).
 */
function collectingManagePy(
  files: ProjectFiles,
  folder: string,
  { runs, managePyDepth, disabledByFile }: CollectstaticRules,
): string | undefined {
  if (runs !== "automatic") return undefined;
  const start = folder === "" ? "" : `${folder}/`;
  if (disabledByFile !== undefined && files.isFile(start + disabledByFile)) return undefined;
  const depth = (path: string) => path.slice(start.length).split("/").length - 1;
  const [first] = files.list
    .filter((path) => path.startsWith(start) && /(?:^|\/)manage\.py$/.test(path))
    .filter((path) => depth(path) <= managePyDepth)
    .sort((one, other) => depth(one) - depth(other) || (one < other ? -1 : 1));
  return first;
}
