import type { EnvDeclaration, ManifestProblem } from "../manifest.ts";
import { readToml } from "./tree-toml.ts";

/** `project.toml`, the project descriptor of Cloud Native Buildpacks. */
export interface ProjectToml {
  readonly path: string;
  /** Variables of the build: `[[build.env]]`, or `[[io.buildpacks.build.env]]` of schema 0.2. */
  readonly env: readonly EnvDeclaration[];
  readonly problems: readonly ManifestProblem[];
}

/** https://github.com/buildpacks/spec/blob/main/extensions/project-descriptor.md */
export function readProjectToml(path: string, text: string): ProjectToml {
  const { root, problems } = readToml(path, text);
  const lists = [
    root.get("build").get("env"),
    root.get("io").get("buildpacks").get("build").get("env"),
    root.get("io").get("buildpacks").get("env").get("build"),
  ];
  return {
    path,
    env: lists.flatMap(({ items }) =>
      items.flatMap((item): readonly EnvDeclaration[] => {
        const { text: name, at } = item.get("name");
        const value = item.get("value").text;
        return name === undefined
          ? []
          : [{ name, ...(value !== undefined && { value }), scope: "build", at }];
      }),
    ),
    problems,
  };
}
