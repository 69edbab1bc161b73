import { normalName } from "./names.ts";

/** A dependency as PEP 508 writes it: `name[extra] >=1,<2 ; marker`, `name @ url`. */
export interface Dependency {
  /** Normalised (PEP 503). */
  readonly name: string;
  readonly extras: readonly string[];
  /** "" for any version. */
  readonly specifier: string;
  readonly marker: string | undefined;
  /** For `name @ url`: what is there may be any version, and bring anything. */
  readonly url: string | undefined;
}

const named = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*/;
const versions = /^\(?\s*((?:(?:===|~=|==|!=|<=|>=|<|>)\s*[^\s,;()]+\s*,?\s*)*)\)?\s*/;

/** Reads a dependency; undefined if the text is none. */
export function parseDependency(text: string): Dependency | undefined {
  const head = named.exec(text.trim());
  if (!head?.[1]) return undefined;
  const name = normalName(head[1]);
  const extras = (head[2] ?? "")
    .split(",")
    .map((extra) => normalName(extra.trim()))
    .filter((extra) => extra !== "");
  const rest = text.trim().slice(head[0].length);
  if (rest.startsWith("@")) {
    // A marker behind a URL needs a space before its semicolon, because URLs may hold one.
    const [url = "", marker] = splitOnce(rest.slice(1).trim(), /\s+;\s*/);
    return url === "" ? undefined : { name, extras, specifier: "", marker, url };
  }
  const specifier = versions.exec(rest);
  const after = rest.slice(specifier?.[0].length ?? 0).trim();
  if (after !== "" && !after.startsWith(";")) return undefined;
  return {
    name,
    extras,
    specifier: (specifier?.[1] ?? "").replace(/\s+/g, "").replace(/,$/, ""),
    marker: after.slice(1).trim() || undefined,
    url: undefined,
  };
}

/** The version of `==1.2`, if that is all there is: no wildcard, no range. */
export function pinnedVersion(specifier: string): string | undefined {
  return /^={2,3}([^,*]+)$/.exec(specifier)?.[1];
}

/** The name that a URL or path tells: `#egg=name`, a wheel's or an archive's file name, a repository's. */
export function nameInUrl(
  url: string,
): { readonly name: string; readonly extras: readonly string[] } | undefined {
  const [, egg, extras = ""] = /[#&]egg=([A-Za-z0-9._-]+)(?:\[([^\]]*)\])?/.exec(decodeSafely(url)) ?? [];
  if (egg) return { name: normalName(egg), extras: extras.split(",").map(normalName).filter(Boolean) };
  const path = url.replace(/[?#].*$/, "");
  const file = path.slice(path.lastIndexOf("/") + 1);
  const wheel = file.endsWith(".whl") ? /^([A-Za-z0-9_.]+?)-\d[^-]*-.*\.whl$/.exec(file)?.[1] : undefined;
  if (wheel) return { name: normalName(wheel), extras: [] };
  const archive = /^([A-Za-z0-9_.-]+?)-v?\d[\w.]*\.(?:tar\.gz|zip|tar\.bz2|tgz)$/.exec(file)?.[1];
  if (archive) return { name: normalName(archive), extras: [] };
  if (!/^git\+/.test(url)) return undefined;
  const repository = /\/([A-Za-z0-9_.-]+?)(?:\.git)?(?:@[^/]*)?$/.exec(path)?.[1];
  return repository ? { name: normalName(repository), extras: [] } : undefined;
}

function decodeSafely(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function splitOnce(text: string, by: RegExp): readonly [string, string | undefined] {
  const match = by.exec(text);
  return match
    ? [text.slice(0, match.index).trim(), text.slice(match.index + match[0].length).trim() || undefined]
    : [text, undefined];
}
