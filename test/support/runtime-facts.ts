import type { FactReader, FactSource } from "../../src/facts/define.ts";
import { deployment } from "../../src/facts/deployment.ts";
import type { FactName, ProjectFacts } from "../../src/facts/facts.ts";
import { packageFiles } from "../../src/facts/package-files.ts";
import { packages } from "../../src/facts/packages.ts";
import { project } from "../../src/facts/project.ts";
import { pythonVersions } from "../../src/facts/python-versions.ts";
import { memoryFiles } from "../../src/files/memory.ts";
import { heroku } from "../../src/platforms/heroku.ts";
import type { Platform } from "../../src/platforms/platform.ts";

/** The facts about packages and Python of a project in memory, in the order in which they need each other. */
export async function runtimeFacts(
  files: Readonly<Record<string, string | Uint8Array>>,
  platform: Platform = heroku,
  options: { readonly ignored?: readonly string[] } = {},
): Promise<
  Partial<Pick<ProjectFacts, "packages">> &
    Pick<ProjectFacts, "deployment" | "packageFiles" | "pythonVersions">
> {
  const source: FactSource = {
    files: memoryFiles({ "manage.py": "import django\n", ...files }, options),
    options: { env: new Map(), closed: false, platformNamed: true },
    platform,
  };
  const facts: Partial<ProjectFacts> = {};
  const read = async <Name extends FactName>(reader: FactReader<Name>) => {
    const value = await reader.read(source, facts);
    return "kind" in value && value.kind === "missing" ? undefined : (value as ProjectFacts[Name]);
  };
  const add = async <Name extends FactName>(name: Name, reader: FactReader<Name>) => {
    const value = await read(reader);
    if (value !== undefined) Object.assign(facts, { [name]: value });
    return value;
  };
  await add("project", project);
  const deployed = await add("deployment", deployment);
  const managers = await add("packageFiles", packageFiles);
  const versions = await add("pythonVersions", pythonVersions);
  const installed = await add("packages", packages);
  if (!deployed || !managers || !versions) throw new Error("a fact that is never missing is missing");
  return {
    deployment: deployed,
    packageFiles: managers,
    pythonVersions: versions,
    ...(installed ? { packages: installed } : {}),
  };
}
