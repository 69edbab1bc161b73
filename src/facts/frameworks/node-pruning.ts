import type { Deployment } from "../../platforms/platform.ts";

const installs =
  /\bnpm\s+(?:ci|install|i)\b(?!\s+-g|\s+--global)|\byarn(?:\s+install)?(?=\s*(?:$|&|;|--))|\bpnpm\s+(?:install|i)\b/;
const leavesOut =
  /--omit[= ]dev\b|--production\b(?!=false)|--only[= ]prod(?:uction)?\b|--prod\b|\bnpm prune\b/;

/** What leaves devDependencies out where the app runs, as a clause; undefined where nothing is known to. */
export function whatPrunes({ platform, image, steps }: Deployment): string | undefined {
  if (image === undefined)
    return platform.start.node?.prunes ? `${platform.name} removes those when the build is done` : undefined;
  const own = image.installs.filter(({ command }) => installs.test(command));
  const [first] = own.length > 0 ? own : steps.filter(({ command }) => installs.test(command));
  const all = own.length > 0 ? own : steps.filter(({ command }) => installs.test(command));
  return first && all.every(({ command }) => leavesOut.test(command))
    ? `${image.path} installs without them`
    : undefined;
}
