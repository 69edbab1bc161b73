import { just } from "./just.ts";
import { make } from "./make.ts";
import { packageScript } from "./package-scripts.ts";
import { procfileRunner } from "./procfile-runners.ts";
import type { Runner } from "./recipe.ts";
import { circus, services, supervisor } from "./supervisors.ts";

/** Programs whose arguments name commands that are kept in a file. */
export const runners: Readonly<Record<string, Runner>> = {
  make,
  gmake: make,
  just,
  honcho: procfileRunner({ starts: ["start"], runs: "run", works: "here" }),
  foreman: procfileRunner({ starts: ["start"], runs: "run", works: "beside" }),
  goreman: procfileRunner({ starts: ["start"], runs: "run", works: "here" }),
  overmind: procfileRunner({ starts: ["start", "s"], works: "beside" }),
  hivemind: procfileRunner({ starts: [], works: "beside" }),
  npm: packageScript,
  yarn: packageScript,
  pnpm: packageScript,
  bun: packageScript,
  supervisord: supervisor,
  circusd: circus,
  runsvdir: services,
  "s6-svscan": services,
  init: services,
  my_init: services,
};
