import type { ProjectFiles } from "../files/project-files.ts";
import { appEngine } from "./app-engine.ts";
import { azureAppService } from "./azure-app-service.ts";
import { caprover } from "./caprover.ts";
import { cleverCloud } from "./clever-cloud.ts";
import { cloudRun } from "./cloud-run.ts";
import { coolify } from "./coolify.ts";
import { digitalocean } from "./digitalocean.ts";
import { docker } from "./docker.ts";
import { dokku } from "./dokku.ts";
import { elasticBeanstalk } from "./elastic-beanstalk.ts";
import { fly } from "./fly.ts";
import { heroku } from "./heroku.ts";
import { herokuFir } from "./heroku-fir.ts";
import { kamal } from "./kamal.ts";
import { koyeb } from "./koyeb.ts";
import { kubernetes } from "./kubernetes.ts";
import type { Platform } from "./platform.ts";
import { procfileHost } from "./procfile-host.ts";
import { pythonAnywhere } from "./pythonanywhere.ts";
import { railway } from "./railway.ts";
import { render } from "./render.ts";
import { scalingo } from "./scalingo.ts";
import { upsun } from "./upsun.ts";

/** Every platform we know, in the order in which a report shows them. */
export const platforms: readonly Platform[] = [
  heroku,
  herokuFir,
  render,
  railway,
  fly,
  digitalocean,
  elasticBeanstalk,
  pythonAnywhere,
  appEngine,
  cloudRun,
  azureAppService,
  dokku,
  scalingo,
  cleverCloud,
  koyeb,
  upsun,
  coolify,
  caprover,
  kamal,
  kubernetes,
  docker,
  procfileHost,
];

/** A platform that the project targets, and the sentence that says what shows it; none if nothing does. */
export interface ChosenPlatform {
  readonly platform: Platform;
  readonly because: string | undefined;
  /** False for one that only the user names: its report is what is missing to deploy there. */
  readonly targeted: boolean;
}

/**
 * The platforms that the project's files show: all those that have a sign of their own; failing that, the
 * first that has one which others share; "a Procfile host" if there is none.
 */
export function choosePlatforms(files: ProjectFiles, folder: string): readonly ChosenPlatform[] {
  const signs = platforms.flatMap((platform) => {
    const sign = platform.detect(files, folder);
    return sign === undefined ? [] : [{ platform, ...sign }];
  });
  const own = signs.filter(({ kind }) => kind === "own");
  const chosen = own.length > 0 ? own : signs.slice(0, 1);
  if (chosen.length === 0) return [{ platform: procfileHost, because: undefined, targeted: true }];
  return chosen.map(({ platform, because }) => ({ platform, because, targeted: true }));
}

export function platformById(id: string): Platform | undefined {
  return platforms.find((platform) => platform.id === id);
}
