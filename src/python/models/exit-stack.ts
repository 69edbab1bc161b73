import type { Value } from "../value.ts";
import { byName, define, instance, method, nativeClass } from "./define.ts";
import { bool, none } from "./make.ts";

/** Leaves what was entered, and calls what was registered, in reverse. */
export const exitStack = define("ExitStack", {}, ({ machine, at }) => {
  const exits: ((exception: readonly Value[]) => Value)[] = [];
  const nothing = [none(at), none(at), none(at)];
  const leave = (given: readonly Value[]): Value => {
    let exception = given;
    let handled = false;
    for (let next = exits.pop(); next; next = exits.pop()) {
      const isTrue = machine.truth(next(exception));
      if (exception[0]?.kind === "none" || isTrue === false) continue;
      handled = true;
      exception = nothing;
    }
    return bool(handled, at);
  };
  const exitOf = (entered: Value) => (exception: readonly Value[]) =>
    machine.call(machine.attribute(entered, "__exit__", at), exception, undefined, at);
  const members = byName(
    method("__enter__", {}, (self) => self),
    method("__exit__", { rest: true }, (_, { rest }) => leave(rest), { takesOpaque: true }),
    method(
      "enter_context",
      { required: ["cm"] },
      (_, { given: { cm } }) => {
        if (cm.kind === "opaque") return machine.opaque(cm.because, at, [cm]);
        const entered = machine.call(machine.attribute(cm, "__enter__", at), [], undefined, at);
        exits.push(exitOf(cm));
        return entered;
      },
      { takesOpaque: true },
    ),
    method(
      "push",
      { required: ["exit"] },
      (_, { given: { exit } }) => {
        exits.push(exit.kind === "instance" ? exitOf(exit) : (given) => machine.call(exit, given));
        return exit;
      },
      { takesOpaque: true },
    ),
    method(
      "callback",
      { required: ["callback"], rest: true, others: true },
      (_, { given: { callback }, rest, others }) => {
        exits.push(() => {
          machine.call(callback, rest, others, at);
          return bool(false, at);
        });
        return callback;
      },
      { takesOpaque: true },
    ),
    method("close", {}, () => {
      leave(nothing);
      return none(at);
    }),
  );
  return instance(nativeClass(machine, "contextlib.ExitStack", members), at);
});
