import type { FileRead } from "./project-files.ts";

/** Files above this are not read: nothing that decides a deployment is that large. */
export const maxBytes = 5 * 1024 * 1024;

/** Why a file above `maxBytes` is not read. */
export const tooLarge: FileRead = { kind: "unreadable", because: "is larger than 5 MB" };

/** As far as git looks for a NUL before it calls a file binary. */
const firstBlock = 8000;

/** The labels under which `TextDecoder` knows them; it takes the byte order mark off itself. */
const labels = {
  "utf-8": "utf-8",
  "utf-8-bom": "utf-8",
  "utf-16le": "utf-16le",
  "utf-16be": "utf-16be",
} as const;
type Unicode = keyof typeof labels;

/** How a file may begin, longest first: UTF-32's mark begins like that of UTF-16. */
const marks: readonly { readonly bytes: readonly number[]; readonly encoding: Unicode | "utf-32" }[] = [
  { bytes: [0xff, 0xfe, 0x00, 0x00], encoding: "utf-32" },
  { bytes: [0x00, 0x00, 0xfe, 0xff], encoding: "utf-32" },
  { bytes: [0xef, 0xbb, 0xbf], encoding: "utf-8-bom" },
  { bytes: [0xff, 0xfe], encoding: "utf-16le" },
  { bytes: [0xfe, 0xff], encoding: "utf-16be" },
];

/** How a SQLite database begins: https://www.sqlite.org/fileformat.html#magic_header_string */
const sqlite = [...Buffer.from("SQLite format 3\0")];

/** Names of ISO 8859-1, as Python normalises them, and of encodings that UTF-8 is or contains. */
const latin1 = /^(latin[-_]?1|l1|iso[-_]?8859[-_]1)$/i;
const utf8 = /^(utf[-_]?8(-sig)?|u8|us-ascii|ascii)$/i;

/** A file's bytes as text. Only a Python file can say that it is in another encoding (PEP 263). */
export function decode(path: string, bytes: Uint8Array): FileRead {
  if (bytes.length > maxBytes) return tooLarge;
  const encoding = marks.find((mark) => mark.bytes.every((byte, at) => bytes[at] === byte))?.encoding;
  if (encoding === "utf-32") return { kind: "unreadable", because: "is UTF-32, not UTF-8" };
  if (encoding === undefined && bytes.subarray(0, firstBlock).includes(0)) {
    const isDatabase = sqlite.every((byte, at) => bytes[at] === byte);
    return { kind: "unreadable", because: isDatabase ? "is a SQLite database" : "is a binary file" };
  }
  const declared = encoding === undefined && path.endsWith(".py") ? declaredEncoding(bytes) : undefined;
  if (declared !== undefined && latin1.test(declared)) {
    return { kind: "text", text: Buffer.from(bytes).toString("latin1"), encoding: "latin-1" };
  }
  if (declared !== undefined && !utf8.test(declared)) {
    return { kind: "unreadable", because: `says that it is encoded as ${declared}, not UTF-8` };
  }
  return decodeAs(encoding ?? "utf-8", bytes);
}

function decodeAs(encoding: Unicode, bytes: Uint8Array): FileRead {
  try {
    const text = new TextDecoder(labels[encoding], { fatal: true }).decode(bytes);
    return { kind: "text", text, encoding };
  } catch {
    const name = encoding.startsWith("utf-8") ? "UTF-8" : "UTF-16";
    return { kind: "unreadable", because: `is not valid ${name}${firstFault(encoding, bytes)}` };
  }
}

/** The line of the first wrong byte, so that it can be found in an editor. */
function firstFault(encoding: Unicode, bytes: Uint8Array): string {
  if (!encoding.startsWith("utf-8")) return "";
  // No byte of a character outside ASCII equals a line feed, so lines can be decoded one by one.
  let line = 1;
  for (let start = 0; start <= bytes.length; line += 1) {
    const feed = bytes.indexOf(0x0a, start);
    const end = feed === -1 ? bytes.length : feed;
    try {
      new TextDecoder("utf-8", { fatal: true }).decode(bytes.subarray(start, end));
    } catch {
      return ` (line ${line})`;
    }
    start = end + 1;
  }
  return "";
}

/** The encoding that one of the first two lines names: https://peps.python.org/pep-0263/#defining-the-encoding */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, 400))
    .toString("latin1")
    .split(/\r\n|\r|\n/, 2);
  for (const line of head) {
    const cookie = /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1];
    if (cookie !== undefined) return cookie;
    // Only a comment or an empty line may stand before it.
    if (!/^[ \t\f]*(#.*)?$/.test(line)) return undefined;
  }
  return undefined;
}
