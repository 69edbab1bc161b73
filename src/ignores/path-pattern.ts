import { type IgnoreRules, parseIgnoreRules } from "../files/gitignore.ts";

/**
 * Whether a file, or a folder that it is in, matches a pattern of `per-path-ignores`: the syntax of .gitignore,
 * which everybody who has the file knows, and whose patterns cannot be made to take long.
 */
export function pathMatcher(): (pattern: string, file: string) => boolean {
  const known = new Map<string, IgnoreRules>();
  return (pattern, file) => {
    const rules = known.get(pattern) ?? parseIgnoreRules(pattern);
    known.set(pattern, rules);
    const parts = file.split("/");
    return parts.some(
      (_, index) => rules(parts.slice(0, index + 1).join("/"), index < parts.length - 1) === true,
    );
  };
}
