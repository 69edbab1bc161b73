import { footprint } from "./analysis.ts";
import { compare } from "./compare.ts";
import type { Completion, Execution, Steps } from "./execution.ts";
import { hoist } from "./hoist.ts";
import { unwrap } from "./internal.ts";
import { bool, dict, list, none } from "./make.ts";
import { drain } from "./protocols.ts";
import { wentPast } from "./provenance.ts";
import type { Scope } from "./scope.ts";
import type { Match, MatchClass, MatchMapping, MatchSequence, Pattern } from "./tree.ts";
import { types } from "./types.ts";
import type { Class, Value } from "./value.ts";
import { mergeEnv } from "./value.ts";

/** `match`: the first case whose pattern fits and whose guard holds. */
export function* matchStatement(run: Execution, node: Match, scope: Scope): Steps<Completion | undefined> {
  yield* hoist(run, node.subject, scope);
  const subject = run.evaluate(node.subject, scope);
  const outer = run.ambient;
  run.ambient = mergeEnv(outer, subject.env);
  const inner = run.ambient;
  const passed: Match["cases"][number][] = [];
  let ended: Completion | undefined;
  for (const one of node.cases) {
    const fits = run.decide(
      test(run, one.pattern, subject, scope),
      "lineno" in one.pattern ? one.pattern : node,
    );
    if (fits && (!one.guard || run.decide(run.evaluate(one.guard, scope), one.guard))) {
      const suspends = scope.kind === "function" && scope.answers !== undefined;
      ended = suspends ? yield* run.steps(one.body, scope) : run.body(one.body, scope);
      passed.push(...node.cases.slice(node.cases.indexOf(one) + 1));
      break;
    }
    passed.push(one);
  }
  if (run.ambient === inner) run.ambient = outer;
  if (!ended) for (const { body } of passed) wentPast(run, footprint(body), subject.env, scope);
  return ended;
}

/** Whether a pattern fits, as a value: a bool, or opaque if that cannot be known. Binds its names. */
function test(run: Execution, pattern: Pattern, subject: Value, scope: Scope): Value {
  const at = run.place(pattern);
  switch (pattern.nodeType) {
    case "MatchValue":
      return compare(run, "Eq", subject, run.evaluate(pattern.value, scope), at);
    case "MatchSingleton": {
      const wanted = pattern.value === null ? none(at) : bool(pattern.value, at);
      return compare(run, "Is", subject, wanted, at);
    }
    case "MatchAs": {
      const fits = pattern.pattern ? test(run, pattern.pattern, subject, scope) : bool(true, at);
      if (pattern.name !== null && run.truth(fits) !== false) run.bind(scope, pattern.name, subject, at);
      return fits;
    }
    case "MatchOr": {
      let unsure: Value | undefined;
      for (const one of pattern.patterns) {
        const fits = test(run, one, subject, scope);
        if (fits.kind === "opaque") unsure ??= fits;
        else if (run.truth(fits)) return fits;
      }
      return unsure ?? bool(false, at, subject.env);
    }
    case "MatchSequence":
      return sequence(run, pattern, subject, scope);
    case "MatchMapping":
      return mapping(run, pattern, subject, scope);
    case "MatchClass":
      return ofClass(run, pattern, subject, scope);
    case "MatchStar":
      return bool(false, at);
  }
}

/** All of several tests, evaluated in turn until one fails. */
function all(run: Execution, tests: Iterable<() => Value>, whenAll: Value): Value {
  let unsure: Value | undefined;
  for (const one of tests) {
    const fits = one();
    if (fits.kind === "opaque") unsure ??= fits;
    else if (!run.truth(fits)) return fits;
  }
  return unsure ?? whenAll;
}

