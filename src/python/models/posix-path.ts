/** Path arithmetic on text, as CPython's `posixpath` does it. */

export function join(first: string, ...others: readonly string[]): string {
  let path = first;
  for (const part of others) {
    if (part.startsWith("/")) path = part;
    else if (path === "" || path.endsWith("/")) path += part;
    else path += `/${part}`;
  }
  return path;
}

export function split(path: string): readonly [head: string, tail: string] {
  const slash = path.lastIndexOf("/") + 1;
  const head = path.slice(0, slash);
  return [/^\/*$/.test(head) ? head : head.replace(/\/+$/, ""), path.slice(slash)];
}

export function dirname(path: string): string {
  return split(path)[0];
}

export function basename(path: string): string {
  return split(path)[1];
}

export function splitext(path: string): readonly [root: string, extension: string] {
  const nameStart = path.lastIndexOf("/") + 1;
  const dot = path.lastIndexOf(".");
  // Leading dots are part of the name: ".bashrc" has no extension.
  if (dot < nameStart || /^\.*$/.test(path.slice(nameStart, dot))) return [path, ""];
  return [path.slice(0, dot), path.slice(dot)];
}

export function isabs(path: string): boolean {
  return path.startsWith("/");
}

export function normpath(path: string): string {
  if (path === "") return ".";
  const root = path.startsWith("//") && !path.startsWith("///") ? "//" : path.startsWith("/") ? "/" : "";
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part !== ".." || (root === "" && parts.length === 0) || parts.at(-1) === "..") parts.push(part);
    else parts.pop();
  }
  return root + parts.join("/") || ".";
}

export function abspath(path: string, cwd: string): string {
  return normpath(isabs(path) ? path : join(cwd, path));
}

export function relpath(path: string, start: string, cwd: string): string {
  const from = abspath(start, cwd).split("/").filter(Boolean);
  const to = abspath(path, cwd).split("/").filter(Boolean);
  let shared = 0;
  while (shared < Math.min(from.length, to.length) && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => ".."), ...to.slice(shared)].join("/") || ".";
}

/** The longest sub-path that all share; undefined where CPython refuses: none given, or relative and absolute mixed. */
export function commonpath(paths: readonly string[]): string | undefined {
  const absolute = new Set(paths.map(isabs));
  if (absolute.size !== 1) return undefined;
  const split = paths.map((path) => path.split("/").filter((part) => part !== "" && part !== "."));
  const first = split.reduce((a, b) => (b.length < a.length ? b : a));
  const shared = first.findIndex((part, index) => split.some((parts) => parts[index] !== part));
  return (absolute.has(true) ? "/" : "") + first.slice(0, shared === -1 ? undefined : shared).join("/");
}

export function commonprefix(texts: readonly string[]): string {
  const [first = ""] = texts;
  let length = 0;
  while (length < first.length && texts.every((text) => text[length] === first[length])) length++;
  return first.slice(0, length);
}
