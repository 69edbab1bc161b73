import { Chalk, type ChalkInstance } from "chalk";
import type { Paint } from "../report/report.ts";
import { isGitHub } from "./pipelines.ts";
import type { Surroundings } from "./world.ts";

/** How what is printed looks: `--color`, `--verbose` and `--quiet`, and where it is printed. */
export function paintFor(
  world: Surroundings,
  {
    color,
    verbose = false,
    quiet = false,
  }: { readonly color?: boolean; readonly verbose?: boolean; readonly quiet?: boolean },
): Paint {
  return { chalk: chalkFor(world, color), width: widthOf(world), verbose, quiet };
}

/** The same world for what goes to a file, which is no terminal and no log. */
export function onPaper(world: Surroundings): Surroundings {
  return { ...world, isTTY: false, env: { ...world.env, GITHUB_ACTIONS: undefined } };
}

/** `NO_COLOR` > `--color`, `--no-color` > `FORCE_COLOR` > whether it is a terminal, or GitHub's log, which shows them. */
function chalkFor({ env, isTTY }: Surroundings, asked: boolean | undefined): ChalkInstance {
  const forced = env.FORCE_COLOR;
  const coloured = env.NO_COLOR
    ? false
    : (asked ??
      (forced ? forced !== "0" && forced !== "false" : isTTY ? env.TERM !== "dumb" : isGitHub(env)));
  return new Chalk({ level: coloured ? 1 : 0 });
}

/** The columns there are: `COLUMNS`, else those of the terminal, else 80. */
export function widthOf({ env, isTTY, columns }: Surroundings): number {
  const told = Number.parseInt(env.COLUMNS ?? "", 10);
  return Math.max(40, told > 0 ? told : isTTY && columns ? columns : 80);
}
