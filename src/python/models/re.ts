import type { Location } from "../../location.ts";
import type { Machine, Model } from "../machine.ts";
import type { Class, Value } from "../value.ts";
import { byName, define, exceptionClass, instance, method, model, nativeClass } from "./define.ts";
import { int, list, none, str, textOf, tuple } from "./make.ts";
import { compile, escapeText, isPlain, isQuick, type Translated, translate } from "./regular-expression.ts";

class Pattern {
  readonly text: string;
  readonly flags: number;
  /** Undefined where JavaScript has no equal. */
  readonly translated: Translated | undefined;
  constructor(text: string, flags: number) {
    this.text = text;
    this.flags = flags;
    this.translated = translate(text, {
      ignoreCase: (flags & 2) !== 0,
      multiline: (flags & 8) !== 0,
      dotAll: (flags & 16) !== 0,
      verbose: (flags & 64) !== 0,
    });
  }
}

class Match {
  readonly found: RegExpExecArray;
  readonly pattern: Pattern;
  constructor(found: RegExpExecArray, pattern: Pattern) {
    this.found = found;
    this.pattern = pattern;
  }
}

const flags = {
  A: 256,
  ASCII: 256,
  I: 2,
  IGNORECASE: 2,
  L: 4,
  LOCALE: 4,
  M: 8,
  MULTILINE: 8,
  S: 16,
  DOTALL: 16,
  U: 32,
  UNICODE: 32,
  X: 64,
  VERBOSE: 64,
  NOFLAG: 0,
  DEBUG: 128,
};

interface Search {
  readonly machine: Machine;
  readonly at: Location | undefined;
  readonly pattern: Pattern;
  readonly text: Value;
}

/** Every match, in order; opaque where that cannot be told. */
function matches(
  { machine, at, pattern, text }: Search,
  how: "search" | "match" | "fullmatch" | "all",
  limit = Infinity,
): readonly RegExpExecArray[] | Value {
  if (text.kind === "opaque") return machine.opaque(text.because, at, [text], { cause: text.cause });
  const subject = textOf(text);
  if (subject === undefined)
    return machine.raise(
      "TypeError",
      `expected string or bytes-like object, got '${machine.classOf(text).name}'`,
      at,
      text.env,
    );
  const { translated } = pattern;
  const whole =
    translated && how === "fullmatch" ? { ...translated, source: `(?:${translated.source})$` } : translated;
  const regexp =
    whole && isPlain(subject) && isQuick(whole, subject)
      ? compile(whole, how === "match" || how === "fullmatch")
      : undefined;
  if (!regexp)
    return machine.opaque(
      `matches the regular expression ${JSON.stringify(pattern.text)}, which is not evaluated`,
      at,
      [text],
      { cause: "unmodelled" },
    );
  const found: RegExpExecArray[] = [];
  while (found.length < Math.min(limit, 100_000)) {
    const match = regexp.exec(subject);
    if (!match) break;
    found.push(match);
    if (how !== "all") break;
    if (match[0] === "") regexp.lastIndex++;
  }
  return found;
}

function isValue(result: readonly RegExpExecArray[] | Value): result is Value {
  return "kind" in result;
}

function matchValue(search: Search, found: RegExpExecArray): Value {
  return instance(search.machine.classNamed("re.Match"), search.at, {
    data: new Match(found, search.pattern),
    env: search.text.env,
  });
}

function first(search: Search, how: "search" | "match" | "fullmatch"): Value {
  const found = matches(search, how);
  if (isValue(found)) return found;
  const [match] = found;
  return match ? matchValue(search, match) : none(search.at, search.text.env);
}

function group(found: RegExpExecArray, index: number, search: Pick<Search, "at" | "text">): Value {
  const text = found[index];
  return text === undefined ? none(search.at, search.text.env) : str(text, search.at, search.text.env);
}

function findAll(search: Search): Value {
  const found = matches(search, "all");
  if (isValue(found)) return found;
  const items = found.map((match) => {
    const text = (index: number): Value => str(match[index] ?? "", search.at, search.text.env);
    if (match.length <= 2) return text(match.length - 1);
    return tuple(
      match.slice(1).map((_, index) => text(index + 1)),
      search.at,
    );
  });
  return list(items, search.at, search.text.env);
}

