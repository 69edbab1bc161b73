import type { Location } from "../../location.ts";
import type { Argument } from "../shell/expand.ts";
import type { ShellList } from "../shell/tree.ts";

/** What a shell changes as it goes. */
export interface Moment {
  /** The folder of the project that it is in; undefined if it cannot be told. */
  folder: string | undefined;
  readonly variables: Map<string, string | undefined>;
  /** Variables that the script itself assigned, as far as nothing outside of it has a say in their value. */
  readonly assigned: Map<string, string | undefined>;
  /** `$1`, `$2` and so on; undefined if nobody can tell which they are. */
  parameters: readonly Argument[] | undefined;
}

export interface ShellFunction {
  readonly body: ShellList;
  readonly place: (start: number, end: number) => Location;
}

/** Where the following of a command has got to. */
export interface State {
  readonly moment: Moment;
  readonly functions: Map<string, ShellFunction>;
  readonly env: ReadonlyMap<string, Argument>;
  readonly conditional: boolean;
  readonly front: string | undefined;
  /** What makes a failure count as success: "|| true". */
  readonly forgiven?: string;
  /** Where Python looks for modules first, if that is not the folder it runs in: that of a script. */
  readonly imports: string | undefined;
  /** How many scripts deep. */
  readonly depth: number;
  /** How many wrappers deep. */
  readonly wrapping: number;
  /** How many functions deep. */
  readonly calls: number;
}

export function copyMoment({ folder, variables, assigned, parameters }: Moment): Moment {
  return { folder, variables: new Map(variables), assigned: new Map(assigned), parameters };
}

/** What a child process changes, its parent does not see. */
export function childOf(state: State): State {
  const moment = copyMoment(state.moment);
  for (const [name, value] of state.env) moment.variables.set(name, value.known ? value.text : undefined);
  return { ...state, moment };
}

/** Sets `moment` to what holds whichever of these it was; undefined where they differ. */
export function joinMoments(moment: Moment, ends: readonly Moment[]): void {
  const [first, ...others] = ends;
  if (!first) return;
  const folder = others.every((one) => one.folder === first.folder) ? first.folder : undefined;
  const same = others.every(({ parameters }) => sameWords(parameters, first.parameters));
  joinMaps(
    moment.variables,
    ends.map(({ variables }) => variables),
  );
  joinMaps(
    moment.assigned,
    ends.map(({ assigned }) => assigned),
  );
  moment.folder = folder;
  moment.parameters = same ? first.parameters : undefined;
}

function joinMaps(
  into: Map<string, string | undefined>,
  ends: readonly ReadonlyMap<string, string | undefined>[],
) {
  const names = new Set(ends.flatMap((end) => [...end.keys()]));
  const joined = [...names].map((name) => {
    const [first, ...others] = ends.map((end) => end.get(name));
    return [name, others.every((value) => value === first) ? first : undefined] as const;
  });
  for (const [name, value] of joined) into.set(name, value);
}

function sameWords(one: Moment["parameters"], other: Moment["parameters"]): boolean {
  if (one === other) return true;
  if (!one || !other || one.length !== other.length) return false;
  return one.every(({ text, known }, index) => text === other[index]?.text && known === other[index]?.known);
}
