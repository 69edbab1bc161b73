import { truthOf } from "../../python/inspect.ts";
import type { Branch, EnvValue, Interpreter, Run, Scenario } from "../../python/scenario.ts";
import type { EnvNames } from "../../python/value.ts";

/** A module that ran in a scenario, after the variables that it insists on were assumed to be set. */
export interface Completed {
  readonly scenario: Scenario;
  readonly run: Run;
  /** Variables that were assumed to be set to something, because without them the module does not import. */
  readonly required: EnvNames;
}

/** The production scenario, and how it differs from what the repository declares. */
export interface Production extends Completed {
  /** Variables that were given a value that turns DEBUG off; undefined stands for unset. */
  readonly assumed: ReadonlyMap<string, string>;
  /** Tests that cannot be known and were assumed to go this way, because DEBUG is off then. */
  readonly assumedBranches: readonly Branch[];
  /** DEBUG is on whatever we try, so it was held at False. */
  readonly debugHeld: boolean;
}

/** How many scenarios one search may run; each takes about a millisecond. */
const searchLimit = 120;

/**
 * Runs a module, setting to something, one after the other, the variables whose absence keeps it from
 * being imported (design.md §3.1). In a closed environment nothing is assumed.
 */
export function complete(
  interpreter: Interpreter,
  module: string,
  start: Scenario,
  closed: boolean,
  /** Whether a failure behind a test that cannot be known makes that go the other way, which costs runs. */
  { seeksWayOut = true }: { readonly seeksWayOut?: boolean } = {},
): Completed {
  let scenario = start;
  let run = interpreter.run(module, scenario);
  const required: string[] = [];
  while (!closed && run.outcome.kind === "raised" && required.length < searchLimit) {
    const missing = run.outcome.env.filter((name) => !scenario.env.has(name));
    // A variable that the code can do without is assumed last: a test that cannot be known may have gone wrong.
    const isStuck = seeksWayOut && !missing.some((name) => insistsOn(run, name));
    const past = isStuck ? beyond(interpreter, scenario, run) : undefined;
    if (past) {
      ({ scenario, run } = past);
      continue;
    }
    const next = nearest(run, missing, (names) => {
      const env = new Map(scenario.env);
      for (const name of names) env.set(name, { kind: "something" });
      const tried = { ...scenario, env };
      return { scenario: tried, run: interpreter.run(module, tried) };
    });
    if (!next) break;
    required.push(...next.names);
    ({ scenario, run } = next);
  }
  if (seeksWayOut && run.outcome.kind === "raised")
    ({ scenario, run } = pastGuards(interpreter, scenario, run));
  return { scenario, run, required: required.sort() };
}

/** Code that raises behind a test that cannot be known is a guard; a deployment that works went the other way. */
function pastGuards(interpreter: Interpreter, scenario: Scenario, failed: Run): Attempt {
  for (const branch of failed.branches.slice(-8).reverse()) {
    const other = flipped(scenario, branch);
    const run = interpreter.run(failed.module, other);
    if (run.outcome.kind === "completed") return { scenario: other, run };
  }
  return { scenario, run: failed };
}

/** The same for what raises before the code is through with its variables: the next thing it wants is one of them. */
function beyond(interpreter: Interpreter, scenario: Scenario, failed: Run): Attempt | undefined {
  for (const branch of failed.branches.slice(-8).reverse()) {
    if (scenario.branches.has(branch.key)) continue;
    const other = flipped(scenario, branch);
    const run = interpreter.run(failed.module, other);
    const { outcome } = run;
    const wants = outcome.kind === "raised" ? outcome.env.filter((name) => !other.env.has(name)) : [];
    if (outcome.kind === "completed" || wants.some((name) => insistsOn(run, name)))
      return { scenario: other, run };
  }
  return undefined;
}

interface Attempt {
  readonly scenario: Scenario;
  readonly run: Run;
}

/** The smallest set of missing variables that changes the failure: one that the code insists on, any one, or all. */
function nearest(
  failed: Run,
  missing: EnvNames,
  attempt: (names: EnvNames) => Attempt,
): (Attempt & { readonly names: EnvNames }) | undefined {
  const single = [...missing]
    .sort((a, b) => Number(insistsOn(failed, b)) - Number(insistsOn(failed, a)))
    .map((name) => [name]);
  const attempts = missing.length > 1 ? [...single, missing] : single;
  for (const names of attempts) {
    const tried = attempt(names);
    if (!sameFailure(failed, tried.run)) return { ...tried, names };
  }
  return undefined;
}

function insistsOn({ reads }: Run, variable: string): boolean {
  return reads.some(({ name, fallback }) => name === variable && fallback === undefined);
}

function sameFailure(a: Run, b: Run): boolean {
  if (a.outcome.kind !== "raised" || b.outcome.kind !== "raised") return false;
  return (
    a.outcome.error === b.outcome.error &&
    a.outcome.message === b.outcome.message &&
    a.outcome.at?.line === b.outcome.at?.line
  );
}

/**
 * The nearest scenario to `declared` in which DEBUG is off: as declared, with one or two variables
 * changed among those that DEBUG depends on, or with a test that cannot be known going the other way.
 * `fixed` are variables that the repository or a platform decides, which a search must not change.
 */
