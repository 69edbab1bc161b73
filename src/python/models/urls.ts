/** `urllib.parse` on text, as CPython 3.12 does it. Errors are answers: the caller raises them as ValueError. */

export interface SplitUrl {
  readonly scheme: string;
  readonly netloc: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

export interface ParsedUrl extends SplitUrl {
  readonly params: string;
}

/** What CPython would raise a ValueError with. */
export class UrlError extends Error {}

const usesParams = new Set([
  "",
  "ftp",
  "hdl",
  "prospero",
  "http",
  "https",
  "shttp",
  "rtsp",
  "rtsps",
  "rtspu",
  "sip",
  "sips",
  "mms",
  "sftp",
  "tel",
]);
const usesRelative = new Set([
  "",
  "ftp",
  "http",
  "gopher",
  "nntp",
  "imap",
  "wais",
  "file",
  "https",
  "shttp",
  "mms",
  "prospero",
  "rtsp",
  "rtsps",
  "rtspu",
  "sftp",
  "svn",
  "svn+ssh",
  "ws",
  "wss",
]);
const usesNetloc = new Set([
  ...usesRelative,
  "telnet",
  "snews",
  "rsync",
  "nfs",
  "git",
  "git+ssh",
  "sip",
  "sips",
]);

export function splitUrl(text: string, scheme = ""): SplitUrl {
  // Leading control characters and blanks go, and so do line breaks and tabs anywhere.
  let rest = text.replace(/^[\0-\x20]+/, "").replace(/[\t\r\n]/g, "");
  let found = scheme.trim();
  const before = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(rest);
  if (before?.[1] !== undefined) {
    found = before[1].toLowerCase();
    rest = rest.slice(before[0].length);
  }
  let netloc = "";
  if (rest.startsWith("//")) {
    const end = /[/?#]/.exec(rest.slice(2));
    netloc = end ? rest.slice(2, 2 + end.index) : rest.slice(2);
    rest = rest.slice(2 + netloc.length);
    checkBrackets(netloc);
  }
  const [beforeFragment, fragment] = partition(rest, "#");
  const [path, query] = partition(beforeFragment, "?");
  checkNormal(netloc);
  return { scheme: found, netloc, path, query, fragment };
}

function checkBrackets(netloc: string): void {
  if (netloc.includes("[") !== netloc.includes("]")) throw new UrlError("Invalid IPv6 URL");
  if (!netloc.includes("[")) return;
  const host = /\[(.*)\]/s.exec(netloc)?.[1] ?? "";
  if (host.startsWith("v")) {
    if (!/^v[a-fA-F0-9]+\..+$/.test(host)) throw new UrlError("IPvFuture address is invalid");
    return;
  }
  if (/^\d+(\.\d+){3}$/.test(host)) throw new UrlError("An IPv4 address cannot be in brackets");
  if (!isIPv6(host.replace(/%.+$/, "")))
    throw new UrlError(`'${host}' does not appear to be an IPv4 or IPv6 address`);
}

export function isIPv6(text: string): boolean {
  const lastColon = text.lastIndexOf(":");
  const tail = text.slice(lastColon + 1);
  // A dotted IPv4 tail takes the place of two groups.
  const groups = isIPv4(tail) ? `${text.slice(0, lastColon)}:0:0` : text;
  const halves = groups.split("::");
  if (halves.length > 2) return false;
  const parts = halves.map((half) => (half === "" ? [] : half.split(":")));
  const all = parts.flat();
  if (!all.every((group) => /^[0-9a-fA-F]{1,4}$/.test(group))) return false;
  return halves.length === 2 ? all.length <= 7 : all.length === 8;
}

export function isIPv4(text: string): boolean {
  return (
    /^(?:(?:0|[1-9]\d{0,2})(?:\.(?!$)|$)){4}$/.test(text) &&
    text.split(".").every((part) => Number(part) <= 255)
  );
}

function checkNormal(netloc: string): void {
  const plain = netloc.replace(/[@:#?]/g, "");
  const normal = plain.normalize("NFKC");
  if (plain !== normal && /[/?#@:]/.test(normal))
    throw new UrlError(`netloc '${netloc}' contains invalid characters under NFKC normalization`);
}

export function parseUrl(text: string, scheme = ""): ParsedUrl {
  const split = splitUrl(text, scheme);
  const { path } = split;
  const lastSlash = path.lastIndexOf("/");
  const semicolon = usesParams.has(split.scheme) ? path.indexOf(";", lastSlash === -1 ? 0 : lastSlash) : -1;
  if (semicolon === -1) return { ...split, params: "" };
  return { ...split, path: path.slice(0, semicolon), params: path.slice(semicolon + 1) };
}

function partition(text: string, separator: string): readonly [string, string] {
  const index = text.indexOf(separator);
  return index === -1 ? [text, ""] : [text.slice(0, index), text.slice(index + separator.length)];
}

export interface HostParts {
  readonly username: string | undefined;
  readonly password: string | undefined;
  readonly hostname: string | undefined;
  /** As written; `portOf` reads it. */
  readonly port: string | undefined;
}

export function hostParts(netloc: string): HostParts {
  const at = netloc.lastIndexOf("@");
  const userinfo = at === -1 ? undefined : netloc.slice(0, at);
  const colon = userinfo?.indexOf(":") ?? -1;
  const host = netloc.slice(at + 1);
  const bracketed = /^[^[]*\[([^\]]*)\]?(.*)$/s.exec(host);
  const [name, afterName] = bracketed
    ? [bracketed[1] ?? "", partition(bracketed[2] ?? "", ":")[1]]
    : partition(host, ":");
  const [address, zone] = partition(name, "%");
  const hostname = name.includes("%") ? `${address.toLowerCase()}%${zone}` : name.toLowerCase();
  return {
    username: userinfo === undefined ? undefined : colon === -1 ? userinfo : userinfo.slice(0, colon),
    password: userinfo === undefined || colon === -1 ? undefined : userinfo.slice(colon + 1),
    hostname: hostname === "" ? undefined : hostname,
    port: afterName === "" ? undefined : afterName,
  };
}

export function portOf(netloc: string): bigint | undefined {
  const { port } = hostParts(netloc);
  if (port === undefined) return undefined;
  if (!/^[0-9]+$/.test(port))
    throw new UrlError(`Port could not be cast to integer value as ${quoted(port)}`);
  const number = BigInt(port);
  if (number > 65535n) throw new UrlError("Port out of range 0-65535");
  return number;
}

function quoted(text: string): string {
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replace(/'/g, "\\'")}'`;
}

export function unsplitUrl({ scheme, netloc, path, query, fragment }: SplitUrl): string {
  let url = path;
  if (netloc !== "" || (scheme !== "" && usesNetloc.has(scheme) && !url.startsWith("//"))) {
    if (url !== "" && !url.startsWith("/")) url = `/${url}`;
    url = `//${netloc}${url}`;
  }
  if (scheme !== "") url = `${scheme}:${url}`;
  if (query !== "") url = `${url}?${query}`;
  return fragment === "" ? url : `${url}#${fragment}`;
}

export function unparseUrl(url: ParsedUrl): string {
  return unsplitUrl(url.params === "" ? url : { ...url, path: `${url.path};${url.params}` });
}

/** `urljoin`. */
export function joinUrl(base: string, url: string): string {
  if (base === "") return url;
  if (url === "") return base;
  const from = parseUrl(base);
  const to = parseUrl(url, from.scheme);
  if (to.scheme !== from.scheme || !usesRelative.has(to.scheme)) return url;
  if (usesNetloc.has(to.scheme) && to.netloc !== "") return unparseUrl(to);
  const { netloc } = from;
  if (to.path === "" && to.params === "") {
    return unparseUrl({ ...to, netloc, path: from.path, params: from.params, query: to.query || from.query });
  }
  return unparseUrl({ ...to, netloc, path: mergedPath(from.path, to.path) });
}

function mergedPath(base: string, path: string): string {
  const baseParts = base.split("/");
  if (baseParts.at(-1) !== "") baseParts.pop();
  let segments: string[];
  if (path.startsWith("/")) segments = path.split("/");
  else {
    segments = [...baseParts, ...path.split("/")];
    segments = segments.filter((part, index) => part !== "" || index === 0 || index === segments.length - 1);
  }
  const resolved: string[] = [];
  for (const segment of segments) {
    if (segment === "..") resolved.pop();
    else if (segment !== ".") resolved.push(segment);
  }
  if (segments.at(-1) === "." || segments.at(-1) === "..") resolved.push("");
  return resolved.join("/") || "/";
}

const encoder = new TextEncoder();
const alwaysSafe = /[A-Za-z0-9_.~-]/;

export function quote(text: string, safe = "/"): string {
  return quoteBytes(encoder.encode(text), safe);
}

export function quoteBytes(bytes: Uint8Array, safe: string): string {
  return [...bytes]
    .map((byte) => {
      const char = String.fromCharCode(byte);
      if (byte < 128 && (alwaysSafe.test(char) || safe.includes(char))) return char;
      return `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}

export function quotePlus(text: string, safe = ""): string {
  return text.includes(" ") ? quote(text, `${safe} `).replaceAll(" ", "+") : quote(text, safe);
}

export function unquoteToBytes(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const [token] of text.matchAll(/%[0-9A-Fa-f]{2}|[\s\S]/gu)) {
    if (token.length === 3 && token.startsWith("%")) bytes.push(Number.parseInt(token.slice(1), 16));
    else bytes.push(...encoder.encode(token));
  }
  return Uint8Array.from(bytes);
}

/** Percent signs that are no escape stay; bytes that are no UTF-8 become U+FFFD. */
export function unquote(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) =>
    new TextDecoder("utf-8", { ignoreBOM: true }).decode(unquoteToBytes(escapes)),
  );
}

export function unquotePlus(text: string): string {
  return unquote(text.replaceAll("+", " "));
}

/** Pairs of a query string, blank values left out unless asked for. */
export function parseQueryPairs(
  query: string,
  keepBlank = false,
  separator = "&",
): readonly (readonly [string, string])[] {
  return query
    .split(separator)
    .filter((pair) => pair !== "")
    .flatMap((pair): (readonly [string, string])[] => {
      const [name, value] = partition(pair, "=");
      if (value === "" && !keepBlank) return [];
      return [[unquotePlus(name), unquotePlus(value)]];
    });
}

/** `parse_qs`: every value of a name, in order of first mention. */
export function parseQuery(query: string, keepBlank = false): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [name, value] of parseQueryPairs(query, keepBlank)) {
    const values = found.get(name);
    if (values) values.push(value);
    else found.set(name, [value]);
  }
  return found;
}
