import { limits } from "../budget.ts";
import type { Native } from "../builtins/define.ts";
import { addMethods, take } from "../builtins/define.ts";
import type { Execution } from "../execution.ts";
import { unwrap } from "../internal.ts";
import type { Args } from "../machine.ts";
import { bool, bytes, int, list, str, tuple } from "../make.ts";
import { charactersOf, lengthOf, linesOf, pythonIndex, spaces } from "../text.ts";
import { types } from "../types.ts";
import type { Value } from "../value.ts";
import { encodeText } from "./encodings.ts";
import { integer, isAbsent, selfText, textOf } from "./str-arguments.ts";
import { formatMethod } from "./str-format.ts";
import { join, splitting } from "./str-parts.ts";
import { textTests } from "./str-tests.ts";

/** A method that maps text to text. */
const mapped =
  (change: (text: string) => string): Native =>
  (run, args) =>
    str(change(selfText(run, args)), args.at);

/**
 * The first letter as in a title: one that has two capitals keeps the second small ("ß" → "Ss"), and three have a
 * letter of their own for it ("ǆ" → "ǅ").
 */
const titleCase = (letter: string) =>
  digraphs.get(letter.toUpperCase()) ??
  [...letter.toUpperCase()].map((c, i) => (i === 0 ? c : c.toLowerCase())).join("");
const digraphs = new Map([
  ["Ǆ", "ǅ"],
  ["Ǉ", "ǈ"],
  ["Ǌ", "ǋ"],
  ["Ǳ", "ǲ"],
]);
const capital = (text: string) =>
  [...text].map((c, i) => (i === 0 ? titleCase(c) : c.toLowerCase())).join("");
const title = (text: string) => text.replace(/\p{L}+/gu, capital);
const swap = (text: string) =>
  [...text]
    .map((c) => (/\p{Lt}/u.test(c) ? c : c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase()))
    .join("");

const stripping =
  (sides: "both" | "left" | "right"): Native =>
  (run, args) => {
    const text = selfText(run, args);
    const [, wanted] = take(run, "strip", args, ["self", "chars"], 1);
    const stray = isAbsent(wanted) ? new RegExp(`[${spaces}]`) : undefined;
    const characters = isAbsent(wanted) ? "" : textOf(run, wanted, args, "strip arg must be None or str");
    const isStray = (c: string | undefined) =>
      c !== undefined && (stray ? stray.test(c) : characters.includes(c));
    const all = charactersOf(text);
    let [from, to] = [0, all.length];
    if (sides !== "right") while (from < to && isStray(all[from])) from++;
    if (sides !== "left") while (to > from && isStray(all[to - 1])) to--;
    const kept = typeof all === "string" ? all.slice(from, to) : all.slice(from, to).join("");
    return str(kept, args.at);
  };

/** `startswith` and `endswith`, of one text or any of a tuple, within bounds. */
const edge =
  (test: (text: string, part: string) => boolean, name: string): Native =>
  (run, args) => {
    const [self, wanted, start, end] = take(run, name, args, ["self", "prefix", "start", "end"], 2);
    const text = within(run, selfText(run, args), start, end, args).text;
    const value = wanted && unwrap(wanted);
    const parts = value?.kind === "tuple" ? value.items : [wanted];
    const texts = parts.map((part) =>
      textOf(run, part, args, `${name} first arg must be str or a tuple of str`),
    );
    if (self) for (const part of texts) run.candidate(self, part);
    const isPast = integer(run, start, 0, args) > lengthOf(selfText(run, args));
    return bool(!isPast && texts.some((part) => test(text, part)), args.at);
  };

/** The part of a text between two bounds as slices have them, and where it begins. */
function within(run: Execution, text: string, start: Value | undefined, end: Value | undefined, args: Args) {
  if (isAbsent(start) && isAbsent(end)) return { text, from: 0 };
  const all = charactersOf(text);
  const bound = (value: Value | undefined, usual: number) => {
    const index = integer(run, value, usual, args);
    return Math.min(index < 0 ? Math.max(index + all.length, 0) : index, all.length);
  };
  const from = bound(start, 0);
  const part = all.slice(from, Math.max(bound(end, all.length), from));
  return { text: typeof part === "string" ? part : part.join(""), from };
}

