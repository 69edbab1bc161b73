import type { ProjectFiles } from "../files/project-files.ts";
import {
  type ComposeService,
  isCompose,
  isDefaultCompose,
  looksLikeProduction,
  readCompose,
} from "../platforms/manifests/compose.ts";
import { folderOf } from "../platforms/paths.ts";
import { readManifest } from "../platforms/read-manifest.ts";
import { defineFact, missing } from "./define.ts";

/** Compose files that production starts: the one that is deployed, and those that are named after production. */
export interface ProductionCompose {
  readonly path: string;
  /** The platform that is judged starts it, as far as the files tell. */
  readonly deployed: boolean;
  /** Those that start without being asked for; with the ones of the default file, where this one only adds to it. */
  readonly services: readonly ComposeService[];
}

export const compose = defineFact<"compose", "deployment" | "project">({
  wants: ["deployment", "project"],
  read({ files }, { deployment, project }) {
    const deployed = deployment?.manifests.filter(isCompose) ?? [];
    const named = ["", project?.folder ?? ""]
      .flatMap((folder) => files.children(folder))
      .filter((path) => looksLikeProduction(path) && !/(?:^|[._-])(?:dev|test|ci|local|staging)/i.test(path));
    const found = [...new Set([...deployed, ...named])].flatMap((path): ProductionCompose[] => {
      const services = servicesOf(files, path);
      return services.length > 0 ? [{ path, deployed: deployed.includes(path), services }] : [];
    });
    return found.length > 0 ? found : missing("no compose file for production is there");
  },
});

function servicesOf(files: ProjectFiles, path: string): readonly ComposeService[] {
  const own = readManifest(files, path, readCompose)?.services ?? [];
  const isAddition = own.some(({ build, image }) => !build && image === undefined);
  const base = isAddition
    ? files.children(folderOf(path)).find((one) => one !== path && isDefaultCompose(one))
    : undefined;
  const below = base === undefined ? [] : (readManifest(files, base, readCompose)?.services ?? []);
  // `ports: !reset []` and `!override` take the other file's ports away.
  const resets = /!(?:reset|override)\b/.test(files.text(path) ?? "");
  const merged = below.map((one): ComposeService => {
    const over = own.find(({ name }) => name === one.name);
    if (!over) return one;
    return {
      ...one,
      ...over,
      image: over.image ?? one.image,
      build: over.build ?? one.build,
      command: over.command ?? one.command,
      env: [...one.env, ...over.env],
      envFiles: [...one.envFiles, ...over.envFiles],
      published: resets ? over.published : [...one.published, ...over.published],
      healthcheck: over.healthcheck ?? one.healthcheck,
    };
  });
  const names = new Set(merged.map(({ name }) => name));
  return [...merged, ...own.filter(({ name }) => !names.has(name))].filter(
    ({ profiles }) => profiles.length === 0,
  );
}