export function findProduction(
  interpreter: Interpreter,
  module: string,
  declared: Completed,
  fixed: ReadonlySet<string>,
): Production {
  const production = searchProduction(interpreter, module, declared, fixed);
  // The search starts where the declared scenario ended, with its variables already assumed to be set.
  const required = [...new Set([...declared.required, ...production.required])].sort();
  return { ...production, required };
}

function searchProduction(
  interpreter: Interpreter,
  module: string,
  declared: Completed,
  fixed: ReadonlySet<string>,
): Production {
  if (isOff(declared.run)) return { ...declared, assumed: new Map(), assumedBranches: [], debugHeld: false };
  const found = bySetting(interpreter, module, declared, fixed);
  if (found) return found;
  for (const branch of declared.run.branches.slice(0, 8)) {
    const flip = complete(interpreter, module, flipped(declared.scenario, branch), false);
    if (!isProduction(flip.run)) continue;
    const taken = { ...branch, taken: !branch.taken };
    return { ...flip, assumed: new Map(), assumedBranches: [taken], debugHeld: false };
  }
  const held = new Map(declared.scenario.held).set("DEBUG", false);
  const judged = complete(interpreter, module, { ...declared.scenario, held }, false);
  return { ...judged, assumed: new Map(), assumedBranches: [], debugHeld: true };
}

/**
 * Breadth first: one variable, then a second one that DEBUG depends on once the first is set (a test
 * behind `and` is only reached then). `required` variables may be given a value of their own too.
 */
function bySetting(
  interpreter: Interpreter,
  module: string,
  declared: Completed,
  fixed: ReadonlySet<string>,
): Production | undefined {
  let runs = 0;
  let frontier: readonly { readonly change: ReadonlyMap<string, string>; readonly run: Run }[] = [
    { change: new Map(), run: declared.run },
  ];
  for (let depth = 0; depth < 2; depth++) {
    const next: { readonly change: ReadonlyMap<string, string>; readonly run: Run }[] = [];
    for (const from of frontier) {
      for (const change of furtherChanges(from.run, from.change, fixed)) {
        if (++runs > searchLimit) return undefined;
        const found = complete(interpreter, module, changed(declared.scenario, change), false);
        if (isProduction(found.run))
          return { ...found, assumed: change, assumedBranches: [], debugHeld: false };
        next.push({ change, run: found.run });
      }
    }
    frontier = next;
  }
  return undefined;
}

function isProduction(run: Run): boolean {
  return isOff(run) && run.outcome.kind === "completed";
}

/** `change` and one variable more, of those that DEBUG depends on after it. */
function furtherChanges(
  run: Run,
  change: ReadonlyMap<string, string>,
  fixed: ReadonlySet<string>,
): readonly ReadonlyMap<string, string>[] {
  const depends = run.names.get("DEBUG")?.env ?? (isUnset(run) ? [...run.candidates.keys()] : []);
  const names = depends.filter((name) => !fixed.has(name) && !change.has(name));
  return names.flatMap((name) => textsFor(run, name).map((text) => new Map([...change, [name, text]])));
}

/** DEBUG is certainly off. Not set at all means off too: that is Django's default. */
export function isOff(run: Run): boolean {
  const debug = run.names.get("DEBUG")?.value;
  if (!debug) return run.open === undefined && !isUnset(run);
  return truthOf(debug) === false;
}

/** No setting at all is set, because a test that cannot be known went another way than production's. */
function isUnset({ names, branches }: Run): boolean {
  return branches.length > 0 && ![...names.keys()].some((name) => /^[A-Z][A-Z\d_]*$/.test(name));
}

export function changed(scenario: Scenario, change: ReadonlyMap<string, string | undefined>): Scenario {
  const env = new Map<string, EnvValue>(scenario.env);
  for (const [name, text] of change) {
    if (text === undefined) env.delete(name);
    else env.set(name, { kind: "text", text });
  }
  return { ...scenario, env };
}

export function flipped(scenario: Scenario, branch: Branch): Scenario {
  return { ...scenario, branches: new Map(scenario.branches).set(branch.key, !branch.taken) };
}

/** Texts worth trying where the code compares the variable with none: set at all, then off in words. */
const withoutCandidates = ["1", "False", "production", ""];

function textsFor(run: Run, name: string): readonly string[] {
  const candidates = [...(run.candidates.get(name) ?? [])];
  const rank = (text: string) =>
    [/prod|live/i, /^(false|0|no|off)$/i, /^(?!.*(dev|local|test|debug))/i].findIndex((shape) =>
      shape.test(text),
    );
  const ranked = candidates
    .map((text) => ({ text, rank: rank(text) }))
    .sort((a, b) => (a.rank < 0 ? 9 : a.rank) - (b.rank < 0 ? 9 : b.rank))
    .map(({ text }) => text);
  // A text that the code does not know goes down the `else` of a comparison.
  const others = ranked.length === 0 ? withoutCandidates : ["False", "production", "0", ""];
  return [...new Set([...ranked, ...others])].slice(0, 12);
}
