import type { Native } from "../builtins/define.ts";
import { take } from "../builtins/define.ts";
import type { Execution } from "../execution.ts";
import { unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { list, str } from "../make.ts";
import { typeName } from "../names.ts";
import { spaces } from "../text.ts";
import { joinedShape, shapeOf, type TextShape } from "../text-shape.ts";
import type { Value } from "../value.ts";
import { dependingOn } from "../value.ts";
import { integer, isAbsent, selfText, textOf } from "./str-arguments.ts";

/** `split` and `rsplit`. */
export const splitting =
  (fromRight: boolean): Native =>
  (run, args) => {
    const [self, separator, maximum] = take(run, "split", args, ["self", "sep", "maxsplit"], 1);
    const text = selfText(run, args);
    const most = integer(run, maximum, -1, args);
    const parts = isAbsent(separator)
      ? splitSpaces(text, most, fromRight)
      : splitBy(run, text, textOf(run, separator, args, "must be str or None"), most, fromRight, args);
    run.budget.make(parts.length);
    return list(
      parts.map((part) => str(part, args.at, self?.env)),
      args.at,
      self?.env,
    );
  };

function splitSpaces(text: string, most: number, fromRight: boolean): string[] {
  const trimmed = text.replace(new RegExp(`^[${spaces}]+`), "");
  const words = trimmed.split(new RegExp(`[${spaces}]+`)).filter((word) => word !== "");
  if (most < 0 || words.length <= most) return words;
  const gap = new RegExp(`[${spaces}]+`);
  if (fromRight) {
    let rest = text.replace(new RegExp(`[${spaces}]+$`), "");
    const parts: string[] = [];
    while (parts.length < most) {
      const found = new RegExp(`^(.*?)[${spaces}]*([^${spaces}]+)$`, "s").exec(rest);
      if (!found) break;
      parts.unshift(found[2] ?? "");
      rest = found[1] ?? "";
    }
    return rest === "" ? parts : [rest, ...parts];
  }
  let rest = trimmed;
  const parts: string[] = [];
  while (parts.length < most) {
    const found = gap.exec(rest);
    if (!found) break;
    parts.push(rest.slice(0, found.index));
    rest = rest.slice(found.index + found[0].length);
  }
  return rest === "" ? parts : [...parts, rest];
}

function splitBy(
  run: Execution,
  text: string,
  separator: string,
  most: number,
  fromRight: boolean,
  args: Args,
): string[] {
  if (separator === "") return run.raise("ValueError", "empty separator", args.at);
  const parts = text.split(separator);
  if (most < 0 || parts.length - 1 <= most) return parts;
  if (fromRight)
    return [parts.slice(0, parts.length - most).join(separator), ...parts.slice(parts.length - most)];
  return [...parts.slice(0, most), parts.slice(most).join(separator)];
}

/** `separator.join(parts)`. With a part that is not known, how the text begins may be. */
export const join: Native = (run, args) => {
  const { at } = args;
  const [self, parts] = take(run, "join", args, ["self", "iterable"], 2);
  if (!self || !parts) return str("");
  if (self.kind === "opaque") return run.opaque(self.because, at, [self, parts], { type: "str" });
  const separator = selfText(run, args);
  const walk = run.iterator(parts, at);
  if ("kind" in walk)
    return run.opaque(walk.because, at, [self, parts], {
      type: "str",
      ...(walk.truth && walk.type === "list" ? { truth: true } : {}),
    });
  const texts: string[] = [];
  const unknown: Value[] = walk.open ? [walk.open] : [];
  const shapes: (string | TextShape)[] = [];
  let env = parts.env;
  for (let item = walk.next(); item; item = walk.next()) {
    env = dependingOn(str("", at, env), item.env).env;
    const text = unwrap(item);
    if (texts.length > 0) shapes.push(separator);
    if (text.kind === "opaque") {
      shapes.push(shapeOf(text));
      unknown.push(text);
      texts.push("");
    } else if (text.kind === "str") {
      shapes.push(text.value);
      texts.push(text.value);
      run.budget.make(text.value.length + separator.length);
    } else
      return run.raise(
        "TypeError",
        `sequence item ${texts.length}: expected str instance, ${typeName(item)} found`,
        at,
      );
  }
  const whole = texts.join(separator);
  const [reason] = unknown;
  if (reason?.kind !== "opaque") return str(whole, at, env);
  const isTrue =
    whole !== "" || unknown.some((value) => value.kind === "opaque" && value.truth && value !== walk.open);
  return dependingOn(
    run.opaque(reason.because, at, unknown, {
      type: "str",
      ...(walk.open ? {} : joinedShape(shapes)),
      ...(isTrue ? { truth: true } : {}),
    }),
    env,
  );
};
