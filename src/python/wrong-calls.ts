/** What CPython 3.11 to 3.13 say of a function that is called with the wrong arguments, after its name. */

const plural = (count: number): string => (count === 1 ? "" : "s");

/** Too many by position: `named` is how many of those were given that can only be given by name. */
export function tooManyArguments(declared: number, defaults: number, given: number, named: number): string {
  const wanted = defaults > 0 ? `from ${declared - defaults} to ${declared}` : `${declared}`;
  const s = defaults > 0 || declared !== 1 ? "s" : "";
  const also =
    named > 0
      ? ` positional argument${plural(given)} (and ${named} keyword-only argument${plural(named)})`
      : "";
  const were = given === 1 && named === 0 ? "was" : "were";
  return `takes ${wanted} positional argument${s} but ${given}${also} ${were} given`;
}

export function missingArguments(kind: "positional" | "keyword-only", names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const listed =
    quoted.length <= 2 ? quoted.join(" and ") : `${quoted.slice(0, -1).join(", ")}, and ${quoted.at(-1)}`;
  return `missing ${names.length} required ${kind} argument${plural(names.length)}: ${listed}`;
}
