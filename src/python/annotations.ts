import type { Execution } from "./execution.ts";
import { PythonException } from "./raised.ts";
import type { Scope } from "./scope.ts";
import type { Expression } from "./tree.ts";
import type { Value } from "./value.ts";

/**
 * What an annotation stands for. What it names may be unknown to us, or be defined later; that is no failure of the
 * project.
 */
export function annotationValue(run: Execution, annotation: Expression, scope: Scope): Value {
  const before = run.annotating;
  run.annotating = true;
  try {
    return run.evaluate(annotation, scope);
  } catch (error) {
    if (!(error instanceof PythonException)) throw error;
    return run.opaque("is an annotation that cannot be evaluated", run.place(annotation));
  } finally {
    run.annotating = before;
  }
}