function sequence(run: Execution, pattern: MatchSequence, subject: Value, scope: Scope): Value {
  const at = run.place(pattern);
  const value = unwrap(subject);
  if (value.kind === "opaque") return run.opaque(value.because, at, [value], { type: "bool" });
  if (value.kind !== "list" && value.kind !== "tuple") return bool(false, at, subject.env);
  if (value.open) return run.opaque(value.open.because, at, [value.open], { type: "bool" });
  const walk = run.iterator(value, at);
  const items = "kind" in walk ? [] : drain(run, walk);
  const star = pattern.patterns.findIndex(({ nodeType }) => nodeType === "MatchStar");
  const least = star < 0 ? pattern.patterns.length : pattern.patterns.length - 1;
  if (items.length < least || (star < 0 && items.length > least)) return bool(false, at, subject.env);
  const extra = items.length - least;
  const tests = pattern.patterns.map((one, i) => () => {
    if (one.nodeType === "MatchStar") {
      if (one.name !== null) run.bind(scope, one.name, list(items.slice(star, star + extra), at), at);
      return bool(true, at);
    }
    const item = items[star >= 0 && i > star ? i - 1 + extra : i];
    return item ? test(run, one, item, scope) : bool(false, at);
  });
  return all(run, tests, bool(true, at, subject.env));
}

function mapping(run: Execution, pattern: MatchMapping, subject: Value, scope: Scope): Value {
  const at = run.place(pattern);
  const value = unwrap(subject);
  if (value.kind === "opaque") return run.opaque(value.because, at, [value], { type: "bool" });
  if (value.kind !== "dict") return bool(false, at, subject.env);
  const used = new Set<string>();
  const tests = pattern.keys.map((expression, i) => () => {
    const key = run.hashKey(run.evaluate(expression, scope));
    const entry = key === undefined ? undefined : value.entries.get(key);
    const inner = pattern.patterns[i];
    if (key !== undefined) used.add(key);
    if (entry && inner) return test(run, inner, entry.value, scope);
    return value.open
      ? run.opaque(value.open.because, at, [value.open], { type: "bool" })
      : bool(false, at, subject.env);
  });
  const fits = all(run, tests, bool(true, at, subject.env));
  if (pattern.rest !== null && run.truth(fits) !== false) {
    const rest = dict(new Map([...value.entries].filter(([key]) => !used.has(key))), at);
    if (value.open) rest.open = value.open;
    run.bind(scope, pattern.rest, rest, at);
  }
  return fits;
}

/** Builtins whose one positional pattern is the object itself. */
const selfMatching = new Set<Class>([
  types.bool,
  types.bytes,
  types.dict,
  types.float,
  types.frozenset,
  types.int,
  types.list,
  types.set,
  types.str,
  types.tuple,
]);

function ofClass(run: Execution, pattern: MatchClass, subject: Value, scope: Scope): Value {
  const at = run.place(pattern);
  const of = run.evaluate(pattern.cls, scope);
  if (of.kind === "opaque") return run.opaque(of.because, at, [of, subject], { type: "bool" });
  if (of.kind !== "class") return run.raise("TypeError", "called match pattern must be a class", at);
  const is = run.isInstance(subject, of);
  if (is === undefined) return run.opaque("has a class that is not known", at, [subject], { type: "bool" });
  if (!is) return bool(false, at, subject.env);
  const names = matchNames(run, of);
  const own = selfMatching.has(of) || of.mro.some((entry) => selfMatching.has(entry) && names.length === 0);
  const byPosition = pattern.patterns.map((one, i) => () => {
    const name = names[i];
    if (name !== undefined) return attributeTest(run, one, subject, name, scope);
    if (own && i === 0) return test(run, one, subject, scope);
    return run.raise(
      "TypeError",
      `${of.name}() accepts ${names.length} positional sub-patterns (${pattern.patterns.length} given)`,
      at,
    );
  });
  const byName = pattern.kwd_attrs.map((name, i) => () => {
    const one = pattern.kwd_patterns[i];
    return one ? attributeTest(run, one, subject, name, scope) : bool(false, at);
  });
  return all(run, [...byPosition, ...byName], bool(true, at, subject.env));
}

function matchNames(run: Execution, of: Class): string[] {
  const names = run.findAttribute(of, "__match_args__");
  return names?.kind === "tuple"
    ? names.items.flatMap((name) => (name.kind === "str" ? name.value : []))
    : [];
}

function attributeTest(run: Execution, pattern: Pattern, subject: Value, name: string, scope: Scope): Value {
  const value = run.findAttribute(subject, name, run.place(pattern));
  return value ? test(run, pattern, value, scope) : bool(false, run.place(pattern), subject.env);
}