function split(search: Search, limit: number): Value {
  const found = matches(search, "all", limit === 0 ? Infinity : limit);
  if (isValue(found)) return found;
  const subject = textOf(search.text) ?? "";
  const parts: Value[] = [];
  let end = 0;
  for (const match of found) {
    parts.push(str(subject.slice(end, match.index), search.at, search.text.env));
    parts.push(...match.slice(1).map((_, index) => group(match, index + 1, search)));
    end = match.index + match[0].length;
  }
  return list([...parts, str(subject.slice(end), search.at, search.text.env)], search.at, search.text.env);
}

function replace(search: Search, replacement: Value, limit: number): Value {
  const found = matches(search, "all", limit === 0 ? Infinity : limit);
  if (isValue(found)) return found;
  const { machine, at, text } = search;
  const subject = textOf(text) ?? "";
  const env = [...new Set([...text.env, ...replacement.env])].sort();
  let [made, end] = ["", 0];
  for (const match of found) {
    const by =
      replacement.kind === "str"
        ? str(expand(replacement.value, match), at)
        : machine.call(replacement, [matchValue(search, match)], undefined, at);
    if (by.kind === "opaque") return by;
    made += subject.slice(end, match.index) + (textOf(by) ?? "");
    if (made.length > 1_000_000) return machine.raise("MemoryError", "", at);
    end = match.index + match[0].length;
  }
  return str(made + subject.slice(end), at, env);
}

const letters: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  f: "\f",
  v: "\v",
  a: "\x07",
  b: "\b",
  "\\": "\\",
};

/** A replacement template: `\1`, `\g<name>` and escapes. */
function expand(template: string, match: RegExpExecArray): string {
  return template.replace(
    /\\(?:g<(\w+)>|(\d{1,2})|([\s\S]))/g,
    (written, name?: string, number?: string, letter?: string) => {
      const key = name ?? number;
      if (key !== undefined) return (/^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key]) ?? "";
      return letters[letter ?? ""] ?? written;
    },
  );
}

type Operation = (search: Search, given: { readonly repl?: Value; readonly count?: Value }) => Value;

const limit = (value: Value | undefined): number => (value?.kind === "int" ? Number(value.value) : 0);
const operations: Readonly<Record<string, Operation>> = {
  search: (search) => first(search, "search"),
  match: (search) => first(search, "match"),
  fullmatch: (search) => first(search, "fullmatch"),
  findall: findAll,
  finditer: (search) => {
    const found = matches(search, "all");
    return isValue(found)
      ? found
      : list(
          found.map((match) => matchValue(search, match)),
          search.at,
        );
  },
  split: (search, { count }) => split(search, limit(count)),
  sub: (search, { repl, count }) => (repl ? replace(search, repl, limit(count)) : none(search.at)),
};

/** The parameters of an operation behind the pattern. */
const parametersOf = (
  name: string,
): { readonly required: readonly string[]; readonly optional: readonly string[] } =>
  name === "sub"
    ? { required: ["repl", "string"], optional: ["count"] }
    : { required: ["string"], optional: name === "split" ? ["maxsplit"] : [] };

function run(
  name: string,
  machine: Machine,
  at: Location | undefined,
  pattern: Pattern,
  given: Readonly<Record<string, Value | undefined>>,
): Value {
  const text = given.string ?? none(at);
  const count = given.count ?? given.maxsplit;
  const repl = given.repl;
  return (
    operations[name]?.({ machine, at, pattern, text }, { ...(repl && { repl }), ...(count && { count }) }) ??
    none(at)
  );
}

function patternClass(machine: Machine): Class {
  const methods = Object.keys(operations).map((name): [string, Value] => {
    const { required, optional } = parametersOf(name);
    return [
      name,
      method(
        name,
        { required, optional: [...optional, "pos", "endpos"] },
        (self, { machine: m, at, given }) =>
          self.kind === "instance" && self.data instanceof Pattern
            ? run(name, m, at, self.data, given)
            : none(at),
        { takesOpaque: true },
      ),
    ];
  });
  return nativeClass(machine, "re.Pattern", [
    ...methods,
    [
      "__repr__",
      method("__repr__", {}, (self, { at }) =>
        str(
          self.kind === "instance" && self.data instanceof Pattern ? `re.compile('${self.data.text}')` : "",
          at,
        ),
      ),
    ],
  ]);
}

