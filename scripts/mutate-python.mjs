/** Small damage to Python files, the same for the same seed. */

const snippets =
  "( ) [ ] { } : , ; . ... -> ! = := + - * ** / // % @ << >> & | ^ ~ == != < <= > >= += **= \\ \\\n \n \n\t \n  ' \" ''' \"\"\" f' f\" t' rb' # $ ? ` 0 1_0 0x 1.5 1e5 3j x _ \u00e9 async await not in is if else for lambda yield from import as def class match case type print try: except finally with * *a **k x=1 None True pass return del".split(
    " ",
  );

/** One of the texts with one to three changes: lines, tokens or characters gone, doubled, swapped or put in. */
export function mutate(texts, seed) {
  const random = generator(seed);
  const pick = (list) => list[Math.floor(random() * list.length)];
  let text = excerpt(pick(texts), random);
  const changes = 1 + Math.floor(random() * 3);
  for (let change = 0; change < changes; change++) text = pick(mutations)(text, random, pick);
  return text;
}

const mutations = [
  (text, random) => replace(text, random, 1 + Math.floor(random() * 3), ""),
  (text, random, pick) => replace(text, random, 0, pick(snippets)),
  (text, random, pick) => replace(text, random, 0, ` ${pick(snippets)} `),
  (text, random, pick) => replace(text, random, 1, pick(snippets)),
  (text, _random, pick) => {
    const [from, to] = [pick(tokens(text)), pick(tokens(text))];
    return from === undefined || to === undefined ? text : splice(text, from.index, from[0].length, to[0]);
  },
  (text, _random, pick) => {
    const token = pick(tokens(text));
    return token === undefined ? text : splice(text, token.index, token[0].length, pick(snippets));
  },
  (text, _random, pick) => {
    const token = pick(tokens(text));
    return token === undefined ? text : splice(text, token.index, token[0].length, "");
  },
  (text, random) => text.slice(0, Math.floor(random() * text.length)),
  (text, random) => {
    const lines = text.split("\n");
    const index = Math.floor(random() * lines.length);
    lines[index] = `${random() < 0.5 ? " " : "\t"}${lines[index]}`;
    return lines.join("\n");
  },
];

function replace(text, random, length, by) {
  return splice(text, Math.floor(random() * (text.length + 1)), length, by);
}

function splice(text, index, length, by) {
  return text.slice(0, index) + by + text.slice(index + length);
}

function tokens(text) {
  return [...text.matchAll(/\w+|[^\w\s]+|\s+/g)];
}

/** Some consecutive lines, moved to the margin, because one change in a thousand lines tells little. */
function excerpt(text, random) {
  const lines = text.split("\n");
  const first = Math.floor(random() * lines.length);
  const margin = /^\s*/.exec(lines[first])[0];
  let last = first + 1;
  const most = first + 1 + Math.floor(random() * 25);
  while (last < lines.length && last < most && (lines[last] === "" || lines[last].startsWith(margin))) last++;
  const taken = lines.slice(first, last).map((line) => line.slice(margin.length));
  return `${taken.join("\n")}\n`;
}

/** Mulberry32: https://gist.github.com/tommyettinger/46a874533244883189143505d203312c */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
