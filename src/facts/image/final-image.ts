import type { Location } from "../../location.ts";
import type { Stage } from "../../platforms/manifests/dockerfile-stages.ts";
import type { DeployedImage } from "../../platforms/platform.ts";
import { type Flavour, flavourOf, lacksByItself } from "./base-image.ts";

/** The image that is deployed, as all its instructions leave it, those of the stages it is made from included. */
export interface FinalImage extends Stage {
  /** What it is made from in the end; undefined where nothing is known of that image. */
  readonly flavour: Flavour | undefined;
  /** The user that its processes start as; `at` is undefined where a manifest names it, or nothing does. */
  readonly runsAs: { readonly text: string | undefined; readonly at: Location | undefined };
  /** Whether a program that people take for granted ("curl", "bash") is not there for sure. */
  lacks(program: string): boolean;
}

export function finalImage(stage: Stage, { startedAs }: Pick<DeployedImage, "startedAs">): FinalImage {
  const flavour = flavourOf(stage.image.name);
  return {
    ...stage,
    flavour,
    runsAs:
      startedAs === undefined
        ? { text: stage.user?.text, at: stage.user?.at }
        : { text: startedAs, at: undefined },
    lacks: (program) =>
      flavour !== undefined && lacksByItself(flavour, program) && !mayInstall(stage, program),
  };
}

/** What a script, a list or a variable installs is not seen. */
const unseen =
  /xargs|\.sh\b|\bmake\b|conda|\bnix\b|ansible|brew\b|--with-deps|\b(?:apt(?:-get)?|aptitude|apk)\b[^\n;&|]{0,200}\b(?:install|add)\b[^\n;&|]{0,5000}(?:\$|`|< )/;

function mayInstall({ steps, takes }: Stage, program: string): boolean {
  const named = new RegExp(`(?:^|[^\\w.-])${program}(?![\\w-])`);
  return (
    steps.some(({ command }) => named.test(command) || unseen.test(command)) ||
    takes.some(({ paths }) =>
      paths.some(
        (path) => path.endsWith(`/${program}`) || /^\/(?:usr|bin|usr\/(?:local\/)?bin)?\/?$/.test(path),
      ),
    )
  );
}
