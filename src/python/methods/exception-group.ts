import type { Native } from "../builtins/define.ts";
import { addMethods } from "../builtins/define.ts";
import { groupClassFor, isGroup, split } from "../exception-groups.ts";
import { exceptionClasses, exceptionOf } from "../exceptions.ts";
import type { Execution } from "../execution.ts";
import type { Args } from "../machine.ts";
import { none, tuple } from "../make.ts";
import { types } from "../types.ts";
import type { Instance, Value } from "../value.ts";

/** The methods of exception groups. */

/** The test that `split` and `subgroup` are given: classes, or a function. */
function testOf(run: Execution, given: Value | undefined, args: Args): (exception: Instance) => boolean {
  const classes = given?.kind === "tuple" ? given.items : given ? [given] : [];
  if (classes.length > 0 && classes.every((one) => one.kind === "class"))
    return ({ class: of }) => classes.some((one) => one.kind === "class" && of.mro.includes(one));
  if (!given || !["function", "builtin", "method"].includes(given.kind))
    return run.raise("TypeError", "expected a function, exception type or tuple of exception types", args.at);
  return (exception) => run.truth(run.call(given, [exception], undefined, args.at)) === true;
}

const splitting =
  (give: (parts: readonly [Value, Value], args: Args) => Value): Native =>
  (run, args) => {
    const [self, given] = args.positional;
    if (!self || !isGroup(self)) return none(args.at);
    const [match, rest] = split(run, self, testOf(run, given, args));
    return give([match ?? none(args.at), rest ?? none(args.at)], args);
  };

const methods: Readonly<Record<string, Native>> = {
  split: splitting((parts, args) => tuple(parts, args.at)),
  subgroup: splitting(([match]) => match),
  derive: (run, args) => {
    const [self, parts = none()] = args.positional;
    if (self?.kind !== "instance") return none(args.at);
    const given = [self.attributes.get("message") ?? none(args.at), parts];
    const of = exceptionClasses.get("BaseExceptionGroup") ?? types.object;
    return exceptionOf(groupClassFor(run, of, given), given, args.at);
  },
};

export function installExceptionGroup(): void {
  const of = exceptionClasses.get("BaseExceptionGroup");
  if (of) addMethods(of, methods);
}
