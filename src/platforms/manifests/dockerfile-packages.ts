import type { Step } from "../manifest.ts";
import { absolute, type Stage } from "./dockerfile-stages.ts";

/** The steps that put packages of Python into what a stage ends up as. */
export interface PackagesFrom {
  readonly steps: readonly Step[];
  /** The image from elsewhere that packages are copied from. */
  readonly foreign: string | undefined;
}

/**
 * A stage's own steps, and those of the stages that it copies packages from. What else it copies, such as a
 * front end that was built or a program, brings no package along.
 */
export function packagesFrom(stage: Stage, seen: Set<Stage> = new Set()): PackagesFrom {
  if (seen.has(stage)) return { steps: [], foreign: undefined };
  seen.add(stage);
  let foreign: string | undefined;
  const steps = [...stage.steps];
  for (const { from, paths } of stage.takes) {
    if (typeof from === "string") {
      if (paths.some(isNamedAfterPackages)) foreign ??= from;
      continue;
    }
    if (!paths.some((path) => holdsPackages(path, from))) continue;
    const taken = packagesFrom(from, seen);
    steps.push(...taken.steps);
    foreign ??= taken.foreign;
  }
  return { steps, foreign };
}

/** Names of folders and files that hold packages, or say which there are. */
const packageName =
  /^(?:\.?v?env|\.?virtualenvs?|site-packages|dist-packages|wheels?|wheelhouse|py(?:thon)?-?(?:deps|packages|libs)|deps|dependencies|install|\.local|python[\d.]*|.+\.whl|.*requirements.*\.txt|.+\.lock)$/;

function isNamedAfterPackages(path: string): boolean {
  return path === "/" || path.includes("$") || path.split("/").some((part) => packageName.test(part));
}

/** Where pip puts packages that are installed for the whole system, and for the user. */
const usualPlaces = ["/usr/local/lib", "/usr/lib/python3", "/root/.local"];

function holdsPackages(path: string, stage: Stage): boolean {
  if (isNamedAfterPackages(path)) return true;
  const places = [...usualPlaces, ...declaredPlaces(stage)];
  // A folder that everything was done in may hold them too.
  return (
    places.some((place) => isInside(place, path) || isInside(path, place)) || isInside(stage.workdir, path)
  );
}

function isInside(path: string, folder: string): boolean {
  return `${path}/`.startsWith(folder === "/" ? "/" : `${folder}/`);
}

const variables = ["VIRTUAL_ENV", "UV_PROJECT_ENVIRONMENT", "PYTHONUSERBASE", "POETRY_VIRTUALENVS_PATH"];

/** Options of pip, uv and virtualenv, and redirections, behind which a place to write to stands. */
const placeOption =
  /(?:\s(?:venv|virtualenv)(?:\s+--?[\w-]+(?:=\S+)?)*\s+|\s(?:--prefix|--target|-t|--wheel-dir|-w|--root|--dest|-d|--output|--output-file|-o|--output-dir)[\s=]+|>\s*)([\w./-]+)/g;

/** The places that a stage's own commands and variables name. */
function declaredPlaces(stage: Stage): readonly string[] {
  const named = variables.flatMap((name) => stage.env.get(name)?.value ?? []);
  const written = stage.steps
    .filter(({ command }) => /\b(?:pip[\d.]*|uv|poetry|pdm|pipenv|venv|virtualenv)\b/.test(command))
    .flatMap(({ command }) => [...` ${command}`.matchAll(placeOption)].flatMap(([, place]) => place ?? []));
  return [...named, ...written]
    .map((place) => absolute(stage.workdir, place))
    .filter((place) => place !== "/");
}
