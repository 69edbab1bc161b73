import type { ProjectFiles } from "../files/project-files.ts";
import { heroku } from "./heroku.ts";
import type { Platform } from "./platform.ts";
import { procfileHost } from "./procfile-host.ts";
import { render } from "./render.ts";

/** Every platform we know, in the order in which a report shows them. */
export const platforms: readonly Platform[] = [heroku, render, procfileHost];

/** A platform that the project targets, and the sentence that says what shows it; none if nothing does. */
export interface ChosenPlatform {
  readonly platform: Platform;
  readonly because: string | undefined;
}

/** The platforms that the project's files show; "a Procfile host" if they show none. */
export function choosePlatforms(files: ProjectFiles, folder: string): readonly ChosenPlatform[] {
  const chosen = platforms.flatMap((platform) => {
    const because = platform.detect(files, folder);
    return because === undefined ? [] : [{ platform, because }];
  });
  return chosen.length > 0 ? chosen : [{ platform: procfileHost, because: undefined }];
}

export function platformById(id: string): Platform | undefined {
  return platforms.find((platform) => platform.id === id);
}
