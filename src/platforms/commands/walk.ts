import type { Location } from "../../location.ts";
import { evaluateTest, matches, type Settled, settledText } from "../shell/evaluate-test.ts";
import { isTest } from "../shell/script.ts";
import { plainText, type ShellList, type ShellNode, type SimpleCommand } from "../shell/tree.ts";
import { childOf, copyMoment, joinMoments, type Moment, type State } from "./state.ts";

/**
 * How a command ended: `true` and `false` where that is certain, "ran" where it is taken to have succeeded,
 * "open" where it is a test that is decided elsewhere.
 */
export type Status = boolean | "ran" | "open";

export interface Outcome {
  readonly status: Status;
  /** Nothing behind it runs: `exit` and `exec` end the script, `return` the function. */
  readonly ends: "script" | "function" | undefined;
}

export const ran: Outcome = { status: "ran", ends: undefined };

/** What the walk is for: what to do with each command. */
export interface Walker<Found> {
  place(start: number, end: number): Location;
  command(command: SimpleCommand, state: State): Generator<Found, Outcome>;
  isFolder(path: string, state: State): boolean;
  /** Whether to go on: hostile scripts branch without end. */
  goesOn(): boolean;
}

/** Runs a list of commands in order, each branch that nothing decides as one that may run. */
export function* walkList<Found>(
  list: ShellList,
  walker: Walker<Found>,
  state: State,
): Generator<Found, Outcome> {
  let previous = ";";
  let status: Status = "ran";
  /** Whether what stands here is known to run. */
  let behind = false;
  for (const [index, { node, joint }] of list.entries()) {
    if (!walker.goesOn()) break;
    const before = previous;
    previous = joint;
    if ((before === "&&" && status === false) || (before === "||" && status === true)) continue;
    if (before === "&&") behind ||= status === "open";
    else if (before === "||") behind ||= status !== false;
    else behind = false;
    const forgiven = forgivenBy(list, index);
    const within = forgiven === undefined ? state : { ...state, forgiven };
    const outcome: Outcome = behind
      ? yield* walkBranch(node, walker, within)
      : yield* walkNode(node, walker, within);
    status = outcome.status;
    const isPart = before === "|" || joint === "|" || joint === "&";
    if (outcome.ends && !behind && !isPart) return outcome;
  }
  return { status, ends: undefined };
}

/** What makes the failure of a command count as success: `|| true` behind it, or `; exit 0` at the end. */
function forgivenBy(list: ShellList, index: number): string | undefined {
  let last = index;
  while (list[last]?.joint === "&&") last += 1;
  const joint = list[last]?.joint;
  const next = list[last + 1];
  if (next?.node.kind !== "command" || next.joint === "&&") return undefined;
  const name = plainText(next.node.words[0]) ?? "";
  const status = plainText(next.node.words[1]);
  if (joint === "||")
    return /^(?:true|:|echo|printf)$/.test(name) || (name === "exit" && status === "0")
      ? `|| ${name}`
      : undefined;
  const ends = joint === ";" && list.length === last + 2;
  return ends && (name === "true" || (name === "exit" && status === "0")) ? `; ${name}` : undefined;
}

/** A command that may be left out: afterwards both are possible. */
function* walkBranch<Found>(node: ShellNode, walker: Walker<Found>, state: State): Generator<Found, Outcome> {
  const moment = copyMoment(state.moment);
  const outcome = yield* walkNode(node, walker, { ...state, moment, conditional: true });
  if (!outcome.ends) joinMoments(state.moment, [copyMoment(state.moment), moment]);
  return { status: outcome.status, ends: undefined };
}

