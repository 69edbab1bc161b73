import { join } from "./posix-path.ts";

/** `pathlib.PurePosixPath` on text: every path here is normalised, as `str(Path(...))` is. */

export function normalise(path: string): string {
  const root = path.startsWith("//") && !path.startsWith("///") ? "//" : path.startsWith("/") ? "/" : "";
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  return root + parts.join("/") || ".";
}

export function joined(first: string, ...others: readonly string[]): string {
  return normalise(join(first, ...others));
}

export function rootOf(path: string): string {
  return /^\/{0,2}/.exec(path)?.[0] ?? "";
}

/** The parts without the root. */
export function tailOf(path: string): readonly string[] {
  return path === "." ? [] : path.slice(rootOf(path).length).split("/").filter(Boolean);
}

export function partsOf(path: string): readonly string[] {
  const root = rootOf(path);
  return root === "" ? tailOf(path) : [root, ...tailOf(path)];
}

export function parentOf(path: string): string {
  const tail = tailOf(path);
  return tail.length === 0 ? path : rootOf(path) + tail.slice(0, -1).join("/") || ".";
}

export function parentsOf(path: string): readonly string[] {
  const parents: string[] = [];
  for (let one = path; parentOf(one) !== one; ) {
    one = parentOf(one);
    parents.push(one);
  }
  return parents;
}

export function nameOf(path: string): string {
  return tailOf(path).at(-1) ?? "";
}

export function suffixOf(path: string): string {
  const name = nameOf(path);
  const dot = name.lastIndexOf(".");
  return dot > 0 && dot < name.length - 1 ? name.slice(dot) : "";
}

export function suffixesOf(path: string): readonly string[] {
  const name = nameOf(path);
  if (name.endsWith(".")) return [];
  return name
    .replace(/^\.+/, "")
    .split(".")
    .slice(1)
    .map((suffix) => `.${suffix}`);
}

export function stemOf(path: string): string {
  const suffix = suffixOf(path);
  const name = nameOf(path);
  return suffix === "" ? name : name.slice(0, -suffix.length);
}

export function withName(path: string, name: string): string {
  return normalise(rootOf(path) + [...tailOf(path).slice(0, -1), name].join("/"));
}

/** The path as seen from `other`; undefined if it is not inside. */
export function relativeTo(path: string, other: string): string | undefined {
  const from = partsOf(other);
  const parts = partsOf(path);
  if (!from.every((part, index) => parts[index] === part)) return undefined;
  return parts.slice(from.length).join("/") || ".";
}

type GlobToken = { readonly star: true } | { readonly star: false; readonly test: (char: string) => boolean };

function globTokens(pattern: string): readonly GlobToken[] {
  const tokens: GlobToken[] = [];
  for (const [token, negated, set] of pattern.matchAll(/\[(!?)(\]?[^\]]*)\]|[\s\S]/gu)) {
    if (token === "*") tokens.push({ star: true });
    else if (token === "?") tokens.push({ star: false, test: () => true });
    else if (set) tokens.push({ star: false, test: (char) => inSet(char, set) !== (negated === "!") });
    else tokens.push({ star: false, test: (char) => char === token });
  }
  return tokens;
}

function inSet(char: string, set: string): boolean {
  for (const [range, low = "", high] of set.matchAll(/([\s\S])-([\s\S])|[\s\S]/gu))
    if (high === undefined ? char === range : low <= char && char <= high) return true;
  return false;
}

/** Whether a name matches one part of a glob pattern: `*`, `?` and `[…]`. Time grows with the product of the lengths at most. */
export function matchesPart(name: string, pattern: string): boolean {
  const tokens = globTokens(pattern);
  const chars = [...name];
  let [at, token] = [0, 0];
  let retry: { at: number; readonly token: number } | undefined;
  while (at < chars.length) {
    const one = tokens[token];
    if (one?.star) {
      token++;
      retry = { at, token };
    } else if (one?.test(chars[at] ?? "")) {
      at++;
      token++;
    } else if (retry) {
      retry.at++;
      at = retry.at;
      token = retry.token;
    } else return false;
  }
  return tokens.slice(token).every((one) => one.star);
}
