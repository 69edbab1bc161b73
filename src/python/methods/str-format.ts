import type { Execution } from "../execution.ts";
import { formatted } from "../format.ts";
import type { Args } from "../machine.ts";
import { envOf, int, str } from "../make.ts";
import { joinedShape, shapeOf, type TextShape } from "../text-shape.ts";
import type { Opaque, Value } from "../value.ts";
import { dependingOn } from "../value.ts";

/** `text.format(…)`: https://docs.python.org/3.14/library/string.html#format-string-syntax */
export function formatMethod(
  run: Execution,
  text: string,
  positional: readonly Value[],
  named: ReadonlyMap<string, Value> | Value | undefined,
  args: Args,
): Value {
  const { at } = args;
  if (args.open) return run.opaque(args.open.because, at, [args.open], { type: "str" });
  const state = { next: 0, style: undefined as "automatic" | "manual" | undefined };
  const unknown: Opaque[] = [];
  const used: Value[] = [];
  const parts: (string | TextShape)[] = [];

  const lookup = (name: string): Value => {
    if (name === "") {
      if (state.style === "manual")
        return run.raise(
          "ValueError",
          "cannot switch from manual field specification to automatic field numbering",
          at,
        );
      state.style = "automatic";
      return byIndex(state.next++);
    }
    if (/^\d+$/.test(name)) {
      if (state.style === "automatic")
        return run.raise(
          "ValueError",
          "cannot switch from automatic field numbering to manual field specification",
          at,
        );
      state.style = "manual";
      return byIndex(Number(name));
    }
    if (named && "kind" in named) return run.subscript(named, str(name, at), at);
    return (named instanceof Map ? named.get(name) : undefined) ?? run.raise("KeyError", name, at);
  };
  const byIndex = (index: number): Value =>
    positional[index] ??
    run.raise("IndexError", `Replacement index ${index} out of range for positional args tuple`, at);

  const expand = (template: string, depth: number): string => {
    if (depth > 1) return run.raise("ValueError", "Max string recursion exceeded", at);
    let done = "";
    for (let i = 0; i < template.length; ) {
      const c = template[i];
      if (c === "{" && template[i + 1] !== "{") {
        const end = closing(template, i);
        if (end < 0)
          return run.raise(
            "ValueError",
            i === template.length - 1
              ? "Single '{' encountered in format string"
              : "expected '}' before end of string",
            at,
          );
        const shown = field(template.slice(i + 1, end), depth);
        if (depth === 0) parts.push(typeof shown === "string" ? shown : shapeOf(shown));
        if (typeof shown === "string") done += shown;
        else unknown.push(shown);
        i = end + 1;
        continue;
      }
      if (c === "}" && template[i + 1] !== "}")
        return run.raise("ValueError", "Single '}' encountered in format string", at);
      done += c;
      if (depth === 0) parts.push(c ?? "");
      i += c === "{" || c === "}" ? 2 : 1;
    }
    return done;
  };

  const field = (body: string, depth: number): string | Opaque => {
    const found = /^([^!:[\].]*)((?:\.[^.[!:]*|\[[^\]]*\])*)(?:!(.))?(?::(.*))?$/su.exec(body);
    if (!found) return run.raise("ValueError", "invalid format string", at);
    const [, name = "", path = "", conversion, spec = ""] = found;
    let value = lookup(name);
    for (const step of path.matchAll(/\.([^.[]*)|\[([^\]]*)\]/g)) {
      const [, attribute, key = ""] = step;
      if (attribute !== undefined) value = run.attribute(value, attribute, at);
      else value = run.subscript(value, /^\d+$/.test(key) ? int(BigInt(key), at) : str(key, at), at);
    }
    used.push(value);
    const code = conversion === undefined ? -1 : conversion.charCodeAt(0);
    if (conversion !== undefined && !"sra".includes(conversion))
      return run.raise("ValueError", `Unknown conversion specifier '${conversion}'`, at);
    return formatted(run, value, code, spec === "" ? undefined : str(expand(spec, depth + 1)), at);
  };

  const done = expand(text, 0);
  run.budget.make(done.length);
  const env = envOf(used);
  const [first] = unknown;
  if (!first) return str(done, at, env);
  const details = {
    type: "str",
    ...joinedShape(parts),
    ...(done !== "" || unknown.some(({ truth }) => truth) ? { truth: true } : {}),
  };
  return dependingOn(run.opaque(first.because, at, unknown, details), env);
}

/** Where the field that opens at `start` closes. */
function closing(template: string, start: number): number {
  let depth = 0;
  for (let i = start; i < template.length; i++) {
    if (template[i] === "{") depth++;
    else if (template[i] === "}" && --depth === 0) return i;
  }
  return -1;
}
