import { expect, test } from "vitest";
import { decode, maxBytes } from "../../src/files/decode.ts";

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.from(part))));

test.each([
  ["plain UTF-8", "a", bytes("é\n"), "é\n", "utf-8"],
  ["an empty file", "a", bytes(), "", "utf-8"],
  ["UTF-8 with a byte order mark", "a", bytes([0xef, 0xbb, 0xbf], "x"), "x", "utf-8-bom"],
  ["UTF-16, little end first", "a", bytes([0xff, 0xfe], [0x78, 0, 0xac, 0x20]), "x€", "utf-16le"],
  ["UTF-16, big end first", "a", bytes([0xfe, 0xff], [0, 0x78, 0x20, 0xac]), "x€", "utf-16be"],
  [
    "Latin-1 that says so",
    "a.py",
    bytes("# -*- coding: latin-1 -*-\n# ", [0xe9]),
    "# -*- coding: latin-1 -*-\n# é",
    "latin-1",
  ],
  [
    "Latin-1 that says so on line 2",
    "a.py",
    bytes("#!/bin/sh\n# vim: set fileencoding=iso-8859-1 :\n", [0xe9]),
    "#!/bin/sh\n# vim: set fileencoding=iso-8859-1 :\né",
    "latin-1",
  ],
  ["UTF-8 that says so", "a.py", bytes("# coding: utf8\né"), "# coding: utf8\né", "utf-8"],
  [
    "a declaration behind code, which counts for nothing",
    "a.py",
    bytes("x = 1\n# coding: latin-1\né"),
    "x = 1\n# coding: latin-1\né",
    "utf-8",
  ],
  [
    "a declaration in what is not Python",
    "a.txt",
    bytes("# coding: latin-1\né"),
    "# coding: latin-1\né",
    "utf-8",
  ],
] as const)("reads %s", (_, path, content, text, encoding) => {
  expect(decode(path, content)).toEqual({ kind: "text", text, encoding });
});

test.each([
  ["a binary file", "a", bytes("PK", [0, 1]), "is a binary file"],
  ["Latin-1", "a.py", bytes("# one\n# caf", [0xe9], "\n"), "is not valid UTF-8 (line 2)"],
  ["Latin-1 at the very end", "a.py", bytes("# one\n\n", [0xe9]), "is not valid UTF-8 (line 3)"],
  ["a character cut in two by the end of a line", "a.py", bytes([0xc3], "\n"), "is not valid UTF-8 (line 1)"],
  [
    "another encoding that says so",
    "a.py",
    bytes("# coding: koi8-r\n", [0xc1]),
    "says that it is encoded as koi8-r, not UTF-8",
  ],
  ["half a character of UTF-16", "a", bytes([0xff, 0xfe, 0x78]), "is not valid UTF-16"],
  ["UTF-32", "a", bytes([0xff, 0xfe, 0, 0, 0x78, 0, 0, 0]), "is UTF-32, not UTF-8"],
  ["too much", "a", new Uint8Array(maxBytes + 1).fill(0x61), "is larger than 5 MB"],
])("says why it does not read %s", (_, path, content, because) => {
  expect(decode(path, content)).toEqual({ kind: "unreadable", because });
});

test("reads as much as 5 MB", () => {
  expect(decode("a", new Uint8Array(maxBytes).fill(0x61)).kind).toBe("text");
});
