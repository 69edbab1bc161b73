/** JSON as CPython's `json` reads it: whole numbers stay whole, NaN is allowed, and errors say where. */

import { limits } from "../budget.ts";
import { Stopped } from "../raised.ts";
import { tooDeep } from "../stack.ts";

/** How the reader makes values: of the caller's choosing. */
export interface JsonMaker<V> {
  constant(value: null | boolean | bigint | number): V;
  text(value: string): V;
  array(items: readonly V[]): V;
  object(entries: readonly (readonly [string, V])[]): V;
}

/** `message` is JSONDecodeError's: "Expecting value: line 1 column 1 (char 0)". */
export class JsonError extends Error {}

export function readJson<V>(source: string, make: JsonMaker<V>): V {
  let position = 0;
  const fail = (message: string, at = position): never => {
    const before = source.slice(0, at);
    const line = before.split("\n").length;
    throw new JsonError(`${message}: line ${line} column ${at - before.lastIndexOf("\n")} (char ${at})`);
  };
  const skip = (): void => {
    while (" \t\n\r".includes(source[position] ?? "x")) position++;
  };
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    const match = pattern.exec(source);
    if (match) position += match[0].length;
    return match?.[0];
  };

  function value(depth: number): V {
    if (depth > limits.nesting) throw new Stopped(tooDeep);
    const char = source[position];
    if (char === '"') return make.text(text());
    if (char === "{") return object(depth);
    if (char === "[") return array(depth);
    for (const [word, constant] of words)
      if (source.startsWith(word, position)) {
        position += word.length;
        return make.constant(constant);
      }
    const number = take(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y);
    if (number === undefined) return fail("Expecting value");
    return make.constant(/[.eE]/.test(number) ? Number(number) : BigInt(number));
  }

  function array(depth: number): V {
    position++;
    const items: V[] = [];
    skip();
    if (source[position] === "]") {
      position++;
      return make.array(items);
    }
    for (;;) {
      items.push(value(depth + 1));
      skip();
      const next = source[position++];
      if (next === "]") return make.array(items);
      if (next !== ",") return fail("Expecting ',' delimiter", position - 1);
      skip();
    }
  }

  function object(depth: number): V {
    position++;
    const entries: (readonly [string, V])[] = [];
    skip();
    if (source[position] === "}") {
      position++;
      return make.object(entries);
    }
    for (;;) {
      if (source[position] !== '"') return fail("Expecting property name enclosed in double quotes");
      const key = text();
      skip();
      if (source[position] !== ":") return fail("Expecting ':' delimiter");
      position++;
      skip();
      entries.push([key, value(depth + 1)]);
      skip();
      const next = source[position++];
      if (next === "}") return make.object(entries);
      if (next !== ",") return fail("Expecting ',' delimiter", position - 1);
      skip();
    }
  }

  function text(): string {
    const start = position++;
    let read = "";
    for (;;) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: which JSON forbids in text
      read += take(/[^"\\\0-\x1f]*/y) ?? "";
      const char = source[position];
      if (char === undefined) return fail("Unterminated string starting at", start);
      if (char === '"') {
        position++;
        return read;
      }
      if (char !== "\\") return fail("Invalid control character at");
      const letter = source[position + 1];
      if (letter === undefined) return fail("Unterminated string starting at", start);
      if (letter === "u") {
        position += 2;
        const code = take(/[0-9a-fA-F]{4}/y);
        if (code === undefined) return fail("Invalid \\uXXXX escape", position - 1);
        read += String.fromCharCode(Number.parseInt(code, 16));
        continue;
      }
      const plain = escapes[letter];
      if (plain === undefined) return fail("Invalid \\escape");
      read += plain;
      position += 2;
    }
  }

  skip();
  const read = value(0);
  skip();
  return position < source.length ? fail("Extra data") : read;
}

const words: readonly (readonly [string, null | boolean | number])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", Number.NaN],
  ["Infinity", Infinity],
  ["-Infinity", -Infinity],
];
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** A text as `json.dumps` writes it. */
export function writeText(text: string, ascii: boolean): string {
  const quoted = JSON.stringify(text);
  const code = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return ascii ? quoted.replace(/[\x7f-\uffff]/g, code) : quoted;
}
