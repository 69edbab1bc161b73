import { baseException, exceptionClasses, exceptionOf } from "./exceptions.ts";
import type { Execution } from "./execution.ts";
import { list, none } from "./make.ts";
import { specialMethod } from "./names.ts";
import { PythonException } from "./raised.ts";
import { types } from "./types.ts";
import type { Class, Instance, Value } from "./value.ts";

/** Exceptions that hold others: https://docs.python.org/3.14/library/exceptions.html#exception-groups */

const groupClass = exceptionClasses.get("ExceptionGroup") ?? types.object;
const baseGroupClass = exceptionClasses.get("BaseExceptionGroup") ?? types.object;
const exceptionClass = exceptionClasses.get("Exception") ?? types.object;

export function isGroup(value: Value): value is Instance {
  return value.kind === "instance" && value.class.mro.includes(baseGroupClass);
}

function partsOf(group: Instance): readonly Value[] {
  const parts = group.attributes.get("exceptions");
  return parts?.kind === "tuple" ? parts.items : [];
}

/** `BaseExceptionGroup.__new__`: the class that the arguments ask for, once they are what they have to be. */
export function groupClassFor(run: Execution, of: Class, args: readonly Value[]): Class {
  const [message, given] = args;
  if (!message || !given || args.length > 2)
    return run.raise(
      "TypeError",
      `BaseExceptionGroup.__new__() takes exactly 2 arguments (${args.length} given)`,
    );
  if (message.kind !== "str" && message.kind !== "opaque" && message.kind !== "instance")
    run.raise(
      "TypeError",
      `BaseExceptionGroup.__new__() argument 1 must be str, not ${run.classOf(message).name}`,
    );
  if (given.kind === "opaque") return of;
  if (given.kind !== "list" && given.kind !== "tuple")
    return run.raise("TypeError", "second argument (exceptions) must be a sequence");
  if (given.items.length === 0 && !given.open)
    return run.raise("ValueError", "second argument (exceptions) must be a non-empty sequence");
  for (const [i, item] of given.items.entries())
    if (item.kind !== "opaque" && !(item.kind === "instance" && item.class.mro.includes(baseException)))
      run.raise("ValueError", `Item ${i} of second argument (exceptions) is not an exception`);
  const isPlain = given.items.every(
    (item) => item.kind === "instance" && item.class.mro.includes(exceptionClass),
  );
  if (of === baseGroupClass && isPlain && !given.open) return groupClass;
  const isUnknown = given.items.some((item) => item.kind === "opaque");
  if (!isPlain && !isUnknown && of.mro.includes(exceptionClass)) {
    const name = of === groupClass ? "an ExceptionGroup" : `'${of.name}'`;
    return run.raise("TypeError", `Cannot nest BaseExceptions in ${name}`);
  }
  return of;
}

/** `group.derive(exceptions)`, with what goes over to the new group. */
function derive(run: Execution, group: Instance, parts: readonly Value[]): Instance {
  const own = specialMethod(group, "derive");
  const message = group.attributes.get("message") ?? none();
  const given = list([...parts]);
  const made = own
    ? run.call(own, [group, given])
    : exceptionOf(groupClassFor(run, baseGroupClass, [message, given]), [message, given]);
  if (!isGroup(made)) return run.raise("TypeError", "derive must return an instance of BaseExceptionGroup");
  for (const name of ["__cause__", "__context__", "__traceback__", "__notes__"]) {
    const value = group.attributes.get(name);
    if (value) made.attributes.set(name, value);
  }
  return made;
}

/** The part of an exception that passes a test, and the part that does not. */
export function split(
  run: Execution,
  value: Instance,
  passes: (exception: Instance) => boolean,
): readonly [Instance | undefined, Instance | undefined] {
  if (passes(value)) return [value, undefined];
  if (!isGroup(value)) return [undefined, value];
  const [matching, others]: [Instance[], Instance[]] = [[], []];
  for (const part of partsOf(value)) {
    if (part.kind !== "instance") continue;
    const [match, other] = split(run, part, passes);
    if (match) matching.push(match);
    if (other) others.push(other);
  }
  const group = (parts: readonly Instance[]) => (parts.length > 0 ? derive(run, value, parts) : undefined);
  return [group(matching), group(others)];
}

/** A group without a message, as `except*` makes it of what is none. */
export function wrapped(run: Execution, parts: readonly Instance[]): Instance {
  const args: Value[] = [{ kind: "str", value: "", at: undefined, env: [] }, list([...parts])];
  return exceptionOf(groupClassFor(run, baseGroupClass, args), args);
}

/** The exceptions in a group that are none themselves. */
function leaves(value: Instance): readonly Instance[] {
  if (!isGroup(value)) return [value];
  return partsOf(value).flatMap((part) => (part.kind === "instance" ? leaves(part) : []));
}

/**
 * What goes on up after the handlers of `except*`: what they have raised anew, and that part of the original which
 * no handler took, or which was raised again.
 */
export function afterHandlers(
  run: Execution,
  original: PythonException,
  rest: Instance | undefined,
  raised: readonly PythonException[],
  handled: ReadonlySet<Instance>,
): PythonException | undefined {
  const again = raised.filter(({ value }) => handled.has(value)).map(({ value }) => value);
  const anew = raised.filter(({ value }) => !handled.has(value));
  const kept = new Set([...(rest ? [rest] : []), ...again].flatMap(leaves));
  const projected = isGroup(original.value)
    ? split(run, original.value, (one) => kept.has(one))[0]
    : kept.size > 0
      ? original.value
      : undefined;
  if (anew.length === 0) return projected && new PythonException(projected, original.at, original.env);
  const [first = original] = anew;
  const parts = [...anew.map(({ value }) => value), ...(projected ? [projected] : [])];
  return new PythonException(wrapped(run, parts), first.at, first.env);
}
