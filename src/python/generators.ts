import type { Location } from "../location.ts";
import { inside } from "./call.ts";
import { exceptionClasses, exceptionOf } from "./exceptions.ts";
import type { Execution, Steps } from "./execution.ts";
import { none } from "./make.ts";
import { PythonException } from "./raised.ts";
import type { FunctionScope } from "./scope.ts";
import type { Statement } from "./tree.ts";
import { types } from "./types.ts";
import type { Iterator, Value } from "./value.ts";
import { dependingOn, noEnv } from "./value.ts";

/** A generator: an iterator that can also be sent values and exceptions. */
export interface Generator extends Iterator {
  send(value: Value): Value | undefined;
  throw(exception: PythonException): Value | undefined;
  close(): void;
  /** What its `return` gave, once it has ended. */
  returned(): Value;
}

export function isGenerator(value: Value): value is Generator {
  return value.kind === "iterator" && "send" in value;
}

/** What a call of a generator function gives: nothing of it has run yet. */
export function makeGenerator(
  run: Execution,
  scope: FunctionScope,
  body: readonly Statement[],
  at: Location | undefined,
): Generator {
  let returned: Value = none(at);
  let ended = false;
  let started = false;
  const steps = (function* (): Steps<Value> {
    const completion = yield* run.steps(body, scope);
    return completion?.kind === "return" ? completion.value : none(at);
  })();
  // The branches around the call decide what it yields as long as it lives.
  let ambient = run.ambient;
  const resume = (advance: () => IteratorResult<Value, Value>): Value | undefined => {
    if (ended) return undefined;
    return inside(run, scope, () => {
      const outer = run.ambient;
      run.ambient = ambient.length > 0 ? ambient : outer;
      try {
        const step = advance();
        started = true;
        ambient = run.ambient;
        if (!step.done) return dependingOn(step.value, run.ambient);
        ended = true;
        returned = step.value;
        return undefined;
      } catch (error) {
        ended = true;
        const stopped = error instanceof PythonException && error.value.class.name === "StopIteration";
        if (stopped) run.raise("RuntimeError", "generator raised StopIteration", error.at, error.env);
        throw error;
      }
    });
  };
  return {
    kind: "iterator",
    type: "generator",
    at,
    env: noEnv,
    next: () => resume(() => steps.next(none())),
    send: (value) => resume(() => steps.next(value)),
    throw: (exception) => {
      if (ended || !started) {
        ended = true;
        throw exception;
      }
      return resume(() => steps.throw(exception));
    },
    close: () => {
      if (ended || !started) {
        ended = true;
        return;
      }
      const exit = exceptionClasses.get("GeneratorExit") ?? types.object;
      try {
        resume(() => steps.throw(new PythonException(exceptionOf(exit, [], at), at, noEnv)));
      } catch (error) {
        if (!(error instanceof PythonException && error.value.class === exit)) throw error;
      }
    },
    returned: () => returned,
  };
}