/** `find`, `index` and their kin: -1 or an error where the part is not there. */
const finding =
  (name: string, search: (text: string, part: string) => number, raises: boolean): Native =>
  (run, args) => {
    const [, wanted, start, end] = take(run, name, args, ["self", "sub", "start", "end"], 2);
    const { text, from } = within(run, selfText(run, args), start, end, args);
    const found = pythonIndex(text, search(text, textOf(run, wanted, args, "must be str")));
    if (found < 0 && raises) return run.raise("ValueError", "substring not found", args.at);
    return int(found < 0 ? found : found + from, args.at);
  };

const partitioning =
  (fromRight: boolean): Native =>
  (run, args) => {
    const [, wanted] = take(run, "partition", args, ["self", "sep"], 2);
    const text = selfText(run, args);
    const separator = textOf(run, wanted, args, "must be str");
    if (separator === "") return run.raise("ValueError", "empty separator", args.at);
    const index = fromRight ? text.lastIndexOf(separator) : text.indexOf(separator);
    const parts =
      index >= 0
        ? [text.slice(0, index), separator, text.slice(index + separator.length)]
        : fromRight
          ? ["", "", text]
          : [text, "", ""];
    return tuple(
      parts.map((part) => str(part, args.at, args.positional[0]?.env)),
      args.at,
    );
  };

const padding =
  (name: string, place: (room: number, width: number) => [number, number]): Native =>
  (run, args) => {
    const [, width, fill] = take(run, name, args, ["self", "width", "fillchar"], 2);
    const text = selfText(run, args);
    const size = integer(run, width, 0, args);
    const filler = fill ? textOf(run, fill, args) : " ";
    if (lengthOf(filler) !== 1)
      return run.raise("TypeError", "The fill character must be exactly one character long", args.at);
    const room = size - lengthOf(text);
    if (room <= 0) return str(text, args.at);
    if (room > limits.size)
      return run.opaque("makes a very large text", args.at, args.positional, { type: "str", truth: true });
    run.budget.make(room);
    const [left, right] = place(room, size);
    return str(filler.repeat(left) + text + filler.repeat(right), args.at);
  };

const replace: Native = (run, args) => {
  const [, from, to, count] = take(run, "replace", args, ["self", "old", "new", "count"], 3);
  const text = selfText(run, args);
  const old = textOf(run, from, args, "replace() argument 1 must be str");
  const fresh = textOf(run, to, args, "replace() argument 2 must be str");
  const most = integer(run, count, -1, args);
  const parts = old === "" ? ["", ...text, ""] : text.split(old);
  const done = most < 0 ? parts.length - 1 : Math.min(most, parts.length - 1);
  if (fresh.length * done > limits.size)
    return run.opaque("makes a very large text", args.at, args.positional, { type: "str" });
  run.budget.make(text.length + fresh.length * done);
  const rest = parts.slice(done).join(old);
  return str([...parts.slice(0, done), rest].join(fresh), args.at);
};