function* walkNode<Found>(node: ShellNode, walker: Walker<Found>, state: State): Generator<Found, Outcome> {
  switch (node.kind) {
    case "command": {
      const outcome: Outcome = isTest(node)
        ? { status: evaluateTest(node, settledIn(walker, state)) ?? "open", ends: undefined }
        : yield* walker.command(node, state);
      return node.negated ? { ...outcome, status: negate(outcome.status) } : outcome;
    }
    case "group": {
      const outcome = yield* walkList(node.body, walker, node.subshell ? childOf(state) : state);
      return node.subshell ? { ...outcome, ends: undefined } : outcome;
    }
    case "function":
      state.functions.set(node.name, { body: node.body, place: walker.place });
      return ran;
    case "loop": {
      const test = yield* walkList(node.test, walker, state);
      // `while true` is left by `exit` only, as far as is looked at here.
      if (test.status === true) return yield* walkList(node.body, walker, state);
      yield* walkOneOf([node.body], false, walker, state);
      return ran;
    }
    case "if":
      return yield* walkIf(node, walker, state);
    case "case":
      return yield* walkCase(node, walker, state);
  }
}

/** Runs branches of which one will run, or none if they are not `complete`. */
function* walkOneOf<Found>(
  bodies: readonly ShellList[],
  complete: boolean,
  walker: Walker<Found>,
  state: State,
): Generator<Found, Outcome> {
  const ends: Moment[] = complete ? [] : [copyMoment(state.moment)];
  const outcomes: Outcome[] = [];
  for (const body of bodies) {
    const moment = copyMoment(state.moment);
    const outcome = yield* walkList(body, walker, { ...state, moment, conditional: true });
    if (!outcome.ends) ends.push(moment);
    outcomes.push(outcome);
  }
  joinMoments(state.moment, ends);
  return { status: "ran", ends: ends.length === 0 ? outcomes[0]?.ends : undefined };
}

function* walkIf<Found>(
  { clauses, otherwise }: ShellNode & { kind: "if" },
  walker: Walker<Found>,
  state: State,
): Generator<Found, Outcome> {
  const possible: ShellList[] = [];
  let decided = false;
  for (const { test, body } of clauses) {
    const within = possible.length > 0 ? { ...state, conditional: true } : state;
    const { status, ends } = yield* walkList(test, walker, within);
    if (ends && possible.length === 0) return { status, ends };
    if (status === false) continue;
    possible.push(body);
    if (status === true) {
      decided = true;
      break;
    }
  }
  if (!decided && otherwise) possible.push(otherwise);
  const complete = decided || otherwise !== undefined;
  const [only, ...others] = possible;
  if (only && others.length === 0 && complete) return yield* walkList(only, walker, state);
  return yield* walkOneOf(possible, complete, walker, state);
}

function* walkCase<Found>(
  { subject, branches }: ShellNode & { kind: "case" },
  walker: Walker<Found>,
  state: State,
): Generator<Found, Outcome> {
  const settled = settledIn(walker, state);
  const value = subject && settledText(subject.pieces, settled);
  const possible: ShellList[] = [];
  for (const { patterns, body } of branches) {
    const texts = patterns.map(({ pieces }) => settledText(pieces, settled));
    const fits = texts.map((pattern) => {
      if (pattern === "*") return true;
      if (pattern === undefined || value === undefined || pattern.includes("[")) return undefined;
      return matches(value, pattern);
    });
    if (fits.every((one) => one === false)) continue;
    possible.push(body);
    if (!fits.includes(true)) continue;
    return possible.length === 1
      ? yield* walkList(body, walker, state)
      : yield* walkOneOf(possible, true, walker, state);
  }
  return yield* walkOneOf(possible, false, walker, state);
}

function settledIn<Found>(walker: Walker<Found>, state: State): Settled {
  const { parameters, assigned } = state.moment;
  return { parameters, assigned, isFolder: (path) => walker.isFolder(path, state) };
}

function negate(status: Status): Status {
  return typeof status === "boolean" ? !status : "open";
}

/** The words of a command that only tell how it ended. */
export function statusOf(command: SimpleCommand): Status | undefined {
  const name = plainText(command.words[0]);
  if (name === "true" || name === ":") return true;
  return name === "false" ? false : undefined;
}
