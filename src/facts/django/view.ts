import { ofPythonsOwn } from "../../python/internal.ts";
import type { Branch, Interpreter, Run, Scenario } from "../../python/scenario.ts";
import type { Binding, EnvNames, Opaque, Value } from "../../python/value.ts";
import { defaultOf } from "./defaults.ts";
import { influenceOn } from "./influence.ts";
import { type Completed, complete, flipped } from "./scenarios.ts";
import type { Alternative, Setting, SettingsView, Variant } from "./settings.ts";
import { derived, isSettingName, refusal } from "./startup.ts";
import { valueMark } from "./value-mark.ts";

/** How many runs with tests that cannot be known going another way there are; each takes about a millisecond. */
const variantLimit = 24;
/** How many more there are for tests that may decide something only together. */
const pairLimit = 16;

/** Tests by where they stand: what a loop asks again goes the same way. */
function byPlace(branches: readonly Branch[]): readonly (readonly Branch[])[] {
  const found = new Map<string, Branch[]>();
  for (const branch of branches) {
    const place = branch.key.slice(0, branch.key.lastIndexOf("#"));
    const visits = found.get(place) ?? [];
    found.set(place, [...visits, branch]);
  }
  return [...found.values()];
}

/** The settings as one completed run left them. What other runs would give is found out when first asked for. */
export function viewOf(
  interpreter: Interpreter,
  completed: Completed,
  djangoVersion: string | undefined,
  closed = false,
): SettingsView {
  const { run, scenario } = completed;
  let others: readonly Variant[] | undefined;
  const settings = new Map<string, Setting>();
  const influence = influenceOn(interpreter, run, scenario, (of, name) => valueIn(of, name, djangoVersion));

  return {
    outcome: run.outcome,
    refused: run.outcome.kind === "completed" ? refusal(run, djangoVersion) : undefined,
    names: settingNames(run),
    get variants() {
      others ??= variants();
      return others;
    },
    get,
    variable,
  };

  function get(name: string): Setting {
    const found = settings.get(name) ?? read(name);
    settings.set(name, found);
    return found;
  }

  function read(name: string): Setting {
    const binding = run.names.get(name);
    const value = valueIn(run, name, djangoVersion);
    let alternatives: readonly Alternative[] | undefined;
    let env: EnvNames | undefined;
    return {
      name,
      explicit: binding !== undefined,
      ...placed(run, name, djangoVersion),
      assignedAt: binding?.at,
      get env() {
        env ??= influence(name, binding?.env ?? value.env);
        return env;
      },
      // Most who ask for a setting want its value, and each test that cannot be known costs a run.
      get otherwise() {
        alternatives ??= alternativesTo(name, value);
        return alternatives;
      },
    };
  }

  function alternativesTo(name: string, value: Value): readonly Alternative[] {
    others ??= variants();
    const mark = valueMark(value);
    const found = others.map((other) => {
      const { when, whenNot, assumed } = other;
      const { value, at } = other.get(name);
      return { value, at, when, whenNot, assumed };
    });
    return distinct(found.filter((other) => valueMark(other.value) !== mark));
  }

  /** What the code set itself, over what it was started with. */
  function variable(name: string): Value | undefined {
    const own = run.environ.get(name);
    if (own) return own;
    const given = scenario.env.get(name);
    if (!given) return undefined;
    if (given.kind === "text") return { kind: "str", value: given.text, at: given.at, env: [name] };
    return {
      kind: "opaque",
      because: `is read from the environment variable ${name}`,
      cause: "environment",
      type: "str",
      truth: true,
      at: undefined,
      env: [name],
    };
  }

  /**
   * One test after the other goes the other way, every time that it is reached; then another one that is only
   * reached so; then two together, the nearest first, for what only both decide.
   */
  function variants(): readonly Variant[] {
    if (run.outcome.kind !== "completed") return [];
    let left = variantLimit;
    const known = new Set(run.branches.map(({ key }) => key));
    const found: Variant[] = [];
    const further: (() => void)[] = [];
    const attempt = (from: Scenario, test: readonly Branch[], before: readonly Branch[]): void => {
      if (--left < 0) return;
      const other = test.reduce(flipped, from);
      const tried = complete(interpreter, run.module, other, closed, { seeksWayOut: false });
      if (tried.run.outcome.kind !== "completed") return;
      const path = [...before, ...test.slice(0, 1)];
      found.push(variant(tried.run, path));
      if (before.length > 0) return;
      const reached = tried.run.branches.filter(({ key }) => !known.has(key));
      for (const each of byPlace(reached)) further.push(() => attempt(tried.scenario, each, path));
    };
    const tests = byPlace(run.branches);
    for (const test of tests) attempt(scenario, test, []);
    for (const next of further) next();
    for (const visits of tests) if (visits.length > 1) for (const one of visits) attempt(scenario, [one], []);
    left = Math.max(left, 0) + pairLimit;
    for (let distance = 1; distance < tests.length && left > 0; distance++)
      for (const [index, test] of tests.entries()) {
        const other = tests[index + distance];
        if (other) attempt(test.reduce(flipped, scenario), other, test.slice(0, 1));
      }
    return found;
  }

  function variant(other: Run, path: readonly Branch[]): Variant {
    return {
      names: settingNames(other),
      get: (name) => ({
        explicit: other.names.has(name),
        ...placed(other, name, djangoVersion),
      }),
      when: path.map((branch) => inWords({ ...branch, taken: !branch.taken })).join(" and "),
      whenNot: path.slice(0, 1).map(inWords).join(),
      assumed: path.some(({ key }) => scenario.branches.has(key)),
    };
  }
}

function settingNames({ names }: Run): readonly string[] {
  return [...names.keys()].filter(isSettingName).sort();
}

function placed(
  run: Run,
  name: string,
  version: string | undefined,
): { readonly value: Value; readonly at: Setting["at"] } {
  const value = valueIn(run, name, version);
  return { value, at: value.at ?? run.names.get(name)?.at };
}

/** A setting that may come from where we cannot see is opaque; one that the module lacks has Django's default. */
function valueIn(run: Run, name: string, version: string | undefined): Value {
  if (run.outcome.kind !== "completed") return unreached(run.outcome);
  const binding: Binding | undefined = run.names.get(name);
  if (binding) return ofPythonsOwn(binding.value);
  const hidden: Opaque | undefined = run.open;
  return (
    hidden ??
    derived(run, name, version) ??
    defaultOf(name, version) ?? { kind: "none", at: undefined, env: [] }
  );
}

/** Nothing that a module set before it failed would ever be used. */
function unreached(outcome: Exclude<Run["outcome"], { readonly kind: "completed" }>): Opaque {
  const because =
    outcome.kind === "raised"
      ? `is never set: the settings module fails to import with ${outcome.error}: ${outcome.message}`
      : `stands in a settings module that cannot be evaluated: it ${outcome.because}`;
  return { kind: "opaque", because, cause: "unmodelled", at: outcome.at, env: [] };
}

/** A branch as a condition: "`os.path.exists("/run/secrets")` is true". */
export function inWords({ text, taken }: Pick<Branch, "text" | "taken">): string {
  return `\`${text}\` is ${taken ? "true" : "false"}`;
}

/** The first of those with the same value. */
function distinct(others: readonly Alternative[]): readonly Alternative[] {
  return [
    ...new Map(others.map((other) => [valueMark(other.value), other] as const).reverse()).values(),
  ].reverse();
}