const methods: Readonly<Record<string, Native>> = {
  lower: mapped((text) => text.toLowerCase()),
  upper: mapped((text) => text.toUpperCase()),
  casefold: mapped((text) => text.toLowerCase().replaceAll("ß", "ss")),
  capitalize: mapped(capital),
  title: mapped(title),
  swapcase: mapped(swap),
  strip: stripping("both"),
  lstrip: stripping("left"),
  rstrip: stripping("right"),
  split: splitting(false),
  rsplit: splitting(true),
  partition: partitioning(false),
  rpartition: partitioning(true),
  startswith: edge((text, part) => text.startsWith(part), "startswith"),
  endswith: edge((text, part) => text.endsWith(part), "endswith"),
  find: finding("find", (text, part) => text.indexOf(part), false),
  rfind: finding("rfind", (text, part) => text.lastIndexOf(part), false),
  index: finding("index", (text, part) => text.indexOf(part), true),
  rindex: finding("rindex", (text, part) => text.lastIndexOf(part), true),
  ljust: padding("ljust", (room) => [0, room]),
  rjust: padding("rjust", (room) => [room, 0]),
  // CPython puts the odd character left when the width is odd.
  center: padding("center", (room, width) => {
    const left = (room >> 1) + (room & width & 1);
    return [left, room - left];
  }),
  replace,
  removeprefix: (run, args) => {
    const [text, prefix] = [selfText(run, args), textOf(run, args.positional[1], args)];
    return str(text.startsWith(prefix) ? text.slice(prefix.length) : text, args.at);
  },
  removesuffix: (run, args) => {
    const [text, suffix] = [selfText(run, args), textOf(run, args.positional[1], args)];
    return str(suffix !== "" && text.endsWith(suffix) ? text.slice(0, -suffix.length) : text, args.at);
  },
  count: (run, args) => {
    const [, wanted, start, end] = take(run, "count", args, ["self", "sub", "start", "end"], 2);
    const { text } = within(run, selfText(run, args), start, end, args);
    const part = textOf(run, wanted, args, "must be str");
    return int(part === "" ? lengthOf(text) + 1 : text.split(part).length - 1, args.at);
  },
  zfill: (run, args) => {
    const text = selfText(run, args);
    const room = integer(run, args.positional[1], 0, args) - lengthOf(text);
    if (room > limits.size)
      return run.opaque("makes a very large text", args.at, args.positional, { type: "str" });
    const sign = /^[+-]/.exec(text)?.[0] ?? "";
    return str(room > 0 ? sign + "0".repeat(room) + text.slice(sign.length) : text, args.at);
  },
  expandtabs: (run, args) => {
    const size = integer(run, take(run, "expandtabs", args, ["self", "tabsize"], 1)[1], 8, args);
    let column = 0;
    const expanded = [...selfText(run, args)].map((c) => {
      if (c === "\n" || c === "\r") column = 0;
      else if (c === "\t") {
        const room = size > 0 ? size - (column % size) : 0;
        column += room;
        return " ".repeat(Math.min(room, 1000));
      } else column++;
      return c;
    });
    return str(expanded.join(""), args.at);
  },
  splitlines: (run, args) => {
    const [self, keep] = take(run, "splitlines", args, ["self", "keepends"], 1);
    const keeps = keep ? run.truth(keep) : false;
    const lines = linesOf(selfText(run, args), keeps === true);
    return list(
      lines.map((each) => str(each, args.at, self?.env)),
      args.at,
      self?.env,
    );
  },
  encode: (run, args) => {
    const [, encoding, errors] = take(run, "encode", args, ["self", "encoding", "errors"], 1);
    const name = encoding ? textOf(run, encoding, args) : "utf-8";
    return bytes(
      encodeText(run, selfText(run, args), name, errors ? textOf(run, errors, args) : "strict", args),
      args.at,
    );
  },
  translate: (run, args) => {
    const table = args.positional[1];
    if (table?.kind !== "dict")
      return run.opaque("translates text by a table that is not a dict", args.at, args.positional);
    const changed = [...selfText(run, args)].map((c) => {
      const to = table.entries.get(`i${c.codePointAt(0)}`)?.value;
      if (!to) return c;
      return to.kind === "str" ? to.value : to.kind === "int" ? String.fromCodePoint(Number(to.value)) : "";
    });
    return str(changed.join(""), args.at);
  },
  format_map: (run, args) => formatMethod(run, selfText(run, args), [], args.positional[1], args),
};

/** The characters of a Str by `maketrans`. */
const maketrans: Native = (run, args) => {
  const [from, to, gone] = args.positional;
  if (from?.kind === "dict") {
    return run.dict(
      [...from.entries.values()].map(({ key, value }) => [
        key.kind === "str" ? int(key.value.codePointAt(0) ?? 0) : key,
        value,
      ]),
      args.at,
    );
  }
  const [source, target] = [[...textOf(run, from, args)], [...textOf(run, to, args)]];
  if (source.length !== target.length)
    return run.raise("ValueError", "the first two maketrans arguments must have equal length", args.at);
  const pairs: [Value, Value][] = source.map((c, i) => [
    int(c.codePointAt(0) ?? 0),
    int(target[i]?.codePointAt(0) ?? 0),
  ]);
  const none: [Value, Value][] = gone
    ? [...textOf(run, gone, args)].map((c) => [
        int(c.codePointAt(0) ?? 0),
        { kind: "none", at: args.at, env: [] },
      ])
    : [];
  return run.dict([...pairs, ...none], args.at);
};

export function installStr(makeStatic: (native: Native, name: string) => Value): void {
  addMethods(types.str, methods);
  addMethods(types.str, textTests(selfText));
  addMethods(types.str, { join }, { takesOpaque: true });
  addMethods(
    types.str,
    {
      format: (run, args) =>
        formatMethod(run, selfText(run, args), args.positional.slice(1), args.named, args),
    },
    { takesOpaque: true },
  );
  types.str.attributes.set("maketrans", makeStatic(maketrans, "maketrans"));
}