function matchClass(machine: Machine): Class {
  const matchOf = (self: Value): Match | undefined =>
    self.kind === "instance" && self.data instanceof Match ? self.data : undefined;
  const part = (m: Machine, self: Value, key: Value | undefined, at: Location | undefined): Value => {
    const match = matchOf(self);
    const index =
      key === undefined
        ? 0
        : key.kind === "int"
          ? Number(key.value)
          : match?.pattern.translated?.names.get(textOf(key) ?? "");
    if (!match || index === undefined || index < 0 || index >= match.found.length)
      return m.raise("IndexError", "no such group", at);
    return group(match.found, index, { at, text: self });
  };
  const groups = (self: Value, otherwise: Value | undefined, at: Location | undefined): Value[] => {
    const match = matchOf(self);
    return match
      ? match.found
          .slice(1)
          .map((text, index) =>
            text === undefined && otherwise ? otherwise : group(match.found, index + 1, { at, text: self }),
          )
      : [];
  };
  const place = (name: string, pick: (range: readonly [number, number]) => Value): [string, Value] => [
    name,
    method(name, { optional: ["group"] }, (self, { at, given }) => {
      const match = matchOf(self);
      const index =
        given.group?.kind === "int"
          ? Number(given.group.value)
          : (match?.pattern.translated?.names.get(textOf(given.group) ?? "") ?? 0);
      return match ? pick(match.found.indices?.[index] ?? [-1, -1]) : none(at);
    }),
  ];
  return nativeClass(machine, "re.Match", [
    place("start", ([start]) => int(start)),
    place("end", ([, end]) => int(end)),
    place("span", ([start, end]) => tuple([int(start), int(end)])),
    ...byName(
      method("group", { rest: true }, (self, { machine: m, at, rest }) => {
        if (rest.length > 1)
          return tuple(
            rest.map((one) => part(m, self, one, at)),
            at,
          );
        return part(m, self, rest[0], at);
      }),
      method("__getitem__", { required: ["key"] }, (self, { machine: m, at, given }) =>
        part(m, self, given.key, at),
      ),
      method("groups", { optional: ["default"] }, (self, { at, given }) =>
        tuple(groups(self, given.default, at), at, self.env),
      ),
      method("groupdict", { optional: ["default"] }, (self, { machine: m, at, given }) => {
        const all = groups(self, given.default, at);
        const names = matchOf(self)?.pattern.translated?.names ?? new Map<string, number>();
        return m.dict(
          [...names].map(([name, index]) => [str(name, at), all[index - 1] ?? none(at)] as const),
          at,
          self.env,
        );
      }),
      method("expand", { required: ["template"] }, (self, { at, given }) => {
        const match = matchOf(self);
        return str(match ? expand(textOf(given.template) ?? "", match.found) : "", at, self.env);
      }),
    ),
  ]);
}

/** The pattern that a function of the module was given: text, or one that was compiled. */
export function patternOf(value: Value, given?: Value): Pattern | undefined {
  if (value.kind === "instance" && value.data instanceof Pattern) return value.data;
  const text = textOf(value);
  return text === undefined ? undefined : new Pattern(text, given?.kind === "int" ? Number(given.value) : 0);
}

export const reModels: readonly Model[] = ["re", "regex"].map((module) =>
  model(module, (machine) => {
    const pattern = patternClass(machine);
    const notEvaluated = (m: Machine, value: Value, at: Location | undefined): Value =>
      m.opaque("uses a regular expression that is not known", at, [value]);
    const functions = Object.keys(operations).map((name): [string, Value] => {
      const { required, optional } = parametersOf(name);
      return [
        name,
        define(
          name,
          { required: ["pattern", ...required], optional: [...optional, "flags"] },
          ({ machine: m, at, given }) => {
            const parts: Readonly<Record<string, Value | undefined>> = given;
            const known = patternOf(given.pattern ?? none(at), parts.flags);
            return known ? run(name, m, at, known, parts) : notEvaluated(m, given.pattern ?? none(at), at);
          },
          { takesOpaque: true },
        ),
      ];
    });
    return [
      ...Object.entries(flags).map(([name, value]) => [name, int(value)] as const),
      ["Pattern", pattern],
      ["Match", matchClass(machine)],
      ["error", exceptionClass(machine, "re.error")],
      [
        "compile",
        define("compile", { required: ["pattern"], optional: ["flags"] }, ({ machine: m, at, given }) => {
          const made = patternOf(given.pattern, given.flags);
          return made
            ? instance(pattern, at, {
                data: made,
                env: given.pattern.env,
                attributes: [
                  ["pattern", str(made.text, at)],
                  ["flags", int(made.flags, at)],
                ],
              })
            : notEvaluated(m, given.pattern, at);
        }),
      ],
      [
        "escape",
        define("escape", { required: ["pattern"] }, ({ at, given }) =>
          str(escapeText(textOf(given.pattern) ?? ""), at, given.pattern.env),
        ),
      ],
      ...functions,
    ];
  }),
);
