/** Small damage to Python files, the same for the same seed. */

type Random = () => number;

const snippets =
  "( ) [ ] { } : , ; . ... -> ! = := + - * ** / // % @ << >> & | ^ ~ == != < <= > >= += **= \\ \\\n \n \n\t \n  ' \" ''' \"\"\" f' f\" t' rb' # $ ? ` 0 1_0 0x 1.5 1e5 3j x _ \u00e9 async await not in is if else for lambda yield from import as def class match case type print try: except finally with * *a **k x=1 None True pass return del".split(
    " ",
  );

/** One of the texts with one to three changes: lines, tokens or characters gone, doubled, swapped or put in. */
export function mutate(texts: readonly string[], seed: number): string {
  const random = generator(seed);
  let text = excerpt(pick(texts, random) ?? "", random);
  const changes = 1 + Math.floor(random() * 3);
  for (let change = 0; change < changes; change++) {
    text = pick(mutations, random)?.(text, random) ?? text;
  }
  return text;
}

const mutations: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => replace(text, random, 1 + Math.floor(random() * 3), ""),
  (text, random) => replace(text, random, 0, snippet(random)),
  (text, random) => replace(text, random, 0, ` ${snippet(random)} `),
  (text, random) => replace(text, random, 1, snippet(random)),
  (text, random) => replaceToken(text, random, pick(tokens(text), random)?.[0] ?? ""),
  (text, random) => replaceToken(text, random, snippet(random)),
  (text, random) => replaceToken(text, random, ""),
  (text, random) => text.slice(0, Math.floor(random() * text.length)),
  (text, random) => {
    const lines = text.split("\n");
    const index = Math.floor(random() * lines.length);
    lines[index] = `${random() < 0.5 ? " " : "\t"}${lines[index]}`;
    return lines.join("\n");
  },
];

function pick<Item>(list: readonly Item[], random: Random): Item | undefined {
  return list[Math.floor(random() * list.length)];
}

function snippet(random: Random): string {
  return pick(snippets, random) ?? "";
}

function replace(text: string, random: Random, length: number, by: string): string {
  return splice(text, Math.floor(random() * (text.length + 1)), length, by);
}

function replaceToken(text: string, random: Random, by: string): string {
  const token = pick(tokens(text), random);
  return token === undefined ? text : splice(text, token.index, token[0].length, by);
}

function splice(text: string, index: number, length: number, by: string): string {
  return text.slice(0, index) + by + text.slice(index + length);
}

function tokens(text: string): RegExpExecArray[] {
  return [...text.matchAll(/\w+|[^\w\s]+|\s+/g)];
}

/** Some consecutive lines, moved to the margin, because one change in a thousand lines tells little. */
function excerpt(text: string, random: Random): string {
  const lines = text.split("\n");
  const first = Math.floor(random() * lines.length);
  const margin = /^\s*/.exec(lines[first] ?? "")?.[0] ?? "";
  const most = first + 1 + Math.floor(random() * 25);
  const taken = lines.slice(first, most);
  const outside = taken.findIndex((line) => line !== "" && !line.startsWith(margin));
  const inside = outside < 0 ? taken : taken.slice(0, outside);
  return `${inside.map((line) => line.slice(margin.length)).join("\n")}\n`;
}

/** Mulberry32, a small generator of numbers between 0 and 1. */
function generator(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
