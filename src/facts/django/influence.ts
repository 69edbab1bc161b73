import type { EnvValue, Interpreter, Run, Scenario } from "../../python/scenario.ts";
import type { EnvNames, Value } from "../../python/value.ts";
import { valueMark } from "./value-mark.ts";

/** Up to here, whoever asks about each variable has asked before it could be found out which of them matter. */
const few = 4;
/**
 * Which variables a name really depends on. Where a value came from says too much when all settings pass
 * through one loop, as those of a class do: each then seems to hang on every variable that any of them reads.
 * So where there are many, each is set to something, set to nothing, and what is asked about it answered the
 * other way, once for all names; a name whose value is the same every time does not depend on it.
 */
export function influenceOn(
  interpreter: Interpreter,
  run: Run,
  scenario: Scenario,
  valueIn: (run: Run, name: string) => Value,
): (name: string, among: EnvNames) => EnvNames {
  const known = new Map<string, readonly Run[]>();
  const runsWith = (variable: string) => {
    const found = known.get(variable) ?? probes(interpreter, run, scenario, variable);
    known.set(variable, found);
    return found;
  };
  return (name, among) => {
    if (among.length <= few || run.outcome.kind !== "completed") return among;
    const mark = valueMark(valueIn(run, name));
    const same = (other: Run) =>
      other.outcome.kind === "completed" && valueMark(valueIn(other, name)) === mark;
    return among.filter((variable) => !runsWith(variable).every(same));
  };
}

function probes(interpreter: Interpreter, run: Run, scenario: Scenario, variable: string): readonly Run[] {
  const known = new Set(run.branches.map(({ key }) => key));
  const attempt = (value: EnvValue | undefined, branches = scenario.branches) => {
    const env = new Map(scenario.env);
    if (value) env.set(variable, value);
    else env.delete(variable);
    return interpreter.run(run.module, { ...scenario, env, branches });
  };
  const something: EnvValue = { kind: "something" };
  const set = attempt(something);
  const asked = set.branches.filter(({ key }) => !known.has(key));
  const others = new Map([...scenario.branches, ...asked.map(({ key, taken }) => [key, !taken] as const)]);
  return [
    set,
    ...(asked.length > 0 ? [attempt(something, others)] : []),
    attempt({ kind: "text", text: "" }),
    ...(scenario.env.has(variable) ? [attempt(undefined)] : []),
  ];
}
